"""The declared settings as the page of numbers and deadlines lists them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _

from .models import Setting
from .settings import Declaration, Settings, declarations, group_name, snapshot


@dataclass(frozen=True, slots=True)
class Planned:
    """A value that has not begun."""

    id: int
    since: dt.date
    words: str


@dataclass(frozen=True, slots=True)
class Line:
    """One setting: what it says now, since when nobody has to know, and what is planned."""

    declaration: Declaration
    words: str
    is_default: bool
    planned: Sequence[Planned] = ()


@dataclass(frozen=True, slots=True)
class Group:
    """The settings of one app under its name."""

    name: str
    lines: list[Line] = field(default_factory=list)


def words(declaration: Declaration, value: Any) -> str:
    """A value as people read it, with its unit."""
    if declaration.kind == "bool":
        return _("Yes") if value else _("No")
    if declaration.kind == "choice":
        return str(dict(declaration.choices).get(value, value))
    return f"{value} {declaration.unit}".strip() if value != "" else "—"


def line(declaration: Declaration, on: dt.date) -> Line:
    """One setting on a day."""
    return _line(declaration, snapshot(on), _planned(on))


def groups(on: dt.date) -> list[Group]:
    """All settings by the app that declared them, in order of declaration. Two queries."""
    now, planned = snapshot(on), _planned(on)
    found: dict[str, Group] = {}
    for key, declaration in declarations().items():
        prefix = key.partition(".")[0]
        found.setdefault(prefix, Group(str(group_name(prefix)))).lines.append(_line(declaration, now, planned))
    return list(found.values())


def _line(declaration: Declaration, now: Settings, planned: Mapping[str, list[Setting]]) -> Line:
    value = now[declaration.key]
    coming = [
        Planned(row.pk, row.effective_from, words(declaration, row.value)) for row in planned.get(declaration.key, [])
    ]
    return Line(declaration, words(declaration, value), value == declaration.default, coming)


def _planned(on: dt.date) -> dict[str, list[Setting]]:
    found: dict[str, list[Setting]] = {}
    for row in Setting.objects.filter(effective_from__gt=on):
        found.setdefault(row.key, []).append(row)
    return found
