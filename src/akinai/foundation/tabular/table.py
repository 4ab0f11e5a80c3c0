"""A file read as a table: headings, rows that know where they stood, and what is wrong with them."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from .problems import Problem, letter, params

#: What the writer puts a `'` before (REL-12) and the reader takes it off again.
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")


@dataclass(frozen=True, slots=True)
class Row:
    """One record. `number` counts records with the headings as 1, `line` is the physical line it starts on.

    A row that is `refused` keeps all the cells it came with, so that a person can mend it.
    """

    number: int
    line: int
    cells: list[str]
    refused: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """What `read_table` found. When `broken`, the file's structure could not be trusted and there are no rows."""

    headings: tuple[str, ...] = ()
    rows: list[Row] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    encoding: str = ""
    delimiter: str = ","
    filename: str = ""
    preamble: list[list[str]] = field(default_factory=list)

    @property
    def broken(self) -> bool:
        """True if the whole file is refused."""
        return any(p.row == 0 and p.is_error for p in self.problems)

    @property
    def width(self) -> int:
        """Columns up to the last one that has a name."""
        return named_width(self.headings)

    def duplicates(self) -> dict[str, list[int]]:
        """Headings that stand more than once, with their positions from 0; unnamed columns do not count."""
        places: dict[str, list[int]] = {}
        for index, heading in enumerate(self.headings):
            if heading:
                places.setdefault(heading_key(heading), []).append(index)
        return {self.headings[at[0]]: at for at in places.values() if len(at) > 1}

    def duplicate_problems(self, known: Sequence[str] = ()) -> list[Problem]:
        """One error for each duplicate heading that is not `known` to stand twice."""
        allowed = {heading_key(k) for k in known}
        return [
            Problem("duplicate_heading", params=params(heading=name, letters=", ".join(letter(i) for i in at)))
            for name, at in self.duplicates().items()
            if heading_key(name) not in allowed
        ]

    def corrected(self, changes: Mapping[int, Sequence[str]]) -> Table:
        """The same table with whole rows retyped by a person: row number -> its cells. Each is judged anew."""
        rows: list[Row] = []
        problems = [p for p in self.problems if p.row not in changes]
        for row in self.rows:
            if row.number not in changes:
                rows.append(row)
                continue
            fixed, found = judge(row.number, row.line, list(changes[row.number]), self.width, len(self.headings))
            rows.append(fixed)
            problems.extend(found)
        return replace(self, rows=rows, problems=problems)

    def renamed(self, index: int, heading: str) -> Table:
        """The same table with another heading at a position."""
        return replace(self, headings=(*self.headings[:index], heading, *self.headings[index + 1 :]))


def heading_key(heading: str) -> str:
    """A heading as it is compared: NFKC, lower case, without blanks (full and half width count as equal)."""
    return "".join(unicodedata.normalize("NFKC", heading).lower().split())


def named_width(headings: Sequence[str]) -> int:
    """Number of columns up to the last named one."""
    width = len(headings)
    while width and not headings[width - 1]:
        width -= 1
    return width


def judge(number: int, line: int, cells: list[str], width: int, full: int) -> tuple[Row, list[Problem]]:
    """One record against its headings (`width` named, `full` counting unnamed ones at the end).

    An empty surplus is cut off with a warning; data in the surplus, missing cells and NUL refuse the row.
    """
    count = len(cells)
    if "\0" in "".join(cells):
        return Row(number, line, cells, refused=True), [Problem("nul", number, line)]
    if count < width:
        problem = Problem("too_few_cells", number, line, params=params(count=count, width=width))
        return Row(number, line, cells, refused=True), [problem]
    if count == width:
        return Row(number, line, cells), []
    at = next((index for index, cell in enumerate(cells[width:], width) if cell.strip()), None)
    if at is not None:
        facts = params(count=count, width=width, value=cells[at])
        return Row(number, line, cells, refused=True), [Problem("surplus_data", number, line, index=at, params=facts)]
    if count <= full:
        return Row(number, line, cells[:width]), []
    found = [Problem("surplus_empty", number, line, index=full, params=params(count=count, width=width))]
    return Row(number, line, cells[:width]), found
