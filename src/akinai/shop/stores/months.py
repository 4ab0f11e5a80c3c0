"""Months as the calendar page shows them. Pure."""

from __future__ import annotations

import calendar as almanac
import datetime as dt
import re
from collections.abc import Mapping
from dataclasses import dataclass

from .calendar import BusinessCalendar, holiday_name

_MONTH = re.compile(r"(20\d\d)-(0[1-9]|1[0-2])")


@dataclass(frozen=True, slots=True)
class Day:
    """One cell: open or not, why, and whether a person has marked it. `outside` belongs to the next or last month."""

    date: dt.date
    is_open: bool
    holiday: str
    marked: bool
    note: str
    outside: bool
    is_today: bool


def weeks(
    first: dt.date, *, calendar: BusinessCalendar, notes: Mapping[dt.date, str], today: dt.date
) -> list[list[Day]]:
    """The weeks of a month from Monday to Sunday, with the days around it that fill them."""
    marked = calendar.closed | calendar.opened
    return [
        [
            Day(
                date=day,
                is_open=calendar.is_open(day),
                holiday=holiday_name(day),
                marked=day in marked,
                note=notes.get(day, ""),
                outside=day.month != first.month,
                is_today=day == today,
            )
            for day in week
        ]
        for week in almanac.Calendar().monthdatescalendar(first.year, first.month)
    ]


def asked(text: str, today: dt.date) -> dt.date:
    """The first day of the month a reader asks for, such as 2026-11; this month if it makes no sense."""
    found = _MONTH.fullmatch(text)
    return dt.date(int(found[1]), int(found[2]), 1) if found else today.replace(day=1)


def neighbours(first: dt.date) -> tuple[dt.date, dt.date]:
    """The first day of the month before and after."""
    before = (first - dt.timedelta(days=1)).replace(day=1)
    after = (first + dt.timedelta(days=32)).replace(day=1)
    return before, after
