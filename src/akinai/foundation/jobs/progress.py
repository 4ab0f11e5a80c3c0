"""A job as people see it: bar, counts and, at the end, what became of each thing.

A task tells its rows by returning `{"rows": [{"outcome": "good"|"bad"|"same", "name": …, "said": …, "url": …,
"fix_label": …, "fix_url": …}, …], "failed": 3, "url": …, "label": …}`; every part may be missing. Its name for people
is registered with `titles["app.verb"] = _("…")` in `apps.ready()`.
"""

from __future__ import annotations

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from akinai.foundation.core.actor import Actor
from akinai.foundation.ui.registry import Label
from akinai.foundation.ui.types import JobProgress, ResultRow

from .models import Job
from .permissions import MANAGE, VIEW
from .states import JobState

#: What tasks are called on screen, by task name.
titles: dict[str, Label] = {}
_STATES = {
    JobState.READY: "waiting",
    JobState.RUNNING: "running",
    JobState.DONE: "done",
    JobState.DEAD: "failed",
    JobState.CANCELLED: "cancelled",
}
#: A page with more rows is read by nobody; the rest is in what the job made.
MOST_ROWS = 500


def may_see(actor: Actor, job: Job) -> bool:
    """Whoever asked for the work sees it, and those who look after jobs."""
    return job.created_by == actor.key or actor.may(VIEW)


def may_stop(actor: Actor, job: Job) -> bool:
    """Whoever asked for the work may stop it, and those who look after jobs."""
    return job.created_by == actor.key or actor.may(MANAGE)


def as_progress(job: Job, actor: Actor) -> JobProgress:
    """The job as the kit draws it, with a way to stop it for those who may."""
    result = job.result if isinstance(job.result, dict) else {}
    rows = [_row(r) for r in result.get("rows", [])[:MOST_ROWS] if isinstance(r, dict)]
    failed = result.get("failed", sum(r.outcome == "bad" for r in rows))
    total = job.progress_total or len(rows)
    return JobProgress(
        title=titles.get(job.name, _("Background work")),
        state=_STATES[JobState(job.state)],
        poll_url=reverse("jobs:progress", args=[job.pk]),
        done=total if job.state == JobState.DONE else job.progress_done,
        total=total,
        failed=int(failed),
        message="" if job.is_over else job.progress_message,
        cancel_url="" if job.is_over or not may_stop(actor, job) else reverse("jobs:cancel", args=[job.pk]),
        rows=tuple(rows),
        result_url=str(result.get("url", "")),
        result_label=str(result.get("label", "")) or _("See the result"),
    )


def _row(told: dict[str, Any]) -> ResultRow:
    parts = {k: str(told.get(k, "")) for k in ("name", "said", "url", "fix_label", "fix_url")}
    outcome = told.get("outcome", "good")
    return ResultRow(outcome if outcome in {"good", "bad", "same"} else "good", **parts)
