"""Dates, windows, amounts and names as mails spell them: in the language that is active, which is the buyer's."""

from __future__ import annotations

import datetime as dt
from typing import Any, Protocol

from django.utils import translation
from django.utils.functional import Promise

from akinai.foundation.core import clock
from akinai.foundation.core.money import yen
from akinai.shop.terms.models import PaymentMethod

from .english import CARRIERS, SERVICES

_WEEKDAYS = "月火水木金土日"
_NAMED = {"08-12": "午前中"}


class Coded(Protocol):
    """A carrier or service: its code and the shop's name for it."""

    @property
    def code(self) -> str: ...

    @property
    def name(self) -> str: ...


def in_english() -> bool:
    """True while a mail in English is made."""
    return (translation.get_language() or "ja").startswith("en")


def day(on: dt.date | None) -> str | None:
    """`11月27日(金)`, in English `Fri 27 November`, with the year where it is not today's; None stays None."""
    if on is None:
        return None
    other_year = on.year != clock.today().year
    if in_english():
        return f"{on:%a} {on.day} {on:%B}" + (f" {on.year}" if other_year else "")
    year = f"{on.year}年" if other_year else ""
    return f"{year}{on.month}月{on.day}日({_WEEKDAYS[on.weekday()]})"


def moment(at: dt.datetime) -> str:
    """`2026年11月24日(火) 9:50`, in JST. In English `Tue 24 November 2026, 9:50 (Japan time)`."""
    local = clock.aware(at)
    hour = f"{local.hour}:{local.minute:02d}"
    if in_english():
        return f"{local:%a} {local.day} {local:%B %Y}, {hour} (Japan time)"
    return f"{local.year}年{local.month}月{local.day}日({_WEEKDAYS[local.weekday()]}) {hour}"


def until(at: dt.datetime | None) -> str:
    """`11月25日(水)正午`, `11月25日(水)15:00`; blank for none. In English `Wed 25 November, 12:00 (Japan time)`."""
    if at is None:
        return ""
    local = clock.aware(at)
    hour = f"{local.hour}:{local.minute:02d}"
    if in_english():
        return f"{day(local.date())}, {hour} (Japan time)"
    return f"{day(local.date())}{'正午' if hour == '12:00' else hour}"


def window(code: str, raw: str = "") -> str:
    """`14時〜16時`, `午前中`; the store's own words where the window was not understood; blank for no wish."""
    if not code:
        return raw.strip()
    if in_english():
        return "in the morning" if code in _NAMED else "{}:00–{}:00".format(*(int(part) for part in code.split("-")))
    if code in _NAMED:
        return _NAMED[code]
    start, end = code.split("-")
    return f"{int(start)}時〜{int(end)}時"


def amount(value: int) -> str:
    """Yen without the unit: `9,020`."""
    return yen(value)


def listed(words: list[str]) -> str:
    """Several numbers in one line."""
    return (", " if in_english() else "、").join(words)


def name_of(person: str, company: str = "") -> str:
    """The name a mail begins with: company and person, or whichever there is."""
    return " ".join(part for part in (company.strip(), person.strip()) if part)


def paid_by(method: PaymentMethod) -> str:
    """The shop's name of a payment method; in English the kind it is of."""
    return str(method.get_kind_display()) if in_english() else method.name


def carrier_name(carrier: Coded) -> str:
    """`ヤマト運輸`, `Yamato Transport`."""
    return CARRIERS.get(carrier.code, carrier.name) if in_english() else carrier.name


def service_name(carrier: Coded, service: Coded) -> str:
    """`ヤマト運輸 宅急便`, `Yamato Transport TA-Q-BIN`."""
    name = SERVICES.get(service.code, service.name) if in_english() else service.name
    return f"{carrier_name(carrier)} {name}"


def spelled(value: Any) -> Any:
    """A value of the occasion as the mail says it: amounts, days and moments spelled, words in the buyer's language."""
    if isinstance(value, dt.datetime):
        return until(value)
    if isinstance(value, dt.date):
        return day(value)
    if isinstance(value, int):
        return amount(value)
    return str(value) if isinstance(value, Promise) else value
