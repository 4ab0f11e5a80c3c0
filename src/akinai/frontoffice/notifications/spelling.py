"""Dates, windows and amounts as mails to buyers spell them. Japanese, whatever language the staff read."""

from __future__ import annotations

import datetime as dt

from akinai.foundation.core import clock
from akinai.foundation.core.money import yen

_WEEKDAYS = "月火水木金土日"
_NAMED = {"08-12": "午前中"}


def day(on: dt.date | None) -> str | None:
    """`11月27日(金)`, with the year where it is another one than today's; None stays None."""
    if on is None:
        return None
    year = f"{on.year}年" if on.year != clock.today().year else ""
    return f"{year}{on.month}月{on.day}日({_WEEKDAYS[on.weekday()]})"


def moment(at: dt.datetime) -> str:
    """`2026年11月24日(火) 9:50`, in JST."""
    local = clock.aware(at)
    return f"{local.year}年{local.month}月{local.day}日({_WEEKDAYS[local.weekday()]}) {local.hour}:{local.minute:02d}"


def until(at: dt.datetime | None) -> str:
    """`11月25日(水)正午`, `11月25日(水)15:00`; blank for none."""
    if at is None:
        return ""
    local = clock.aware(at)
    hour = "正午" if (local.hour, local.minute) == (12, 0) else f"{local.hour}:{local.minute:02d}"
    return f"{day(local.date())}{hour}"


def window(code: str, raw: str = "") -> str:
    """`14時〜16時`, `午前中`; the store's own words where the window was not understood; blank for no wish."""
    if not code:
        return raw.strip()
    if code in _NAMED:
        return _NAMED[code]
    start, end = code.split("-")
    return f"{int(start)}時〜{int(end)}時"


def amount(value: int) -> str:
    """Yen without the unit: `9,020`."""
    return yen(value)


def name_of(person: str, company: str = "") -> str:
    """The name a mail begins with: company and person, or whichever there is."""
    return " ".join(part for part in (company.strip(), person.strip()) if part)
