"""On which days the shop works. Pure: a calendar is made once and asked many times."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache

import jpholiday

ONE_DAY = dt.timedelta(days=1)
#: No shop is closed this long in one piece; a search that goes further finds nothing.
SEARCH_DAYS = 800


class NoOpenDay(ValueError):
    """The calendar has no open day in reach."""


@lru_cache(maxsize=8192)
def is_holiday(day: dt.date) -> bool:
    """True on a Japanese public holiday, substitute holidays included."""
    return bool(jpholiday.is_holiday(day))


@lru_cache(maxsize=1024)
def holiday_name(day: dt.date) -> str:
    """The holiday's Japanese name, or ""."""
    return jpholiday.is_holiday_name(day) or ""


def seek(day: dt.date, step: dt.timedelta, is_open: Callable[[dt.date], bool]) -> dt.date:
    """The first open day from `day` on, going by `step`; raises NoOpenDay where there is none in reach."""
    for _ in range(SEARCH_DAYS):
        if is_open(day):
            return day
        day += step
    raise NoOpenDay(day.isoformat())


@dataclass(frozen=True)
class BusinessCalendar:
    """Open and closed days. A day in `opened` (臨時営業) is open whatever else says closed."""

    closed_weekdays: frozenset[int] = frozenset()
    closed_on_holidays: bool = False
    closed: frozenset[dt.date] = frozenset()
    opened: frozenset[dt.date] = frozenset()

    def is_open(self, day: dt.date) -> bool:
        """True if the shop works on this day."""
        if day in self.opened:
            return True
        if day in self.closed or day.weekday() in self.closed_weekdays:
            return False
        return not (self.closed_on_holidays and is_holiday(day))

    def next_open(self, day: dt.date) -> dt.date:
        """The first open day strictly after `day`."""
        return seek(day + ONE_DAY, ONE_DAY, self.is_open)

    def open_on_or_after(self, day: dt.date) -> dt.date:
        """`day` itself if open, else the next open day."""
        return seek(day, ONE_DAY, self.is_open)

    def open_on_or_before(self, day: dt.date) -> dt.date:
        """`day` itself if open, else the last open day before it."""
        return seek(day, -ONE_DAY, self.is_open)

    def add_open_days(self, day: dt.date, count: int) -> dt.date:
        """The `count`-th open day after `day`; 0 gives `day`, or the next open day if that is closed."""
        if count < 0:
            raise ValueError("count must not be negative")
        day = self.open_on_or_after(day)
        for _ in range(count):
            day = self.next_open(day)
        return day
