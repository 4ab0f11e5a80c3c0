"""Until when a bank transfer is due, when the buyer is reminded and when the order lapses."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection
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
    return dates_around(due, due + dt.timedelta(days=rules.cancel_after), accepted_on, rules)


def dates_around(due: dt.date, cancel_on: dt.date, accepted_on: dt.date, rules: DueRules) -> BankDates:
    """The reminders of a due date and a lapse that stand already, for an order accepted on a day (PAY-7)."""
    first = due - dt.timedelta(days=rules.first_before)
    return BankDates(
        due=due,
        remind_first=first if rules.due_days >= SHORTEST_FOR_FIRST and first > accepted_on else None,
        remind_second=add_bank_days(due, rules.second_after),
        remind_last=add_bank_days(due, rules.last_after),
        cancel_on=cancel_on,
    )


def bank_day_before(day: dt.date) -> dt.date:
    """The last bank business day before `day`: until then a passbook must have been read before a buyer is asked
    about a payment (PAY-6)."""
    return seek(day - ONE_DAY, -ONE_DAY, is_bank_day)


def step_due(dates: BankDates, today: dt.date, written: Collection[str]) -> str:
    """Which reminder of an unpaid transfer is to be written today: R1, R2, R3, or "" (T07).

    Each once, never an earlier one after a later one, and of several that were missed only the latest: the gentle one
    has no place after the due date, and none is written once the order may lapse.
    """
    if today >= dates.cancel_on:
        return ""
    if today >= dates.remind_last:
        step = "R3"
    elif today >= dates.remind_second:
        step = "R2"
    elif dates.remind_first is not None and dates.remind_first <= today <= dates.due:
        step = "R1"
    else:
        return ""
    return "" if any(done >= step for done in written) else step
