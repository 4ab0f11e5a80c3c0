"""Re-deriving what is derived: the only writer of an order's projections."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Sequence

from django.db import transaction
from django.db.models import Prefetch, Q

from akinai.backoffice.orders.events import OrderAccepted, OrderBlocked, OrderCleared, OrderClosed
from akinai.backoffice.orders.facts import PROJECTIONS, facts_of, project
from akinai.backoffice.orders.models import CheckReason, Hold, Order
from akinai.backoffice.orders.states import DATE_HOLDS, Cancel, Confirmation, Queue
from akinai.backoffice.orders.timing import Timetable
from akinai.foundation import events
from akinai.foundation.core import clock
from akinai.foundation.core.actor import SYSTEM, Actor

#: With these, `order.checks.all()` and `order.holds.all()` are the open ones.
OPEN_CHECKS = Prefetch("checks", CheckReason.objects.filter(closed_at__isnull=True))
OPEN_HOLDS = Prefetch("holds", Hold.objects.filter(closed_at__isnull=True))
TICK_BATCH = 100


def refresh(actor: Actor, orders: Sequence[Order]) -> None:
    """Derive payment, ship-not-before, queue, stop flag and badges anew and store what changed.

    Must run in the transaction that changed a fact, once everything is judged: an order that had been accepted before
    and of which no reason is open any more is accepted again (T03). Emits OrderAccepted then, OrderCleared or
    OrderBlocked when 出荷待ち begins or ends, OrderClosed when nothing of the order is left to do.
    """
    if not orders:
        return
    loaded = Order.objects.filter(pk__in=[o.pk for o in orders]).select_related("payment_method", "delivery_service")
    by_id = {o.pk: o for o in loaded.prefetch_related("lines__sku", OPEN_CHECKS, OPEN_HOLDS)}
    _accept_again(actor, list(by_id.values()))
    timetable, now = Timetable.load(), clock.now()
    changed, moved = [], []
    for order in orders:
        fresh = by_id[order.pk]
        before = fresh.queue
        if _derive(fresh, timetable, now):
            changed.append(fresh)
        if before != fresh.queue:
            moved.append((before, fresh))
        for name in ("confirmation", *PROJECTIONS):
            setattr(order, name, getattr(fresh, name))
    if changed:
        Order.objects.bulk_update(changed, PROJECTIONS)
    emit_moves(actor, moved)


def _accept_again(actor: Actor, orders: Sequence[Order]) -> None:
    """受注確定 was pressed and nothing is left to look at. A confirmation of a later edition that had to wait goes."""
    again = [
        order for order in orders
        if order.accepted_at is not None and order.confirmation == Confirmation.NEEDS_CHECK
        and order.cancel != Cancel.CANCELLED and not order.checks.all()
    ]  # fmt: skip
    if not again:
        return
    for order in again:
        order.confirmation = Confirmation.ACCEPTED
    Order.objects.filter(pk__in=[o.pk for o in again]).update(confirmation=Confirmation.ACCEPTED)
    events.emit(*(OrderAccepted(o.pk, o.number, o.edition) for o in again), actor=actor)


def _derive(order: Order, timetable: Timetable, now: dt.datetime) -> bool:
    """Write the projections of an order loaded with OPEN_CHECKS and OPEN_HOLDS; says whether one of them changed."""
    holds = list(order.holds.all())
    not_before = timetable.ship_not_before(order, holds)
    moved = not_before != order.ship_not_before
    order.ship_not_before = not_before
    facts = facts_of(
        order, lines=order.lines.all(), checks=order.checks.all(), holds=holds, method=order.payment_method
    )
    return project(order, facts, now=now) or moved


def emit_moves(actor: Actor, moved: Iterable[tuple[str, Order]]) -> None:
    """Tell the house which orders entered or left 出荷待ち, and which are over (T28)."""
    found: list[events.Event] = []
    for before, order in moved:
        if order.queue == Queue.READY and before != Queue.PREPARING:
            found.append(OrderCleared(order.pk, order.number, order.edition))
        elif before == Queue.READY and order.queue != Queue.PREPARING:
            found.append(OrderBlocked(order.pk, order.number, order.edition))
        elif order.queue == Queue.DONE:
            found.append(OrderClosed(order.pk, order.number, order.edition))
    if found:
        events.emit(*found, actor=actor)


def tick(on: dt.date | None = None, actor: Actor = SYSTEM) -> int:
    """The midnight tick (ORD-6, ORD-16): open date holds that are due, let waiting and arrived orders move on.

    `on` is the business date that begins (default today, JST). Returns how many orders were looked at. Runs in
    short transactions of at most 100 orders.
    """
    day = on or clock.today()
    due_holds = Hold.objects.filter(closed_at__isnull=True, kind__in=DATE_HOLDS, until__lte=day)
    wanted = (
        Q(pk__in=due_holds.values("order_id"))
        | Q(queue=Queue.AWAITING_DATE, ship_not_before__lte=day)
        | Q(queue=Queue.SHIPPED, close_wait_until__lte=day)
    )
    # whatever else keeps an order, its badge must not speak of a day that has come
    told = Order.objects.still_open().filter(ship_not_before__lte=day, badges__icontains="not_before")
    found = {*Order.objects.filter(wanted).values_list("pk", flat=True), *told.values_list("pk", flat=True)}
    ids = sorted(found)
    for start in range(0, len(ids), TICK_BATCH):
        _tick_batch(actor, ids[start : start + TICK_BATCH], day)
    return len(ids)


def rederive(actor: Actor = SYSTEM, *, progress: Callable[[int, int], None] | None = None) -> int:
    """Derive every unfinished order anew after calendar, terms or settings have changed (ORD-1, ORD-7).

    In short transactions of at most 100 orders; returns how many orders were looked at.
    """
    ids = list(Order.objects.still_open().order_by("id").values_list("pk", flat=True))
    for start in range(0, len(ids), TICK_BATCH):
        with transaction.atomic():
            refresh(actor, list(Order.objects.select_for_update().filter(pk__in=ids[start : start + TICK_BATCH])))
        if progress is not None:
            progress(min(start + TICK_BATCH, len(ids)), len(ids))
    return len(ids)


@transaction.atomic
def _tick_batch(actor: Actor, ids: list[int], day: dt.date) -> None:
    orders = list(Order.objects.select_for_update().filter(pk__in=ids).order_by("pk"))
    Hold.objects.filter(order_id__in=ids, closed_at__isnull=True, kind__in=DATE_HOLDS, until__lte=day).update(
        closed_at=clock.now(), closed_by=actor.key
    )
    refresh(actor, orders)
