"""Until when a bank transfer is due, when the buyer is reminded and when the order lapses."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from akinai.shop.stores.calendar import ONE_DAY, is_holiday, seek

#: A due date shortened below this many days gets no gentle reminder before it.
SHORTEST_FOR_FIRST = 3


@dataclass(frozen=True, slots=True)
class DueRules:
    """The shop's numbers: days to pay (calendar), reminders before (calendar) and after (bank business days)."""

    due_days: int = 7
    first_before: int = 2
    second_after: int = 1
    last_after: int = 3
    cancel_after: int = 7


@dataclass(frozen=True, slots=True)
class BankDates:
    """The dates of one order's transfer. `remind_first` is None where the time to pay is too short for it."""

    due: dt.date
    remind_first: dt.date | None
    remind_second: dt.date
    remind_last: dt.date
    cancel_on: dt.date


def is_bank_day(day: dt.date) -> bool:
    """True when banks in Japan settle: not Saturday, Sunday, public holidays and 12/31 to 1/3."""
    year_end = (day.month, day.day) in {(12, 31), (1, 1), (1, 2), (1, 3)}
    return day.weekday() < 5 and not year_end and not is_holiday(day)


def add_bank_days(day: dt.date, count: int) -> dt.date:
    """The `count`-th bank business day after `day`; 0 gives `day`, or the next one if that is none."""
    day = seek(day, ONE_DAY, is_bank_day)
    for _ in range(count):
        day = seek(day + ONE_DAY, ONE_DAY, is_bank_day)
    return day


def bank_dates(accepted_on: dt.date, rules: DueRules | None = None) -> BankDates:
    """Due date, reminders and lapse for an order accepted on a day (PAY-7).

    The due date moves to the next bank business day; the lapse counts calendar days from it.
    """
    rules = rules or DueRules()
    due = add_bank_days(accepted_on + dt.timedelta(days=rules.due_days), 0)
    first = due - dt.timedelta(days=rules.first_before)
    return BankDates(
        due=due,
        remind_first=first if rules.due_days >= SHORTEST_FOR_FIRST and first > accepted_on else None,
        remind_second=add_bank_days(due, rules.second_after),
        remind_last=add_bank_days(due, rules.last_after),
        cancel_on=due + dt.timedelta(days=rules.cancel_after),
    )
