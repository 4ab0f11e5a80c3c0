"""The fields a rule can ask about. Each says its kind and which facts it is read from, so that a change of these
makes the rules that read them look again (N-11)."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from operator import attrgetter
from typing import Any, TypeAlias

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from akinai.backoffice.orders.states import Check, HoldKind, Payment, ShipPolicy, Supply
from akinai.foundation.core.errors import Sentence
from akinai.shop.stores import selectors as stores
from akinai.shop.stores.prefectures import PREFECTURES
from akinai.shop.stores.states import StoreKind
from akinai.shop.terms import selectors as terms
from akinai.shop.terms.states import MethodKind, Timing
from akinai.shop.terms.windows import CANONICAL

from .operators import OPERATORS, Kind, Operator

Choices: TypeAlias = Callable[[], Sequence[tuple[str, Sentence]]]


class Read(StrEnum):
    """Groups of facts that change together; an event of an order names the groups it may have changed."""

    ORDER = "order"
    ADDRESS = "address"
    BUYER = "buyer"
    LINES = "lines"
    STOCK = "stock"
    MONEY = "money"
    PAYMENT = "payment"
    DATES = "dates"
    DELIVERY = "delivery"
    NOTES = "notes"
    STATE = "state"
    DAY = "day"


class Group(StrEnum):
    """The headings under which fields are offered."""

    ORDER = "order"
    MONEY = "money"
    STORE = "store"
    BUYER = "buyer"
    SHIP_TO = "ship_to"
    PAYMENT = "payment"
    DELIVERY = "delivery"
    LINES = "lines"
    STOCK = "stock"
    STATE = "state"
    CALENDAR = "calendar"


GROUP_LABELS: dict[Group, Sentence] = {
    Group.ORDER: pgettext_lazy("rule", "The order"),
    Group.MONEY: _("Amounts"),
    Group.STORE: _("The store"),
    Group.BUYER: pgettext_lazy("rule", "The buyer"),
    Group.SHIP_TO: _("Who receives it"),
    Group.PAYMENT: _("The payment"),
    Group.DELIVERY: _("The delivery"),
    Group.LINES: _("Any or every line"),
    Group.STOCK: _("The stock"),
    Group.STATE: _("Where it stands"),
    Group.CALENDAR: _("The calendar"),
}


@dataclass(frozen=True, slots=True)
class Field:
    """One thing that can be asked. `read` takes `RuleFacts`, or `LineFacts` for fields `of_line`."""

    key: str
    group: Group
    label: Sentence
    kind: Kind
    read: Callable[[Any], Any]
    reads: frozenset[Read]
    choices: Choices | None = None

    @property
    def of_line(self) -> bool:
        return self.group == Group.LINES

    @property
    def operators(self) -> dict[str, Operator]:
        """What can be asked of it, by name."""
        return OPERATORS[self.kind]


def _stores() -> Sequence[tuple[str, Sentence]]:
    return [(store.code, store.name) for store in stores.snapshot().stores.values()]


def _methods() -> Sequence[tuple[str, Sentence]]:
    return [(code, method.name) for code, method in terms.snapshot().methods.items()]


def _services() -> Sequence[tuple[str, Sentence]]:
    return [(code, service.name) for code, service in terms.snapshot().services.items()]


def _carriers() -> Sequence[tuple[str, Sentence]]:
    return [(code, carrier.name) for code, carrier in terms.snapshot().carriers.items()]


def _prefectures() -> Sequence[tuple[str, Sentence]]:
    return [(name, name) for name in PREFECTURES]


def _windows() -> Sequence[tuple[str, Sentence]]:
    return [(window, window or _("no wish")) for window in CANONICAL]


def _weekdays() -> Sequence[tuple[str, Sentence]]:
    names = (_("Monday"), _("Tuesday"), _("Wednesday"), _("Thursday"), _("Friday"), _("Saturday"), _("Sunday"))
    return [(str(number), name) for number, name in enumerate(names)]


def _of(words: Any) -> Choices:
    return lambda: [(value, label) for value, label in words.choices if value]


def _f(
    key: str, group: Group, label: Sentence, kind: Kind, read: str | Callable[[Any], Any], *reads: Read,
    choices: Choices | None = None,
) -> Field:  # fmt: skip
    return Field(
        key, group, label, kind, attrgetter(read) if isinstance(read, str) else read, frozenset(reads), choices
    )


_O, _M, _B, _S = Group.ORDER, Group.MONEY, Group.BUYER, Group.SHIP_TO
_ORDER = (
    _f("remark", _O, _("buyer's remark"), Kind.TEXT, "remark", Read.ORDER),
    _f("is_gift", _O, pgettext_lazy("rule", "gift"), Kind.YESNO, "is_gift", Read.NOTES),
    _f("gift_note", _O, _("gift note"), Kind.TEXT, "gift_note", Read.NOTES),
    _f("warehouse_note", _O, _("note for the warehouse"), Kind.TEXT, "warehouse_note", Read.NOTES),
    _f("store_number", _O, _("order number at the store"), Kind.TEXT, "store_number", Read.ORDER),
    _f("ordered_on", _O, _("day of the order"), Kind.DATE, "ordered_on", Read.ORDER, Read.DAY),
    _f("ordered_hour", _O, _("hour of the order"), Kind.NUMBER, "ordered_hour", Read.ORDER),
    _f(
        "ordered_weekday", _O, _("weekday of the order"), Kind.CHOICE, lambda f: str(f.ordered_on.weekday()),
        Read.ORDER, choices=_weekdays,
    ),
    _f("wish_date", _O, _("wished delivery day"), Kind.DATE, "wish_date", Read.DATES, Read.DAY),
    _f("wish_window", _O, _("wished time"), Kind.CHOICE, "wish_window", Read.DATES, choices=_windows),
    _f("ship_policy", _O, _("when part of it is short"), Kind.CHOICE, "ship_policy", Read.LINES,
       choices=_of(ShipPolicy)),
)  # fmt: skip
_AMOUNTS = (
    _f("total", _M, _("total (incl. tax)"), Kind.YEN, "total", Read.MONEY),
    _f("goods_total", _M, _("goods total"), Kind.YEN, "goods_total", Read.MONEY),
    _f("shipping_fee", _M, _("shipping fee"), Kind.YEN, "shipping_fee", Read.MONEY),
    _f("payment_fee", _M, _("payment fee"), Kind.YEN, "payment_fee", Read.MONEY),
    _f("wrapping_fee", _M, _("wrapping fee"), Kind.YEN, "wrapping_fee", Read.MONEY),
    _f("coupon", _M, _("coupon"), Kind.YEN, "coupon", Read.MONEY),
    _f("points", _M, _("points used"), Kind.YEN, "points", Read.MONEY),
)
_STORE = (
    _f("store", Group.STORE, _("store"), Kind.CHOICE, "store", Read.ORDER, choices=_stores),
    _f("store_kind", Group.STORE, _("kind of store"), Kind.CHOICE, "store_kind", Read.ORDER, choices=_of(StoreKind)),
)
_BUYER = (
    _f("buyer_name", _B, _("buyer's name"), Kind.TEXT, "buyer.name", Read.BUYER),
    _f("buyer_kana", _B, _("buyer's kana"), Kind.TEXT, "buyer.kana", Read.BUYER),
    _f("buyer_company", _B, _("buyer's company"), Kind.TEXT, "buyer.company", Read.BUYER),
    _f("buyer_phone", _B, _("buyer's phone"), Kind.TEXT, "buyer.phone", Read.BUYER),
    _f("buyer_mail", _B, _("buyer's mail"), Kind.TEXT, "buyer.mail", Read.BUYER),
    _f("buyer_prefecture", _B, _("buyer's prefecture"), Kind.CHOICE, "buyer.prefecture", Read.BUYER,
       choices=_prefectures),
    _f("buyer_address", _B, _("buyer's address"), Kind.TEXT, "buyer.address", Read.BUYER),
    _f("buyer_note", _B, _("note on the customer"), Kind.TEXT, "buyer_note", Read.BUYER),
    _f("orders_before", _B, _("orders before this one"), Kind.NUMBER, "history.orders", Read.BUYER),
    _f("spent_before", _B, _("bought before this order"), Kind.YEN, "history.spent", Read.BUYER),
    _f("cancelled_before", _B, _("cancelled before this order"), Kind.NUMBER, "history.cancelled", Read.BUYER),
    _f("days_since", _B, _("days since the order before"), Kind.NUMBER, "history.days_since", Read.BUYER),
)  # fmt: skip
_SHIP_TO = (
    _f("ship_name", _S, _("recipient's name"), Kind.TEXT, "ship_to.name", Read.ADDRESS),
    _f("ship_company", _S, _("recipient's company"), Kind.TEXT, "ship_to.company", Read.ADDRESS),
    _f("ship_phone", _S, _("recipient's phone"), Kind.TEXT, "ship_to.phone", Read.ADDRESS),
    _f("ship_postcode", _S, _("recipient's postcode"), Kind.TEXT, "ship_to.postcode", Read.ADDRESS),
    _f("ship_prefecture", _S, _("recipient's prefecture"), Kind.CHOICE, "ship_to.prefecture", Read.ADDRESS,
       choices=_prefectures),
    _f("ship_address", _S, _("recipient's address"), Kind.TEXT, "ship_to.address", Read.ADDRESS),
    _f("is_island", _S, pgettext_lazy("rule", "to an island"), Kind.YESNO, "is_island", Read.ADDRESS, Read.DELIVERY),
    _f("goes_elsewhere", _S, pgettext_lazy("rule", "to somebody else than the buyer"), Kind.YESNO, "goes_elsewhere",
       Read.ADDRESS, Read.BUYER),
)  # fmt: skip
_PAYMENT = (
    _f("method", Group.PAYMENT, _("payment method"), Kind.CHOICE, "method", Read.PAYMENT, choices=_methods),
    _f("method_kind", Group.PAYMENT, _("kind of payment"), Kind.CHOICE, "method_kind", Read.PAYMENT,
       choices=_of(MethodKind)),
    _f("timing", Group.PAYMENT, _("when it is paid"), Kind.CHOICE, "timing", Read.PAYMENT, choices=_of(Timing)),
    _f("payment", Group.PAYMENT, _("state of the payment"), Kind.CHOICE, "payment", Read.PAYMENT, Read.MONEY,
       choices=_of(Payment)),
    _f("received", Group.PAYMENT, _("money received"), Kind.YEN, "received", Read.PAYMENT),
)  # fmt: skip
_DELIVERY = (
    _f("service", Group.DELIVERY, _("delivery service"), Kind.CHOICE, "service", Read.DELIVERY, choices=_services),
    _f("carrier", Group.DELIVERY, _("carrier"), Kind.CHOICE, "carrier", Read.DELIVERY, choices=_carriers),
    _f("ship_not_before", Group.DELIVERY, _("earliest ship date"), Kind.DATE, "ship_not_before",
       Read.DATES, Read.DAY, Read.STATE),
)  # fmt: skip
_L = Group.LINES
_LINES = (
    _f("line_sku", _L, _("SKU"), Kind.TEXT, "sku", Read.LINES),
    _f("line_product", _L, _("product code"), Kind.TEXT, "product", Read.LINES),
    _f("line_store_code", _L, _("store's item code"), Kind.TEXT, "store_code", Read.LINES),
    _f("line_name", _L, _("item name"), Kind.TEXT, "name", Read.LINES),
    _f("line_options", _L, _("item options"), Kind.TEXT, "options", Read.LINES),
    _f("line_quantity", _L, _("quantity of a line"), Kind.NUMBER, "quantity", Read.LINES),
    _f("line_price", _L, _("unit price of a line"), Kind.YEN, "unit_price", Read.LINES),
    _f("line_amount", _L, _("amount of a line"), Kind.YEN, "amount", Read.LINES),
    _f("line_tax_rate", _L, _("tax rate of a line (%)"), Kind.NUMBER, "tax_rate", Read.LINES),
    _f("line_supply", _L, _("where the goods come from"), Kind.CHOICE, "supply", Read.LINES, choices=_of(Supply)),
    _f("line_shelf", _L, _("shelf"), Kind.TEXT, "shelf", Read.LINES),
    _f("line_weight", _L, _("weight of a piece (g)"), Kind.NUMBER, "weight_g", Read.LINES),
    _f("line_size", _L, _("size of a piece (cm)"), Kind.NUMBER, "size_cm", Read.LINES),
    _f("line_fragile", _L, pgettext_lazy("rule", "fragile item"), Kind.YESNO, "is_fragile", Read.LINES),
    _f("line_unknown", _L, pgettext_lazy("rule", "unknown item"), Kind.YESNO, "is_unknown", Read.LINES),
)
_STOCK = (
    _f("pieces", Group.STOCK, _("items in all"), Kind.NUMBER, "pieces", Read.LINES),
    _f("line_count", Group.STOCK, _("number of lines"), Kind.NUMBER, lambda f: len(f.lines), Read.LINES),
    _f("weight", Group.STOCK, _("weight in all (g)"), Kind.NUMBER, "weight_g", Read.LINES),
    _f("short", Group.STOCK, _("items short"), Kind.NUMBER, "short", Read.STOCK, Read.LINES),
    _f("all_there", Group.STOCK, pgettext_lazy("rule", "everything in stock"), Kind.YESNO, lambda f: f.short == 0,
       Read.STOCK, Read.LINES),
)  # fmt: skip
_STATE = (
    _f("is_accepted", Group.STATE, pgettext_lazy("rule", "accepted"), Kind.YESNO, "is_accepted", Read.STATE),
    _f("checks", Group.STATE, _("open reasons"), Kind.LIST, "checks", Read.STATE, choices=_of(Check)),
    _f("holds", Group.STATE, _("open holds"), Kind.LIST, "holds", Read.STATE, choices=_of(HoldKind)),
    _f("tags", Group.STATE, _("tags"), Kind.LIST, "tags", Read.STATE),
)
_CALENDAR = (
    _f("today", Group.CALENDAR, _("today's date"), Kind.DATE, "today", Read.DAY),
    _f("weekday", Group.CALENDAR, _("today's weekday"), Kind.CHOICE, lambda f: str(f.today.weekday()), Read.DAY,
       choices=_weekdays),
    _f("is_open_today", Group.CALENDAR, pgettext_lazy("rule", "the shop works today"), Kind.YESNO, "is_open_today",
       Read.DAY),
)  # fmt: skip

#: Every field by key, in the order in which they are offered.
FIELDS: dict[str, Field] = {
    field.key: field
    for field in (
        *_ORDER, *_AMOUNTS, *_STORE, *_BUYER, *_SHIP_TO, *_PAYMENT, *_DELIVERY, *_LINES, *_STOCK, *_STATE, *_CALENDAR
    )
}  # fmt: skip


def choice_labels(field: Field) -> dict[str, str]:
    """The words of a field's values as people read them; empty for fields whose values are free."""
    return {value: str(label) for value, label in field.choices()} if field.choices is not None else {}
