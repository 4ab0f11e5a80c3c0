"""Asking for work, and a person's decisions about it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from itertools import groupby
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from akinai.foundation.core import clock
from akinai.foundation.core.actor import Actor
from akinai.foundation.core.bulk import insert_rows
from akinai.foundation.core.db import guarded_update
from akinai.foundation.core.errors import NotFound, Refused

from . import registry
from .context import running_job
from .models import Job, Schedule
from .running import run_pending
from .states import JobState
from .types import JobSpec

__all__ = ["cancel", "enqueue", "enqueue_fresh", "enqueue_many", "replay", "run_pending", "switch_schedule"]


def enqueue(
    name: str,
    *,
    args: Mapping[str, Any],
    unique_key: str = "",
    run_at: dt.datetime | None = None,
    priority: int = 0,
    actor: Actor | None = None,
) -> Job:
    """Make a job in the caller's transaction; a rollback takes it along. Errors: UnknownTask, TypeError (not JSON).

    With the `unique_key` of a job that is still ready, that job is returned, brought forward if asked earlier. The row
    stays locked until the caller commits, so a worker cannot begin it before it can see what the caller wrote.
    """
    job = enqueue_many([JobSpec(name, args, unique_key, run_at, priority)], actor=actor)[0]
    if unique_key:
        job.refresh_from_db()
    return job


def enqueue_fresh(specs: Iterable[JobSpec], *, actor: Actor | None = None) -> None:
    """Make many jobs at once whose unique keys cannot be waiting already (a clash is an error); gives nothing back."""
    now, by = clock.now(), _asker(actor)
    insert_rows(Job, _COLUMNS, [_row(spec, now, by) for spec in specs])


def enqueue_many(specs: Iterable[JobSpec], *, actor: Actor | None = None) -> list[Job]:
    """Make many jobs at once, in the order given; of equal unique keys the first counts."""
    now, by = clock.now(), _asker(actor)
    jobs = [Job(**dict(zip(_COLUMNS, _row(spec, now, by), strict=True))) for spec in specs]
    plain = [job for job in jobs if not job.ready_key]
    Job.objects.bulk_create(plain)
    if len(plain) == len(jobs):
        return jobs
    kept = _coalesce([job for job in jobs if job.ready_key])
    return [kept[job.ready_key] if job.ready_key else job for job in jobs]


@transaction.atomic
def replay(actor: Actor, *, job_id: int) -> Job:
    """Run a dead or cancelled job again, with its counts of failures at zero. Errors: NotFound, Refused."""
    job = _one(job_id)
    changes: dict[str, Any] = {"state": JobState.READY, "ready_key": job.unique_key or None, "run_at": clock.now()}
    changes |= {"failures": 0, "losses": 0, "cancel_asked": False, "finished_at": None, "decided_by": actor.key}
    try:
        with transaction.atomic():
            again = guarded_update(
                Job.objects.filter(pk=job_id, state__in=[JobState.DEAD, JobState.CANCELLED]), **changes
            )
    except IntegrityError:
        raise Refused(_("The same job is already waiting.")) from None
    if not again:
        raise Refused(_("Only a failed or cancelled job can be run again."))
    return _one(job_id)


@transaction.atomic
def cancel(actor: Actor, *, job_id: int) -> Job:
    """Stop a job: a waiting or dead one at once, a running one at its next progress. Errors: NotFound, Refused."""
    _one(job_id)
    ended = {"state": JobState.CANCELLED, "ready_key": None, "finished_at": clock.now(), "decided_by": actor.key}
    waiting = Job.objects.filter(pk=job_id, state__in=[JobState.READY, JobState.DEAD])
    running = Job.objects.filter(pk=job_id, state=JobState.RUNNING)
    if not guarded_update(waiting, **ended) and not guarded_update(running, cancel_asked=True, decided_by=actor.key):
        raise Refused(_("This job has already ended."))
    return _one(job_id)


@transaction.atomic
def switch_schedule(actor: Actor, *, schedule_id: int, is_on: bool) -> Schedule:
    """Let something run by itself, or not; switched on again it runs at its next time. Errors: NotFound.

    The ticks of the time it was off are not made up for.
    """
    row = Schedule.objects.select_for_update().filter(pk=schedule_id).first()
    if row is None:
        raise NotFound(_("There is no such schedule."))
    if is_on and not row.is_on:
        row.next_run = max(row.next_run, clock.now())
    row.is_on = is_on
    row.save(update_fields=["is_on", "next_run"])
    return row


def _one(job_id: int) -> Job:
    try:
        return Job.objects.get(pk=job_id)
    except Job.DoesNotExist:
        raise NotFound(_("There is no such job.")) from None


_COLUMNS = ("name", "args", "unique_key", "ready_key", "run_at", "priority", "schedule", "created_at", "created_by")


def _row(spec: JobSpec, now: dt.datetime, by: str) -> tuple[Any, ...]:
    registry.find(spec.name)
    key = spec.unique_key
    return spec.name, dict(spec.args), key, key or None, spec.run_at or now, spec.priority, spec.schedule, now, by


def _asker(actor: Actor | None) -> str:
    if actor is not None:
        return actor.key
    inside = running_job()
    return inside.actor.key if inside else ""


def _coalesce(jobs: Sequence[Job]) -> dict[str | None, Job]:
    """Insert what is not waiting, lock what is, bring forward what is asked earlier; in key order, so no deadlock."""
    kept: dict[str | None, Job] = {}
    for job in jobs:
        first = kept.setdefault(job.ready_key, job)
        first.run_at = min(first.run_at, job.run_at)
    ordered = [kept[key] for key in sorted(key for key in kept if key)]
    with transaction.atomic(savepoint=False):
        # Setting the key to itself changes nothing and locks the row that was there
        Job.objects.bulk_create(
            ordered, update_conflicts=True, unique_fields=["ready_key"], update_fields=["ready_key"]
        )
        for run_at, group in groupby(ordered, key=lambda job: job.run_at):
            Job.objects.filter(pk__in=[job.pk for job in group], run_at__gt=run_at).update(run_at=run_at)
    return kept
