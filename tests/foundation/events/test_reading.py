"""The live stream misses nothing, also what becomes visible out of order."""

from __future__ import annotations

import datetime as dt

import pytest

from akinai.foundation.core.clock import FrozenClock
from akinai.foundation.events import reading
from akinai.foundation.events.models import StoredEvent
from akinai.foundation.events.reading import Reader, missed_since

pytestmark = pytest.mark.django_db


def write(pk: int) -> None:
    StoredEvent.objects.create(pk=pk, name="test.tea_poured", subject=f"cup:{pk}", actor="staff:1", actor_label="佐藤")


def ids(reader: Reader) -> list[int]:
    return [event.id for event in reader.read()]


def test_only_what_is_new(clock: FrozenClock) -> None:
    write(100)
    reader = Reader()
    assert ids(reader) == []
    write(101)
    (event,) = reader.read()
    assert (event.id, event.subject, event.at, event.actor) == (101, "cup:101", clock.now(), "佐藤")
    assert ids(reader) == []


def test_a_lower_id_that_is_committed_later_still_comes_and_once(clock: FrozenClock) -> None:
    write(100)
    reader = Reader()
    write(104)
    assert ids(reader) == [104]
    write(102)
    write(105)
    assert ids(reader) == [102, 105]
    assert ids(reader) == []


def test_a_hole_that_nobody_fills_is_forgotten(clock: FrozenClock) -> None:
    write(100)
    reader = Reader()
    write(104)
    ids(reader)
    clock.advance(reading.HOLE_PATIENCE + dt.timedelta(seconds=1))
    assert ids(reader) == []
    assert reader._holes == {}


def test_a_jump_in_the_ids_costs_a_bounded_number_of_holes(clock: FrozenClock) -> None:
    reader = Reader()
    write(1_000_000)
    ids(reader)
    assert len(reader._holes) <= reading.MOST_HOLES
    write(999_990)
    assert ids(reader) == [999_990]


def test_more_than_one_look_can_take_comes_in_several(clock: FrozenClock, monkeypatch: pytest.MonkeyPatch) -> None:
    reader = Reader()
    StoredEvent.objects.bulk_create(
        [StoredEvent(pk=n, name="test.tea_poured", subject="cup:1", actor="system") for n in range(1, 701)]
    )
    assert len(ids(reader)) == 500
    assert ids(reader) == list(range(501, 701))


def test_what_a_browser_missed_with_what_may_have_come_late(clock: FrozenClock) -> None:
    write(95)
    clock.advance(dt.timedelta(minutes=5))
    for pk in (99, 100, 101):
        write(pk)
    missed = missed_since(100)
    assert missed is not None
    assert [event.id for event in missed] == [99, 100, 101]


def test_who_missed_too_much_is_told_to_reload(clock: FrozenClock) -> None:
    StoredEvent.objects.bulk_create(
        [StoredEvent(pk=n, name="test.tea_poured", subject="cup:1", actor="system") for n in range(1, 503)]
    )
    assert missed_since(1) is None
    assert missed_since(2) is not None
