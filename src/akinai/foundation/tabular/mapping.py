"""Columns of a file to fields of ours: what presets and a shop's own saved mapping have in common."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from .problems import Problem, params
from .table import Row, Table, heading_key

#: A column by its heading (`注文番号`), by heading and occurrence (`送料#2`) or by position from 1.
Source = str | int


@dataclass(frozen=True, slots=True)
class FieldMap:
    """One field of ours. Each of `sources` is a list of alternatives, the first that exists is taken; several are
    joined by `join`, blanks left out. `constant` stands where no column exists or the cell is blank. `values`
    translates whole cells. A `required` field without a column breaks the file; an `optional` one is not missed."""

    target: str
    sources: tuple[tuple[Source, ...], ...] = ()
    join: str = ""
    constant: str = ""
    values: tuple[tuple[str, str], ...] = ()
    required: bool = False
    optional: bool = False


def column(target: str, *names: Source, required: bool = False, optional: bool = False) -> FieldMap:
    """A field from one column; further names are alternatives."""
    return FieldMap(target, (names,), required=required, optional=optional)


def joined(target: str, *names: Source, join: str = "", optional: bool = False) -> FieldMap:
    """A field from several columns put together."""
    return FieldMap(target, tuple((n,) for n in names), join, optional=optional)


@dataclass(frozen=True, slots=True)
class SavedMapping:
    """A named list of field maps; `as_json` and `from_json` are each other's inverse."""

    name: str
    fields: tuple[FieldMap, ...]
    known_duplicates: tuple[str, ...] = ()

    def as_json(self) -> dict[str, Any]:
        return {
            "name": self.name,
            "known_duplicates": list(self.known_duplicates),
            "fields": [
                {
                    "target": f.target,
                    "sources": [list(names) for names in f.sources],
                    "join": f.join,
                    "constant": f.constant,
                    "values": dict(f.values),
                    "required": f.required,
                    "optional": f.optional,
                }
                for f in self.fields
            ],
        }

    @classmethod
    def from_json(cls, saved: Mapping[str, Any]) -> SavedMapping:
        """Raises ValueError on anything that is no saved mapping."""
        try:
            fields = tuple(_field_from_json(f) for f in saved["fields"])
            return cls(str(saved.get("name", "")), fields, tuple(map(str, saved.get("known_duplicates", ()))))
        except (KeyError, TypeError, AttributeError) as error:
            raise ValueError("not a saved mapping") from error

    def headings(self) -> frozenset[str]:
        """Every heading it would understand; the reader finds the heading row by them."""
        names = (n for f in self.fields for alternatives in f.sources for n in alternatives)
        return frozenset(n.partition("#")[0] for n in names if isinstance(n, str))


def _field_from_json(saved: Mapping[str, Any]) -> FieldMap:
    sources = tuple(
        tuple(n if isinstance(n, int) else str(n) for n in (names if isinstance(names, list) else [names]))
        for names in saved.get("sources", ())
    )
    values = tuple((str(k), str(v)) for k, v in dict(saved.get("values", {})).items())
    return FieldMap(
        str(saved["target"]),
        sources,
        str(saved.get("join", "")),
        str(saved.get("constant", "")),
        values,
        bool(saved.get("required", False)),
        bool(saved.get("optional", False)),
    )


@dataclass(frozen=True, slots=True)
class Record:
    """One row as our fields, with where it came from."""

    row: Row
    values: dict[str, str]


@dataclass(frozen=True, slots=True)
class Mapped:
    """A table as records. `at` says which column (position, heading) a field was read from; `unmapped` are the
    positions no field uses; `missing` the headings of the mapping that the file lacks."""

    headings: tuple[str, ...] = ()
    records: list[Record] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    at: dict[str, tuple[int, str]] = field(default_factory=dict)
    missing: list[str] = field(default_factory=list)
    unmapped: list[int] = field(default_factory=list)

    @property
    def broken(self) -> bool:
        return any(p.row == 0 and p.is_error for p in self.problems)

    def problem(self, code: str, row: Row, target: str, /, **values: object) -> Problem:
        """A problem at the column a field was read from."""
        index, heading = self.at.get(target, (None, ""))
        return Problem(code, row.number, row.line, heading, index, params(**values))


def apply(mapping: SavedMapping, table: Table) -> Mapped:
    """Read a table by a mapping, as far as it goes: missing columns are said, a missing required one breaks the file.

    Duplicate headings the mapping does not know refuse the file. Rows keep their order; refused rows are read as far
    as their cells go, since their order must be refused with them.
    """
    problems = table.problems + table.duplicate_problems(mapping.known_duplicates)
    if any(p.row == 0 and p.is_error for p in problems):
        return Mapped(table.headings, problems=problems)
    places = _places(table.headings)
    at: dict[str, tuple[int, str]] = {}
    missing: list[str] = []
    getters: list[tuple[str, Callable[[list[str]], str]]] = []
    used: set[int] = set()
    for item in mapping.fields:
        found = [_find(names, places, len(table.headings)) for names in item.sources]
        here = [i for i in found if i is not None]
        missing.extend(
            str(names[0]) for names, i in zip(item.sources, found, strict=True) if i is None and not item.optional
        )
        if here:
            at.setdefault(item.target, (here[0], table.headings[here[0]]))
            used.update(here)
        elif item.required:
            problems.append(
                Problem("missing_column", params=params(heading=item.sources[0][0] if item.sources else ""))
            )
        getters.append((item.target, _getter(item, here)))
    if missing:
        problems.append(Problem("missing_columns", params=params(headings=", ".join(missing))))
    if any(p.row == 0 and p.is_error for p in problems):
        return Mapped(table.headings, problems=problems, at=at, missing=missing)
    records = [Record(row, _values(getters, row.cells)) for row in table.rows]
    unmapped = [i for i in range(table.width) if i not in used]
    return Mapped(table.headings, records, problems, at, missing, unmapped)


def _places(headings: Sequence[str]) -> dict[str, int]:
    places: dict[str, int] = {}
    counts: dict[str, int] = {}
    for index, heading in enumerate(headings):
        if not heading:
            continue
        key = heading_key(heading)
        counts[key] = counts.get(key, 0) + 1
        places.setdefault(key, index)
        places[f"{key}#{counts[key]}"] = index
    return places


def _find(names: tuple[Source, ...], places: dict[str, int], width: int) -> int | None:
    for name in names:
        if isinstance(name, int):
            if 1 <= name <= width:
                return name - 1
        elif (index := places.get(heading_key(name))) is not None:
            return index
    return None


def _values(getters: list[tuple[str, Callable[[list[str]], str]]], cells: list[str]) -> dict[str, str]:
    return {target: get(cells) for target, get in getters}


def _getter(item: FieldMap, indexes: list[int]) -> Callable[[list[str]], str]:
    table = dict(item.values)
    constant, join = item.constant, item.join
    if len(indexes) == 1 and not table and not constant:
        only = indexes[0]
        return lambda cells: cells[only] if only < len(cells) else ""

    def read(cells: list[str]) -> str:
        parts = [cells[i] for i in indexes if i < len(cells) and cells[i].strip()]
        text = join.join(parts)
        return table.get(text.strip(), text) or constant

    return read
