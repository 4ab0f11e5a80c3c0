"""Laying hands on a shipment: its order first (a version bump that others wait for), then the shipment.

Every write to a shipment in work happens under its order's lock, so a cancellation and a scan can never both win.
"""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from django.db.models import F
from django.utils.translation import gettext as _

from akinai.backoffice.fulfillment.models import Batch, Shipment
from akinai.backoffice.fulfillment.states import TOLD, BatchState, BundleState
from akinai.backoffice.orders import services as orders
from akinai.backoffice.orders.models import Order
from akinai.backoffice.orders.queue import blockers, may_ship
from akinai.backoffice.orders.selectors import load_facts
from akinai.backoffice.orders.states import IN_WORK
from akinai.backoffice.orders.wording import sentence
from akinai.foundation.core import clock
from akinai.foundation.core.actor import Actor
from akinai.foundation.core.errors import NotFound, Refused

from .together import in_parcel, of_order, take_all, together


def lock(shipment_id: int) -> tuple[Order, Shipment]:
    """The order, won for this transaction, and its shipment as it is under that lock. Raises NotFound.

    Orders that ship in the same parcel are won with it.
    """
    found = Shipment.objects.filter(pk=shipment_id).values_list("order_id", "bundle_id").first()
    if found is None:
        raise NotFound(_("There is no such shipment."))
    order_id, bundle_id = found
    order = next(order for order in take_all(in_parcel(order_id, bundle_id)) if order.pk == order_id)
    return order, Shipment.objects.select_related("service__carrier", "batch").get(pk=shipment_id)


def require_stage(shipment: Shipment, stages: Collection[str]) -> None:
    """Raise Refused, saying where the shipment stands, unless it is at one of these stages."""
    if shipment.stage not in stages:
        raise Refused(
            _("%(number)s is at “%(stage)s”. Look at it again.")
            % {"number": shipment.number, "stage": shipment.get_stage_display()}
        )


def what_blocks(order: Order) -> list[str]:
    """Everything that stands against handing this order's goods over now (R55, ORD-12), as sentences; [] if nothing.

    What stands against an order in the same parcel stands against this one too (ORD-54).
    """
    found = _blocks(order)
    others = [pk for pk in together(order.pk) if pk != order.pk]
    for other in Order.objects.filter(pk__in=others).select_related("payment_method").order_by("pk"):
        found += [f"{other.number}: {said}" for said in _blocks(other)]
    return found


def _blocks(order: Order) -> list[str]:
    facts, today = load_facts(order), clock.today()
    if may_ship(facts, today):
        return []
    if facts.is_cancelled:
        return [_("The order of this box is cancelled.")]
    open_ones = order.checks.filter(closed_at__isnull=True)
    details = {f"check.{code}": detail for code, detail in open_ones.values_list("code", "detail")}
    said = [sentence(blocker, details.get(blocker.code)) for blocker in blockers(facts, today)]
    return said or [_("Nothing of this order is left to send.")]


def stages_of(order_id: int) -> list[str]:
    """The stages of an order's shipments that have papers and are not void, in the order they were made."""
    rows = Shipment.objects.filter(of_order(order_id), stage__in=TOLD).order_by("id").distinct()
    return [stage for _pk, stage in rows.values_list("pk", "stage")]


def change(shipment: Shipment, **fields: Any) -> None:
    """Write fields of a locked shipment and raise its version."""
    for name, value in fields.items():
        setattr(shipment, name, value)
    shipment.version += 1
    Shipment.objects.filter(pk=shipment.pk).update(version=F("version") + 1, **fields)


def tell_order(actor: Actor, order_id: int) -> Order:
    """Let the order, and those in the same parcel, know the stages of their shipments; the queues follow."""
    for other in together(order_id, states=(BundleState.OPEN, BundleState.SENT)):
        if other != order_id:
            orders.record(actor, other, shipment_stages=stages_of(other))
    return orders.record(actor, order_id, shipment_stages=stages_of(order_id))


def close_batch(batch_id: int | None) -> None:
    """A batch is done when none of its shipments is in work any more."""
    if batch_id is not None and not Shipment.objects.filter(batch_id=batch_id, stage__in=IN_WORK).exists():
        Batch.objects.filter(pk=batch_id).update(state=BatchState.DONE)


__all__ = ["change", "close_batch", "lock", "require_stage", "stages_of", "tell_order", "what_blocks"]
