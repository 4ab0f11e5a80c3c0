"""Numbers, deadlines and switches of the shop: declared by the apps, changed by people, valid from a date.

An app declares what it needs once, at start; `value` reads it. Code that judges many orders takes one `snapshot`.
"""

from __future__ import annotations

import bisect
import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise

from akinai.foundation.core import clock

from .models import Setting
from .revisions import Kept

KINDS = frozenset({"int", "bool", "text", "time", "choice"})


@dataclass(frozen=True)
class Declaration:
    """A setting that exists: its default, what kind of value it takes and what people read beside it."""

    key: str
    default: Any
    kind: str
    label: str | Promise
    unit: str | Promise = ""
    help_text: str | Promise = ""
    minimum: int | None = None
    maximum: int | None = None
    choices: tuple[tuple[str, str | Promise], ...] = ()


_declared: dict[str, Declaration] = {}


def declare(
    key: str,
    *,
    default: Any,
    kind: str,
    label: str | Promise,
    unit: str | Promise = "",
    help_text: str | Promise = "",
    minimum: int | None = 0,
    maximum: int | None = None,
    choices: Sequence[tuple[str, str | Promise]] = (),
) -> str:
    """Make a setting exist and return its key. `kind` is int, bool, text, time ("HH:MM") or choice.

    Keys are `<app>.<words>`; the part before the dot groups them on the settings page.
    """
    if kind not in KINDS:
        raise RuntimeError(f"setting {key}: no kind {kind}")
    declaration = Declaration(key, default, kind, label, unit, help_text, minimum, maximum, tuple(choices))
    known = _declared.setdefault(key, declaration)
    if known != declaration:
        raise RuntimeError(f"setting {key} is declared twice")
    return key


_groups: dict[str, str | Promise] = {}


def name_group(prefix: str, label: str | Promise) -> None:
    """Say under which heading settings whose key begins with `prefix.` stand on the settings page."""
    _groups[prefix] = label


def group_name(prefix: str) -> str | Promise:
    """The heading of a group; the prefix itself where nobody has named it."""
    return _groups.get(prefix, prefix)


def declarations() -> dict[str, Declaration]:
    """Everything declared, by key, in the order of declaration."""
    return dict(_declared)


def _rows() -> dict[str, list[tuple[dt.date, Any]]]:
    """Every stored value by key, oldest first."""
    found: dict[str, list[tuple[dt.date, Any]]] = {}
    for key, since, value in Setting.objects.order_by("key", "effective_from").values_list(
        "key", "effective_from", "value"
    ):
        found.setdefault(key, []).append((since, value))
    return found


_kept: Kept[dict[str, list[tuple[dt.date, Any]]]] = Kept("settings", _rows)


def _effective(rows: Sequence[tuple[dt.date, Any]], on: dt.date, default: Any) -> Any:
    """The value of the last row that began on or before `on`."""
    place = bisect.bisect_right([since for since, _value in rows], on)
    return rows[place - 1][1] if place else default


@dataclass(frozen=True)
class Settings:
    """Every setting as it stands on one day; asks the database nothing."""

    on: dt.date
    rows: Mapping[str, Sequence[tuple[dt.date, Any]]]

    def __getitem__(self, key: str) -> Any:
        return _effective(self.rows.get(key, ()), self.on, _declared[key].default)

    def time(self, key: str) -> dt.time:
        """A setting of kind time as a time of day (JST)."""
        return dt.time.fromisoformat(self[key])


def snapshot(on: dt.date | None = None) -> Settings:
    """All settings valid on a day (default today, JST): one query, for batches and pure functions."""
    return Settings(on or clock.today(), _kept.get())


def value(key: str, on: dt.date | None = None) -> Any:
    """One setting valid on a day (default today); an undeclared key raises KeyError. One query."""
    return snapshot(on)[key]
