"""発送確定 (T15): packed, numbered, nothing against it. Stock falls, the order knows, the mail may go (N-14)."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import gettext as _

from akinai.backoffice.fulfillment.events import ShipmentDispatched
from akinai.backoffice.fulfillment.models import Shipment
from akinai.backoffice.orders import services as orders
from akinai.backoffice.orders.models import Order
from akinai.backoffice.orders.states import Queue, Stage
from akinai.foundation import audit, events
from akinai.foundation.core import clock
from akinai.foundation.core.actor import Actor
from akinai.foundation.core.errors import AkinaiError, Refused, Sentence
from akinai.shop.terms import selectors as terms
from akinai.shop.terms.states import TrackingCheck

from .arriving import wait_of
from .bundling import close_sent
from .locking import change, close_batch, lock, stages_of, what_blocks
from .planning import plan
from .together import together
from .tracking import check_numbers

DISPATCH_TASK = "fulfillment.dispatch"


@dataclass(frozen=True, slots=True)
class Dispatched:
    """What became of one shipment of a bulk dispatch (ORD-33)."""

    shipment_id: int
    number: str
    order_id: int
    done: bool
    sentences: tuple[Sentence, ...] = ()


def dispatch(
    actor: Actor, *, shipment_ids: Sequence[int], progress: Callable[[int, int], None] | None = None
) -> list[Dispatched]:
    """Hand these shipments to the carrier (T15), each for itself; one that is refused does not stop the others."""
    rows = Shipment.objects.filter(pk__in=shipment_ids).values_list("pk", "number", "order_id")
    known = {pk: (number, order_id) for pk, number, order_id in rows}
    results = []
    wanted = list(dict.fromkeys(shipment_ids))
    for count, pk in enumerate(wanted, 1):
        number, order_id = known.get(pk, (str(pk), 0))
        try:
            dispatch_one(actor, shipment_id=pk)
        except Refused as refusal:
            results.append(Dispatched(pk, number, order_id, done=False, sentences=tuple(refusal.reasons)))
        except AkinaiError as error:
            results.append(Dispatched(pk, number, order_id, done=False, sentences=(error.sentence,)))
        else:
            results.append(Dispatched(pk, number, order_id, done=True))
        if progress is not None:
            progress(count, len(wanted))
    return results


@transaction.atomic
def dispatch_one(actor: Actor, *, shipment_id: int) -> Shipment:
    """Hand one shipment over: stock falls, the order's lines remember, the sale is made (T15).

    Guard: inspected in full or passed by a manager (R69), packed, numbers valid (SHP-50), gate open, not stopped
    (ORD-12). Raises Refused with every reason. Emits ShipmentDispatched.
    """
    order, shipment = lock(shipment_id)
    reasons = obstacles(order, shipment)
    if reasons:
        raise Refused(reasons)
    now = clock.now()
    change(
        shipment,
        stage=Stage.SHIPPED,
        shipped_at=now,
        shipped_by=actor.key,
        dispatches=shipment.dispatches + 1,
    )
    numbers = tuple(shipment.tracking.values_list("number", flat=True))
    audit.record(actor, "fulfillment.dispatch", shipment.subject, detail={"tracking": list(numbers)})
    for pk in together(order.pk):
        _ship(actor, shipment, pk, numbers)
    if shipment.bundle is not None:
        close_sent(shipment.bundle)
    close_batch(shipment.batch_id)
    order.refresh_from_db()
    if order.queue == Queue.READY:  # the rest of a partly shipped order waits for its own papers
        plan(actor, order)
    return shipment


def _ship(actor: Actor, shipment: Shipment, order_id: int, numbers: tuple[str, ...]) -> None:
    """What one of the orders in the parcel gives to it; the buyer of each is told (ORD-54)."""
    here = shipment.lines.filter(order_line__order_id=order_id)
    order = Order.objects.select_related("delivery_service").get(pk=order_id)
    shipped = orders.ship_lines(
        actor,
        order_id=order_id,
        quantities=dict(here.values_list("order_line_id", "quantity")),
        stages=stages_of(order_id),
        close_wait_until=wait_of(order),
    )
    is_last = shipped.queue in (Queue.SHIPPED, Queue.DONE, Queue.AWAITING_SETTLEMENT)
    told = ShipmentDispatched(shipment.pk, order_id, shipment.number, tracking=numbers, is_last=is_last)
    events.emit(told, actor=actor)


def obstacles(order: Order, shipment: Shipment) -> list[Sentence]:
    """Everything that stands against handing this shipment over, as sentences."""
    if shipment.stage == Stage.SHIPPED:
        return [_("This shipment has left already.")]
    if shipment.stage == Stage.VOID:
        return [_("The papers of this shipment are void: %(why)s") % {"why": shipment.void_reason}]
    found: list[Sentence] = list(what_blocks(order))
    if shipment.inspected_at is None or not (shipment.override_reason or not _unscanned(shipment)):
        found.append(_("It is not inspected in full."))
    elif shipment.stage != Stage.PACKED:
        found.append(_("It is not packed yet."))
    return found + _number_obstacles(shipment)


def _unscanned(shipment: Shipment) -> bool:
    return any(line.left for line in shipment.lines.all())


def _number_obstacles(shipment: Shipment) -> list[Sentence]:
    """A carrier that tells nothing about its numbers needs none."""
    service = terms.snapshot().services[shipment.service.code]
    numbers = list(shipment.tracking.values_list("number", flat=True))
    if not numbers:
        return [_("The tracking number is missing.")] if service.tracking_check != TrackingCheck.NONE else []
    try:
        check_numbers(shipment, numbers)
    except AkinaiError as error:
        return [error.sentence]
    return []
