"""What an order on the phone would come to, worked out while it is typed. Nothing is written.

The button and the preview both use `quote`, so that what was read out and what is placed cannot differ.
"""

from __future__ import annotations

import dataclasses
import datetime as dt
import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from akinai.backoffice.inventory import selectors as inventory
from akinai.backoffice.orders import wording
from akinai.backoffice.orders.checks import (
    Judge,
    judge_address,
    judge_age,
    judge_cool,
    judge_date,
    judge_gift,
    judge_island,
    judge_payment,
    judge_phone,
    judge_recipient,
)
from akinai.backoffice.orders.edits import MOST_PIECES, MOST_YEN, delivery_obstacles
from akinai.backoffice.orders.models import Order, OrderLine
from akinai.backoffice.orders.pricing import charge_of, compute, fee_for, write_totals
from akinai.backoffice.orders.queue import Blocker
from akinai.backoffice.orders.states import Supply
from akinai.backoffice.orders.timing import Plan
from akinai.backoffice.orders.types import LineDraft, OrderDraft, PartyDraft, PaymentDraft
from akinai.foundation.core.errors import Sentence
from akinai.foundation.core.text import nfkc
from akinai.shop.catalog.models import Sku
from akinai.shop.catalog.selectors import search_skus, sku_by_scan
from akinai.shop.stores.states import WhenShort
from akinai.shop.terms.charges import ShippingCharge
from akinai.shop.terms.models import DeliveryService, PaymentMethod

from .models import CallBy

MOST_CANDIDATES = 6
PARTY = ("name", "kana", "company", "phone", "postcode", "prefecture", "address1", "address2")


@dataclass(frozen=True, slots=True)
class EntryLine:
    """A line as typed: SKU code, JAN or words; `price` in yen as the shop's prices are, None for the SKU's own."""

    row: int
    code: str
    quantity: int = 1
    price: int | None = None


@dataclass(frozen=True, slots=True)
class Entry:
    """Everything a clerk types. `shipping` is yen incl. tax, None for the fee of our own table.

    `short_told`: the buyer was told that goods are missing and waits for them. `language`: what they
    read, where they said so; blank as at the store.
    """

    how: str
    store_id: int
    buyer: PartyDraft
    ship_to: PartyDraft
    lines: tuple[EntryLine, ...]
    method: str
    service: str
    wish_date: dt.date | None = None
    wish_window: str = ""
    shipping: int | None = None
    remark: str = ""
    staff_note: str = ""
    is_gift: bool = False
    gift_note: str = ""
    short_told: bool = False
    language: str = ""

    @property
    def fingerprint(self) -> str:
        """The same for the same content; what tells a second press from another order in the same form."""
        flat = json.dumps(dataclasses.asdict(self), default=str, sort_keys=True, ensure_ascii=False)
        return hashlib.sha256(flat.encode()).hexdigest()


@dataclass(slots=True)
class Row:
    """A typed line and what it means. `free` are pieces nobody has been promised."""

    entry: EntryLine
    sku: Sku | None
    free: int = 0
    candidates: Sequence[Sku] = ()

    @property
    def price(self) -> int:
        """Yen a piece."""
        given = self.entry.price
        return given if given is not None else (self.sku.price if self.sku else 0)

    @property
    def is_repriced(self) -> bool:
        """Whether somebody typed another price than that of the SKU."""
        return self.sku is not None and self.price != self.sku.price


@dataclass
class Quote:
    """What the entry comes to. `errors` keep it from being placed, `notes` are what a person will look at."""

    entry: Entry
    order: Order
    rows: list[Row]
    lines: list[OrderLine]
    charge: ShippingCharge | None = None
    plan: Plan | None = None
    errors: list[Sentence] = field(default_factory=list)
    notes: list[Sentence] = field(default_factory=list)
    short: list[Row] = field(default_factory=list)

    @property
    def is_repriced(self) -> bool:
        """Whether a price or the shipping fee is not that of the tables."""
        by_table = self.charge.fee if self.charge else None
        return any(row.is_repriced for row in self.rows) or (
            by_table is not None and self.order.shipping_fee != by_table
        )

    def draft(self, store_number: str, at: dt.datetime) -> OrderDraft:
        """The order as `place_orders` takes it."""
        entry, order = self.entry, self.order
        lines = tuple(
            LineDraft(
                code=line.sku.code if line.sku else "", name=line.name, quantity=line.quantity,
                unit_price=line.unit_price, price_basis=line.price_basis, short_told=entry.short_told,
            )
            for line in self.lines
        )  # fmt: skip
        return OrderDraft(
            store_id=entry.store_id, store_number=store_number, ordered_at=at, buyer=entry.buyer,
            ship_to=entry.ship_to, lines=lines, payment=PaymentDraft(entry.method), delivery_service=entry.service,
            wish_date=entry.wish_date, wish_window=entry.wish_window, shipping_fee=order.shipping_fee,
            payment_fee=order.payment_fee, remark=entry.remark, is_gift=entry.is_gift, gift_note=entry.gift_note,
        )  # fmt: skip


def quote(entry: Entry, judge: Judge) -> Quote:
    """Work an entry out as of the judge's moment: goods, charges, totals, days, and what speaks against it."""
    order = _order(entry, judge)
    rows = _rows(entry.lines)
    found = Quote(entry, order, rows, [_line(order, n, row, judge) for n, row in enumerate(_known(rows), 1)])
    _judge_rows(found, judge)
    if found.lines:
        _price(found, judge)
        found.plan = judge.timetable.plan(order, found.lines, judge.now)
        _judge_delivery(found, judge)
    return found


def _known(rows: Sequence[Row]) -> list[Row]:
    return [row for row in rows if row.sku is not None]


def _order(entry: Entry, judge: Judge) -> Order:
    """An order that is not saved, as `place_orders` would build it."""
    method, service = judge.terms.methods[entry.method], judge.terms.services[entry.service]
    parties = (("buyer", entry.buyer), ("ship", entry.ship_to))
    order = Order(
        store=judge.stores.stores[entry.store_id],
        ordered_at=judge.now,
        payment_method=PaymentMethod(id=method.id, code=method.code, name=method.name, kind=method.kind),
        delivery_service=DeliveryService(
            id=service.id, code=service.code, name=service.name, date_ok=service.date_ok, window_ok=service.window_ok
        ),
        ship_policy=judge.stores.stores[entry.store_id].ship_policy,
        wish_date=entry.wish_date,
        wish_window=entry.wish_window,
        is_gift=entry.is_gift,
        gift_note=entry.gift_note,
        tax_rounding=judge.stores.shop.tax_rounding,
        **{f"{side}_{name}": getattr(party, name) for side, party in parties for name in PARTY},
    )
    order.delivery_service.carrier_id = service.carrier.id
    return order


def _rows(typed: Sequence[EntryLine]) -> list[Row]:
    rows = [Row(line, sku_by_scan(line.code)) for line in typed]
    free = inventory.free({row.sku.pk for row in rows if row.sku})
    for row in rows:
        if row.sku is not None:
            row.free = free.get(row.sku.pk, 0)
        else:
            row.candidates = list(search_skus(nfkc(row.entry.code), active_only=True)[:MOST_CANDIDATES])
    return rows


def _line(order: Order, number: int, row: Row, judge: Judge) -> OrderLine:
    assert row.sku is not None
    rates = judge.stores.tax_rates(judge.now.date())
    return OrderLine(
        order=order, number=number, sku=row.sku, name=row.sku.title, quantity=row.entry.quantity, unit_price=row.price,
        price_basis=judge.stores.shop.price_basis, tax_rate=rates.get(row.sku.product.tax_class, rates["std"]),
        supply=row.sku.supply,
    )  # fmt: skip


def _judge_rows(found: Quote, judge: Judge) -> None:
    """Unknown codes, goods no longer sold, and what is missing: per SKU, since two lines may ask for the same."""
    wanted: dict[int, int] = {}
    for row in found.rows:
        name = {"code": row.entry.code}
        if row.sku is None:
            found.errors.append(_("“%(code)s” is no SKU code or JAN. Choose an item.") % name)
            continue
        if not row.sku.is_active:
            found.errors.append(_("%(code)s is not on sale.") % {"code": row.sku.code})
        if not 1 <= row.entry.quantity <= MOST_PIECES or not 0 <= row.price <= MOST_YEN:
            found.errors.append(_("%(code)s: enter a quantity of 1 or more and a price of 0 or more.") % name)
        before = wanted.get(row.sku.pk, 0)
        wanted[row.sku.pk] = before + row.entry.quantity
        if wanted[row.sku.pk] > row.free and row.sku.supply == Supply.STOCK:
            found.short.append(row)
    if not found.rows:
        found.errors.append(_("Enter at least one item."))
    refuses = judge.stores.stores[found.entry.store_id].when_short == WhenShort.REFUSE
    for row in found.short:
        assert row.sku is not None
        words = {"name": row.sku.title, "n": max(row.free, 0)}
        if refuses:
            found.errors.append(_("%(name)s: only %(n)d are there, and this store takes no orders beyond.") % words)
        elif not found.entry.short_told:
            found.errors.append(
                _("%(name)s: only %(n)d are there. Tell the buyer about the wait and tick it, or take fewer.") % words
            )


def _price(found: Quote, judge: Judge) -> None:
    """Shipping, payment fee and totals, each counted on the one before (SHP-10, PAY-10, TAX-10)."""
    order, rate = found.order, judge.stores.tax_rates(judge.now.date())["std"]
    write_totals(order, compute(order, found.lines, fee_rate=rate))
    found.charge = charge_of(order, judge.terms, judge.settings)
    if found.entry.shipping is not None:
        order.shipping_fee = found.entry.shipping
    elif found.charge is not None:
        order.shipping_fee = found.charge.fee
    elif order.ship_prefecture:
        found.errors.append(_("There is no shipping fee for this place in your table. Enter the fee."))
    write_totals(order, compute(order, found.lines, fee_rate=rate))
    fee = fee_for(order, found.lines, judge.terms, rate, is_new=True)
    if fee is None:
        found.errors.append(_("The amount is too high for cash on delivery. Choose another way to pay."))
    order.payment_fee = fee or 0
    write_totals(order, compute(order, found.lines, fee_rate=rate))
    if order.total > MOST_YEN:
        found.errors.append(_("No order is worth that much. Look at its amounts."))


def _judge_delivery(found: Quote, judge: Judge) -> None:
    """What the service or payment cannot do speaks against it; what a person would look at later is told now.

    On the phone an impossible day is settled at once; the writer of a FAX has to be asked (SHP-41).
    """
    order, entry = found.order, found.entry
    changed = {"wish_date", "wish_window", "delivery_service", "method"}
    found.errors += delivery_obstacles(order, changed, judge)
    late = judge_date(judge, order, found.lines, judge.now)
    if late is not None:
        where = found.errors if entry.how == CallBy.PHONE else found.notes
        where.append(wording.sentence(Blocker(f"check.{late.code}"), late.detail))
    if not (order.ship_address or order.ship_postcode):
        return
    reasons = [
        judge_address(judge, entry.ship_to, entry.service),
        judge_phone(entry.ship_to),
        judge_recipient(judge, order, entry.buyer, entry.ship_to, is_first=False),
        judge_island(judge, order),
        judge_gift(order),
        judge_cool(judge, order, found.lines),
        judge_age(found.lines),
    ]
    found.notes += [wording.sentence(Blocker(f"check.{r.code}"), r.detail) for r in reasons if r is not None]
    if found.charge is not None and found.charge.to_free:
        amount = f"{found.charge.to_free:,}"
        found.notes.append(_("%(amount)s yen more goods would make shipping free.") % {"amount": amount})


def unfit_methods(found: Quote, judge: Judge) -> list[str]:
    """Codes of payment methods that the chosen service, place or amount refuses (PAY-11)."""
    kept, codes = found.order.payment_method, []
    for code, method in judge.terms.methods.items():
        found.order.payment_method = PaymentMethod(id=method.id, code=code, name=method.name, kind=method.kind)
        if judge_payment(judge, found.order) is not None:
            codes.append(code)
    found.order.payment_method = kept
    return codes


def unfit_services(found: Quote, judge: Judge) -> list[str]:
    """Codes of delivery services that the chosen payment, day or window refuses."""
    method, codes = judge.terms.methods[found.entry.method], []
    for code, service in judge.terms.services.items():
        refuses = (method.is_cod and (not service.cod_ok or service.is_post_box)) or (
            found.entry.wish_date is not None and not service.date_ok
        )
        if refuses or (found.entry.wish_window and not service.window_ok):
            codes.append(code)
    return codes
