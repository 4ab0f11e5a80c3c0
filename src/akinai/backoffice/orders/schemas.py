"""Orders as programs write and read them, in the words of the house. Amounts are yen, times ISO 8601."""

from __future__ import annotations

import datetime as dt
from typing import Annotated, Literal

from ninja import Schema
from pydantic import Field

from .models import Order, OrderLine
from .selectors import OrderPage
from .types import LineDraft, OrderDraft, PartyDraft, PaymentDraft

Short = Annotated[str, Field(max_length=255)]
Long = Annotated[str, Field(max_length=10_000)]
Yen = Annotated[int, Field(ge=0, le=1_000_000_000)]
SignedYen = Annotated[int, Field(ge=-1_000_000_000, le=1_000_000_000)]
Day = Annotated[dt.date, Field(ge=dt.date(1990, 1, 1), le=dt.date(2100, 12, 31))]


class Party(Schema):
    """Buyer or recipient. `address1` is city to house number, `address2` the building."""

    name: Annotated[str, Field(max_length=200)]
    kana: Annotated[str, Field(max_length=200)] = ""
    company: Annotated[str, Field(max_length=200)] = ""
    phone: Annotated[str, Field(max_length=40)] = ""
    mail: Annotated[str, Field(max_length=254)] = ""
    postcode: Annotated[str, Field(max_length=10)] = ""
    prefecture: Annotated[str, Field(max_length=10)] = ""
    address1: Short = ""
    address2: Short = ""

    def draft(self) -> PartyDraft:
        """As the use case takes it."""
        return PartyDraft(**self.dict())


class LineIn(Schema):
    """One line. `code` is our SKU code or the store's item code; an unknown one waits for a person (INV-91)."""

    code: Annotated[str, Field(max_length=100)]
    quantity: Annotated[int, Field(ge=1, le=1_000_000)]
    unit_price: Yen
    name: Annotated[str, Field(max_length=500)] = ""
    options: Annotated[str, Field(max_length=2000)] = ""
    price_basis: Literal["incl", "excl"] = "incl"
    tax_rate: Annotated[int, Field(ge=0, le=100)] | None = None
    short_told: bool = False


class PaymentIn(Schema):
    """How it is paid: the method's code, name or alias; what has been paid or guaranteed at the store, in yen."""

    method: Short
    paid_amount: Yen = 0
    guaranteed_amount: Yen = 0
    paid_on: Day | None = None


class DeliveryIn(Schema):
    """How it is sent: the service's code, name or alias (empty: the usual one) and the wish."""

    service: Short = ""
    wish_date: Day | None = None
    wish_window: Literal["", "08-12", "12-14", "14-16", "16-18", "18-20", "19-21", "18-21", "20-21"] = ""


class ChargesIn(Schema):
    """What stands beside the goods, in yen including tax."""

    shipping_fee: Yen = 0
    payment_fee: Yen = 0
    wrapping_fee: Yen = 0
    other_fee: SignedYen = 0
    coupon: Yen = 0
    coupon_covers_shipping: bool = False
    points: Yen = 0
    points_kind: Literal["tender", "discount"] = "tender"


class OrderIn(Schema):
    """An order of one store. `store_number` is the number the buyer knows; it names the order for good (ORD-32)."""

    store: Annotated[str, Field(max_length=40)]
    store_number: Annotated[str, Field(max_length=60)]
    ordered_at: dt.datetime
    buyer: Party
    ship_to: Party | None = None
    lines: Annotated[list[LineIn], Field(min_length=1, max_length=200)]
    payment: PaymentIn
    delivery: DeliveryIn = DeliveryIn()
    charges: ChargesIn = ChargesIn()
    store_total: SignedYen | None = None
    remark: Long = ""
    is_gift: bool = False
    gift_note: Long = ""
    warehouse_note: Long = ""

    def draft(self, store_id: int) -> OrderDraft:
        """As the use case takes it."""
        return OrderDraft(
            store_id=store_id,
            store_number=self.store_number,
            ordered_at=self.ordered_at,
            buyer=self.buyer.draft(),
            ship_to=(self.ship_to or self.buyer).draft(),
            lines=tuple(LineDraft(**line.dict()) for line in self.lines),
            payment=PaymentDraft(**self.payment.dict()),
            delivery_service=self.delivery.service,
            wish_date=self.delivery.wish_date,
            wish_window=self.delivery.wish_window,
            store_total=self.store_total,
            remark=self.remark,
            is_gift=self.is_gift,
            gift_note=self.gift_note,
            warehouse_note=self.warehouse_note,
            **self.charges.dict(),
        )


class PlacedOut(Schema):
    """An order that is in. `outcome` is created, unchanged, paid, cancelled or changed (ORD-32)."""

    id: int
    number: str
    store_number: str
    queue: str
    total: int
    outcome: str


class OrderRow(Schema):
    """An order in a list."""

    id: int
    number: str
    store: str
    store_number: str
    ordered_at: dt.datetime
    buyer: str
    total: int
    queue: str
    payment: str
    stopped: bool
    blocked_by: list[str]

    @classmethod
    def of(cls, order: Order) -> OrderRow:
        """From a row of `selectors.order_rows`."""
        return cls(
            id=order.pk, number=order.number, store=order.store.code, store_number=order.store_number,
            ordered_at=order.ordered_at, buyer=order.buyer_name, total=order.total, queue=order.queue,
            payment=order.payment, stopped=order.stopped, blocked_by=list(order.badges),
        )  # fmt: skip


class OrderPageOut(Schema):
    """A page of orders; `next` is the cursor of the page after, null at the end."""

    orders: list[OrderRow]
    next: str | None = None


class LineOut(Schema):
    """One line as it stands: `quantity` ordered = allocated + short + shipped + cancelled (ORD-2)."""

    number: int
    sku: str | None
    code: str
    name: str
    options: str
    quantity: int
    allocated: int
    short: int
    shipped: int
    cancelled: int
    unit_price: int
    price_basis: str
    tax_rate: int

    @classmethod
    def of(cls, line: OrderLine) -> LineOut:
        """From a row with its SKU."""
        return cls(
            number=line.number, sku=line.sku.code if line.sku else None, code=line.store_code, name=line.name,
            options=line.options, quantity=line.quantity, allocated=line.allocated, short=line.short,
            shipped=line.shipped, cancelled=line.cancelled, unit_price=line.unit_price, price_basis=line.price_basis,
            tax_rate=line.tax_rate,
        )  # fmt: skip


class RateOut(Schema):
    """One tax rate: yen including tax, the tax within, the discount that was taken off."""

    rate: int
    gross: int
    tax: int
    discount: int


class OrderOut(OrderRow):
    """An order with everything about it. A change may name the `version` it was made for (ORD-31)."""

    version: int
    edition: int
    received_at: dt.datetime
    buyer_party: Party
    ship_to: Party
    lines: list[LineOut]
    rates: list[RateOut]
    payment_method: str
    received_amount: int
    delivery_service: str
    wish_date: dt.date | None
    wish_window: str
    shipping_fee: int
    payment_fee: int
    remark: str
    is_gift: bool
    gift_note: str
    confirmation: str
    cancel: str
    confirm_by: dt.datetime | None
    pay_due: dt.date | None
    ships_on: dt.date | None
    arrives_on: dt.date | None

    @classmethod
    def of_page(cls, page: OrderPage) -> OrderOut:
        """From the selector of the order page."""
        order = page.order
        names = (
            "version", "edition", "received_at", "received_amount", "wish_date", "wish_window", "shipping_fee",
            "payment_fee", "remark", "is_gift", "gift_note", "confirmation", "cancel", "confirm_by", "pay_due",
        )  # fmt: skip
        return cls(
            **OrderRow.of(order).dict(),
            **{name: getattr(order, name) for name in names},
            buyer_party=_party(order, "buyer"),
            ship_to=_party(order, "ship"),
            lines=[LineOut.of(line) for line in page.lines],
            rates=[RateOut(**rate) for rate in order.tax_lines],
            payment_method=order.payment_method.code,
            delivery_service=order.delivery_service.code,
            ships_on=page.plan.ship_on if page.plan else None,
            arrives_on=page.plan.arrive_on if page.plan else None,
        )


def _party(order: Order, prefix: str) -> Party:
    return Party(**{name: getattr(order, f"{prefix}_{name}", "") for name in Party.model_fields})
