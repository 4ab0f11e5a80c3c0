"""Background work as the jobs page shows it: a fixed number of queries, however much there is."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from akinai.foundation.core import clock
from akinai.foundation.core.actor import Actor
from akinai.foundation.jobs import progress, selectors
from akinai.foundation.jobs.models import Job, Schedule
from akinai.foundation.jobs.states import JobState
from akinai.foundation.ui import html
from akinai.foundation.ui.registry import Label
from akinai.foundation.ui.types import JobProgress

SHOWN = 50
#: A schedule whose last run did not end well for so long is called silent (ORD-23).
SILENT_AFTER = dt.timedelta(minutes=20)


@dataclass(frozen=True, slots=True)
class Waiting:
    """A job that is not running: `said` is the sentence of its last error, `trace` where it happened."""

    job: Job
    title: Label
    said: str
    trace: str


@dataclass(frozen=True, slots=True)
class Regular:
    """Something that runs by itself."""

    row: Schedule
    title: Label
    rhythm: str
    tone: str
    icon: str
    state: str


@dataclass(frozen=True, slots=True)
class Work:
    """The whole page."""

    counts: dict[str, int]
    oldest: dt.timedelta
    running: Sequence[JobProgress]
    waiting: Sequence[Waiting]
    dead: Sequence[Waiting]
    ended: Sequence[Waiting]
    schedules: Sequence[Regular]


def load(actor: Actor) -> Work:
    """How background work stands now; seven queries."""
    return Work(
        counts=selectors.counts(),
        oldest=selectors.oldest_waiting(),
        running=[progress.as_progress(job, actor) for job in selectors.jobs(JobState.RUNNING)[:SHOWN]],
        waiting=[_waiting(job) for job in selectors.jobs(JobState.READY).order_by("run_at", "id")[:SHOWN]],
        dead=[_waiting(job) for job in selectors.jobs(JobState.DEAD)[:SHOWN]],
        ended=[_waiting(job) for job in selectors.jobs(JobState.DONE, JobState.CANCELLED)[:10]],
        schedules=[_regular(row) for row in selectors.schedules()],
    )


def _waiting(job: Job) -> Waiting:
    said, _newline, trace = job.last_error.partition("\n")
    return Waiting(job, progress.titles.get(job.name, job.name), said, trace)


def _regular(row: Schedule) -> Regular:
    title = progress.titles.get(row.name, row.name)
    if not row.is_on:
        return Regular(row, title, _rhythm(row), "wait", "player-pause", _("switched off"))
    silent = row.last_run is not None and (row.last_ok is None or row.last_ok < row.last_run)
    if silent and row.last_run is not None and clock.now() - row.last_run > SILENT_AFTER:
        return Regular(row, title, _rhythm(row), "stop", "alert-octagon", _("did not end well"))
    if row.last_ok is None:
        return Regular(row, title, _rhythm(row), "wait", "clock", _("has not run yet"))
    return Regular(row, title, _rhythm(row), "ok", "circle-check", _("runs"))


def _rhythm(row: Schedule) -> str:
    if row.daily_at is not None:
        return _("daily at %(time)s") % {"time": html.hour(row.daily_at)}
    seconds = row.every_seconds or 0
    if seconds < 60:
        return _("every %(n)s s") % {"n": seconds}
    return _("every %(length)s") % {"length": html.duration(dt.timedelta(seconds=seconds))}
