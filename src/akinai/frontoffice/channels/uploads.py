"""The files of an import as they came, with a person's corrections, read by a preset. Pure: no database."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from akinai.foundation.tabular import Problem, Table, read_table
from akinai.foundation.tabular.problems import params
from akinai.foundation.tabular.table import heading_key

from .adapters.base import Preset, ValueMaps
from .types import ReadResult

#: Headings end within so many bytes.
HEAD = 60_000


@dataclass(frozen=True, slots=True)
class Upload:
    """A file as it was dropped."""

    name: str
    content: bytes


@dataclass(frozen=True, slots=True)
class Change:
    """A corrected cell: `column` counts from 0; `removed` takes the cell out and closes the gap."""

    file: int
    row: int
    column: int
    new: str = ""
    removed: bool = False


@dataclass(frozen=True, slots=True)
class Fault:
    """A problem with the file it is in (position from 0) and the order it belongs to ("" for none)."""

    problem: Problem
    file: int = 0
    number: str = ""

    @property
    def is_error(self) -> bool:
        return self.problem.is_error

    def as_json(self) -> dict[str, Any]:
        """As stored: the sentence is made when it is read, in the reader's language."""
        p = self.problem
        return {
            "code": p.code, "row": p.row, "line": p.line, "column": p.column, "index": p.index,
            "params": dict(p.params), "file": self.file, "number": self.number,
        }  # fmt: skip

    @classmethod
    def from_json(cls, stored: Mapping[str, Any], names: Sequence[str] = ()) -> Fault:
        """`names` are the names of the files, told only where there are several."""
        file = int(stored["file"])
        named = names[file] if len(names) > 1 and file < len(names) else ""
        problem = Problem(
            stored["code"], stored["row"], stored["line"], stored["column"], stored["index"],
            params(**stored["params"]), named,
        )  # fmt: skip
        return cls(problem, file, stored["number"])


@dataclass(frozen=True, slots=True)
class Reading:
    """What a preset made of the files."""

    tables: list[Table]
    result: ReadResult
    faults: list[Fault]

    def cells(self, file: int, row: int) -> list[str] | None:
        """The cells of a row by its record number; None if there is no such row."""
        if not 0 <= file < len(self.tables):
            return None
        return next((r.cells for r in self.tables[file].rows if r.number == row), None)

    @property
    def refused(self) -> bool:
        """True if nothing of the files can be trusted."""
        return self.result.broken


def read_uploads(preset: Preset, uploads: Sequence[Upload], changes: Sequence[Change], maps: ValueMaps) -> Reading:
    """Read the files with the corrections put in. Never raises on any bytes."""
    tables = [
        corrected(
            read_table(upload.content, filename=upload.name, known=preset.headings),
            [change for change in changes if change.file == position],
        )
        for position, upload in enumerate(uploads)
    ]
    result = preset.read(tables, maps)
    return Reading(tables, result, _faults(preset, tables, result))


def likeness(preset: Preset, upload: Upload) -> float:
    """Which share (0 to 1) of the headings of a file a preset knows, or of its own the file has, whichever are fewer.

    Only the beginning of the file is looked at, up to the end of a line: half a character would say that the file is in
    another encoding.
    """
    head = upload.content[: upload.content.rfind(b"\n", 0, HEAD) + 1 or HEAD]
    headings = {heading_key(h) for h in read_table(head, known=preset.headings).headings if h.strip()}
    known = {heading_key(h) for h in preset.headings}
    return len(headings & known) / min(len(headings), len(known)) if headings else 0.0


def corrected(table: Table, changes: Sequence[Change]) -> Table:
    """The table with cells changed one after the other; rows it does not have are left alone."""
    rows = {row.number: row.cells for row in table.rows}
    retyped: dict[int, list[str]] = {}
    for change in changes:
        if change.row not in rows:
            continue
        cells = retyped.setdefault(change.row, list(rows[change.row]))
        if change.removed:
            del cells[change.column : change.column + 1]
        else:
            cells += [""] * (change.column + 1 - len(cells))
            cells[change.column] = change.new
    return table.corrected(retyped) if retyped else table


def _faults(preset: Preset, tables: Sequence[Table], result: ReadResult) -> list[Fault]:
    names = preset.name_files(tables) if preset.name_files else [""] * len(tables)
    places = {name: position for position, name in enumerate(names)}
    owners = {p: r.store_number for r in result.refused for p in r.problems}
    owners |= {p: o.store_number for o in result.orders for p in o.problems}
    by_row = {row: r.store_number for r in result.refused for row in r.rows} if len(tables) == 1 else {}
    return [
        Fault(replace(p, file=""), places.get(p.file, 0), owners.get(p) or by_row.get(p.row, ""))
        for p in result.problems
    ]
