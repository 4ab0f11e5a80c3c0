"""The one clock. Business dates are Asia/Tokyo (GEN-1); nothing else in the house asks the machine for the time."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Protocol
from zoneinfo import ZoneInfo

JST = ZoneInfo("Asia/Tokyo")


class Clock(Protocol):
    """Anything that tells an aware point in time."""

    def now(self) -> dt.datetime: ...


class SystemClock:
    """The machine's clock, in JST."""

    def now(self) -> dt.datetime:
        return dt.datetime.now(JST)


class FrozenClock:
    """A clock that stands still until moved; for tests and for building history."""

    def __init__(self, at: dt.datetime) -> None:
        self._at = aware(at)

    def now(self) -> dt.datetime:
        return self._at

    def move_to(self, at: dt.datetime) -> None:
        self._at = aware(at)

    def advance(self, by: dt.timedelta) -> None:
        self._at += by


def aware(at: dt.datetime) -> dt.datetime:
    """The same moment in JST; a naive value is read as JST."""
    return at.replace(tzinfo=JST) if at.tzinfo is None else at.astimezone(JST)


_clock: Clock = SystemClock()


def set_clock(clock: Clock) -> None:
    """Replace the process's clock."""
    global _clock
    _clock = clock


@contextmanager
def use_clock(clock: Clock) -> Iterator[Clock]:
    """Run a block under another clock."""
    before = _clock
    set_clock(clock)
    try:
        yield clock
    finally:
        set_clock(before)


def now() -> dt.datetime:
    """This moment, aware, in JST."""
    return _clock.now()


def today() -> dt.date:
    """Today's business date in Asia/Tokyo."""
    return now().date()
