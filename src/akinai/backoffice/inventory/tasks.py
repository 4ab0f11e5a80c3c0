"""Background work of inventory."""

from __future__ import annotations

import datetime as dt

from akinai.foundation.core.actor import job_actor
from akinai.foundation.jobs import schedule, task

from . import services


@schedule("inventory.expire", every=dt.timedelta(minutes=1))
@task(name="inventory.expire")
def expire() -> None:
    """Let go what carts and unfinished payments held too long."""
    services.expire(job_actor("expire"))
