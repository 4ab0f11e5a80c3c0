"""What orders do when something below them changes."""

from __future__ import annotations

from akinai.backoffice.orders import services
from akinai.foundation.core.actor import job_actor
from akinai.foundation.jobs import task


@task(name="orders.heed_attention", transactional=False)
def heed_attention(event_id: int) -> int:
    """CS-40: an entry of the attention list was added, approved or ended; open orders are judged by the list anew."""
    return services.heed_attention(job_actor("orders.heed_attention"))
