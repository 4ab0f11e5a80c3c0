"""What becomes of a parcel after it was handed over: delivered, kept, coming back, back (SHP-53, T17, T18, ORD-16)."""

from __future__ import annotations

import datetime as dt

from django.db import transaction
from django.utils.translation import gettext as _

from akinai.backoffice.fulfillment import declared
from akinai.backoffice.fulfillment.events import (
    ParcelDelivered,
    ParcelHeld,
    ParcelReturned,
    ParcelReturning,
    ParcelTracked,
)
from akinai.backoffice.fulfillment.models import Shipment
from akinai.backoffice.fulfillment.states import STAGE_OF, UNDER_WAY, Tracking
from akinai.backoffice.orders import declared as orders_declared
from akinai.backoffice.orders import services as orders
from akinai.backoffice.orders.models import Order
from akinai.backoffice.orders.states import Stage
from akinai.backoffice.orders.timing import Timetable
from akinai.foundation import audit, events
from akinai.foundation.core import clock
from akinai.foundation.core.actor import Actor
from akinai.foundation.core.errors import BadInput
from akinai.shop.stores import settings

from .locking import change, lock, require_stage, stages_of
from .together import in_parcel, of_order


@transaction.atomic
def note_tracking(actor: Actor, *, shipment_id: int, state: str, on: dt.date | None = None, note: str = "") -> Shipment:
    """Write down where the carrier has a parcel, as of a JST date (default today); the order follows.

    Delivered (T17) starts the days after which the order closes (ORD-16), coming back (T18) opens a case in `returns`,
    kept at the depot is told to the buyer on its third day. What was noted wrongly is noted anew. Raises BadInput for
    an unknown state or a date that cannot be, Refused before it left and once it is back. The same again does nothing.
    """
    if state not in Tracking.values:
        raise BadInput(_("Choose where the parcel is."), field="state")
    order, shipment = lock(shipment_id)
    require_stage(shipment, UNDER_WAY)
    day = _checked_day(shipment, on or clock.today())
    if (shipment.tracking_state, shipment.tracking_on) == (state, day):
        return shipment
    stays = state == Tracking.HELD and shipment.tracking_state == Tracking.HELD
    change(
        shipment,
        stage=STAGE_OF.get(state, Stage.SHIPPED),
        tracking_state=state,
        tracking_on=day,
        delivered_on=day if state == Tracking.DELIVERED else None,
        held_since=(shipment.held_since if stays else day) if state == Tracking.HELD else None,
        held_told_at=shipment.held_told_at if stays else None,
    )
    detail = {"state": state, "on": day.isoformat()}
    audit.record(actor, "fulfillment.track", shipment.subject, detail=detail, reason=note)
    for one in _tell(actor, order, shipment):
        audit.record(actor, f"fulfillment.parcel.{state}", one.subject, detail={"until": day.isoformat()}, reason=note)
        events.emit(_event(shipment, one.pk, state, day), actor=actor)
    return shipment


def _checked_day(shipment: Shipment, day: dt.date) -> dt.date:
    if day > clock.today():
        raise BadInput(_("This day is still to come."), field="on")
    if shipment.shipped_at is not None and day < clock.aware(shipment.shipped_at).date():
        raise BadInput(_("The parcel had not left by then."), field="on")
    return day


def _event(shipment: Shipment, order_id: int, state: str, day: dt.date) -> events.Event:
    key = (shipment.pk, order_id, shipment.number)
    if state == Tracking.DELIVERED:
        return ParcelDelivered(*key, on=day)
    if state == Tracking.RETURNING:
        return ParcelReturning(*key, on=day)
    return ParcelTracked(*key, state=state)


def _tell(actor: Actor, order: Order, shipment: Shipment) -> list[Order]:
    """Stages and the day it closes, onto every order in the parcel (ORD-54)."""
    found = Order.objects.select_related("delivery_service").filter(pk__in=in_parcel(order.pk, shipment.bundle_id))
    for one in found.order_by("pk"):
        orders.record(actor, one.pk, shipment_stages=stages_of(one.pk), close_wait_until=wait_of(one))
    return list(found.order_by("pk"))


@transaction.atomic
def note_returned(actor: Actor, *, shipment_id: int) -> Shipment:
    """A parcel that could not be delivered is back at the shop. Its goods become stock by inspection only (ORD-76)."""
    order, shipment = lock(shipment_id)
    require_stage(shipment, (Stage.SHIPPED, Stage.DELIVERED, Stage.RETURNING))
    change(shipment, stage=Stage.RETURNED, returned_at=clock.now(), held_since=None)
    audit.record(actor, "fulfillment.returned", shipment.subject)
    for one in _tell(actor, order, shipment):
        events.emit(ParcelReturned(shipment.pk, one.pk, shipment.number), actor=actor)
    return shipment


def wait_of(order: Order) -> dt.date | None:
    """Until when an order stays in 出荷済み (ORD-16): N days after delivery, or without news after it should have come.

    The latest over its parcels; None if none of them is with the buyer or on its way there.
    """
    rows = Shipment.objects.filter(of_order(order.pk), stage__in=[Stage.SHIPPED, Stage.DELIVERED])
    arrivals = [
        _arrival(order, shipped, delivered) for shipped, delivered in rows.values_list("shipped_at", "delivered_on")
    ]
    known = [day for day in arrivals if day is not None]
    return max(known) + dt.timedelta(days=settings.value(orders_declared.CLOSE_DAYS)) if known else None


def _arrival(order: Order, shipped_at: dt.datetime | None, delivered_on: dt.date | None) -> dt.date | None:
    """The day it arrived, or should have: ship date and the carrier's days on the way."""
    if delivered_on is not None or shipped_at is None:
        return delivered_on
    transit = Timetable.load().transit(order)
    shipped = clock.aware(shipped_at).date()
    return transit.arrives(shipped) if transit is not None else shipped


def tell_of_held(actor: Actor) -> int:
    """Say of each parcel that has been kept long enough that its buyer must hear of it (ORD-76, M10b), once.

    The day it was first kept is day 1. Returns how many were told of; each in its own transaction.
    """
    days = settings.value(declared.HELD_DAYS)
    since = clock.today() - dt.timedelta(days=days - 1)
    due = Shipment.objects.filter(held_since__lte=since, held_told_at__isnull=True, stage=Stage.SHIPPED)
    return sum(_tell_of(actor, pk) for pk in due.order_by("id").values_list("pk", flat=True))


@transaction.atomic
def _tell_of(actor: Actor, shipment_id: int) -> bool:
    _order, shipment = lock(shipment_id)
    if shipment.held_since is None or shipment.held_told_at is not None:
        return False
    change(shipment, held_told_at=clock.now())
    until = kept_until(shipment)
    for pk in in_parcel(shipment.order_id, shipment.bundle_id):
        held = ParcelHeld(shipment.pk, pk, shipment.number, since=shipment.held_since, kept_until=until)
        events.emit(held, actor=actor)
    return True


def kept_until(shipment: Shipment) -> dt.date:
    """The last day on which the carrier keeps a parcel that waits at the depot (ORD-76)."""
    days = settings.value(declared.KEEP_DAYS_COD if shipment.cod_amount else declared.KEEP_DAYS)
    return (shipment.held_since or clock.today()) + dt.timedelta(days=days)
