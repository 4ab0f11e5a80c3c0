"""What runs by itself runs once, and the day it missed too."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

import pytest

from akinai.foundation import jobs
from akinai.foundation.core.clock import JST, FrozenClock
from akinai.foundation.jobs import registry, scheduling
from akinai.foundation.jobs.models import Job, Schedule

days: list[str] = []
MINE = ("test.midnight", "test.import", "test.close")


@pytest.fixture(autouse=True)
def three_schedules() -> Iterator[None]:
    kept_tasks, kept_schedules = dict(registry._tasks), dict(registry._schedules)
    registry._schedules.clear()
    days.clear()
    registry.task(name="test.midnight")(lambda on: days.append(on))
    registry.task(name="test.import", max_attempts=1)(lambda: None)
    registry.task(name="test.close")(lambda: None)
    registry.schedule("test.midnight", daily_at="00:00", dated=True)
    registry.schedule("test.import", every=dt.timedelta(minutes=10))
    registry.schedule("test.close", daily_at="17:00")
    yield
    registry._tasks.clear()
    registry._tasks.update(kept_tasks)
    registry._schedules.clear()
    registry._schedules.update(kept_schedules)


@pytest.mark.django_db
def test_rows_are_made_from_declarations_and_keep_what_staff_chose(clock: FrozenClock) -> None:
    Schedule.objects.create(name="test.gone", every_seconds=5, next_run=clock.now())
    scheduling.sync()
    Schedule.objects.filter(name="test.close").update(is_on=False)
    scheduling.sync()
    assert {s.name: s.is_on for s in Schedule.objects.all()} == {
        "test.midnight": True,
        "test.import": True,
        "test.close": False,
    }
    registry.schedule("test.close", daily_at="18:00")
    scheduling.sync()
    changed = Schedule.objects.get(name="test.close")
    assert changed.next_run == dt.datetime(2026, 11, 24, 18, 0, tzinfo=JST)
    assert not changed.is_on


@pytest.mark.django_db
def test_ord_6_the_midnight_tick_runs_for_every_day_missed_in_order(clock: FrozenClock) -> None:
    """ORD-6"""
    scheduling.sync()
    clock.move_to(dt.datetime(2026, 11, 27, 8, 0, tzinfo=JST))
    scheduling.tick()
    jobs.services.run_pending()
    assert days == ["2026-11-25", "2026-11-26", "2026-11-27"]
    assert Schedule.objects.get(name="test.midnight").next_run == dt.datetime(2026, 11, 28, 0, 0, tzinfo=JST)


@pytest.mark.django_db
def test_an_undated_day_and_an_interval_run_once_however_much_was_missed(clock: FrozenClock) -> None:
    scheduling.sync()
    clock.move_to(dt.datetime(2026, 11, 27, 8, 3, tzinfo=JST))
    scheduling.tick()
    assert Job.objects.filter(name="test.close").count() == 1
    assert Job.objects.filter(name="test.import").count() == 1
    # The interval keeps its phase: it began at 09:50
    assert Schedule.objects.get(name="test.import").next_run == dt.datetime(2026, 11, 27, 8, 10, tzinfo=JST)


@pytest.mark.django_db
def test_a_second_tick_in_the_same_moment_makes_nothing(clock: FrozenClock) -> None:
    scheduling.sync()
    assert scheduling.tick() == 1
    assert scheduling.tick() == 0


@pytest.mark.django_db
def test_of_two_workers_that_saw_the_same_tick_one_wins(clock: FrozenClock) -> None:
    scheduling.sync()
    seen = Schedule.objects.get(name="test.import")
    assert scheduling._tick(seen, clock.now()) == 1
    assert scheduling._tick(seen, clock.now()) == 0


@pytest.mark.django_db
def test_what_is_off_does_not_run(clock: FrozenClock) -> None:
    scheduling.sync()
    Schedule.objects.update(is_on=False)
    assert scheduling.tick() == 0


@pytest.mark.django_db
def test_a_run_that_found_nothing_is_still_well(clock: FrozenClock) -> None:
    scheduling.sync()
    scheduling.tick()
    clock.advance(dt.timedelta(minutes=3))
    late = dt.timedelta(minutes=2)
    assert [s.name for s in jobs.selectors.overdue_schedules(after=late)] == ["test.import"]
    jobs.services.run_pending()
    row = Schedule.objects.get(name="test.import")
    assert row.last_ok == clock.now()
    assert not jobs.selectors.overdue_schedules(after=late).exists()
    assert jobs.selectors.schedules().count() == 3


def test_a_name_nobody_declared_stops_the_start() -> None:
    registry.schedule("test.nobody", daily_at="00:00")
    with pytest.raises(jobs.UnknownTask, match=r"test\.nobody"):
        registry.check_names()


def test_a_name_asked_for_but_not_declared_stops_the_start() -> None:
    jobs.named("test.asked")
    try:
        with pytest.raises(jobs.UnknownTask, match=r"test\.asked"):
            registry.check_names()
    finally:
        registry._named.discard("test.asked")


def test_a_name_declared_twice_stops_the_start() -> None:
    with pytest.raises(RuntimeError, match="declared twice"):
        registry.task(name="test.import")(len)


def test_a_rhythm_is_either_or() -> None:
    with pytest.raises(ValueError, match="either"):
        registry.schedule("test.import")
    with pytest.raises(ValueError, match="dated"):
        registry.schedule("test.import", every=dt.timedelta(hours=1), dated=True)
