"""Background work of imports."""

from __future__ import annotations

from typing import Any

from django.urls import reverse

from akinai.foundation import jobs

from . import selectors
from .services.taking import TAKE_IN, work_off


@jobs.task(name=TAKE_IN, transactional=False)
def take_in(run_id: int) -> dict[str, Any]:
    """Place the orders of a file that a person has taken in; what a crash left undone is done the next time."""
    run = work_off(selectors.run(run_id), jobs.current_job().progress)
    return {"failed": run.refused, "url": reverse("channels:run", args=[run.pk])}
