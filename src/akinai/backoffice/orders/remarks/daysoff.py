"""Days that the calendar knows: runs of days off (連休), the second Sunday of May."""

from __future__ import annotations

import datetime as dt

from akinai.shop.stores.calendar import is_holiday

DAY = dt.timedelta(days=1)
#: How far ahead a run of days off is looked for; every half year has one.
_AHEAD_DAYS = 250


def long_weekend(ordered: dt.date) -> tuple[dt.date, dt.date] | None:
    """First and last of the next three or more days off in a row that are not over after `ordered`."""
    first = ordered
    while _is_off(first - DAY):
        first -= DAY
    while (first - ordered).days < _AHEAD_DAYS:
        last = first
        while _is_off(first) and _is_off(last + DAY):
            last += DAY
        if (last - first).days >= 2:
            return first, last
        first = last + DAY
    return None


def _is_off(day: dt.date) -> bool:
    return day.weekday() >= 5 or is_holiday(day)


def nth_upcoming(month: int, weekday: int, nth: int, ordered: dt.date) -> dt.date:
    """The nth weekday (0 = Monday) of a month, of this year or, where that is past, of the next."""
    for year in (ordered.year, ordered.year + 1):
        first = dt.date(year, month, 1)
        at = first + ((weekday - first.weekday()) % 7 + 7 * (nth - 1)) * DAY
        if at >= ordered:
            return at
    return at
