"""Parts of a list as its template draws them."""

from __future__ import annotations

from dataclasses import dataclass

from .columns import Column
from .filters import Filter
from .registry import Count, Label


@dataclass(frozen=True, slots=True)
class ViewChip:
    """A view as drawn; `pk` only for saved ones. `by` is who shares it, `first` says that the list opens with it."""

    label: Label
    query: str
    icon: str
    count: int | Count | None
    on: bool
    pk: int = 0
    is_shared: bool = False
    by: str = ""
    may_change: bool = False
    first: bool = False


@dataclass(frozen=True, slots=True)
class Heading:
    """A column's heading as drawn: where clicking leads, and how it is sorted now."""

    column: Column
    query: str
    state: str


@dataclass(frozen=True, slots=True)
class Chip:
    """A filter as drawn: is it on, what does it say, and where do its choices lead."""

    filter: Filter
    on: bool
    unread: bool
    says: str
    off: str
    toggle: str
    choices: list[tuple[str, Label, str]]
    fields: list[tuple[str, str]]
    rest: list[tuple[str, str]]
