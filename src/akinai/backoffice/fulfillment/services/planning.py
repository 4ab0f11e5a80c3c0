"""Planning shipments (T12): one for what is secured of an order in 出荷待ち; void again when something blocks it."""

from __future__ import annotations

import datetime as dt

from django.db import transaction
from django.utils.translation import gettext as _

from akinai.backoffice.fulfillment.models import Bundle, Shipment, ShipmentLine
from akinai.backoffice.orders.models import Order, OrderLine
from akinai.backoffice.orders.states import IN_WORK, Queue, Stage
from akinai.backoffice.orders.timing import Timetable
from akinai.foundation import audit
from akinai.foundation.core import clock
from akinai.foundation.core.actor import Actor

from .together import of_order


@transaction.atomic
def plan_alone(actor: Actor, *, order_id: int) -> Shipment | None:
    """Make the planned shipment of an order that shares no parcel what it should be now; any number of times.

    In 出荷待ち one is planned for what is secured; in any other queue a planned one becomes void. What is printed
    already is never touched. The order's version stays: planning tells people nothing new.
    """
    rows = Order.objects.select_for_update(of=("self",), no_key=True).select_related("delivery_service")
    order = rows.filter(pk=order_id).first()
    if order is None:
        return None
    if order.queue == Queue.READY and not in_work(order.pk):
        return plan(actor, order)
    unplan(actor, order)
    return None


def in_work(order_id: int) -> bool:
    """True while papers of this order are out."""
    return Shipment.objects.filter(of_order(order_id), stage__in=IN_WORK).exists()


def plan(actor: Actor, order: Order, *, bundle: Bundle | None = None) -> Shipment | None:
    """The planned shipment of a locked order, with its lines as they are secured now; None if nothing is secured.

    With a `bundle` it carries the lines of all its orders, and `order` leads (ORD-54).
    """
    members = [order.pk] if bundle is None else list(bundle.members.values_list("order_id", flat=True))
    rows = OrderLine.objects.filter(order_id__in=members).select_related("sku").order_by("order_id", "number")
    lines = [line for line in rows if line.allocated > 0 and line.sku_id is not None]
    if not lines:
        unplan(actor, order)
        return None
    shipment = _unprinted(order) or Shipment(order=order, number=_next_number(order))
    shipment.bundle = bundle
    is_new = shipment.pk is None or shipment.stage == Stage.VOID
    shipment.stage, shipment.void_reason, shipment.voided_at, shipment.voided_by = Stage.PLANNED, "", None, ""
    shipment.service = order.delivery_service
    shipment.planned_ship_on = _ship_on(order)
    shipment.wish_date, shipment.wish_window = order.wish_date, order.wish_window
    shipment.save()
    _set_lines(shipment, lines)
    if is_new:
        audit.record(actor, "fulfillment.plan", shipment.subject, detail={"order": order.number})
    return shipment


def _unprinted(order: Order) -> Shipment | None:
    """The planned shipment, or one that was planned and became void before anything was printed."""
    rows = order.shipments.filter(instructed_at__isnull=True, stage__in=[Stage.PLANNED, Stage.VOID])
    return rows.order_by("-id").first()


def _next_number(order: Order) -> str:
    return f"{order.number}-{order.shipments.count() + 1}"


def _ship_on(order: Order) -> dt.date:
    timetable = Timetable.load()
    days = timetable.shipping_days(timetable.service_of(order))
    return days.on_or_after(max(clock.today(), order.ship_not_before or clock.today()))


def _set_lines(shipment: Shipment, lines: list[OrderLine]) -> None:
    wanted = {
        line.pk: (line.sku_id, line.allocated, line.allocated * line.units_per_item)
        for line in lines
        if line.sku_id is not None
    }
    rows = shipment.lines.values_list("order_line_id", "sku_id", "quantity", "pieces")
    if {pk: rest for pk, *rest in rows} == {pk: list(value) for pk, value in wanted.items()}:
        return
    shipment.lines.all().delete()
    ShipmentLine.objects.bulk_create(
        ShipmentLine(shipment=shipment, order_line_id=pk, sku_id=sku, quantity=quantity, pieces=pieces)
        for pk, (sku, quantity, pieces) in wanted.items()
    )


def unplan(actor: Actor, order: Order) -> None:
    """Void what is planned of a locked order."""
    for shipment in order.shipments.filter(stage=Stage.PLANNED):
        reason = _("The order does not wait to be shipped any more.")
        Shipment.objects.filter(pk=shipment.pk).update(
            stage=Stage.VOID, void_reason=reason, voided_at=clock.now(), voided_by=actor.key
        )
        audit.record(actor, "fulfillment.unplan", shipment.subject, detail={"order": order.number})
