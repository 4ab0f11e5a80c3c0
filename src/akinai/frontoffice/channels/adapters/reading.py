"""Reads the texts of one record as values and notes what is wrong, with row and column."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import TypeVar

from akinai.foundation.core.text import tidy_address
from akinai.foundation.tabular import Problem, Row, dates
from akinai.foundation.tabular.fields import Parsed, flag, identifier, phone, postcode, quantity, yen
from akinai.foundation.tabular.mapping import Mapped
from akinai.frontoffice.channels.types import Party
from akinai.shop.terms import addresses

from . import words

T = TypeVar("T")

_LIMIT = 255
_NOTE_LIMIT = 10_000
_JAPAN = frozenset({"", "JP", "JAPAN", "日本"})


class FieldReader:
    """One record being read: `take…` methods return values and append to `problems`."""

    __slots__ = ("_mapped", "problems", "row", "values")

    def __init__(self, mapped: Mapped, row: Row, values: Mapping[str, str], problems: list[Problem]) -> None:
        self._mapped = mapped
        self.row = row
        self.values = values
        self.problems = problems

    def note(self, code: str, target: str, /, **facts: object) -> None:
        """Append a problem at the column `target` was read from."""
        self.problems.append(self._mapped.problem(code, self.row, target, **facts))

    def note_foreign(self, currency: str, *countries: str) -> None:
        """Append a problem where the amounts are not in yen, and where an address is outside Japan."""
        if self.values[currency].strip().upper() not in ("", "JPY"):
            self.note("wrong_currency", currency, value=self.values[currency])
        for country in countries:
            if self.values[country].strip().upper() not in _JAPAN:
                self.note("foreign_country", country, value=self.values[country])

    def text(self, target: str, limit: int = _LIMIT) -> str:
        """A trimmed text; longer than `limit` is an error."""
        cell = self.values.get(target, "").strip()
        if len(cell) > limit:
            self.note("too_long", target, count=len(cell), limit=limit)
            return cell[:limit]
        return cell

    def note_text(self, target: str) -> str:
        """A long text such as a remark."""
        return self.text(target, _NOTE_LIMIT)

    def code(self, target: str, limit: int = _LIMIT) -> str:
        """A code or number kept digit by digit; spreadsheet damage is an error."""
        cell = self.text(target, limit)
        return self._keep(identifier(cell), target, cell) or "" if cell else ""

    def phone(self, target: str) -> str:
        cell = self.text(target)
        return self._keep(phone(cell), target, cell) or "" if cell else ""

    def postcode(self, target: str) -> str:
        cell = self.text(target)
        return self._keep(postcode(cell), target, cell) or "" if cell else ""

    def yen(self, target: str) -> int | None:
        cell = self.values.get(target, "")
        return self._keep(yen(cell), target, cell) if cell else None

    def off(self, target: str) -> int | None:
        """An amount taken off, positive whichever sign the store writes."""
        value = self.yen(target)
        return None if value is None else abs(value)

    def quantity(self, target: str) -> int | None:
        cell = self.values.get(target, "")
        return self._keep(quantity(cell), target, cell)

    def flag(self, target: str) -> bool | None:
        cell = self.values.get(target, "")
        return self._keep(flag(cell), target, cell) if cell else None

    def day(self, target: str) -> dt.date | None:
        cell = self.values.get(target, "")
        return self._keep(dates.day(cell), target, cell) if cell else None

    def moment(self, target: str) -> dt.datetime | None:
        """A moment that must be there."""
        cell = self.values.get(target, "")
        if not cell.strip():
            self.note("missing_value", target)
            return None
        return self._keep(dates.moment(cell), target, cell)

    def party(self, prefix: str) -> Party:
        """Buyer (`buyer_`) or receiver (`ship_`); the prefecture is split off the address where it stands there."""
        prefecture = words.prefecture(self.text(prefix + "prefecture"))
        address1 = tidy_address(self.text(prefix + "address1"))
        if prefecture:
            address1 = address1.removeprefix(prefecture).strip()
        else:
            prefecture, address1 = addresses.split_prefecture(address1)
        return Party(
            self.text(prefix + "name"),
            self.text(prefix + "kana"),
            self.text(prefix + "company"),
            self.postcode(prefix + "postcode"),
            prefecture,
            address1,
            tidy_address(self.text(prefix + "address2")),
            self.phone(prefix + "phone"),
            self.text(prefix + "mail"),
        )

    def _keep(self, parsed: Parsed[T], target: str, cell: str) -> T | None:
        if parsed.code:
            self.note(parsed.code, target, value=cell, read=parsed.read)
        return parsed.value
