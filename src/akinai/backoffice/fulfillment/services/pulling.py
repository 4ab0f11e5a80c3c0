"""Taking printed shipments back: the papers become void, the order may be edited or ends (ORD-12, ORD-40)."""

from __future__ import annotations

from django.db import transaction
from django.utils.translation import gettext as _

from akinai.backoffice.fulfillment.events import ShipmentPulledBack
from akinai.backoffice.fulfillment.models import Shipment
from akinai.backoffice.orders import services as orders
from akinai.backoffice.orders.models import Order
from akinai.backoffice.orders.services import guarding
from akinai.backoffice.orders.services.guarding import take
from akinai.backoffice.orders.states import IN_WORK, CancelReason, Queue, Stage
from akinai.foundation import audit, events
from akinai.foundation.core import clock
from akinai.foundation.core.actor import Actor
from akinai.foundation.core.errors import BadInput, Refused
from akinai.foundation.core.text import mask_cards

from .bundling import settle
from .locking import change, close_batch, stages_of
from .planning import plan
from .together import bundle_of, of_order, together


@transaction.atomic
def pull_back(actor: Actor, *, order_id: int, reason: str, seen_version: int | None = None) -> Order:
    """Void the papers of an order that is being prepared, so that it can be edited (ORD-40); goods stay secured.

    Raises BadInput without a reason, Refused if no papers are out, Conflict if somebody was faster (ORD-31).
    """
    if not reason.strip():
        raise BadInput(_("Write why the shipment is pulled back."), field="reason")
    _take(order_id, seen_version)
    if not _void(actor, order_id, reason):
        raise Refused(_("No papers of this order are out."))
    _take_back(actor, order_id)
    order = Order.objects.select_related("delivery_service").get(pk=order_id)
    made = bundle_of(order_id)
    if made is not None:
        settle(actor, made.pk)
    elif order.queue == Queue.READY:
        plan(actor, order)
    return order


def _take(order_id: int, seen_version: int | None) -> None:
    """Win the order as it was seen, and what shares its parcel."""
    ids = together(order_id)
    if len(ids) > 1:
        guarding.lock(ids)
    take(order_id, seen_version=seen_version)


def _take_back(actor: Actor, order_id: int) -> None:
    for pk in together(order_id):
        orders.take_back(actor, order_id=pk, stages=stages_of(pk))


@transaction.atomic
def cancel_and_pull_back(
    actor: Actor,
    *,
    order_id: int,
    reason: str = CancelReason.CUSTOMER,
    note: str = "",
    seen_version: int | None = None,
) -> Order:
    """Cancel an order whatever its papers: the one door for printed ones (ORD-12). All of it, or nothing.

    The shipment is void before anybody can scan or ship it. Raises what `orders.services.approve_cancel` raises.
    """
    _take(order_id, seen_version)
    if _void(actor, order_id, note or _("Cancelled with the order.")):
        _take_back(actor, order_id)
    order = orders.approve_cancel(actor, order_id=order_id, reason=reason, note=note)
    made = bundle_of(order_id)
    if made is not None:  # the other order of the parcel gets back what it was charged alone (ORD-54)
        settle(actor, made.pk)
    _void_planned(actor, order_id)
    return order


def _void(actor: Actor, order_id: int, reason: str) -> bool:
    """Void what is in work of a locked order; says whether there was anything."""
    found = list(Shipment.objects.filter(of_order(order_id), stage__in=IN_WORK))
    for shipment in found:
        numbers = list(shipment.tracking.values_list("number", flat=True))
        shipment.tracking.all().delete()
        _mark_void(actor, shipment, reason)
        detail = {"stage": shipment.stage, "tracking": numbers}
        audit.record(actor, "fulfillment.pull_back", shipment.subject, detail=detail, reason=reason)
        pulled = ShipmentPulledBack(shipment.pk, shipment.order_id, shipment.number, reason=mask_cards(reason))
        events.emit(pulled, actor=actor)
        close_batch(shipment.batch_id)
    return bool(found)


def _void_planned(actor: Actor, order_id: int) -> None:
    for shipment in Shipment.objects.filter(order_id=order_id, stage=Stage.PLANNED):
        _mark_void(actor, shipment, _("Cancelled with the order."))


def _mark_void(actor: Actor, shipment: Shipment, reason: str) -> None:
    change(
        shipment, stage=Stage.VOID, void_reason=mask_cards(reason.strip()), voided_at=clock.now(), voided_by=actor.key
    )
