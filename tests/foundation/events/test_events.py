"""What happened is written down with what it tells of, and everybody who wants to know hears of it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, ClassVar

import pytest
from django.db import transaction

from akinai.foundation import events, jobs
from akinai.foundation.core.actor import Actor
from akinai.foundation.core.clock import FrozenClock
from akinai.foundation.events import payload, registry
from akinai.foundation.events.errors import UnreadableEvent
from akinai.foundation.events.models import StoredEvent
from akinai.foundation.jobs.models import Job
from akinai.foundation.jobs.permissions import VIEW
from akinai.foundation.jobs.registry import check_names


class Colour(StrEnum):
    RED = "red"


@dataclass(frozen=True, slots=True)
class TeaPoured(events.Event):
    name: ClassVar[str] = "test.tea_poured"
    permission: ClassVar[str] = VIEW

    cup: int
    on: dt.date | None = None
    at: dt.datetime | None = None
    colour: Colour = Colour.RED
    guests: tuple[str, ...] = ()

    @property
    def subject(self) -> str:
        return f"cup:{self.cup}"


@dataclass(frozen=True)
class CupBroken(events.Event):
    name: ClassVar[str] = "test.cup_broken"
    permission: ClassVar[str] = VIEW

    cup: int

    @property
    def subject(self) -> str:
        return f"cup:{self.cup}"


heard: list[Any] = []


@jobs.task(name="test.hear_tea")
def hear_tea(event_id: int) -> None:
    heard.append(events.load(event_id, TeaPoured))


@jobs.task(name="test.count_tea")
def count_tea(event_id: int) -> None:
    heard.append(event_id)


@pytest.fixture(autouse=True)
def two_listeners() -> Iterator[None]:
    heard.clear()
    events.subscribe(TeaPoured, "test.hear_tea")
    events.subscribe(TeaPoured, "test.count_tea")
    events.subscribe(TeaPoured, "test.count_tea")
    yield
    registry._subscribers.pop(TeaPoured.name)


@pytest.mark.django_db
def test_every_subscriber_hears_of_it_once(clock: FrozenClock, actor: Actor) -> None:
    poured = TeaPoured(7, clock.now().date(), clock.now(), Colour.RED, ("山田", "佐藤"))
    (key,) = events.emit(poured, actor=actor)
    assert jobs.services.run_pending() == 2
    loaded, event_id = sorted(heard, key=lambda one: isinstance(one, int))
    assert event_id == key
    assert (loaded.event, loaded.at, loaded.actor) == (poured, clock.now(), actor)
    assert loaded.event.subject == "cup:7"


@pytest.mark.django_db
def test_many_events_are_few_statements(actor: Actor, django_assert_num_queries: Any) -> None:
    with django_assert_num_queries(3):
        events.emit(*[TeaPoured(n) for n in range(30)], actor=actor)
    assert StoredEvent.objects.count() == 30
    assert Job.objects.values("unique_key").distinct().count() == 60
    with django_assert_num_queries(2):
        events.emit(CupBroken(1), actor=actor)
    with django_assert_num_queries(0):
        events.emit(actor=actor)


@pytest.mark.django_db
def test_the_timeline_of_a_thing(actor: Actor) -> None:
    events.emit(TeaPoured(1), CupBroken(1), CupBroken(2), actor=actor)
    assert [e.name for e in events.selectors.for_subject("cup:1")] == ["test.cup_broken", "test.tea_poured"]


@pytest.mark.django_db
def test_an_event_of_another_kind_or_of_none_is_refused_for_good(actor: Actor) -> None:
    (key,) = events.emit(CupBroken(1), actor=actor)
    assert events.load(key).event == CupBroken(1)
    with pytest.raises(UnreadableEvent):
        events.load(key, TeaPoured)
    StoredEvent.objects.update(name="test.from_the_future")
    with pytest.raises(UnreadableEvent):
        events.load(key)


@pytest.mark.django_db(transaction=True)
def test_outside_a_transaction_it_is_refused_and_a_rollback_takes_all_along(actor: Actor) -> None:
    with pytest.raises(transaction.TransactionManagementError):
        events.emit(TeaPoured(1), actor=actor)
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        events.emit(TeaPoured(1), actor=actor)
        raise ZeroDivisionError
    assert not StoredEvent.objects.exists()
    assert not Job.objects.exists()


def test_a_field_that_is_gone_is_dropped_and_a_new_one_has_its_default() -> None:
    assert payload.unpack(TeaPoured, {"cup": 3, "sugar": True}) == TeaPoured(3)


def test_a_subscriber_nobody_declared_stops_the_start() -> None:
    events.subscribe(TeaPoured, "test.deaf")
    try:
        with pytest.raises(jobs.UnknownTask, match=r"test\.deaf"):
            check_names()
    finally:
        jobs.registry._named.discard("test.deaf")


def test_an_event_without_a_permission_stops_the_start() -> None:
    type("Secret", (events.Event,), {"name": "test.secret"})
    try:
        with pytest.raises(RuntimeError, match=r"test\.secret"):
            registry.check_names()
    finally:
        registry._kinds.pop("test.secret")


def test_two_events_of_one_name_stop_the_start() -> None:
    with pytest.raises(RuntimeError, match="declared twice"):
        type("Other", (events.Event,), {"name": "test.cup_broken"})
