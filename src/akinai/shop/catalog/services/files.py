"""Products and SKUs from a file: the whole file is judged first, and one fault means that nothing is changed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from django.db import transaction

from akinai.foundation.audit import services as audit
from akinai.foundation.core.actor import Actor
from akinai.foundation.tabular import Problem, Table, read_table
from akinai.foundation.tabular.problems import params
from akinai.shop.catalog import columns, search
from akinai.shop.catalog.models import Product, Sku
from akinai.shop.catalog.types import ImportResult

#: rows written in one transaction, so that others are never kept waiting
PORTION = 100


@dataclass(slots=True)
class Line:
    """One row: where it stood, what it says, and the SKU and product it speaks of (new ones unsaved)."""

    number: int
    line: int
    values: dict[str, Any]
    sku: Sku
    product: Product
    changed: bool = False

    @property
    def is_new(self) -> bool:
        return self.sku.pk is None


def import_products(actor: Actor, *, data: bytes, filename: str = "", dry_run: bool = False) -> ImportResult:
    """Add and change products and SKUs from a CSV or TSV file, found by SKU code; our own export is such a file.

    Columns may be left out and empty cells change nothing. With any error in the file (told by row and column)
    nothing is changed; likewise with `dry_run`.
    """
    table = read_table(data, filename=filename, known=columns.known_headings())
    lines, problems = _read(table)
    result = ImportResult(
        rows=len(table.rows),
        created=sum(line.is_new for line in lines),
        changed=sum(line.changed and not line.is_new for line in lines),
        unchanged=sum(not line.changed and not line.is_new for line in lines),
        problems=sorted(problems, key=lambda problem: problem.row),
    )
    if dry_run or result.refused:
        return result
    todo = [line for line in lines if line.changed or line.is_new]
    for start in range(0, len(todo), PORTION):
        _write(actor, todo[start : start + PORTION], filename)
    return replace(result, done=True)


def _read(table: Table) -> tuple[list[Line], list[Problem]]:
    problems = [*table.problems, *table.duplicate_problems()]
    places = columns.positions(table)
    if not table.broken and not any(column.field == "code" for column in places.values()):
        problems.append(Problem("no_sku_column", params=params(heading=columns.COLUMNS[0].label)))
    if any(problem.row == 0 and problem.is_error for problem in problems):
        return [], problems
    told: list[tuple[int, int, dict[str, Any]]] = []
    for row in table.rows:
        if not row.refused:
            values, found = columns.read_row(row, places)
            problems += found
            told.append((row.number, row.line, values))
    return _match(told, problems), problems


def _match(told: Sequence[tuple[int, int, dict[str, Any]]], problems: list[Problem]) -> list[Line]:
    """Each row with its SKU and product; what is wrong with the row as a whole is added to `problems`."""
    skus = _known(Sku, [v.get("code") for _n, _l, v in told])
    products = _known(Product, [v.get("product.code") or v.get("code") for _n, _l, v in told])
    lines: list[Line] = []
    seen: set[str] = set()
    for number, line, values in told:
        code = str(values.get("code", ""))
        fault = "sku_twice" if code in seen else "" if code else "missing_value"
        if not fault:
            seen.add(code)
            sku = skus.get(code) or Sku(code=code)
            product = _product_of(sku, values, products)
            fault = _apply(lines, Line(number, line, values, sku, product))
        if fault:
            problems.append(Problem(fault, number, line, params=params(value=code)))
    return lines


def _product_of(sku: Sku, values: dict[str, Any], products: dict[str, Product]) -> Product:
    code = values.get("product.code")
    if sku.pk is not None and (code is None or code == sku.product.code):
        return products.setdefault(sku.product.code, sku.product)
    key = code or sku.code
    return products.setdefault(key, Product(code=key))


def _apply(lines: list[Line], line: Line) -> str:
    """Put the values onto the rows; returns the code of a fault, "" if all is well."""
    if line.sku.pk is not None and line.sku.product_id != line.product.pk:
        return "other_product"
    for field, value in line.values.items():
        target: Sku | Product = line.product if field.startswith("product.") else line.sku
        name = field.removeprefix("product.")
        if getattr(target, name) != value:
            setattr(target, name, value)
            line.changed = True
    lines.append(line)
    return "" if line.product.name else "name_missing"


def _known(model: Any, codes: Sequence[Any]) -> dict[str, Any]:
    """Rows of these codes by code, a few statements for any number."""
    wanted = sorted({code for code in codes if code})
    found: dict[str, Any] = {}
    for start in range(0, len(wanted), 500):
        rows = model.objects.filter(code__in=wanted[start : start + 500])
        rows = rows.select_related("product") if model is Sku else rows
        found.update({row.code: row for row in rows})
    return found


_PRODUCT = ["name", "tax_class", "is_fragile", "temperature", "is_alcohol"]
_SKU = [
    column.field for column in columns.COLUMNS if not column.field.startswith("product.") and column.field != "code"
]


@transaction.atomic
def _write(actor: Actor, lines: Sequence[Line], filename: str) -> None:
    products = list({id(line.product): line.product for line in lines}.values())
    new = [product for product in products if product.pk is None]
    Product.objects.bulk_create(new)
    Product.objects.bulk_update([p for p in products if p not in new], _PRODUCT)
    fresh = [line.sku for line in lines if line.is_new]
    deeds = [line.is_new for line in lines]
    for line in lines:
        line.sku.product = line.product
    Sku.objects.bulk_update([line.sku for line in lines if not line.is_new], _SKU)
    Sku.objects.bulk_create(fresh)
    search.refresh([product.pk for product in products])
    audit.record_many(
        actor,
        [
            ("catalog.added" if is_new else "catalog.changed", f"sku:{line.sku.pk}", {"file": filename})
            for line, is_new in zip(lines, deeds, strict=True)
        ],
    )
