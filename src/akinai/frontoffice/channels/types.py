"""An order as a store's file tells it: the border between presets (pure) and intake."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from akinai.foundation.tabular import Problem


class Paid(StrEnum):
    """What the store says about the money; `UNKNOWN` is never taken for either."""

    UNKNOWN = "unknown"
    PAID = "paid"
    UNPAID = "unpaid"


@dataclass(frozen=True, slots=True)
class Party:
    """A buyer or receiver as typed; the postcode is 7 digits and the prefecture split off where that can be.

    `address1` is city and street, `address2` the building.
    """

    name: str = ""
    kana: str = ""
    company: str = ""
    postcode: str = ""
    prefecture: str = ""
    address1: str = ""
    address2: str = ""
    phone: str = ""
    mail: str = ""


@dataclass(frozen=True, slots=True)
class StoreLine:
    """One line. `unit_price` in yen as the store gives it; `price_includes_tax` None = the file does not say.

    `code` is the store's code of the variation, `product_code` that of the product where the store has both.
    """

    row: int
    code: str
    name: str
    quantity: int
    unit_price: int
    options: str = ""
    product_code: str = ""
    tax_rate: int | None = None
    price_includes_tax: bool | None = None
    gift_note: str = ""


@dataclass(frozen=True, slots=True)
class StoreOrder:
    """One whole order. Amounts in yen; None = the file does not say, or the store has not settled it (-9999).

    `discount` is the shop's own, `mall_discount` the mall's; both, and `points`, are positive numbers taken off.
    `wish_window` is canonical (`14-16`), "" for no wish, or None when `wish_window_word` could not be understood.
    `rows` are the record numbers it came from (headings = 1); `extra` keeps cells no field uses, by heading.
    """

    store_number: str
    ordered_at: dt.datetime
    buyer: Party
    ship_to: Party
    lines: tuple[StoreLine, ...]
    rows: tuple[int, ...]
    goods_total: int | None = None
    tax: int | None = None
    shipping_fee: int | None = None
    payment_fee: int | None = None
    wrapping_fee: int | None = None
    other_fee: int | None = None
    discount: int | None = None
    mall_discount: int | None = None
    points: int | None = None
    total: int | None = None
    payment_word: str = ""
    paid: Paid = Paid.UNKNOWN
    paid_on: dt.date | None = None
    delivery_word: str = ""
    wish_date: dt.date | None = None
    wish_date_word: str = ""
    wish_window: str | None = ""
    wish_window_word: str = ""
    remark: str = ""
    gift: bool = False
    noshi: str = ""
    shipped: bool = False
    cancelled: bool = False
    cancel_requested: bool = False
    ship_date: dt.date | None = None
    tracking: tuple[str, ...] = ()
    staff_note: str = ""
    ship_to_count: int = 1
    address_pending: bool = False
    status_word: str = ""
    problems: tuple[Problem, ...] = ()
    extra: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class RefusedOrder:
    """An order that cannot be taken in as it stands; an order is whole or refused."""

    store_number: str
    rows: tuple[int, ...]
    problems: tuple[Problem, ...]


@dataclass(frozen=True, slots=True)
class ReadResult:
    """What a preset made of a file: sound orders, refused ones, and every problem in row order.

    When `broken`, nothing of the file was read. `rows` counts data rows.
    """

    orders: list[StoreOrder] = field(default_factory=list)
    refused: list[RefusedOrder] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    rows: int = 0

    @property
    def broken(self) -> bool:
        return any(p.row == 0 and p.is_error for p in self.problems)

    @property
    def errors(self) -> list[Problem]:
        return [p for p in self.problems if p.is_error]

    @property
    def warnings(self) -> list[Problem]:
        return [p for p in self.problems if not p.is_error]
