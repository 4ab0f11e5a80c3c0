"""What crosses the border of `orders`: drafts on the way in, results on the way out."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from typing import Any

from akinai.foundation.core.errors import Sentence

from .models import Order


@dataclass(frozen=True, slots=True)
class PartyDraft:
    """A buyer or recipient as the store wrote them. `address1` is city to house number, `address2` the building."""

    name: str
    kana: str = ""
    company: str = ""
    phone: str = ""
    mail: str = ""
    postcode: str = ""
    prefecture: str = ""
    address1: str = ""
    address2: str = ""


@dataclass(frozen=True, slots=True)
class LineDraft:
    """One line. `code` is the store's item code or our SKU code; `unit_price` is yen in `price_basis`.

    `tax_rate` in percent; None takes the SKU's. `short_told` says the buyer was told of the wait when ordering.
    """

    code: str
    name: str
    quantity: int
    unit_price: int
    price_basis: str = "incl"
    tax_rate: int | None = None
    options: str = ""
    short_told: bool = False


@dataclass(frozen=True, slots=True)
class PaymentDraft:
    """What the store says about money: the method's code (terms), how much was paid in yen, and when (JST)."""

    method: str
    paid_amount: int = 0
    guaranteed_amount: int = 0
    paid_on: dt.date | None = None


@dataclass(frozen=True, slots=True)
class OrderDraft:
    """An order on its way in. Amounts are yen including tax; `store_total` is what the store says the buyer owes.

    `is_shipped` / `is_cancelled` tell the state at the store; either makes the order history (ORD-34).
    `address_pending` says that the recipient has not told the store an address yet: a person looks before it ships.
    """

    store_id: int
    store_number: str
    ordered_at: dt.datetime
    buyer: PartyDraft
    ship_to: PartyDraft
    lines: tuple[LineDraft, ...]
    payment: PaymentDraft
    delivery_service: str = ""
    wish_date: dt.date | None = None
    wish_window: str = ""
    wish_window_raw: str = ""
    shipping_fee: int = 0
    payment_fee: int = 0
    wrapping_fee: int = 0
    other_fee: int = 0
    coupon: int = 0
    coupon_covers_shipping: bool = False
    points: int = 0
    points_kind: str = "tender"
    store_total: int | None = None
    store_tax: int | None = None
    remark: str = ""
    is_gift: bool = False
    gift_note: str = ""
    warehouse_note: str = ""
    is_island: bool = False
    is_shipped: bool = False
    is_cancelled: bool = False
    address_pending: bool = False
    ref: str = ""


@dataclass(frozen=True, slots=True)
class ConsentDraft:
    """ORD-42: the buyer agrees to pay more: how (a ConsentBy), on which JST date, and who said so."""

    how: str
    agreed_on: dt.date
    said_by: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class Placed:
    """An order that is in. `outcome` is created, unchanged, paid, cancelled or changed (ORD-32)."""

    draft: OrderDraft
    order: Order
    outcome: str = "created"

    @property
    def created(self) -> bool:
        return self.outcome == "created"


@dataclass(frozen=True, slots=True)
class Rejected:
    """An order that could not be taken in, with one sentence for each reason. Nothing of it was stored."""

    draft: OrderDraft
    reasons: tuple[Sentence, ...]


@dataclass(frozen=True, slots=True)
class Reason:
    """A check reason found, with the figures its sentence needs."""

    code: str
    detail: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class BulkResult:
    """What became of one order of a bulk action (ORD-33)."""

    order_id: int
    number: str
    done: bool
    sentences: tuple[Sentence, ...] = ()
