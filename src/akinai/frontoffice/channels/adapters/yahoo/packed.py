"""The one-file form: each item cell holds the values of all lines as `L1=…&L2=…`."""

from __future__ import annotations

import re
from dataclasses import replace

from akinai.foundation.tabular import Row, Table

_PART = re.compile(r"(?:^|&)L(\d{1,3})=(.*?)(?=&L\d{1,3}=|$)", re.DOTALL)
_ITEM_CELLS = frozenset(
    {"Quantity", "ItemId", "SubCode", "Title", "ItemOptionName", "ItemOptionValue", "SubCodeOption", "UnitPrice"}
)


def is_packed(table: Table) -> bool:
    """True if the item cells of the first rows are packed."""
    at = [i for i, heading in enumerate(table.headings) if heading in ("ItemId", "Quantity")]
    return any(i < len(row.cells) and _PART.match(row.cells[i]) for row in table.rows[:20] for i in at)


def unpack(table: Table) -> Table:
    """One row a line item; the rows of one order keep its record number and line."""
    rows = [part for row in table.rows for part in _rows(row, table.headings)]
    return replace(table, rows=rows)


def _rows(row: Row, headings: tuple[str, ...]) -> list[Row]:
    cells = dict(enumerate(row.cells))
    packed = {i: _parts(cell) for i, cell in cells.items() if i < len(headings) and headings[i] in _ITEM_CELLS}
    count = max((max(parts, default=0) for parts in packed.values()), default=0)
    if row.refused or not count:
        return [row]
    return [
        Row(row.number, row.line, [packed[i].get(n, "") if i in packed else cell for i, cell in cells.items()])
        for n in range(1, count + 1)
    ]


def _parts(cell: str) -> dict[int, str]:
    return {int(number): text for number, text in _PART.findall(cell)}
