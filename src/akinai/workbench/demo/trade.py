"""Invented orders: who buys what, where, how it is paid, what is odd about it. The same seed gives the same trade."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from random import Random

from akinai.backoffice.orders.types import LineDraft, OrderDraft, PartyDraft, PaymentDraft
from akinai.foundation.core.clock import JST
from akinai.shop.terms.fees import FeeBand, cod_fee
from akinai.workbench.people import Person, person

from .goods import Article
from .shop import KILN

#: store → how often, and its ways to pay with their weights
_PLACES: dict[str, tuple[int, dict[str, int]]] = {
    "own": (42, {"card": 46, "bank": 22, "cod": 16, "paypay": 12, "konbini": 4}),
    "rakuten": (34, {"rakutenpay": 92, "bank": 4, "cod": 4}),
    "colorme": (20, {"card": 50, "bank": 20, "cod": 14, "amazonpay": 16}),
    "phone": (4, {"bank": 50, "cod": 50}),
}
_PAID_AT_ONCE = frozenset({"paypay", "rakutenpay", "amazonpay"})
_HOURS = (1, 1, 0, 0, 0, 1, 2, 4, 6, 7, 7, 6, 8, 6, 5, 5, 5, 5, 6, 8, 10, 12, 10, 5)
_WINDOWS = ("08-12", "14-16", "16-18", "18-20", "19-21")
_SIZES = (1, 1, 1, 2, 2, 2, 3, 3, 4)
REMARKS = (
    "いつも美味しいお茶をありがとうございます。{day}日以降に届くようにお願いします。",
    "不在の場合は宅配ボックスに入れてください。",
    "領収書の宛名は「ささき茶会」でお願いできますか。",
    "母の誕生日の贈りものです。のしは内のしで「祝」、名入れは「由美」でお願いします。",
    "前回届いた湯呑が割れていました。今回は少し厚めに包んでください。",
    "明後日から留守にします。間に合わなければ来月で構いません。",
    "同じものをもう一つ注文しています。一緒に送ってもらえますか。",
    "玄関先ではなく、隣の事務所へ届けてください。",
)
_GIFT_NOTES = ("のし 内祝 山本", "のし 御礼", "のし 御祝 / 外のし", "包装のみ", "のし 志 / 黒白")


@dataclass
class Trade:
    """An endless row of orders. `stores` are ids by code; `count` is the number of the next order."""

    rng: Random
    goods: Sequence[Article]
    stores: dict[str, int]
    bands: Sequence[FeeBand]
    count: int = 0
    regulars: list[Person] = field(default_factory=list)
    #: told of whoever buys for the first time, so that two runs share no phone number
    first_person: int = 1
    tax: dict[str, int] = field(default_factory=lambda: {"red": 8, "std": 10})

    def moments(self, day: dt.date, number: int, until: dt.datetime | None = None) -> list[dt.datetime]:
        """`number` moments of a day in JST as people order, in order; none after `until`."""
        from_midnight = dt.datetime.combine(day, dt.time(), tzinfo=JST)
        hours = self.rng.choices(range(24), _HOURS, k=number)
        found = [from_midnight + dt.timedelta(hours=h, seconds=self.rng.randrange(3600)) for h in hours]
        return sorted(at for at in found if until is None or at < until)

    def order(
        self, at: dt.datetime, *, store: str = "", method: str = "", odd: bool = False, **more: object
    ) -> OrderDraft:
        """One order at that moment; `odd` makes it one that needs a person."""
        self.count += 1
        store = store or self.rng.choices(list(_PLACES), [weight for weight, _pay in _PLACES.values()])[0]
        ways = _PLACES[store][1]
        method = method or self.rng.choices(list(ways), list(ways.values()))[0]
        buyer = self._buyer()
        lines, goods = self._lines()
        draft = OrderDraft(
            store_id=self.stores[store],
            store_number=self._number(store, at),
            ordered_at=at,
            buyer=_party(buyer),
            ship_to=_party(buyer),
            lines=lines,
            payment=PaymentDraft(method),
            wish_window=self.rng.choice(_WINDOWS) if self.rng.random() < 0.28 else "",
            wish_date=at.date() + dt.timedelta(days=self.rng.randint(9, 18)) if self.rng.random() < 0.06 else None,
            is_gift=any(line.code.startswith("GF") for line in lines),
            gift_note=self.rng.choice(_GIFT_NOTES) if any(line.code.startswith("GF") for line in lines) else "",
            shipping_fee=_postage(buyer.prefecture, goods),
        )
        if odd:
            draft = _ODD[self.count % len(_ODD)](self, draft)
        return self.paid(replace(draft, **more))  # type: ignore[arg-type]

    def paid(self, draft: OrderDraft) -> OrderDraft:
        """The same order with fee, sum and what the store says about the money."""
        goods = sum(line.unit_price * line.quantity for line in draft.lines)
        fee = cod_fee(goods + draft.shipping_fee, self.bands) if draft.payment.method == "cod" else 0
        if fee is None:  # too much for the driver to collect
            return self.paid(replace(draft, payment=PaymentDraft("bank")))
        total = goods + draft.shipping_fee + fee
        money = PaymentDraft(draft.payment.method)
        if money.method == "card":
            money = replace(money, guaranteed_amount=total)
        elif money.method in _PAID_AT_ONCE:
            money = replace(money, paid_amount=total, paid_on=draft.ordered_at.date())
        return replace(draft, payment=money, payment_fee=fee, store_total=total)

    def _buyer(self) -> Person:
        """Every third buyer has been here before."""
        if self.regulars and self.rng.random() < 0.34:
            return self.rng.choice(self.regulars)
        fresh = person(self.rng, self.first_person + self.count)
        self.regulars.append(fresh)
        return fresh

    def _lines(self) -> tuple[tuple[LineDraft, ...], int]:
        sold = [a for a in self.goods if a.ware.code not in KILN]
        chosen: dict[str, Article] = {}
        for article in self.rng.choices(sold, [a.popular**2 for a in sold], k=self.rng.choice(_SIZES)):
            chosen[article.code] = article
        lines = tuple(self.line(a, self.rng.choice((1, 1, 1, 1, 2, 2, 3))) for a in chosen.values())
        return lines, sum(line.unit_price * line.quantity for line in lines)

    def line(self, article: Article, quantity: int) -> LineDraft:
        """So many of an article."""
        name = f"{article.ware.name} {article.variation}".strip()
        return LineDraft(article.code, name, quantity, article.price, tax_rate=self.tax[article.ware.tax])

    def _number(self, store: str, at: dt.datetime) -> str:
        """A number as each store writes it."""
        if store == "rakuten":
            return f"391482-{at:%Y%m%d}-{self.count:010d}"
        return {"own": f"S{100_000 + self.count}", "colorme": f"{48_000_000 + self.count}"}.get(
            store, f"TEL-{at:%m%d}-{self.count:04d}"
        )


def _party(who: Person) -> PartyDraft:
    return PartyDraft(
        name=who.name, kana=who.kana, phone=who.phone, mail=who.mail, postcode=who.postcode,
        prefecture=who.prefecture, address1=who.address1, address2=who.address2,
    )  # fmt: skip


def _postage(prefecture: str, goods: int) -> int:
    if prefecture in ("北海道", "沖縄県"):
        return 1320
    return 0 if goods >= 8000 else 660


def _remark(trade: Trade, draft: OrderDraft) -> OrderDraft:
    later = draft.ordered_at.date() + dt.timedelta(days=6)
    return replace(draft, remark=trade.rng.choice(REMARKS).format(day=later.day))


def _no_house_number(trade: Trade, draft: OrderDraft) -> OrderDraft:
    street = draft.ship_to.address1.rstrip("0123456789-")
    return replace(draft, ship_to=replace(draft.ship_to, address1=street, address2=""))


def _bad_phone(trade: Trade, draft: OrderDraft) -> OrderDraft:
    return replace(draft, ship_to=replace(draft.ship_to, phone="1234567"))


def _unknown_code(trade: Trade, draft: OrderDraft) -> OrderDraft:
    first, *rest = draft.lines
    return replace(draft, lines=(replace(first, code=f"{first.code}-OLD"), *rest))


def _other_receiver(trade: Trade, draft: OrderDraft) -> OrderDraft:
    receiver = person(trade.rng, trade.first_person + 500_000 + trade.count)
    return replace(draft, ship_to=_party(receiver), remark="贈りものです。値段の分かるものは入れないでください。")


def _too_early(trade: Trade, draft: OrderDraft) -> OrderDraft:
    return replace(draft, wish_date=draft.ordered_at.date() + dt.timedelta(days=1))


def _many(trade: Trade, draft: OrderDraft) -> OrderDraft:
    first, *rest = draft.lines
    return replace(draft, lines=(replace(first, quantity=24), *rest), remark="社内の記念品に使います。")


_ODD: tuple[Callable[[Trade, OrderDraft], OrderDraft], ...] = (
    _remark, _no_house_number, _remark, _other_receiver, _bad_phone, _remark, _too_early, _unknown_code, _many,
)  # fmt: skip
