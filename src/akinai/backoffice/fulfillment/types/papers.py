"""Papers before they are printed."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum


class InvoicePaper(StrEnum):
    """Which paper is the invoice (TAX-32): a setting of the shop; only that one carries the number and the tax."""

    DELIVERY_NOTE = "delivery_note"
    RECEIPT = "receipt"
    WEB = "web"


@dataclass(frozen=True, slots=True)
class ShopOnPaper:
    """Who sends. `registration_number` is blank for a shop outside the invoice system (TAX-35)."""

    name: str
    company: str = ""
    postcode: str = ""
    address: tuple[str, ...] = ()
    tel: str = ""
    mail: str = ""
    url: str = ""
    hours: str = ""
    registration_number: str = ""


@dataclass(frozen=True, slots=True)
class PersonOnPaper:
    """A buyer or receiver as addressed; `honorific` follows the name, or the company where no name is given."""

    name: str
    postcode: str = ""
    address: tuple[str, ...] = ()
    company: str = ""
    department: str = ""
    honorific: str = "様"


@dataclass(frozen=True, slots=True)
class NoteLine:
    """One line of a delivery note; `unit_price` and `amount` in yen, on the basis the page states."""

    name: str
    quantity: int
    unit_price: int = 0
    amount: int = 0
    code: str = ""
    variation: str = ""
    note: str = ""
    is_reduced: bool = False


@dataclass(frozen=True, slots=True)
class AmountRow:
    """A row of the sums, such as shipping or a coupon (negative); yen."""

    label: str
    amount: int
    is_reduced: bool = False


@dataclass(frozen=True, slots=True)
class RateTotal:
    """What falls under one tax rate after discounts (TAX-22), on the page's basis; its tax, rounded once (TAX-10)."""

    percent: int
    amount: int
    tax: int
    is_reduced: bool = False


@dataclass(frozen=True, slots=True)
class DeliveryNotePage:
    """One 納品書.

    `with_prices=False` is the gift form (SHP-62): no yen, no tax, no invoice words and no QR code to the order on it.
    `below_total` are rows between the total and what the buyer pays (points taken as money); `due` comes last then.
    `scan_code` is printed as Code 128 (the shipment number, for inspection); `qr_text` as a QR code with `qr_caption`.
    """

    number: str
    order_number: str
    ordered_on: dt.date
    shipped_on: dt.date
    shop: ShopOnPaper
    ship_to: PersonOnPaper
    lines: tuple[NoteLine, ...]
    buyer: PersonOnPaper | None = None
    with_prices: bool = True
    tax_included: bool = True
    charges: tuple[AmountRow, ...] = ()
    total: int = 0
    below_total: tuple[AmountRow, ...] = ()
    due: int | None = None
    rates: tuple[RateTotal, ...] = ()
    payment: str = ""
    delivery: str = ""
    is_invoice: bool = False
    invoice_addressee: str = ""
    greeting: str = ""
    message: str = ""
    notices: tuple[str, ...] = ()
    scan_code: str = ""
    qr_text: str = ""
    qr_caption: str = ""


@dataclass(frozen=True, slots=True)
class TotalPickRow:
    """One SKU of a total picking list: how many to fetch, for how many shipments."""

    sku_code: str
    name: str
    quantity: int
    shipments: int
    shelf: str = ""
    jan: str = ""
    variation: str = ""
    note: str = ""
    is_fragile: bool = False


@dataclass(frozen=True, slots=True)
class TotalPickingPage:
    """One トータルピッキングリスト for a batch; rows are put in shelf order when printed (INV-40)."""

    batch: str
    ship_date: dt.date
    printed_at: dt.datetime
    printed_by: str
    shipments: int
    rows: tuple[TotalPickRow, ...]
    place: str = ""
    carriers: tuple[tuple[str, int], ...] = ()


@dataclass(frozen=True, slots=True)
class PickLine:
    """One SKU of a single picking list."""

    sku_code: str
    name: str
    quantity: int
    shelf: str = ""
    jan: str = ""
    variation: str = ""
    note: str = ""
    is_fragile: bool = False


@dataclass(frozen=True, slots=True)
class GiftOnPaper:
    """What the packer does for a gift (SHP-60), each blank where not wished for; `names` from right to left."""

    wrap: str = ""
    ribbon: str = ""
    noshi_heading: str = ""
    mizuhiki: str = ""
    noshi_place: str = ""
    names: tuple[str, ...] = ()
    card: str = ""
    bag: str = ""


@dataclass(frozen=True, slots=True)
class SinglePickingPage:
    """One picking list for one shipment, by shelf; `number` is also its bar code, scanned to start inspection.

    `marks` are words a packer must not miss (gift, COD, fragile …); `position` of `count` is its place in the batch.
    """

    number: str
    order_number: str
    ship_date: dt.date
    ship_to: PersonOnPaper
    lines: tuple[PickLine, ...]
    batch: str = ""
    position: int = 1
    count: int = 1
    store: str = ""
    service: str = ""
    wish: str = ""
    payment: str = ""
    marks: tuple[str, ...] = ()
    remark: str = ""
    staff_note: str = ""
    gift: GiftOnPaper | None = None
