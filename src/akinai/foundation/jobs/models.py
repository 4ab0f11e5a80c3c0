"""The job table and the schedules."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from akinai.foundation.core import clock

from .states import JobState


class Job(models.Model):
    """One piece of work for a worker.

    `attempts` counts how often it was claimed and only ever grows: it is the fence by which a worker that was taken for
    dead cannot finish. `failures` counts errors and `losses` workers that died on it, both since the last replay.
    `ready_key` is `unique_key` while the job is ready and empty otherwise: a unique index that both databases can
    use in an upsert.
    """

    name = models.CharField(max_length=100)
    args = models.JSONField(default=dict)
    state = models.CharField(max_length=10, choices=JobState.choices, default=JobState.READY)
    run_at = models.DateTimeField(default=clock.now)
    priority = models.SmallIntegerField(default=0)
    attempts = models.PositiveIntegerField(default=0)
    failures = models.PositiveIntegerField(default=0)
    losses = models.PositiveIntegerField(default=0)
    lease_until = models.DateTimeField(null=True, blank=True)
    unique_key = models.CharField(max_length=200, blank=True)
    ready_key = models.CharField(max_length=200, null=True, blank=True, unique=True)
    last_error = models.TextField(blank=True)
    progress_done = models.PositiveIntegerField(default=0)
    progress_total = models.PositiveIntegerField(default=0)
    progress_message = models.CharField(max_length=300, blank=True)
    cancel_asked = models.BooleanField(default=False)
    result = models.JSONField(null=True, blank=True)
    schedule = models.CharField(max_length=100, blank=True)
    created_at = models.DateTimeField(default=clock.now)
    created_by = models.CharField(max_length=100, blank=True)
    decided_by = models.CharField(max_length=100, blank=True)
    finished_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes = [
            # The claim: a partial index over waiting work stays small however much is done
            models.Index(F("priority").desc(), "run_at", "id", name="jobs_next", condition=Q(state="ready")),
            models.Index(fields=["lease_until"], name="jobs_leased", condition=Q(state="running")),
            models.Index(fields=["state", "finished_at"], name="jobs_ended"),
            models.Index(fields=["name", "-id"], name="jobs_by_name"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(ready_key__isnull=True) | Q(state="ready"), name="jobs_key_only_while_ready"
            ),
            models.CheckConstraint(
                condition=Q(state="running", lease_until__isnull=False)
                | (~Q(state="running") & Q(lease_until__isnull=True)),
                name="jobs_lease_while_running",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name} #{self.pk}"

    @property
    def is_over(self) -> bool:
        """True when nothing more will happen unless a person replays it."""
        return self.state in (JobState.DONE, JobState.DEAD, JobState.CANCELLED)


class Schedule(models.Model):
    """When a task runs by itself. Made from the code's declarations; `is_on` belongs to the staff."""

    name = models.CharField(max_length=100, unique=True)
    every_seconds = models.PositiveIntegerField(null=True, blank=True)
    daily_at = models.TimeField(null=True, blank=True)
    dated = models.BooleanField(default=False)
    next_run = models.DateTimeField()
    last_run = models.DateTimeField(null=True, blank=True)
    last_ok = models.DateTimeField(null=True, blank=True)
    is_on = models.BooleanField(default=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(every_seconds__isnull=False, daily_at__isnull=True)
                | Q(every_seconds__isnull=True, daily_at__isnull=False),
                name="jobs_schedule_one_rhythm",
            ),
        ]

    def __str__(self) -> str:
        return self.name
