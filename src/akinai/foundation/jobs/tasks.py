"""The job table looks after itself."""

from __future__ import annotations

import datetime as dt

from django.conf import settings

from akinai.foundation.core import clock

from .models import Job
from .registry import schedule, task
from .states import JobState

CHUNK = 500


@schedule("jobs.prune", daily_at="03:40")
@task(name="jobs.prune", transactional=False)
def prune() -> int:
    """Delete done and cancelled jobs older than JOB_KEEP_DAYS, a few at a time; dead ones wait for a person."""
    before = clock.now() - dt.timedelta(days=settings.JOB_KEEP_DAYS)
    over = Job.objects.filter(state__in=[JobState.DONE, JobState.CANCELLED], finished_at__lt=before)
    count = 0
    while chunk := list(over.values_list("pk", flat=True)[:CHUNK]):
        count += Job.objects.filter(pk__in=chunk).delete()[0]
    return count
