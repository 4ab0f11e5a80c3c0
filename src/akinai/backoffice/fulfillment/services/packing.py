"""梱包 (T14): a box is closed, and how many pieces it became (複数口)."""

from __future__ import annotations

from django.db import transaction
from django.utils.translation import gettext as _

from akinai.backoffice.fulfillment.events import ShipmentChanged
from akinai.backoffice.fulfillment.models import Shipment
from akinai.backoffice.orders.states import Stage
from akinai.foundation import audit, events
from akinai.foundation.core import clock
from akinai.foundation.core.actor import Actor
from akinai.foundation.core.errors import BadInput, Refused

from .locking import change, lock, require_stage, tell_order, what_blocks

MOST_PARCELS = 99


@transaction.atomic
def pack(actor: Actor, *, shipment_id: int, parcels: int = 1) -> Shipment:
    """Close an inspected box as so many parcels; on a packed one it corrects the number of parcels.

    Refused for a stopped order (ORD-12).
    """
    if not 1 <= parcels <= MOST_PARCELS:
        raise BadInput(_("The number of pieces must be 1 to 99."), field="parcels")
    order, shipment = lock(shipment_id)
    require_stage(shipment, [Stage.INSPECTED, Stage.PACKED])
    reasons = what_blocks(order)
    if reasons:
        raise Refused(reasons)
    mark_packed(actor, shipment, parcels=parcels)
    tell_order(actor, shipment.order_id)
    events.emit(ShipmentChanged(shipment.pk, shipment.order_id, shipment.number, what="packed"), actor=actor)
    return shipment


def mark_packed(actor: Actor, shipment: Shipment, *, parcels: int) -> None:
    """Write the packing onto a locked shipment; the caller tells the order."""
    change(
        shipment,
        stage=Stage.PACKED,
        parcels=parcels,
        packed_at=shipment.packed_at or clock.now(),
        packed_by=shipment.packed_by or actor.key,
    )
    audit.record(actor, "fulfillment.pack", shipment.subject, detail={"parcels": parcels})
