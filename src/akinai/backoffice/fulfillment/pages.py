"""From shipments to the pages of their papers: what is read from the database is read here, a few queries a batch."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence

from django.db.models import Prefetch
from django.utils.formats import date_format
from django.utils.translation import pgettext

from akinai.backoffice.orders.models import Order
from akinai.foundation.core import clock
from akinai.foundation.core.money import ratio, yen
from akinai.shop.stores import selectors as stores
from akinai.shop.stores import settings
from akinai.shop.stores.models import Shop

from . import declared
from .models import Batch, Shipment, ShipmentLine
from .types import (
    AmountRow,
    DeliveryNotePage,
    GiftOnPaper,
    InvoicePaper,
    NoteLine,
    PersonOnPaper,
    PickLine,
    RateTotal,
    ShopOnPaper,
    SinglePickingPage,
    TotalPickingPage,
    TotalPickRow,
)

REDUCED = 8


def with_papers(shipments: Iterable[Shipment]) -> list[Shipment]:
    """These shipments with everything their papers show; three queries whatever their number."""
    ids = [shipment.pk for shipment in shipments]
    rows = Shipment.objects.filter(pk__in=ids).select_related(
        "order__store", "order__payment_method", "service__carrier", "batch"
    )
    # joined, not prefetched: SQLite cannot look up more than a thousand rows through a key without a way back
    lines = ShipmentLine.objects.select_related(
        "sku__product", "order_line__order__store", "order_line__order__payment_method"
    ).order_by("order_line__order_id", "order_line__number")
    rows = rows.prefetch_related(Prefetch("lines", lines), "order__lines")
    by_id = {row.pk: row for row in rows}
    return [by_id[pk] for pk in ids if pk in by_id]


def of_batch(batch: Batch) -> list[Shipment]:
    """The shipments of a batch that are not void, in the order of its papers."""
    return with_papers(batch.shipments.exclude(stage="void").order_by("position", "id"))


def note_pages(shipment: Shipment) -> list[DeliveryNotePage]:
    """The delivery notes that go into a box: one for each of its orders, which stay orders of their own (ORD-54)."""
    by_order = {line.order_line.order_id: line.order_line.order for line in _all_lines(shipment)}
    by_order[shipment.order_id] = shipment.order
    return [note_page(shipment, order) for _pk, order in sorted(by_order.items())]


def note_page(shipment: Shipment, order: Order | None = None) -> DeliveryNotePage:
    """The delivery note of one order in a shipment (default the leading one); no yen on it for gifts (SHP-62)."""
    order = order or shipment.order
    shop = stores.snapshot().shop
    mine = [line for line in _all_lines(shipment) if line.order_line.order_id == order.pk]
    whole = _is_whole(mine, order)
    priced = not without_prices(order)
    paper = settings.value(declared.INVOICE_PAPER)
    return DeliveryNotePage(
        number=shipment.number,
        order_number=order.number,
        ordered_on=clock.aware(order.ordered_at).date(),
        shipped_on=shipment.planned_ship_on,
        shop=_shop(shop),
        ship_to=ship_to(shipment),
        buyer=None if _goes_to_buyer(order) else PersonOnPaper(name=order.buyer_name),
        lines=tuple(_note_line(line) for line in mine),
        with_prices=priced,
        tax_included=all(line.order_line.price_basis == "incl" for line in mine),
        charges=_charges(order) if whole else (),
        total=_total(order) if whole else _goods(mine),
        below_total=_below_total(order) if whole else (),
        due=order.total if whole and order.points_kind == "tender" and order.points else None,
        rates=_rates(order) if whole else _part_rates(mine),
        payment=order.payment_method.name,
        delivery=delivery_words(shipment),
        is_invoice=whole and paper == InvoicePaper.DELIVERY_NOTE,
        greeting=settings.value(declared.NOTE_GREETING),
        notices=_notices(order, mine, whole=whole),
        scan_code=shipment.number,
    )


def _notices(order: Order, lines: Sequence[ShipmentLine], *, whole: bool) -> tuple[str, ...]:
    """How it is wrapped (R37), what the law wants said (LAW-50), and that more is to come."""
    wrapped = pgettext("paper", "Wrapping and gift wishes: %(note)s") % {"note": order.gift_note}
    alcohol = pgettext("paper", "Drinking under the age of twenty is forbidden by law.")
    part = pgettext("paper", "This is part of your order. The rest follows separately.")
    said = [(wrapped, order.is_gift and order.gift_note), (part, not whole)]
    said.insert(1, (alcohol, any(line.sku.product.is_alcohol for line in lines)))
    return tuple(text for text, holds in said if holds)


def without_prices(order: Order) -> bool:
    """SHP-62: a gift, or another receiver than the buyer: nothing in the box shows what it cost."""
    return order.is_gift or not _goes_to_buyer(order)


def _goes_to_buyer(order: Order) -> bool:
    return order.ship_name == order.buyer_name or not order.buyer_name


def _all_lines(shipment: Shipment) -> list[ShipmentLine]:
    return sorted(shipment.lines.all(), key=lambda line: (line.order_line.order_id, line.order_line.number))


def _is_whole(lines: Sequence[ShipmentLine], order: Order) -> bool:
    """True if the parcel holds all of the order that is not cancelled."""
    return sum(line.quantity for line in lines) == sum(line.live for line in order.lines.all())


def _note_line(line: ShipmentLine) -> NoteLine:
    row = line.order_line
    return NoteLine(
        name=row.name,
        quantity=line.quantity,
        unit_price=row.unit_price,
        amount=row.unit_price * line.quantity,
        code=line.sku.code,
        variation=row.options,
        is_reduced=row.is_reduced,
    )


def _goods(lines: Sequence[ShipmentLine]) -> int:
    return sum(line.order_line.unit_price * line.quantity for line in lines)


def _charges(order: Order) -> tuple[AmountRow, ...]:
    rows = [
        AmountRow(pgettext("paper", "Tax"), order.added_tax),
        AmountRow(pgettext("paper", "Shipping"), order.shipping_fee),
        AmountRow(pgettext("paper", "Payment fee"), order.payment_fee),
        AmountRow(pgettext("paper", "Wrapping"), order.wrapping_fee),
        AmountRow(
            pgettext("paper", "Other") if order.other_fee > 0 else pgettext("paper", "Discount"), order.other_fee
        ),
        AmountRow(pgettext("paper", "Coupon"), -order.coupon),
    ]
    if order.points_kind == "discount":
        rows.append(AmountRow(pgettext("paper", "Points"), -order.points))
    return tuple(row for row in rows if row.amount)


def _total(order: Order) -> int:
    """Before points a mall pays in: those are money (TAX-23)."""
    return order.total + (order.points if order.points_kind == "tender" else 0)


def _below_total(order: Order) -> tuple[AmountRow, ...]:
    tender = order.points_kind == "tender" and order.points
    return (AmountRow(pgettext("paper", "Paid with points"), -order.points),) if tender else ()


def _rates(order: Order) -> tuple[RateTotal, ...]:
    return tuple(
        RateTotal(r["rate"], r["gross"], r["tax"], is_reduced=r["rate"] == REDUCED)
        for r in order.tax_lines
        if r["gross"] or r["tax"]
    )


def _part_rates(lines: Sequence[ShipmentLine]) -> tuple[RateTotal, ...]:
    """A part's goods by rate, tax taken out of them; such a paper is never the invoice."""
    found: dict[int, int] = defaultdict(int)
    for line in lines:
        found[line.order_line.tax_rate] += line.order_line.unit_price * line.quantity
    return tuple(
        RateTotal(rate, gross, ratio(gross, rate, 100 + rate), is_reduced=rate == REDUCED)
        for rate, gross in sorted(found.items(), reverse=True)
    )


def _shop(shop: Shop) -> ShopOnPaper:
    return ShopOnPaper(
        name=shop.name,
        company=shop.company,
        postcode=shop.postcode.replace("-", ""),
        address=tuple(part for part in (f"{shop.prefecture}{shop.address1}", shop.address2) if part),
        tel=shop.tel,
        mail=shop.mail,
        url=shop.url,
        hours=shop.hours,
        registration_number=shop.registration_number,
    )


def ship_to(shipment: Shipment) -> PersonOnPaper:
    """The receiver as addressed on papers."""
    return PersonOnPaper(
        name=shipment.ship_name,
        postcode=shipment.ship_postcode.replace("-", ""),
        address=tuple(p for p in (f"{shipment.ship_prefecture}{shipment.ship_address1}", shipment.ship_address2) if p),
        company=shipment.ship_company,
    )


def delivery_words(shipment: Shipment) -> str:
    """Service and wished day and window, as on papers."""
    return " ".join(part for part in (shipment.service.name, wish_words(shipment)) if part)


def wish_words(shipment: Shipment) -> str:
    """`11/27 14-16` as wished; "" where nothing is."""
    day = date_format(shipment.wish_date, "n/j") if shipment.wish_date else ""
    return " ".join(part for part in (day, shipment.wish_window) if part)


def single_pages(shipments: Sequence[Shipment]) -> list[SinglePickingPage]:
    """One picking list a shipment, in the order given."""
    count = len(shipments)
    return [_single(shipment, place, count) for place, shipment in enumerate(shipments, 1)]


def _single(shipment: Shipment, place: int, count: int) -> SinglePickingPage:
    order = shipment.order
    found = orders_in(shipment)
    return SinglePickingPage(
        number=shipment.number,
        order_number=" ".join(one.number for one in found),
        ship_date=shipment.planned_ship_on,
        ship_to=ship_to(shipment),
        lines=tuple(_pick_line(line) for line in _all_lines(shipment)),
        batch=shipment.batch.number if shipment.batch else "",
        position=place,
        count=count,
        store=order.store.name,
        service=shipment.service.name,
        wish=wish_words(shipment),
        payment=order.payment_method.name,
        marks=tuple(marks(shipment)),
        remark="\n".join(one.remark for one in found if one.remark),
        staff_note="\n".join(one.warehouse_note for one in found if one.warehouse_note),
        gift=GiftOnPaper(wrap=order.gift_note) if order.gift_note else None,
    )


def orders_in(shipment: Shipment) -> list[Order]:
    """The orders of a box, the leading one first."""
    others = {line.order_line.order_id: line.order_line.order for line in shipment.lines.all()}
    others.pop(shipment.order_id, None)
    return [shipment.order, *(order for _pk, order in sorted(others.items()))]


def marks(shipment: Shipment) -> list[str]:
    """Words a packer must not miss."""
    order = shipment.order
    found = []
    if shipment.bundle_id is not None:
        found.append(pgettext("picking", "%(n)d orders in one box") % {"n": len(orders_in(shipment))})
    if order.is_gift:
        found.append(pgettext("picking", "Gift"))
    if any(without_prices(one) for one in orders_in(shipment)):
        found.append(pgettext("picking", "No prices in the box"))
    if shipment.cod_amount:
        found.append(pgettext("picking", "Cash on delivery %(amount)s yen") % {"amount": yen(shipment.cod_amount)})
    if any(line.sku.product.is_fragile for line in shipment.lines.all()):
        found.append(pgettext("picking", "Fragile"))
    if shipment.service.cool != "normal":
        found.append(shipment.service.get_cool_display())
    return found


def packing_note(line: ShipmentLine) -> str:
    """What to mind when packing this item (R70): of the SKU, else of the product."""
    return line.sku.packing_note or line.sku.product.packing_note


def _pick_line(line: ShipmentLine) -> PickLine:
    sku = line.sku
    return PickLine(
        sku_code=sku.code,
        name=sku.product.name,
        quantity=line.pieces,
        shelf=sku.shelf,
        jan=sku.jan,
        variation=sku.variation,
        note=packing_note(line),
        is_fragile=sku.product.is_fragile,
    )


def total_page(batch: Batch, shipments: Sequence[Shipment], *, printed_by: str) -> TotalPickingPage:
    """What to fetch for a whole batch, SKU by SKU."""
    pieces: dict[int, int] = defaultdict(int)
    boxes: dict[int, set[int]] = defaultdict(set)
    first: dict[int, PickLine] = {}
    carriers: dict[str, int] = defaultdict(int)
    for shipment in shipments:
        carriers[shipment.service.name] += 1
        for line in shipment.lines.all():
            pieces[line.sku_id] += line.pieces
            boxes[line.sku_id].add(shipment.pk)
            first.setdefault(line.sku_id, _pick_line(line))
    rows = tuple(
        TotalPickRow(
            sku_code=item.sku_code, name=item.name, quantity=pieces[pk], shipments=len(boxes[pk]), shelf=item.shelf,
            jan=item.jan, variation=item.variation, note=item.note, is_fragile=item.is_fragile,
        )
        for pk, item in first.items()
    )  # fmt: skip
    return TotalPickingPage(
        batch=batch.number,
        ship_date=batch.ship_on,
        printed_at=clock.now(),
        printed_by=printed_by,
        shipments=len(shipments),
        rows=rows,
        carriers=tuple(sorted(carriers.items())),
    )
