"""The sentence that answers a remark in the confirmation (M03): to buyers, so in Japanese whatever staff read."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from .proposals import Deed, Proposal
from .remarks import Kind

_WEEKDAYS = "月火水木金土日"
_PLAIN: dict[Kind, str] = {
    Kind.CANCEL_REQUEST: "キャンセルのご希望を承りました。確認のうえ、あらためてご連絡いたします。",
    Kind.COMBINE: "ほかのご注文と同梱してお送りいたします。",
    Kind.NO_COMBINE: "ほかのご注文とは分けてお送りいたします。",
    Kind.SPLIT_SHIP: "ご用意のできた商品から順にお送りいたします。",
    Kind.WAIT_ALL: "商品がすべてそろってから、まとめてお送りいたします。",
    Kind.NO_PRICE_SLIP: "金額のわかるものは同封いたしません。",
    Kind.NOSHI: "のしのご希望を承りました。",
    Kind.GIFT_WRAP: "ギフト包装でご用意いたします。",
    Kind.MESSAGE_CARD: "メッセージカードをお付けいたします。",
    Kind.RECEIPT: "領収書のご希望を承りました。",
    Kind.DOCUMENT_REQUEST: "書類のご希望を承りました。",
    Kind.PAYER_NAME: "お振込名義の件、承りました。",
    Kind.PLACE_DROP: "お荷物の置き場所のご希望を配送会社へ伝えます。",
    Kind.CONTACT_REQUEST: "ご連絡の件、承りました。",
    Kind.HANDLING_NOTE: "ご要望を承りました。",
}


def compose(proposals: Sequence[Proposal]) -> str:
    """One line for each thing that would be done; empty for mere courtesy and for what a person has to answer."""
    return "\n".join(line for proposal in proposals if (line := _line(proposal)))


def _line(proposal: Proposal) -> str:
    if proposal.warning:
        return ""
    hours = f" {_hours(proposal.window)}" if proposal.window else ""
    day = _day(proposal.day) if proposal.day else ""
    if proposal.kind in (Kind.HOLD_DELIVERY, Kind.AVOID_PERIOD):
        return f"{day}以降{hours}のお届けで承りました。"
    if proposal.kind is Kind.HOLD_SHIP:
        return f"{day}以降の発送で承りました。"
    if proposal.kind is Kind.DELIVER_BY:
        return f"{day}までに届くよう手配いたします。"
    if proposal.kind in (Kind.DELIVER_ON, Kind.WEEKDAY_PREF):
        return f"{day}{hours}のお届けで承りました。"
    if proposal.kind is Kind.COMBINE and proposal.deed is not Deed.BUNDLE:
        return "同梱のご希望を承りました。できるかどうか確認いたします。"
    if proposal.kind is Kind.TIME_ONLY:
        return f"お届け時間帯{hours}のご希望を承りました。"
    return _PLAIN.get(proposal.kind, "")


def _day(day: dt.date) -> str:
    return f"{day.month}月{day.day}日({_WEEKDAYS[day.weekday()]})"


def _hours(window: str) -> str:
    first, last = window.split("-")
    return "午前中" if window == "08-12" else f"{int(first)}時〜{int(last)}時"
