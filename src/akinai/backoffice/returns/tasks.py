"""Background work of returns: what was not sent back in time."""

from __future__ import annotations

from akinai.foundation import jobs

from . import services


@jobs.schedule("returns.bill_unreturned", daily_at="00:10")
@jobs.task(name="returns.bill_unreturned", transactional=False)
def bill_unreturned() -> int:
    """Goods that were not sent back in time: billed or marked overdue (ORD-75)."""
    return services.bill_unreturned(jobs.current_job().actor)
