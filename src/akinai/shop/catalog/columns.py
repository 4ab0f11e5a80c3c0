"""The columns of the products file, and one row of it as facts. Pure."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from akinai.foundation.tabular import ERROR, Problem, Row, Table, problems
from akinai.foundation.tabular import dates as date_cells
from akinai.foundation.tabular import fields as cells
from akinai.foundation.tabular.fields import Parsed
from akinai.foundation.tabular.table import heading_key

from . import jan
from .models import Sku
from .states import Supply, TaxClass, Temperature
from .types import MOST

problems.declare(
    {
        "bad_jan": (ERROR, _("The check digit of JAN “%(value)s” is wrong.")),
        "goods_bad_choice": (ERROR, _("“%(value)s” is not one of: %(choices)s.")),
        "goods_bad_number": (ERROR, _("“%(value)s” is not a whole number from 0 to %(read)s.")),
        "sku_twice": (ERROR, _("The SKU code “%(value)s” stands in this file twice.")),
        "name_missing": (ERROR, _("A product that is not known yet needs a name.")),
        "goods_too_long": (ERROR, _("This cell has more than %(limit)s characters.")),
        "no_sku_column": (ERROR, _("The column “%(heading)s” is missing; goods are found by it.")),
        "other_product": (ERROR, _("The SKU “%(value)s” belongs to another product.")),
    }
)
Parser = Callable[[str], Parsed[Any]]


@dataclass(frozen=True, slots=True)
class FileColumn:
    """One column: the field it fills, its heading, how a cell is read and written."""

    field: str
    label: str | Promise
    read: Parser
    write: Callable[[Sku], str | int | None]
    length: int = 0


def _text(cell: str) -> Parsed[str]:
    return Parsed(cell.strip() or None)


def _code(cell: str) -> Parsed[str]:
    found = cells.identifier(cell)
    return found if found.code else Parsed(found.value or None)


def _number(most: int) -> Parser:
    def read(cell: str) -> Parsed[int]:
        found = cells.yen(cell)
        if found.code not in ("", "currency_mark") or not 0 <= (found.value or 0) <= most:
            return Parsed(None, found.code if found.code == "exponent" else "goods_bad_number", str(most))
        return Parsed(found.value)

    return read


def _jan(cell: str) -> Parsed[str]:
    found = cells.identifier(cell)
    if found.code or not found.value:
        return Parsed(None, found.code)
    code = jan.clean(found.value)
    return Parsed(code) if jan.is_valid(code) else Parsed(None, "bad_jan")


def _day(cell: str) -> Parsed[Any]:
    return date_cells.day(cell) if cell.strip() else Parsed(None)


def _choice(kind: type[TaxClass | Supply | Temperature]) -> Parser:
    def read(cell: str) -> Parsed[str]:
        text = cells.flat(cell).lower()
        if not text:
            return Parsed(None)
        for language in ("ja", "en"):
            with override(language):
                for value, label in kind.choices:
                    if text in (value, cells.flat(str(label)).lower()):
                        return Parsed(value)
        return Parsed(None, "goods_bad_choice", "、".join(str(label) for label in kind.labels))

    return read


def _yes(value: bool) -> int:
    return 1 if value else 0


COLUMNS = (
    FileColumn("code", _("SKU code"), _code, lambda s: s.code, 64),
    FileColumn("product.code", _("Product code"), _code, lambda s: s.product.code, 64),
    FileColumn("product.name", _("Product name"), _text, lambda s: s.product.name, 255),
    FileColumn("variation", _("Variation"), _text, lambda s: s.variation, 120),
    FileColumn("jan", _("JAN"), _jan, lambda s: s.jan),
    FileColumn("product.tax_class", _("Tax class"), _choice(TaxClass), lambda s: s.product.get_tax_class_display()),
    FileColumn("price", _("Price (yen)"), _number(MOST["price"]), lambda s: s.price),
    FileColumn("cost", _("Cost (yen)"), _number(MOST["cost"]), lambda s: s.cost),
    FileColumn("weight_g", _("Weight (g)"), _number(MOST["weight_g"]), lambda s: s.weight_g),
    FileColumn("size_cm", _("Size (cm, three edges)"), _number(MOST["size_cm"]), lambda s: s.size_cm),
    FileColumn("shelf", _("Shelf"), _code, lambda s: s.shelf, 40),
    FileColumn("safety", _("Safety stock"), _number(MOST["safety"]), lambda s: s.safety),
    FileColumn("supply", _("Supply"), _choice(Supply), lambda s: s.get_supply_display()),
    FileColumn("lead_days", _("Days until it can leave"), _number(MOST["lead_days"]), lambda s: s.lead_days),
    FileColumn("release_on", _("Released on"), _day, lambda s: s.release_on.isoformat() if s.release_on else ""),
    FileColumn("packing_note", _("Packing note"), _text, lambda s: s.packing_note, 255),
    FileColumn("product.is_fragile", _("Fragile"), cells.flag, lambda s: _yes(s.product.is_fragile)),
    FileColumn(
        "product.temperature",
        _("Temperature on the way"),
        _choice(Temperature),
        lambda s: s.product.get_temperature_display(),
    ),
    FileColumn("product.is_alcohol", _("Alcohol"), cells.flag, lambda s: _yes(s.product.is_alcohol)),
    FileColumn("is_active", _("On sale"), cells.flag, lambda s: _yes(s.is_active)),
)


def headings() -> list[str]:
    """The headings in the reader's language."""
    return [str(column.label) for column in COLUMNS]


def known_headings() -> list[str]:
    """The headings in every language a file may come in."""
    names: list[str] = []
    for language in ("ja", "en"):
        with override(language):
            names += headings()
    return names


def positions(table: Table) -> dict[int, FileColumn]:
    """Which column of a file is which of ours."""
    ours = dict(zip(map(heading_key, known_headings()), COLUMNS * 2, strict=True))
    named = ((i, ours.get(heading_key(heading))) for i, heading in enumerate(table.headings))
    return {i: column for i, column in named if column is not None}


def lines(skus: Iterable[Sku]) -> Iterator[list[str | int | None]]:
    """The rows of a file for these SKUs, products loaded."""
    for sku in skus:
        yield [column.write(sku) for column in COLUMNS]


def read_row(row: Row, places: Mapping[int, FileColumn]) -> tuple[dict[str, Any], list[Problem]]:
    """The values of one row by field; an empty cell is absent, since it changes nothing."""
    values: dict[str, Any] = {}
    found: list[Problem] = []
    for index, column in places.items():
        cell = row.cells[index]
        value, code, read = column.read(cell)
        if column.length and isinstance(value, str) and len(value) > column.length:
            code = "goods_too_long"
        if code:
            facts = problems.params(value=cell, read=read, choices=read, limit=column.length)
            found.append(Problem(code, row.number, row.line, str(column.label), index, facts))
        if value is not None and code != "goods_too_long":
            values[column.field] = value
    return values, found
