"""Which events the desk listens to."""

from __future__ import annotations

from akinai.backoffice.fulfillment.events import ShipmentDispatched
from akinai.backoffice.orders import events as orders
from akinai.backoffice.payments.events import DepositRecorded, EntryReversed
from akinai.foundation import events
from akinai.shop.messaging.events import MailReceived, MessageSent, ThreadChanged

from . import subscribers

#: Whatever may open, keep or end a promise to a buyer (N-2).
HEARD: tuple[type[events.Event], ...] = (
    orders.OrderPlaced,
    orders.OrderAccepted,
    orders.OrderEdited,
    orders.OrderCancelled,
    orders.OrderCleared,
    orders.OrderChanged,
    DepositRecorded,
    EntryReversed,
    ShipmentDispatched,
    MessageSent,
    MailReceived,
    ThreadChanged,
)


def begin() -> None:
    """Subscribe; called once at the start."""
    for event in HEARD:
        events.subscribe(event, subscribers.review.name)
