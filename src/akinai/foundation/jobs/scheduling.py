"""Schedules: rows made from declarations, ticked by whichever worker comes first."""

from __future__ import annotations

import datetime as dt

from django.db import transaction

from akinai.foundation.core import clock
from akinai.foundation.core.db import guarded_update

from . import registry
from .models import Schedule
from .registry import ScheduleSpec
from .services import enqueue_many
from .types import JobSpec


@transaction.atomic
def sync() -> None:
    """Make the rows agree with the declarations; whether one is on, and its past, stay. A new interval runs at once."""
    specs = registry.all_schedules()
    Schedule.objects.exclude(name__in=specs).delete()
    for spec in specs.values():
        rhythm = _rhythm(spec)
        row, made = Schedule.objects.get_or_create(
            name=spec.name, defaults={**rhythm, "next_run": _first(spec, clock.now())}
        )
        if not made and any(getattr(row, key) != value for key, value in rhythm.items()):
            Schedule.objects.filter(pk=row.pk).update(**rhythm, next_run=_first(spec, clock.now()))


def tick() -> int:
    """Make the jobs of every schedule that is due; returns how many. Several workers may tick: one of them wins."""
    now = clock.now()
    due = Schedule.objects.filter(is_on=True, next_run__lte=now).order_by("next_run")
    return sum(_tick(row, now) for row in due)


@transaction.atomic
def _tick(row: Schedule, now: dt.datetime) -> int:
    missed = ticks_between(row, now)
    ours = Schedule.objects.filter(pk=row.pk, next_run=row.next_run, is_on=True)
    if not guarded_update(ours, next_run=next_after(row, now), last_run=now):
        return 0
    return len(enqueue_many([_spec(row, at) for at in (missed if row.dated else missed[-1:])]))


def next_after(row: Schedule, now: dt.datetime) -> dt.datetime:
    """The first tick later than `now`; an interval keeps its phase, a daily one its JST time of day."""
    if row.every_seconds is not None:
        steps = int((now - row.next_run).total_seconds() // row.every_seconds) + 1
        return row.next_run + dt.timedelta(seconds=row.every_seconds * max(steps, 1))
    assert row.daily_at is not None
    return _daily_after(row.daily_at, now)


def ticks_between(row: Schedule, now: dt.datetime) -> list[dt.datetime]:
    """Every tick from `next_run` to `now`; of an interval only the first, for nobody wants them all."""
    ticks = [clock.aware(row.next_run)]
    while row.daily_at is not None and (later := _daily_after(row.daily_at, ticks[-1])) <= now:
        ticks.append(later)
    return ticks


def _spec(row: Schedule, at: dt.datetime) -> JobSpec:
    if not row.dated:
        return JobSpec(row.name, unique_key=f"schedule:{row.name}", schedule=row.name)
    on = at.date().isoformat()
    # run_at is the tick itself, so that missed days run in their order
    return JobSpec(row.name, {"on": on}, f"schedule:{row.name}:{on}", run_at=at, schedule=row.name)


def _rhythm(spec: ScheduleSpec) -> dict[str, object]:
    every = int(spec.every.total_seconds()) if spec.every else None
    return {"every_seconds": every, "daily_at": spec.daily_at, "dated": spec.dated}


def _first(spec: ScheduleSpec, now: dt.datetime) -> dt.datetime:
    return _daily_after(spec.daily_at, now) if spec.daily_at else now


def _daily_after(time: dt.time, moment: dt.datetime) -> dt.datetime:
    local = clock.aware(moment)
    today = dt.datetime.combine(local.date(), time, tzinfo=clock.JST)
    return today if today > local else today + dt.timedelta(days=1)
