"""From the dataclasses of `types.py` to paper: words, dates and yen are set here, so that templates only lay out."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Sequence
from typing import Any, TypeAlias

from django.utils import translation
from django.utils.formats import date_format
from django.utils.translation import npgettext, pgettext

from akinai.foundation.core import clock
from akinai.foundation.core.money import yen
from akinai.foundation.documents import barcodes
from akinai.foundation.documents.pdf import Rendered, render
from akinai.foundation.ui import html

from .shelves import shelf_key
from .types import (
    AmountRow,
    DeliveryNotePage,
    GiftOnPaper,
    NoteLine,
    PersonOnPaper,
    PickLine,
    ShopOnPaper,
    SinglePickingPage,
    TotalPickingPage,
    TotalPickRow,
)

Progress: TypeAlias = Callable[[int, int], None]
Data: TypeAlias = dict[str, Any]


def print_delivery_notes(
    pages: Sequence[DeliveryNotePage], *, language: str = "ja", progress: Progress | None = None
) -> Rendered:
    """Delivery notes (納品書), priced or not as each page says, in the buyers' language."""
    with translation.override(language):
        return render(
            "fulfillment/delivery_note",
            [_note(page) for page in pages],
            shared=_note_words(),
            progress=progress,
        )


def print_total_picking(page: TotalPickingPage) -> Rendered:
    """The total picking list of a batch, by shelf, in the reader's language."""
    return render("fulfillment/total_picking", [_total(page)], shared=_pick_words())


def print_single_picking(pages: Sequence[SinglePickingPage], *, progress: Progress | None = None) -> Rendered:
    """One picking list for each shipment, in the order given, in the reader's language."""
    return render("fulfillment/single_picking", [_single(p) for p in pages], shared=_pick_words(), progress=progress)


def _note_words() -> Data:
    return {
        "lang": translation.get_language() or "ja",
        "title": pgettext("paper", "Delivery note"),
        "order_number": pgettext("paper", "Order number"),
        "ordered_on": pgettext("paper", "Ordered on"),
        "shipped_on": pgettext("paper", "Shipped on"),
        "number": pgettext("paper", "Shipment number"),
        "item": pgettext("paper", "Item"),
        "unit_price": pgettext("paper", "Unit price"),
        "quantity": pgettext("paper", "Qty"),
        "amount": pgettext("paper", "Amount"),
        "subtotal": pgettext("paper", "Goods total"),
        "total": pgettext("paper", "Total"),
        "due": pgettext("paper", "You pay"),
        "buyer": pgettext("paper", "Ordered by"),
        "sender": pgettext("paper", "From"),
        "ship_to": pgettext("paper", "Delivered to"),
        "payment": pgettext("paper", "Payment"),
        "delivery": pgettext("paper", "Delivery"),
        "rate": pgettext("paper", "Tax rate"),
        "tax": pgettext("paper", "Tax in it"),
        "continued": pgettext("paper", "(continued)"),
        "registration": pgettext("paper", "Registration number"),
        "reduced": pgettext("paper", "※ reduced tax rate"),
    }


def _note(page: DeliveryNotePage) -> Data:
    data: Data = {
        "number": page.number,
        "order_number": page.order_number,
        "ordered_on": _day(page.ordered_on),
        "shipped_on": _day(page.shipped_on),
        "shop": _shop(page.shop, with_registration=_is_invoice(page)),
        "ship_to": _person(page.ship_to),
        "buyer": _person(page.buyer) if page.buyer else None,
        "priced": page.with_prices,
        "lines": [_note_line(page, line) for line in page.lines],
        "pieces": sum(line.quantity for line in page.lines),
        "delivery": page.delivery,
        "greeting": page.greeting,
        "message": page.message,
        "notices": list(page.notices),
        "scan": barcodes.code128(page.scan_code).as_data() if page.scan_code else None,
        "qr": barcodes.qr(page.qr_text).as_data() if page.qr_text and page.with_prices else None,
        "qr_caption": page.qr_caption,
    }
    return data | (_sums(page) if page.with_prices else {"sums": None, "statement": "", "payment": ""})


def _note_line(page: DeliveryNotePage, line: NoteLine) -> Data:
    """A line; yen and the mark of the reduced rate only where the page shows prices (TAX-35: no mark either)."""
    data: Data = {
        "name": line.name,
        "code": line.code,
        "variation": line.variation,
        "note": line.note,
        "quantity": f"{line.quantity:,}",
    }
    if page.with_prices:
        data |= {"unit_price": yen(line.unit_price), "amount": yen(line.amount), "mark": _mark(page, line.is_reduced)}
    return data


def _sums(page: DeliveryNotePage) -> Data:
    goods = sum(line.amount for line in page.lines)
    rates = [
        {
            "rate": f"{rate.percent}%" + _mark(page, rate.is_reduced),
            "amount": yen(rate.amount),
            "tax": yen(rate.tax),
        }
        for rate in page.rates
    ]
    reduced = any(line.is_reduced for line in page.lines) or any(row.is_reduced for row in page.charges)
    return {
        "sums": {
            "goods": yen(goods),
            "charges": [_amount_row(page, row) for row in page.charges],
            "total": yen(page.total),
            "below": [_amount_row(page, row) for row in page.below_total],
            "due": yen(page.due) if page.due is not None else "",
        },
        "rates": rates if _is_invoice(page) else [],
        "basis": _basis(page),
        "legend": bool(reduced and _taxed(page)),
        "statement": _statement(page),
        "addressee": page.invoice_addressee if _is_invoice(page) else "",
        "payment": page.payment,
    }


def _taxed(page: DeliveryNotePage) -> bool:
    """False for a shop outside the invoice system: no tax words on its papers (TAX-35)."""
    return bool(page.shop.registration_number)


def _basis(page: DeliveryNotePage) -> str:
    if not _taxed(page):
        return ""
    return pgettext("paper", "incl. tax") if page.tax_included else pgettext("paper", "excl. tax")


def _is_invoice(page: DeliveryNotePage) -> bool:
    """True if this paper is the invoice (TAX-32): chosen by the shop, registered, with prices."""
    return page.is_invoice and page.with_prices and _taxed(page)


def _statement(page: DeliveryNotePage) -> str:
    """What this paper is in tax law: full form with an addressee, else simple (TAX-30); or that it is no invoice."""
    if not _taxed(page):
        return ""
    if not page.is_invoice:
        return pgettext("paper", "This paper is not a qualified invoice.")
    return (
        pgettext("paper", "Qualified invoice")
        if page.invoice_addressee
        else pgettext("paper", "Simplified qualified invoice")
    )


def _mark(page: DeliveryNotePage, is_reduced: bool) -> str:
    return "※" if is_reduced and _taxed(page) else ""


def _amount_row(page: DeliveryNotePage, row: AmountRow) -> Data:
    return {"label": row.label + _mark(page, row.is_reduced), "amount": yen(row.amount)}


def _shop(shop: ShopOnPaper, *, with_registration: bool) -> Data:
    contact = [("TEL", shop.tel), ("MAIL", shop.mail), ("WEB", shop.url), ("", shop.hours)]
    return {
        "name": shop.name,
        "company": shop.company if shop.company != shop.name else "",
        "address": _address(shop.postcode, shop.address),
        "foot": shop.url,
        "contact": [f"{label} {value}".strip() for label, value in contact if value],
        "registration": shop.registration_number if with_registration else "",
    }


def _person(person: PersonOnPaper) -> Data:
    """An address block; the honorific goes to the name, or to the company that stands alone."""
    house = [text for text in (person.company, person.department) if text]
    name = person.name or (house.pop() if house else "")
    return {
        "address": _address(person.postcode, person.address),
        "house": house,
        "name": f"{name} {person.honorific}".rstrip(),
    }


def _address(postcode: str, lines: Iterable[str]) -> list[str]:
    kept = [line for line in lines if line]
    return [f"〒{html.postcode(postcode)}", *kept] if postcode else kept


def _day(day: dt.date) -> str:
    return date_format(day, "DATE_FORMAT")


def _short_day(day: dt.date) -> str:
    """`11/24（火）` where Japanese is read."""
    return f"{day.month}/{day.day}（{date_format(day, 'D')}）" if translation.get_language() == "ja" else _day(day)


def _pick_words() -> Data:
    return {
        "lang": translation.get_language() or "ja",
        "total_title": pgettext("picking", "Total picking list"),
        "single_title": pgettext("picking", "Picking list"),
        "batch": pgettext("picking", "Batch"),
        "ship_date": pgettext("picking", "Ship date"),
        "printed": pgettext("picking", "Printed"),
        "shelf": pgettext("picking", "Shelf"),
        "item": pgettext("picking", "Item"),
        "quantity": pgettext("picking", "Qty"),
        "shipments": pgettext("picking", "Shipments"),
        "check": pgettext("picking", "Check"),
        "no_shelf": pgettext("picking", "no shelf"),
        "fragile": pgettext("picking", "Fragile"),
        "order_number": pgettext("picking", "Order number"),
        "service": pgettext("picking", "Carrier service"),
        "wish": pgettext("picking", "Delivery wish"),
        "payment": pgettext("picking", "Payment"),
        "store": pgettext("picking", "Store"),
        "ship_to": pgettext("picking", "Delivered to"),
        "remark": pgettext("picking", "Buyer's remark"),
        "staff_note": pgettext("picking", "Note to the warehouse"),
        "gift": pgettext("picking", "Gift"),
        "steps": [pgettext("picking", "Picked"), pgettext("picking", "Inspected"), pgettext("picking", "Packed")],
    }


def _total(page: TotalPickingPage) -> Data:
    rows = sorted(page.rows, key=lambda row: (shelf_key(row.shelf), row.sku_code))
    pieces = sum(row.quantity for row in rows)
    return {
        "batch": page.batch,
        "place": page.place,
        "ship_date": _short_day(page.ship_date),
        "printed": f"{clock.aware(page.printed_at):%Y/%m/%d %H:%M} {page.printed_by}",
        "facts": [
            [pgettext("picking", "Shipments"), f"{page.shipments:,}"],
            [pgettext("picking", "SKUs"), f"{len(rows):,}"],
            [pgettext("picking", "Pieces"), f"{pieces:,}"],
        ],
        "carriers": [[name, f"{count:,}"] for name, count in page.carriers],
        "rows": [_pick_row(row) | {"shipments": f"{row.shipments:,}"} for row in rows],
    }


def _pick_row(row: TotalPickRow | PickLine) -> Data:
    """A row to fetch. JAN codes are printed as digits, never as bars: inspection must scan the goods, not the paper."""
    return {
        "shelf": row.shelf,
        "code": row.sku_code,
        "jan": [row.jan[:-4], row.jan[-4:]] if row.jan else None,
        "name": row.name,
        "variation": row.variation,
        "quantity": f"{row.quantity:,}",
        "many": row.quantity > 1,
        "note": row.note,
        "fragile": row.is_fragile,
    }


def _single(page: SinglePickingPage) -> Data:
    lines = sorted(page.lines, key=lambda line: (shelf_key(line.shelf), line.sku_code))
    pieces = sum(line.quantity for line in lines)
    return {
        "number": page.number,
        "scan": barcodes.code128(page.number).as_data(),
        "order_number": page.order_number,
        "batch": page.batch,
        "position": f"{page.position} / {page.count}",
        "ship_date": _short_day(page.ship_date),
        "ship_to": _person(page.ship_to),
        "facts": [
            [label, value]
            for label, value in (
                (pgettext("picking", "Order number"), page.order_number),
                (pgettext("picking", "Store"), page.store),
                (pgettext("picking", "Carrier service"), page.service),
                (pgettext("picking", "Delivery wish"), page.wish),
                (pgettext("picking", "Payment"), page.payment),
            )
            if value
        ],
        "marks": list(page.marks),
        "lines": [_pick_row(line) for line in lines],
        "pieces": npgettext("picking", "%(n)d piece", "%(n)d pieces", pieces) % {"n": pieces},
        "remark": page.remark,
        "staff_note": page.staff_note,
        "gift": _gift(page.gift) if page.gift else [],
    }


def _gift(gift: GiftOnPaper) -> list[list[str]]:
    rows = (
        (pgettext("picking", "Wrapping"), gift.wrap),
        (pgettext("picking", "Ribbon"), gift.ribbon),
        (pgettext("picking", "Noshi"), "　".join(text for text in (gift.noshi_place, gift.mizuhiki) if text)),
        (pgettext("picking", "Noshi heading"), gift.noshi_heading),
        (pgettext("picking", "Names on the noshi"), " ・ ".join(gift.names)),
        (pgettext("picking", "Message card"), gift.card),
        (pgettext("picking", "Bag"), gift.bag),
    )
    return [[label, value] for label, value in rows if value]
