"""What blocks an order, in words: a badge for lists, a sentence for the page, and the action that clears it (N-4)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, pgettext_lazy

from akinai.foundation.core.errors import Sentence
from akinai.foundation.core.money import yen
from akinai.foundation.ui import html
from akinai.shop.catalog.states import Temperature
from akinai.shop.customers.attention import KEYS
from akinai.shop.customers.models import Level
from akinai.shop.terms import addresses, phones

from .queue import Blocker
from .states import CHECK_LOOK, Check, HoldKind


@dataclass(frozen=True, slots=True)
class Look:
    """How a blocker is shown: icon, tone, badge word, and the name of the action that clears it."""

    icon: str
    tone: str
    label: Sentence
    action: str


_SOLVED_BY = {
    Check.ADDRESS: "orders.change_ship_to",
    Check.PHONE: "orders.change_ship_to",
    Check.NEW_SKU: "orders.set_line_sku",
    Check.DATE_IMPOSSIBLE: "orders.change_wish",
    Check.STOCKOUT: "orders.allocate",
    Check.PAY_NOT_ALLOWED: "orders.edit",
    Check.GIFT_INCOMPLETE: "orders.edit",
    Check.COOL_MIX: "orders.edit",
}
_CHECKS = {
    f"check.{code}": Look(*CHECK_LOOK[code], Check(code).label, _SOLVED_BY.get(Check(code), "orders.clear_check"))
    for code in Check.values
}
_HOLDS = {
    f"hold.{kind}": Look("player-pause", "wait", HoldKind(kind).label, "orders.release_hold")
    for kind in HoldKind.values
}
LOOKS: dict[str, Look] = {
    **_CHECKS,
    **_HOLDS,
    "cancel_requested": Look("hand-stop", "stop", gettext_lazy("Cancel requested"), "orders.approve_cancel"),
    "not_accepted": Look("eye", "act", gettext_lazy("Not accepted yet"), "orders.accept"),
    "guarantee_failed": Look("cash", "stop", gettext_lazy("Payment failed"), "notifications.write"),
    "unpaid": Look("cash", "wait", pgettext_lazy("badge", "Unpaid"), "payments.mark_paid"),
    "part_paid": Look("cash", "warn", gettext_lazy("Amount missing"), "payments.mark_paid"),
    "short": Look("packages", "warn", gettext_lazy("Short"), "orders.allocate"),
    "not_before": Look("calendar-event", "wait", gettext_lazy("Ship date"), "orders.change_wish"),
    "gate_override": Look("lock-open", "stop", gettext_lazy("Ships unpaid"), "orders.withdraw_override"),
}


@dataclass(frozen=True, slots=True)
class Badge:
    """A reason as short as it goes in a list."""

    code: str
    icon: str
    tone: str
    text: str


def badge(stored: str) -> Badge:
    """A stored badge (`check.REMARK`, `short:2`) as a person reads it; an unknown code stands for itself."""
    code, _colon, quantity = stored.partition(":")
    look = LOOKS.get(code)
    if look is None:
        return Badge(code, "question-mark", "wait", code)
    text = f"{look.label} {quantity}" if quantity else str(look.label)
    return Badge(code, look.icon, look.tone, text)


def sentence(blocker: Blocker, detail: dict[str, Any] | None = None) -> str:
    """One sentence on what blocks; `detail` is what a check reason found."""
    code, detail = blocker.code, detail or {}
    if code.startswith("check."):
        return _check_sentence(code.removeprefix("check."), detail)
    if code.startswith("hold."):
        return _hold_sentence(blocker)
    if code == "short":
        return ngettext(
            "%(name)s: %(count)d piece is missing.", "%(name)s: %(count)d pieces are missing.", blocker.quantity
        ) % {"name": blocker.name, "count": blocker.quantity}
    if code == "not_before" and blocker.until:
        return _("Waits for its ship date %(date)s.") % {"date": date_format(blocker.until, "n/j")}
    return {
        "cancel_requested": _("The buyer wants to cancel."),
        "not_accepted": _("Nothing speaks against it. It only has to be accepted."),
        "guarantee_failed": _("The payment did not go through. Ask the buyer for another way to pay."),
        "unpaid": _("The money has not come yet."),
        "part_paid": _("Part of the money is still missing."),
    }.get(code, code)


def _hold_sentence(blocker: Blocker) -> str:
    kind = HoldKind(blocker.code.removeprefix("hold.")).label
    parts = [str(kind)]
    if blocker.until:
        parts.append(_("until %(date)s") % {"date": date_format(blocker.until, "n/j")})
    if blocker.name:
        parts.append(blocker.name)
    return " · ".join(parts)


def _check_sentence(code: str, detail: dict[str, Any]) -> str:
    if code == Check.ADDRESS:
        return " ".join(_address(*entry) for entry in detail.get("reasons", []))
    if code == Check.PHONE:
        return str(phones.sentence(detail.get("problem", "missing")))
    if code in (Check.STOCKOUT, Check.NEW_SKU, Check.QTY_LARGE):
        return _lines_sentence(code, detail)
    if code == Check.DUPLICATE:
        return _("Same goods as order %(number)s from the same buyer.") % {"number": detail.get("other", "")}
    if code == Check.COMBINE_CANDIDATE:
        return _("Order %(number)s goes to the same place: they could leave in one parcel.") % {
            "number": detail.get("other", "")
        }
    if code == Check.DATE_IMPOSSIBLE and detail.get("morning"):
        return _("On %(wish)s the parcel can come in the afternoon at the earliest, not in the morning.") % {
            "wish": html.iso_day(detail.get("wish", ""))
        }
    if code == Check.DATE_IMPOSSIBLE:
        return _("%(wish)s cannot be met. The earliest is shipping on %(ship)s, arrival on %(deliver)s.") % {
            "wish": html.iso_day(detail.get("wish", "")),
            "ship": html.iso_day(detail.get("ship", "")),
            "deliver": html.iso_day(detail.get("deliver", "")),
        }
    if code == Check.PRICE_DIFF:
        return _("The store says %(store)s yen, the lines and charges make %(ours)s yen.") % {
            "store": yen(detail.get("store", 0)),
            "ours": yen(detail.get("ours", 0)),
        }
    if code == Check.BLACKLIST:
        return _attention(detail)
    if code == Check.RULE:
        return " / ".join(str(entry.get("say", "")) for entry in detail.get("rules", []))
    if code == Check.AUTH_EXPIRED:
        return _("The authorisation of %(amount)s yen was valid until %(day)s. Ask for a new one.") % {
            "amount": yen(detail.get("amount", 0)),
            "day": html.iso_day(detail.get("until", "")),
        }
    if code == Check.PAY_NOT_ALLOWED:
        return " ".join(payment_obstacle(why, detail) for why in detail.get("why", []))
    if code == Check.REMOTE_ISLAND:
        return _island(detail)
    if code == Check.COOL_MIX:
        return _cool(detail)
    return {
        Check.REMARK: _remark(detail),
        Check.SHIP_TO_DIFF: _recipient(detail),
        Check.CHANNEL_CHANGED: _("The order was changed at the store. Compare and decide."),
        Check.AGE: _("Alcohol: make sure that the buyer is twenty or older, and note how."),
        Check.GIFT_INCOMPLETE: _("It is a gift, but nobody has said what to wrap or write."),
    }.get(Check(code), code)


_REMARK_KINDS: dict[str, Sentence] = {
    "cancel_request": gettext_lazy("Wants to cancel"),
    "complaint": gettext_lazy("Complaint"),
    "change_address": gettext_lazy("Wants another address"),
    "change_item": gettext_lazy("Wants other goods"),
    "change_payment": gettext_lazy("Wants to pay another way"),
    "ambiguous_date": gettext_lazy("Date and weekday disagree"),
    "avoid_period": gettext_lazy("No delivery in a period"),
    "hold_ship": gettext_lazy("Ship later"),
    "hold_delivery": gettext_lazy("Deliver later"),
    "deliver_by": gettext_lazy("Deliver by a day"),
    "deliver_on": gettext_lazy("Deliver on a day"),
    "weekday_pref": gettext_lazy("Certain weekdays"),
    "time_only": gettext_lazy("Time of day"),
    "combine": gettext_lazy("Ship together"),
    "no_combine": gettext_lazy("Ship apart from other orders"),
    "split_ship": gettext_lazy("Ship in parts"),
    "wait_all": gettext_lazy("Ship everything at once"),
    "payer_name": gettext_lazy("Payer's name"),
    "no_price_slip": gettext_lazy("Nothing with prices in the parcel"),
    "noshi": gettext_lazy("Noshi"),
    "gift_wrap": gettext_lazy("Gift wrapping"),
    "message_card": gettext_lazy("Message card"),
    "receipt": pgettext_lazy("paper", "Receipt"),
    "document_request": gettext_lazy("Papers"),
    "place_drop": gettext_lazy("Place to leave it"),
    "contact_request": gettext_lazy("Wants to be called or written to"),
    "handling_note": gettext_lazy("For packing and delivery"),
    "question": gettext_lazy("Question"),
    "other_check": gettext_lazy("Not understood"),
    "harmless": gettext_lazy("Greetings and thanks only"),
}
REMARK_ICONS = {
    "cancel_request": "hand-stop", "complaint": "alert-triangle", "change_address": "map-pin", "change_item": "pencil",
    "change_payment": "cash", "ambiguous_date": "alert-triangle", "place_drop": "home", "receipt": "receipt",
    "document_request": "receipt", "payer_name": "cash", "no_price_slip": "gift", "noshi": "gift", "gift_wrap": "gift",
    "message_card": "gift", "contact_request": "phone", "handling_note": "building-warehouse", "question": "help",
    "other_check": "eye", "harmless": "check", "combine": "packages", "no_combine": "packages",
    "split_ship": "packages", "wait_all": "packages",
}  # fmt: skip


def remark_kind(kind: str) -> str:
    """What a kind of remark asks for, in a few words."""
    return str(_REMARK_KINDS[kind])


def payment_obstacle(why: str, detail: dict[str, Any]) -> str:
    """Why a payment method cannot be used for an order (PAY-1, PAY-11)."""
    return {
        "post_box": _("Cash on delivery is impossible with a service that uses the post box."),
        "not_offered": _("This delivery service takes no cash on delivery."),
        "over_limit": _("The amount is above the limit for cash on delivery (%(limit)s yen).")
        % {"limit": yen(detail.get("limit") or 0)},
        "island": _("Cash on delivery is impossible on this island."),
        "excluded": _("Deferred payment is not covered at this address (“%(word)s”).")
        % {"word": detail.get("word", "")},
    }.get(why, why)


def _recipient(detail: dict[str, Any]) -> str:
    if detail.get("cod"):
        return _("Cash on delivery to somebody else: the recipient would have to pay. Make sure that they know.")
    return _("A first order; its ship-to differs from the buyer.")


def _remark(detail: dict[str, Any]) -> str:
    """What the reader made of it, where it did (REM-3)."""
    kind = detail.get("read", {}).get("kind", "")
    said = _("The buyer's remark has not been looked at.")
    return f"{said} {remark_kind(kind)}" if kind in _REMARK_KINDS and kind != "other_check" else said


def _island(detail: dict[str, Any]) -> str:
    parts = [_("Goes to an island.")]
    if detail.get("name"):
        parts.append(str(detail["name"]))
    if detail.get("days"):
        parts.append(_("+%(days)s days") % {"days": detail["days"]})
    if detail.get("yen"):
        parts.append(_("+%(amount)s yen") % {"amount": yen(detail["yen"])})
    return " · ".join(parts)


def _cool(detail: dict[str, Any]) -> str:
    goods = ", ".join(str(Temperature(t).label) for t in detail.get("goods", []) if t in Temperature.values)
    if detail.get("service"):
        text = _("The goods travel %(goods)s; %(service)s does not. Choose another service.")
        return text % {"goods": goods, "service": detail["service"]}
    return _("The goods travel at different temperatures (%(goods)s). Divide the order.") % {"goods": goods}


def _address(code: str, found: str = "") -> str:
    text = str(addresses.SENTENCES.get(code, code))
    return f"{text} ({found})" if found else text


def _attention(detail: dict[str, Any]) -> str:
    """Level of each entry and what the order was recognised by (CS-40); the reason stands on the customer's page."""
    said = []
    for entry in detail.get("entries", []):
        level = Level(entry["level"]).label if entry.get("level") in Level.values else ""
        by = ", ".join(str(KEYS[key]) for key in entry.get("by", []) if key in KEYS) or _("Customer")
        state = level if entry.get("approved") else _("%(level)s, proposed") % {"level": level}
        said.append(_("%(level)s (same: %(by)s)") % {"level": state, "by": by})
    return " ".join([_("On the attention list."), *said])


def _lines_sentence(code: str, detail: dict[str, Any]) -> str:
    raw = detail.get("lines", [[detail.get("line", ""), detail.get("short", "")]])
    listed = ", ".join(_("line %(line)s: %(what)s") % {"line": line, "what": what} for line, what in raw)
    head = {
        Check.STOCKOUT: _("Goods are missing and the buyer was not told."),
        Check.NEW_SKU: _("The item code is not known here."),
        Check.QTY_LARGE: _("Unusually many pieces."),
    }[Check(code)]
    return f"{head} ({listed})"
