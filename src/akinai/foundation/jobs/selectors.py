"""What pages show of background work."""

from __future__ import annotations

import datetime as dt

from django.db.models import Count, F, Q, QuerySet

from akinai.foundation.core import clock

from .models import Job, Schedule
from .states import JobState


def job(job_id: int) -> Job | None:
    """One job, for a progress bar; None once it is pruned."""
    return Job.objects.filter(pk=job_id).first()


def jobs(*states: JobState) -> QuerySet[Job]:
    """Jobs in the given states (all without any), newest first."""
    chosen = Job.objects.filter(state__in=states) if states else Job.objects.all()
    return chosen.order_by("-id")


def counts() -> dict[str, int]:
    """How many jobs are in each state; every state is there."""
    found = dict(Job.objects.values_list("state").annotate(n=Count("id")).order_by())
    return {state.value: found.get(state.value, 0) for state in JobState}


def dead_count() -> int:
    """How many jobs wait for a person."""
    return Job.objects.filter(state=JobState.DEAD).count()


def oldest_waiting() -> dt.timedelta:
    """How long the oldest due job has waited; zero if none does."""
    now = clock.now()
    first = Job.objects.filter(state=JobState.READY, run_at__lte=now).order_by("run_at").first()
    return now - first.run_at if first else dt.timedelta(0)


def schedules() -> QuerySet[Schedule]:
    """Every schedule by name."""
    return Schedule.objects.order_by("name")


def overdue_schedules(*, after: dt.timedelta) -> QuerySet[Schedule]:
    """Schedules that are on and whose last run has not ended well within `after`; a run that found nothing is well."""
    silent = Q(last_ok__isnull=True) | Q(last_ok__lt=F("last_run"))
    return Schedule.objects.filter(silent, is_on=True, last_run__lt=clock.now() - after).order_by("name")
