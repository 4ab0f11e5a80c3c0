"""Stock meets orders: filling what waits, taking from the latest, in one transaction (T10)."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext_lazy as _

from akinai.backoffice.inventory import selectors as stock
from akinai.backoffice.inventory import services as inventory
from akinai.backoffice.inventory.errors import HeldByOrders
from akinai.backoffice.inventory.models import Movement, Stock
from akinai.backoffice.inventory.states import Reason as StockReason
from akinai.backoffice.inventory.types import Holder
from akinai.backoffice.orders.events import OrderChanged
from akinai.backoffice.orders.models import Order, OrderLine
from akinai.backoffice.orders.states import Cancel, Check
from akinai.foundation import audit, events
from akinai.foundation.core.actor import Actor
from akinai.foundation.core.errors import BadInput, NotFound, Refused
from akinai.shop.catalog.models import Sku

from .guarding import NOT_CANCELLED, NOT_HISTORY, lock, take
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
    refresh(actor, [order])
    return order


@transaction.atomic
def allocate_waiting(actor: Actor, sku_ids: Collection[int]) -> list[Order]:
    """Give free pieces of these SKUs to the orders that wait, the earliest ordered first (ORD-21, INV-70).

    Returns the orders that got something.
    """
    return _serve(actor, sku_ids, lock(_waiting(sku_ids)))


def serve_waiting(actor: Actor) -> int:
    """Offer what has become free, by cancelling or lowering, to the orders that wait for it; returns how many got some.

    A job of its own and not part of the cancelling: that one has locked stock already, and orders come before stock.
    """
    short = OrderLine.objects.filter(
        order__in=Order.objects.still_open().filter(cancel=Cancel.NONE, is_history=False),
        sku__isnull=False,
        quantity__gt=F("allocated") + F("shipped") + F("cancelled"),
    )
    wanted = set(short.order_by().values_list("sku_id", flat=True).distinct())
    free = [sku_id for sku_id, pieces in stock.free(wanted).items() if pieces > 0]
    return len(allocate_waiting(actor, sorted(free))) if free else 0


def _waiting(sku_ids: Collection[int], besides: Collection[int] = ()) -> list[int]:
    """The earliest orders that are short of these SKUs."""
    short = OrderLine.objects.filter(
        sku_id__in=list(sku_ids), quantity__gt=F("allocated") + F("shipped") + F("cancelled")
    )
    rows = Order.objects.filter(cancel=Cancel.NONE, is_history=False, pk__in=short.values("order_id"))
    rows = rows.exclude(pk__in=besides).order_by("ordered_at", "store_number", "id")
    return list(rows.values_list("pk", flat=True)[:WAITING_BATCH])


def _serve(actor: Actor, sku_ids: Collection[int], waiting: Sequence[Order]) -> list[Order]:
    """Fill orders that are locked already, then whoever else waits while anything is free.

    Whoever else waits (more than a batch, or placed while we waited for the stock) is not waited for: we hold stock by
    then, and orders come before stock.
    """
    looked_at = {order.pk for order in waiting}
    inventory.hold_still(sku_ids)
    served = fill(actor, _in_turn(waiting), only=set(sku_ids))
    while any(inventory.hold_still(sku_ids).values()) and (more := _waiting(sku_ids, besides=looked_at)):
        looked_at |= set(more)
        served += fill(actor, _in_turn(lock(more, wait=False)), only=set(sku_ids))
    Order.objects.filter(pk__in=[order.pk for order in served]).update(version=F("version") + 1)
    refresh(actor, served)
    return served


def _in_turn(orders: Sequence[Order]) -> list[Order]:
    """ORD-21: who ordered first comes first. What was cancelled while we waited for the lock is left out."""
    live = [order for order in orders if order.cancel == Cancel.NONE and not order.is_history]
    return sorted(live, key=lambda order: (order.ordered_at, order.store_number, order.pk))


def fill(actor: Actor, orders: Sequence[Order], only: set[int] | None = None) -> list[Order]:
    """Reserve what these orders are short of, in the order given; lines and reasons follow, the caller refreshes.

    Returns those that got something."""
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
    return list(touched.values())


@transaction.atomic
def receive_stock(
    actor: Actor, *, sku_id: int, quantity: int, reason: str = StockReason.PURCHASE, note: str = ""
) -> tuple[Movement, list[Order]]:
    """Goods typed in by hand: stock grows by `quantity` pieces and waiting orders are served first.

    Raises BadInput for a quantity below 1 or an unknown reason, NotFound for an unknown SKU.
    """
    why = _stock_reason(sku_id, reason)
    waiting = lock(_waiting([sku_id]))
    movement = inventory.receive(actor, sku_id=sku_id, quantity=quantity, reason=why, note=note)
    audit.record(actor, "stock.receive", f"sku:{sku_id}", detail={"quantity": quantity}, reason=note)
    return movement, _serve(actor, [sku_id], waiting)


@transaction.atomic
def correct_stock(
    actor: Actor, *, sku_id: int, counted: int, reason: str, note: str = ""
) -> tuple[Movement | None, list[Order]]:
    """Set what is on hand to what was counted (pieces), even below what is reserved.

    Reservations are then taken from the orders with the latest `ordered_at` that are not instructed; each gets
    STOCKOUT. If only instructed orders are left, Refused names them and nothing changes. What is more than was known
    goes to the orders that wait. Returns the movement and the orders that lost goods.
    """
    why = _stock_reason(sku_id, reason)
    orders = lock(_concerned(sku_id, counted))
    losers: list[Order] = []
    held = inventory.shortage(sku_id=sku_id, counted=counted)
    if held is not None:
        losers = _take_from_latest(actor, sku_id, held, orders)
    movement = inventory.adjust(actor, sku_id=sku_id, counted=counted, reason=why, note=note)
    audit.record(actor, "stock.correct", f"sku:{sku_id}", detail={"counted": counted}, reason=note)
    if movement is not None and movement.on_hand > 0:
        _serve(actor, [sku_id], orders)
    return movement, losers


def _concerned(sku_id: int, counted: int) -> list[int]:
    """The orders that a count will take from or give to, as far as can be said before the balance is locked."""
    row = Stock.objects.filter(sku_id=sku_id, place__is_default=True).first()
    if row is not None and counted < row.reserved + row.blocked:
        return _holding(stock.holders(sku_id, place_id=row.place_id))
    return _waiting([sku_id]) if row is None or counted > row.on_hand else []


def _stock_reason(sku_id: int, reason: str) -> StockReason:
    if reason not in StockReason.values:
        raise BadInput(_("Choose a reason."), field="reason")
    if not Sku.objects.filter(pk=sku_id).exists():
        raise NotFound(_("There is no such SKU."))
    return StockReason(reason)


def _holding(holders: Sequence[Holder]) -> list[int]:
    """The orders that these reservations belong to."""
    numbers = {holder.reference.rpartition("/")[0] for holder in holders}
    return list(Order.objects.filter(number__in=numbers).values_list("pk", flat=True))


def _take_from_latest(actor: Actor, sku_id: int, held: HeldByOrders, locked: Sequence[Order]) -> list[Order]:
    """Release reservations of the latest orders until the correction fits.

    Called with the balance locked, so that nobody reserves or releases meanwhile. Orders that came to hold pieces just
    before are taken in if nobody works on them.
    """
    known = {order.pk: order for order in locked}
    late = set(_holding(held.holders)) - known.keys()
    orders = [*known.values(), *lock(late, wait=False)]
    orders.sort(key=lambda o: (o.ordered_at, o.store_number, o.pk), reverse=True)
    missing, losers = held.missing, []
    by_order = lines_of(orders)
    for order in (o for o in orders if not o.in_work):
        taken = _give_up(actor, order, _of(sku_id, by_order[order.pk]), missing)
        missing -= taken
        losers += [order] * bool(taken)
    if missing > 0:
        printed = [o.number for o in orders if o.in_work and _of(sku_id, by_order[o.pk])]
        if not printed:
            raise held
        raise Refused(
            _("Papers are printed for %(numbers)s. Pull these shipments back before correcting the stock.")
            % {"numbers": ", ".join(printed)}
        )
    Order.objects.filter(pk__in=[o.pk for o in losers]).update(version=F("version") + 1)
    for order in losers:
        audit.record(actor, "orders.lost_stock", order.subject, detail={"sku": sku_id})
    events.emit(*(OrderChanged(o.pk, o.number, o.edition, what="stock") for o in losers), actor=actor)
    refresh(actor, losers)
    return losers


def _of(sku_id: int, lines: Sequence[OrderLine]) -> list[OrderLine]:
    """Those of the lines that hold pieces of a SKU."""
    return [line for line in lines if line.sku_id == sku_id and line.allocated]


def _give_up(actor: Actor, order: Order, lines: Sequence[OrderLine], missing: int) -> int:
    """Take up to `missing` pieces (whole items) from these lines of an order; returns how many pieces came free."""
    freed = 0
    short: list[list[int]] = []
    for line in lines:
        if freed >= missing:
            break
        items = min(line.allocated, -(-(missing - freed) // line.units_per_item))
        inventory.release(actor, [reference(order, line)], quantity=items * line.units_per_item)
        OrderLine.objects.filter(pk=line.pk).update(allocated=F("allocated") - items)
        freed += items * line.units_per_item
        short.append([line.number, line.short + items])
    if short:
        open_reason(actor, order, Check.STOCKOUT, {"lines": short})
    return freed


__all__ = ["allocate", "allocate_waiting", "correct_stock", "receive_stock"]
