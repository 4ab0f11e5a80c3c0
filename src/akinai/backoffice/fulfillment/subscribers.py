"""What fulfillment does when orders change: plan, and unplan."""

from __future__ import annotations

from akinai.backoffice.orders.events import OrderEvent
from akinai.foundation import events
from akinai.foundation.core.actor import job_actor
from akinai.foundation.jobs import task

from . import services


@task(name="fulfillment.replan")
def replan(event_id: int) -> None:
    """An order became clear, was blocked, edited or cancelled: make its planned shipment what it should be (T12)."""
    event = events.load(event_id).event
    assert isinstance(event, OrderEvent)
    services.plan_shipments(job_actor("fulfillment.replan"), order_id=event.order_id)
