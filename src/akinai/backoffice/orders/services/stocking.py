"""Stock meets orders: filling what waits, taking from the latest, in one transaction (T10, architecture 4 "Stock")."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext_lazy as _

from akinai.backoffice.inventory import services as inventory
from akinai.backoffice.inventory.errors import HeldByOrders
from akinai.backoffice.inventory.models import Movement
from akinai.backoffice.inventory.states import Reason as StockReason
from akinai.backoffice.orders.events import OrderChanged
from akinai.backoffice.orders.models import Order, OrderLine
from akinai.backoffice.orders.states import IN_WORK, Cancel, Check
from akinai.foundation import audit, events
from akinai.foundation.core.actor import Actor
from akinai.foundation.core.errors import Refused

from .guarding import NOT_CANCELLED, NOT_HISTORY, take
from .lines import lines_of, reference, wants, whole_items
from .reasons import close_reason, open_reason
from .refreshing import refresh

#: Orders looked at in one go when goods arrive.
WAITING_BATCH = 200


@transaction.atomic
def allocate(actor: Actor, *, order_id: int, seen_version: int | None = None) -> Order:
    """Try to secure what an order is short of (T10). Raises Refused when nothing of it is free."""
    order = take(order_id, NOT_CANCELLED, NOT_HISTORY, seen_version=seen_version)
    if not fill(actor, [order]):
        raise Refused(_("None of the missing goods is free now."))
    return order


@transaction.atomic
def allocate_waiting(actor: Actor, sku_ids: Collection[int]) -> list[Order]:
    """Give free pieces of these SKUs to the orders that wait, the earliest ordered first (ORD-21, INV-70).

    Returns the orders that got something.
    """
    waiting = (
        Order.objects.filter(cancel=Cancel.NONE, is_history=False, lines__in=_short_lines(sku_ids))
        .distinct()
        .order_by("ordered_at", "store_number", "id")[:WAITING_BATCH]
    )
    ids = [order.pk for order in waiting]
    Order.objects.filter(pk__in=ids).order_by("pk").update(version=F("version") + 1)
    orders = list(Order.objects.filter(pk__in=ids).order_by("ordered_at", "store_number", "id"))
    return fill(actor, orders, only=set(sku_ids))


def _short_lines(sku_ids: Collection[int]) -> Collection[OrderLine]:
    return OrderLine.objects.filter(
        sku_id__in=list(sku_ids), quantity__gt=F("allocated") + F("shipped") + F("cancelled")
    )


def fill(actor: Actor, orders: Sequence[Order], only: set[int] | None = None) -> list[Order]:
    """Reserve what these orders are short of, in the order given; lines, reasons and queues follow."""
    by_order = lines_of(orders)
    by_reference: dict[str, tuple[Order, OrderLine]] = {}
    asked = []
    for order in orders:
        lines = [line for line in by_order[order.pk] if only is None or line.sku_id in only]
        by_reference |= {reference(order, line): (order, line) for line in lines}
        asked += wants(order, lines)
    touched: dict[int, Order] = {}
    for answer in inventory.reserve(actor, asked):
        order, line = by_reference[answer.reference]
        items = whole_items(line, answer.reserved)
        spare = answer.reserved - items * line.units_per_item
        if spare:  # half a set helps nobody
            inventory.release(actor, [answer.reference], quantity=spare)
        if items:
            OrderLine.objects.filter(pk=line.pk).update(allocated=F("allocated") + items)
            line.allocated += items
            touched[order.pk] = order
    for order in touched.values():
        audit.record(actor, "orders.allocate", order.subject)
        if all(line.short == 0 for line in by_order[order.pk]):
            close_reason(actor, order, Check.STOCKOUT)
    if touched:
        changed = [OrderChanged(o.pk, o.number, o.edition, what="stock") for o in touched.values()]
        events.emit(*changed, actor=actor)
    refresh(actor, list(touched.values()))
    return list(touched.values())


@transaction.atomic
def receive_stock(
    actor: Actor, *, sku_id: int, quantity: int, reason: str = StockReason.PURCHASE, note: str = ""
) -> tuple[Movement, list[Order]]:
    """Goods typed in by hand: stock grows by `quantity` pieces and waiting orders are served first."""
    movement = inventory.receive(actor, sku_id=sku_id, quantity=quantity, reason=StockReason(reason), note=note)
    audit.record(actor, "stock.receive", f"sku:{sku_id}", detail={"quantity": quantity}, reason=note)
    return movement, allocate_waiting(actor, [sku_id])


@transaction.atomic
def correct_stock(
    actor: Actor, *, sku_id: int, counted: int, reason: str, note: str = ""
) -> tuple[Movement | None, list[Order]]:
    """Set what is on hand to what was counted (pieces), even below what is reserved.

    Reservations are then taken from the orders with the latest `ordered_at` that are not instructed; each gets
    STOCKOUT. If only instructed orders are left, Refused names them and nothing changes. Returns the movement and
    the orders that lost goods.
    """
    losers: list[Order] = []
    try:
        with transaction.atomic():
            movement = inventory.adjust(actor, sku_id=sku_id, counted=counted, reason=StockReason(reason), note=note)
    except HeldByOrders as held:
        losers = _take_from_latest(actor, sku_id, held)
        movement = inventory.adjust(actor, sku_id=sku_id, counted=counted, reason=StockReason(reason), note=note)
    audit.record(actor, "stock.correct", f"sku:{sku_id}", detail={"counted": counted}, reason=note)
    if movement is not None and movement.on_hand > 0:
        allocate_waiting(actor, [sku_id])
    return movement, losers


def _take_from_latest(actor: Actor, sku_id: int, held: HeldByOrders) -> list[Order]:
    """Release reservations of the latest orders until the correction fits; lock orders before stock, in id order."""
    numbers = {holder.reference.rpartition("/")[0] for holder in held.holders}
    rows = Order.objects.select_for_update().filter(number__in=numbers).order_by("pk")
    orders = sorted(rows, key=lambda o: (o.ordered_at, o.store_number, o.pk), reverse=True)
    missing, losers = held.missing, []
    by_order = lines_of(orders)
    for order in orders:
        if missing <= 0:
            break
        if any(stage in IN_WORK for stage in order.shipment_stages):
            continue
        for line in (x for x in by_order[order.pk] if x.sku_id == sku_id and x.allocated):
            if missing <= 0:
                break
            items = min(line.allocated, -(-missing // line.units_per_item))
            pieces = items * line.units_per_item
            inventory.release(actor, [reference(order, line)], quantity=pieces)
            OrderLine.objects.filter(pk=line.pk).update(allocated=F("allocated") - items)
            missing -= pieces
            open_reason(actor, order, Check.STOCKOUT, {"line": line.number, "short": items})
        losers.append(order)
    if missing > 0:
        printed = [o.number for o in orders if any(stage in IN_WORK for stage in o.shipment_stages)]
        raise Refused(
            _("Papers are printed for %(numbers)s. Pull these shipments back before correcting the stock.")
            % {"numbers": ", ".join(printed)}
        )
    Order.objects.filter(pk__in=[o.pk for o in losers]).update(version=F("version") + 1)
    for order in losers:
        audit.record(actor, "orders.lost_stock", order.subject, detail={"sku": sku_id})
    refresh(actor, losers)
    return losers


__all__ = ["allocate", "allocate_waiting", "correct_stock", "receive_stock"]
