"""Until when the shop owes the buyer a word."""

from __future__ import annotations

import datetime as dt

from akinai.foundation.core.clock import aware

from .calendar import BusinessCalendar

NOON = dt.time(12, 0)


def confirmation_deadline(
    received_at: dt.datetime, calendar: BusinessCalendar, *, by: dt.time = NOON, calendar_days: bool = False
) -> dt.datetime:
    """When the order confirmation must be out at the latest, in JST (ORD-22).

    `by` o'clock on the shop's next open day after the day of the order; a shop that counts calendar days answers
    by then on the very next day.
    """
    day = aware(received_at).date()
    due = day + dt.timedelta(days=1) if calendar_days else calendar.next_open(day)
    return aware(dt.datetime.combine(due, by))
