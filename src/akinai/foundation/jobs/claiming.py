"""Taking jobs from the table, keeping them, putting them back. Every change carries the fence."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.db import IntegrityError, models, transaction
from django.db.models import Case, F, Q, QuerySet, Value, When

from akinai.foundation.core import clock

from .models import Job
from .states import JobState

#: A job whose worker died this often is taken to be what kills them.
LOSSES_ALLOWED = 5


def is_due(now: dt.datetime) -> bool:
    """True if there is anything to claim; asked outside a transaction, so that an idle worker locks nothing."""
    return _ready(now).exists() or _lost(now).exists()


def claim(limit: int, *, lease: dt.timedelta) -> list[Job]:
    """Take up to `limit` due jobs for `lease`, in one short transaction; first those whose worker died."""
    now = clock.now()
    if not is_due(now):
        return []
    with transaction.atomic():
        lost = _without_killers(list(_lost(now).select_for_update(skip_locked=True).order_by("lease_until")[:limit]))
        order = (F("priority").desc(), "run_at", "id")
        ready = list(_ready(now).select_for_update(skip_locked=True).order_by(*order)[: limit - len(lost)])
        taken = lost + ready
        Job.objects.filter(pk__in=[job.pk for job in taken]).update(
            attempts=F("attempts") + 1,
            losses=Case(
                When(state=JobState.RUNNING, then=F("losses") + 1),
                default=F("losses"),
                output_field=models.PositiveIntegerField(),
            ),
            state=JobState.RUNNING,
            lease_until=now + lease,
            ready_key=None,
        )
    for job in taken:
        job.attempts += 1
    return taken


def fenced(job: Job) -> QuerySet[Job]:
    """The job's row as long as it is still ours."""
    return Job.objects.filter(pk=job.pk, attempts=job.attempts, state=JobState.RUNNING)


def put_back(job: Job, **changes: Any) -> None:
    """Make a claimed job ready again, unless one with its unique key waits already and will do the work."""
    try:
        with transaction.atomic():
            fenced(job).update(state=JobState.READY, ready_key=job.unique_key or None, lease_until=None, **changes)
    except IntegrityError:
        end(job, JobState.CANCELLED, last_error="a later job with the same key does this work")


def end(job: Job, state: JobState, **changes: Any) -> bool:
    """Finish our claim in `state`; False if the job is no longer ours."""
    return bool(fenced(job).update(state=state, lease_until=None, finished_at=clock.now(), **changes))


def extend(jobs: list[Job], *, lease: dt.timedelta) -> None:
    """Keep our claims for another `lease` from now."""
    if jobs:
        ours = Q(*[Q(pk=job.pk, attempts=job.attempts) for job in jobs], _connector=Q.OR)
        Job.objects.filter(ours, state=JobState.RUNNING).update(lease_until=clock.now() + lease)


def _ready(now: dt.datetime) -> QuerySet[Job]:
    return Job.objects.filter(state=JobState.READY, run_at__lte=now)


def _lost(now: dt.datetime) -> QuerySet[Job]:
    return Job.objects.filter(state=JobState.RUNNING, lease_until__lt=now)


def _without_killers(lost: list[Job]) -> list[Job]:
    """The lost jobs worth another try; the others are dead, or cancelled if somebody had asked for that."""
    unwanted = [job for job in lost if job.cancel_asked]
    killers = [job for job in lost if not job.cancel_asked and job.losses + 1 >= LOSSES_ALLOWED]
    _bury(unwanted, JobState.CANCELLED, "")
    _bury(killers, JobState.DEAD, f"the worker died {LOSSES_ALLOWED} times while this job ran")
    gone = {job.pk for job in unwanted + killers}
    return [job for job in lost if job.pk not in gone]


def _bury(jobs: list[Job], state: JobState, why: str) -> None:
    if jobs:
        Job.objects.filter(pk__in=[job.pk for job in jobs]).update(
            state=state,
            attempts=F("attempts") + 1,
            lease_until=None,
            finished_at=clock.now(),
            last_error=Value(why, output_field=models.TextField()),
        )
