"""What rules may look at: one frozen value for each order, asked without queries."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class LineFacts:
    """One live line. Prices are yen as the line has them; `short` are items that are not secured."""

    sku: str = ""
    product: str = ""
    store_code: str = ""
    name: str = ""
    options: str = ""
    quantity: int = 1
    unit_price: int = 0
    amount: int = 0
    tax_rate: int = 10
    supply: str = "stock"
    short: int = 0
    is_unknown: bool = False
    is_fragile: bool = False
    shelf: str = ""
    weight_g: int = 0
    size_cm: int = 0


@dataclass(frozen=True, slots=True)
class PartyFacts:
    """Buyer or recipient as the order has them; `address` is prefecture to building in one line."""

    name: str = ""
    kana: str = ""
    company: str = ""
    phone: str = ""
    mail: str = ""
    postcode: str = ""
    prefecture: str = ""
    address: str = ""


@dataclass(frozen=True, slots=True)
class History:
    """What the same customer ordered before this order: orders and yen (cancelled ones left out), days since then."""

    orders: int = 0
    spent: int = 0
    cancelled: int = 0
    days_since: int | None = None


@dataclass(frozen=True, slots=True)
class RuleFacts:
    """Everything rules can ask of one order. Money is yen including tax, dates are JST business dates."""

    order_id: int
    number: str
    store: str
    store_kind: str
    store_number: str
    ordered_on: dt.date
    ordered_hour: int
    today: dt.date
    is_open_today: bool
    total: int = 0
    goods_total: int = 0
    shipping_fee: int = 0
    payment_fee: int = 0
    wrapping_fee: int = 0
    coupon: int = 0
    points: int = 0
    remark: str = ""
    is_gift: bool = False
    gift_note: str = ""
    warehouse_note: str = ""
    ship_policy: str = "all"
    is_accepted: bool = False
    checks: tuple[str, ...] = ()
    holds: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    wish_date: dt.date | None = None
    wish_window: str = ""
    ship_not_before: dt.date | None = None
    buyer: PartyFacts = PartyFacts()
    buyer_note: str = ""
    history: History = History()
    ship_to: PartyFacts = PartyFacts()
    is_island: bool = False
    goes_elsewhere: bool = False
    method: str = ""
    method_kind: str = ""
    timing: str = "prepaid"
    payment: str = "unpaid"
    received: int = 0
    service: str = ""
    carrier: str = ""
    lines: tuple[LineFacts, ...] = ()

    @property
    def pieces(self) -> int:
        """How many items are still to be had, over all lines."""
        return sum(line.quantity for line in self.lines)

    @property
    def short(self) -> int:
        """How many items are not secured."""
        return sum(line.short for line in self.lines)

    @property
    def weight_g(self) -> int:
        """Grams of all items whose weight is known."""
        return sum(line.weight_g * line.quantity for line in self.lines)
