"""ORD-22: until when an order is confirmed."""

from __future__ import annotations

import datetime as dt

import pytest

from akinai.foundation.core.clock import JST
from akinai.shop.stores.calendar import BusinessCalendar
from akinai.shop.stores.deadlines import confirmation_deadline

USUAL = BusinessCalendar(frozenset({5, 6}), closed_on_holidays=True)
FRIDAY = dt.datetime(2026, 11, 20, 18, 0, tzinfo=JST)


@pytest.mark.parametrize(("calendar_days", "due"), [(False, "2026-11-24T12:00"), (True, "2026-11-21T12:00")])
def test_ord_22_confirmation_is_due_by_noon(calendar_days: bool, due: str) -> None:
    """ORD-22 Fri 18:00 → Tue 12:00 (Monday is a holiday); a shop on calendar days → Sat 12:00."""
    wanted = dt.datetime.fromisoformat(due).replace(tzinfo=JST)
    assert confirmation_deadline(FRIDAY, USUAL, calendar_days=calendar_days) == wanted


def test_ord_22_reads_other_zones_as_tokyo() -> None:
    """ORD-22 An order at 15:30 UTC was placed on the next day in Tokyo."""
    late = dt.datetime(2026, 11, 24, 15, 30, tzinfo=dt.UTC)
    assert confirmation_deadline(late, USUAL) == dt.datetime(2026, 11, 26, 12, 0, tzinfo=JST)
