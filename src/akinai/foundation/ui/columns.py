"""Columns and ready-made views of a list."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from akinai.foundation.core.actor import Actor

from .registry import Count, Label


@dataclass(frozen=True, slots=True)
class Column:
    """One column.

    `cell(row)` returns text (it is escaped) or SafeString; without it the table's method `cell_<key>` is used, else the
    row's attribute. `sort` names the order_by expressions that make it sortable. `css` are classes for heading and
    cells (`ak-num`, a width such as `ak-cw-m`, `ak-cut`). `wide` columns go on narrow screens. `hidden` ones must be
    chosen. `export(row)` is the value in a CSV file (default: the row's attribute); `export=None` with `exported=False`
    leaves it out.
    """

    key: str
    label: Label
    cell: Callable[[Any], object] | None = None
    sort: str | tuple[str, ...] = ()
    css: str = ""
    wide: bool = False
    hidden: bool = False
    fixed: bool = False
    export: Callable[[Any], object] | None = None
    exported: bool = True

    @property
    def order_by(self) -> tuple[str, ...]:
        return (self.sort,) if isinstance(self.sort, str) else self.sort

    @property
    def classes(self) -> str:
        return f"{self.css} wide".strip() if self.wide else self.css


@dataclass(frozen=True, slots=True)
class Preset:
    """A view every member of staff has; `count(actor)` is asked once a page, and never for fragments."""

    key: str
    label: Label
    query: Mapping[str, str] = field(default_factory=dict)
    icon: str = ""
    count: Callable[[Actor], int | Count | None] | None = None
