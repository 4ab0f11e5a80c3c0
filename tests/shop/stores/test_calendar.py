"""Open days of the shop."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from akinai.shop.stores.calendar import BusinessCalendar, NoOpenDay, is_holiday

WEEKEND = frozenset({5, 6})
USUAL = BusinessCalendar(WEEKEND, closed_on_holidays=True)
DAYS = st.dates(dt.date(2026, 1, 1), dt.date(2028, 12, 31))


@st.composite
def calendars(draw: st.DrawFn) -> BusinessCalendar:
    weekdays = draw(st.frozensets(st.integers(0, 6), max_size=6))
    listed = st.frozensets(DAYS, max_size=20)
    return BusinessCalendar(weekdays, draw(st.booleans()), draw(listed), draw(listed))


@pytest.mark.parametrize("day", ["2026-11-03", "2026-11-23", "2026-05-06"])
def test_public_holidays_and_their_substitutes_are_known(day: str) -> None:
    assert is_holiday(dt.date.fromisoformat(day))


def test_next_open_skips_weekend_and_holiday() -> None:
    assert USUAL.next_open(dt.date(2026, 11, 20)) == dt.date(2026, 11, 24)


def test_open_on_or_before_and_after_return_an_open_day_itself() -> None:
    tuesday = dt.date(2026, 11, 24)
    assert USUAL.open_on_or_before(tuesday) == USUAL.open_on_or_after(tuesday) == tuesday
    assert USUAL.open_on_or_before(dt.date(2026, 11, 23)) == dt.date(2026, 11, 20)


@pytest.mark.parametrize(
    ("day", "why"), [("2026-11-21", "weekly"), ("2026-11-23", "holiday"), ("2026-11-25", "listed")]
)
def test_opening_by_exception_overrides_every_kind_of_closing(day: str, why: str) -> None:
    """4.5 臨時営業 overrides weekly, holiday and listed closing."""
    date = dt.date.fromisoformat(day)
    listed = frozenset({dt.date(2026, 11, 25)})
    assert not BusinessCalendar(WEEKEND, True, closed=listed).is_open(date)
    assert BusinessCalendar(WEEKEND, True, closed=listed, opened=frozenset({date})).is_open(date), why


def test_a_calendar_without_open_days_says_so_instead_of_searching_for_ever() -> None:
    with pytest.raises(NoOpenDay):
        BusinessCalendar(frozenset(range(7))).next_open(dt.date(2026, 11, 24))


def test_adding_no_open_days_to_a_closed_day_moves_forward() -> None:
    assert USUAL.add_open_days(dt.date(2026, 11, 21), 0) == dt.date(2026, 11, 24)
    assert USUAL.add_open_days(dt.date(2026, 11, 19), 2) == dt.date(2026, 11, 24)


@given(calendars(), DAYS)
def test_what_is_found_is_open_and_nearest(calendar: BusinessCalendar, day: dt.date) -> None:
    after, before, later = calendar.open_on_or_after(day), calendar.open_on_or_before(day), calendar.next_open(day)
    assert before <= day <= after
    assert day < later
    assert all(calendar.is_open(found) for found in (after, before, later))
    between = (day + dt.timedelta(days=n) for n in range((after - day).days))
    assert not any(calendar.is_open(closed) for closed in between)


@given(calendars(), DAYS, st.integers(0, 15), st.integers(0, 15))
def test_open_days_add_up(calendar: BusinessCalendar, day: dt.date, first: int, second: int) -> None:
    together = calendar.add_open_days(day, first + second)
    assert calendar.add_open_days(calendar.add_open_days(day, first), second) == together
