"""Filters of a list, drawn as chips. Each reads its own parameters; what cannot be read is said, never a fault."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar, TypeAlias

from django.db.models import Q, QuerySet
from django.utils.translation import gettext

from akinai.foundation.core import clock

from .html import day
from .registry import Label

Rows: TypeAlias = QuerySet[Any, Any]
Params: TypeAlias = Mapping[str, str]
Choice: TypeAlias = tuple[str, Label]


class Unreadable(Exception):
    """A parameter that means nothing, such as the 31st of February."""


@dataclass(frozen=True, slots=True)
class ChoiceFilter:
    """One of several values. `lookup` is a field lookup or `(rows, value) -> rows`; unknown values are Unreadable."""

    key: str
    label: Label
    choices: Callable[[], Sequence[Choice]]
    lookup: str | Callable[[Rows, str], Rows]
    all_label: Label = ""
    kind: ClassVar[str] = "choice"

    @property
    def params(self) -> tuple[str, ...]:
        return (self.key,)

    def is_on(self, params: Params) -> bool:
        return bool(params.get(self.key))

    def apply(self, rows: Rows, params: Params) -> Rows:
        value = params[self.key]
        if value not in {str(v) for v, _ in self.choices()}:
            raise Unreadable
        return rows.filter(**{self.lookup: value}) if isinstance(self.lookup, str) else self.lookup(rows, value)

    def says(self, params: Params) -> str:
        """The value as words."""
        return next((str(label) for v, label in self.choices() if str(v) == params.get(self.key)), "")


@dataclass(frozen=True, slots=True)
class FlagFilter:
    """On or off. `lookup` is a Q or `(rows) -> rows`."""

    key: str
    label: Label
    lookup: Q | Callable[[Rows], Rows]
    icon: str = ""
    kind: ClassVar[str] = "flag"

    @property
    def params(self) -> tuple[str, ...]:
        return (self.key,)

    def is_on(self, params: Params) -> bool:
        return params.get(self.key) == "1"

    def apply(self, rows: Rows, params: Params) -> Rows:
        return rows.filter(self.lookup) if isinstance(self.lookup, Q) else self.lookup(rows)

    def says(self, params: Params) -> str:
        return ""


@dataclass(frozen=True, slots=True)
class RangeFilter:
    """From and to, both included; `of` is `date`, `datetime` (days in JST) or `number`."""

    key: str
    label: Label
    lookup: str
    of: str = "datetime"
    kind: ClassVar[str] = "range"

    @property
    def params(self) -> tuple[str, ...]:
        return (f"{self.key}_from", f"{self.key}_to")

    @property
    def input_type(self) -> str:
        return "number" if self.of == "number" else "date"

    def is_on(self, params: Params) -> bool:
        return any(params.get(p) for p in self.params)

    def _bound(self, text: str) -> dt.date | int:
        try:
            return int(text) if self.of == "number" else dt.date.fromisoformat(text)
        except ValueError:
            raise Unreadable from None

    def apply(self, rows: Rows, params: Params) -> Rows:
        first, last = (params.get(p, "") for p in self.params)
        if first:
            rows = rows.filter(**{f"{self.lookup}__gte": self._start(self._bound(first))})
        if last:
            end = self._bound(last)
            if self.of == "datetime" and isinstance(end, dt.date):
                if end == dt.date.max:
                    raise Unreadable
                return rows.filter(**{f"{self.lookup}__lt": self._start(end + dt.timedelta(days=1))})
            rows = rows.filter(**{f"{self.lookup}__lte": end})
        return rows

    def _start(self, bound: dt.date | int) -> dt.date | dt.datetime | int:
        """The start of a day in JST where the field holds points in time."""
        if self.of == "datetime" and isinstance(bound, dt.date):
            return dt.datetime.combine(bound, dt.time(), tzinfo=clock.JST)
        return bound

    def says(self, params: Params) -> str:
        """`11/21(土)〜`."""
        return "〜".join(self._say(params.get(p, "")) for p in self.params)

    def _say(self, text: str) -> str:
        if not text:
            return ""
        try:
            bound = self._bound(text)
        except Unreadable:
            return text
        return day(bound) if isinstance(bound, dt.date) else f"{bound:,}"


@dataclass(frozen=True, slots=True)
class TextFilter:
    """Words typed; `apply_text(rows, text)` decides what they mean."""

    key: str
    label: Label
    apply_text: Callable[[Rows, str], Rows]
    placeholder: Label = ""
    kind: ClassVar[str] = "text"

    @property
    def params(self) -> tuple[str, ...]:
        return (self.key,)

    def is_on(self, params: Params) -> bool:
        return bool(params.get(self.key, "").strip())

    def apply(self, rows: Rows, params: Params) -> Rows:
        text = params[self.key].strip()
        if "\x00" in text or len(text) > 200:
            raise Unreadable
        return self.apply_text(rows, text)

    def says(self, params: Params) -> str:
        return gettext("“%(text)s”") % {"text": params.get(self.key, "").strip()}


Filter: TypeAlias = ChoiceFilter | FlagFilter | RangeFilter | TextFilter
