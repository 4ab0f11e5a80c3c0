"""A file of any shop to a table: delimiter, headings after a preamble, ragged rows, limits."""

from __future__ import annotations

import csv
import io
import re
from collections import Counter
from collections.abc import Collection, Iterator
from dataclasses import dataclass

from .decoding import decode
from .problems import Problem, params
from .table import FORMULA_STARTS, Row, Table, heading_key, judge, named_width

_LOOK = 40  # records looked at to find delimiter and headings
_GUARDED = re.compile(r"'+[=+\-@\t\r]")
_NUMBERISH = re.compile(r"[\d\s,./:()\-+¥円年月日]+")


@dataclass(frozen=True, slots=True)
class Limits:
    """Where reading stops with a sentence instead of a full memory."""

    megabytes: int = 20
    columns: int = 500
    cells: int = 3_000_000
    cell_length: int = 100_000


_DEFAULT = Limits()


class _Broken(Exception):
    def __init__(self, problem: Problem) -> None:
        super().__init__(problem.code)
        self.problem = problem


def read_table(
    data: bytes, *, filename: str = "", known: Collection[str] = (), limits: Limits = _DEFAULT, unguard: bool = True
) -> Table:
    """Read a CSV or TSV file of unknown make.

    `known` are headings the caller would understand; they decide the heading row and the delimiter where given.
    Broken structure (encoding, unclosed quote, a limit) gives a table that is `broken`, with the physical line.
    Rows that cannot be trusted are `refused` and kept. `unguard` takes off the `'` our own writer puts before
    = + - @ tab CR (REL-12). Never raises on any bytes.
    """
    if len(data) > limits.megabytes * 1_000_000:
        size = params(size=f"{len(data) / 1_000_000:.1f}", limit=limits.megabytes)
        return Table(problems=[Problem("file_too_large", params=size)], filename=filename)
    text, encoding, problems = decode(data)
    if problems:
        return Table(problems=problems, encoding=encoding, filename=filename)
    text = text.removeprefix("\ufeff")
    keys = frozenset(heading_key(k) for k in known)
    try:
        delimiter = _delimiter(text, keys)
        records = list(_records(text, delimiter, limits))
        return _table(records, keys, limits, (encoding, delimiter, filename), unguard)
    except _Broken as broken:
        return Table(problems=[broken.problem], encoding=encoding, filename=filename)


def _records(text: str, delimiter: str, limits: Limits, stop: int = 0) -> Iterator[tuple[int, list[str]]]:
    """(physical line of its start, cells) of each record; blank lines are none."""
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    line, cells, seen = 1, 0, 0
    while True:
        try:
            record = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            raise _Broken(_csv_problem(error, line, reader.line_num, limits)) from None
        if record:
            cells += len(record)
            if cells > limits.cells:
                raise _Broken(Problem("too_many_cells", params=params(limit=f"{limits.cells:,}")))
            if max(map(len, record)) > limits.cell_length:
                raise _Broken(Problem("huge_cell", line=line, params=params(limit=f"{limits.cell_length:,}")))
            yield line, record
            seen += 1
            if seen == stop:
                return
        line = reader.line_num + 1


def _csv_problem(error: csv.Error, start: int, now: int, limits: Limits) -> Problem:
    text = str(error)
    if "field larger" in text:
        return Problem("huge_cell", line=start, params=params(limit=f"{limits.cell_length:,}"))
    if "expected after" in text:
        return Problem("bad_quote", line=max(now, start))
    return Problem("unclosed_quote", line=start)


def _delimiter(text: str, keys: frozenset[str]) -> str:
    """Comma or tab: whichever names more known headings, else whichever gives the commoner table shape."""
    head = text[:200_000]
    if "\t" not in head:
        return ","
    return max(",\t", key=lambda mark: _score(head, mark, keys))


def _score(head: str, delimiter: str, keys: frozenset[str]) -> tuple[int, int]:
    records = [r.split(delimiter) for r in head.splitlines()[:_LOOK] if r.strip()]
    hits = max((sum(heading_key(c.strip('"')) in keys for c in r[:1000]) for r in records), default=0)
    widths = Counter(len(r) for r in records if len(r) > 1)
    return hits, max((width * count for width, count in widths.items()), default=0)


def _heading_at(records: list[tuple[int, list[str]]], keys: frozenset[str]) -> int | None:
    """Index of the heading row: most known headings, else the first full row of distinct words."""
    look = [cells for _, cells in records[:_LOOK]]
    if keys:
        hits = [len({heading_key(c) for c in cells[:2000]} & keys) for cells in look]
        best = max(hits, default=0)
        if best:
            return hits.index(best)
    if not look:
        return None
    widths = Counter(len(cells) for cells in look if len(cells) <= 2000) or Counter({1: 1})
    usual = max(widths, key=lambda w: (w > 1, widths[w] * w))
    for at, cells in enumerate(look):
        named = [c for c in cells if c.strip()]
        if len(cells) >= min(usual, named_width(cells) or 1) and len(named) * 2 > usual and _is_wordy(named):
            return at
    return None


def _is_wordy(cells: list[str]) -> bool:
    return not any(_NUMBERISH.fullmatch(cell.strip()) for cell in cells)


def _table(
    records: list[tuple[int, list[str]]],
    keys: frozenset[str],
    limits: Limits,
    source: tuple[str, str, str],
    unguard: bool,
) -> Table:
    at = _heading_at(records, keys)
    if at is None:
        raise _Broken(Problem("no_headings"))
    raw = records[at][1]
    if len(raw) > limits.columns:
        raise _Broken(Problem("too_many_columns", params=params(count=f"{len(raw):,}", limit=limits.columns)))
    headings = tuple(_unguard(cell).strip().replace("\0", "") for cell in raw)
    width = named_width(headings)
    if not width:
        raise _Broken(Problem("no_headings"))
    rows, problems = _rows(records[at + 1 :], raw, width, unguard)
    encoding, delimiter, filename = source
    preamble = [cells for _, cells in records[:at]]
    return Table(headings, rows, problems, encoding, delimiter, filename, preamble)


def _rows(
    records: list[tuple[int, list[str]]], raw: list[str], width: int, unguard: bool
) -> tuple[list[Row], list[Problem]]:
    rows: list[Row] = []
    problems: list[Problem] = []
    for number, (line, read) in enumerate(records, start=2):
        if read == raw:
            problems.append(Problem("repeated_headings", number, line))
            continue
        if not any(map(str.strip, read)):
            continue
        cells = [_unguard(c) if c[:1] == "'" else c for c in read] if unguard else read
        row, found = judge(number, line, cells, width, len(raw))
        rows.append(row)
        problems.extend(found)
    return rows, problems


def _unguard(cell: str) -> str:
    return cell[1:] if _GUARDED.match(cell) else cell


def guard(cell: str) -> str:
    """A text cell as a spreadsheet keeps it text: `'` before = + - @ tab CR, and before what already looks so."""
    if cell.startswith(FORMULA_STARTS) or (cell[:1] == "'" and _GUARDED.match(cell)):
        return "'" + cell
    return cell
