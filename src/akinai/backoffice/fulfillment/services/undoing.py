"""出荷取消 (T16): a parcel that was booked out has not left after all; the manager's, on the same day only."""

from __future__ import annotations

import datetime as dt

from django.db import transaction
from django.utils.translation import gettext as _

from akinai.backoffice.fulfillment.closing import KIND
from akinai.backoffice.fulfillment.events import DispatchUndone
from akinai.backoffice.fulfillment.models import Batch, Shipment
from akinai.backoffice.fulfillment.states import BatchState
from akinai.backoffice.orders import ports
from akinai.backoffice.orders import services as orders
from akinai.backoffice.orders.models import Order
from akinai.backoffice.orders.states import Stage
from akinai.foundation import audit, events
from akinai.foundation.core import clock
from akinai.foundation.core.actor import Actor
from akinai.foundation.core.errors import AkinaiError, BadInput, Refused, Sentence
from akinai.shop.messaging import services as messaging
from akinai.shop.messaging.models import Message
from akinai.shop.messaging.states import State
from akinai.shop.terms import selectors as terms

from .arriving import wait_of
from .bundling import reopen
from .locking import change, lock, stages_of
from .together import in_parcel, of_order


@transaction.atomic
def undo_dispatch(actor: Actor, *, shipment_id: int, reason: str) -> tuple[Shipment, list[Sentence]]:
    """Take a dispatch back (T16): the box is packed again, stock and the order's lines are as before.

    Guard: shipped today, the carrier has not collected since, no word of it from the carrier; nothing else of the order
    is in work; none of its goods is in a case. A shipping mail that still waits is stopped; one that has gone is named
    in the answer, since the buyer has to be told. Raises BadInput without a reason, Refused with every failed guard.
    Emits DispatchUndone.
    """
    if not reason.strip():
        raise BadInput(_("Write why the dispatch is undone."), field="reason")
    _order, shipment = lock(shipment_id)
    reasons = obstacles_to_undo(shipment)
    if reasons:
        raise Refused(reasons)
    change(shipment, stage=Stage.PACKED, shipped_at=None, shipped_by="", tracking_state="", tracking_on=None)
    if shipment.batch_id is not None:
        Batch.objects.filter(pk=shipment.batch_id).update(state=BatchState.OPEN)
    if shipment.bundle is not None:
        reopen(shipment.bundle)
    audit.record(actor, "fulfillment.undo_dispatch", shipment.subject, reason=reason)
    said: list[Sentence] = []
    for one in _orders_in(shipment):
        _unship(actor, shipment, one, reason)
        said += _stop_mails(actor, one, shipment)
    return shipment, list(dict.fromkeys(said))


def _unship(actor: Actor, shipment: Shipment, order: Order, reason: str) -> None:
    """The goods of one of the orders in the parcel are here again."""
    orders.unship_lines(
        actor,
        order_id=order.pk,
        quantities=_items(shipment, order),
        stages=stages_of(order.pk),
        shipped_at=_still_gone_at(order),
        close_wait_until=wait_of(order),
    )
    events.emit(DispatchUndone(shipment.pk, order.pk, shipment.number, reason=reason), actor=actor)


def obstacles_to_undo(shipment: Shipment) -> list[Sentence]:
    """Everything that stands against undoing this dispatch now, as sentences; [] if nothing."""
    if shipment.stage != Stage.SHIPPED or shipment.shipped_at is None:
        return [_("This shipment has not been handed over, or it has arrived somewhere already.")]
    found: list[Sentence] = []
    shipped, now = clock.aware(shipment.shipped_at), clock.now()
    if shipped.date() != now.date():
        found.append(_("It left on %(day)s. A dispatch can be undone on the same day only.") % {"day": shipped.date()})
    elif _collected_between(shipment, shipped, now):
        found.append(_("The carrier has collected since. Ask the carrier to stop the parcel and open a return."))
    if shipment.tracking_state:
        found.append(
            _("The carrier knows this parcel already: %(state)s.") % {"state": shipment.get_tracking_state_display()}
        )
    if Shipment.objects.filter(order_id=shipment.order_id, stage__in=_BUSY).exists():
        found.append(_("Another shipment of this order is being worked on. Pull it back first."))
    for order in _orders_in(shipment):
        found += [said for ask in ports.obstacles_to_unship for said in ask(order, _items(shipment, order))]
    return found


def _orders_in(shipment: Shipment) -> list[Order]:
    ids = in_parcel(shipment.order_id, shipment.bundle_id)
    return list(Order.objects.filter(pk__in=ids).order_by("pk"))


def _items(shipment: Shipment, order: Order) -> dict[int, int]:
    """What of an order is in the parcel, by line (ORD-54)."""
    here = shipment.lines.filter(order_line__order_id=order.pk)
    return dict(here.values_list("order_line_id", "quantity"))


_BUSY = (Stage.INSTRUCTED, Stage.PICKING, Stage.INSPECTED, Stage.PACKED)


def _collected_between(shipment: Shipment, shipped: dt.datetime, now: dt.datetime) -> bool:
    """Whether the carrier's van has called between the two; a carrier without a pickup time has not."""
    carrier = terms.snapshot().services[shipment.service.code].carrier
    if carrier.pickup_time is None or not carrier.pickup_calendar.is_open(now.date()):
        return False
    pickup = dt.datetime.combine(now.date(), carrier.pickup_time, tzinfo=clock.JST)
    return shipped <= pickup <= now


def _still_gone_at(order: Order) -> dt.datetime | None:
    """When the first of the order's other parcels left; None if none did."""
    rows = Shipment.objects.filter(of_order(order.pk), shipped_at__isnull=False)
    return rows.order_by("shipped_at").values_list("shipped_at", flat=True).first()


def _stop_mails(actor: Actor, order: Order, shipment: Shipment) -> list[Sentence]:
    """Stop the shipping mail; say so where it has gone."""
    found: list[Sentence] = []
    for message in Message.objects.filter(kind=KIND, subject_key=order.subject, occasion=shipment.mail_occasion):
        try:
            if message.state in (State.WAITING, State.DRAFT):
                messaging.stop(actor, message_id=message.pk)
        except AkinaiError:
            message.state = State.SENT  # it won
        if message.state in (State.SENT, State.SENDING):
            found.append(_("The shipping mail has gone to the buyer already. Write to them that it leaves later."))
    return found
