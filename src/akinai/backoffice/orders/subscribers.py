"""What orders do when something below them changes."""

from __future__ import annotations

from akinai.backoffice.orders import services
from akinai.backoffice.orders.events import OrderChanged, OrderEdited
from akinai.backoffice.orders.rules import again
from akinai.foundation import events
from akinai.foundation.core.actor import job_actor
from akinai.foundation.jobs import task


@task(name="orders.heed_attention", transactional=False)
def heed_attention(event_id: int) -> int:
    """CS-40: an entry of the attention list was added, approved or ended; open orders are judged by the list anew."""
    return services.heed_attention(job_actor("orders.heed_attention"))


@task(name="orders.rules_on_edit", transactional=False)
def rules_on_edit(event_id: int) -> int:
    """N-11: an order was edited; rules that read what the edit may have changed look at it again."""
    event = events.load(event_id, OrderEdited).event
    return again.reconsider([event.order_id], again.CHANGED_BY.get(event.what), trigger=event.what)


@task(name="orders.rules_on_change", transactional=False)
def rules_on_change(event_id: int) -> int:
    """N-11: stock, a hold, a reason or the store has changed an order; rules that read it look again."""
    event = events.load(event_id, OrderChanged).event
    return again.reconsider([event.order_id], again.CHANGED_BY.get(event.what), trigger=event.what)
