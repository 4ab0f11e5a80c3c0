"""What returns do when parcels turn back and refunds are paid."""

from __future__ import annotations

from akinai.backoffice.fulfillment.events import ParcelReturning
from akinai.backoffice.payments.events import RefundRecorded
from akinai.foundation import events
from akinai.foundation.core.actor import job_actor
from akinai.foundation.jobs import task

from . import services


@task(name="returns.parcel_returning")
def parcel_returning(event_id: int) -> None:
    """T18: a case for the parcel."""
    event = events.load(event_id, ParcelReturning).event
    actor = job_actor("returns.parcel_returning")
    services.open_returning(actor, shipment_id=event.shipment_id, order_id=event.order_id)


@task(name="returns.refund_recorded")
def refund_recorded(event_id: int) -> None:
    """T26: cases that waited only for the refund are over."""
    heard = events.load(event_id, RefundRecorded)
    services.close_refunded(heard.actor, order_id=heard.event.order_id)
