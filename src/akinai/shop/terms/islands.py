"""Reading a carrier's island list from a table (SHP-20). Pure: bytes in, rows and problems out."""

from __future__ import annotations

import re
from dataclasses import asdict, dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from akinai.foundation.tabular import Problem, Row, Table, fields, read_table
from akinai.foundation.tabular.problems import ERROR, declare, params
from akinai.foundation.tabular.table import heading_key

#: Our field → the heading of the file we write, and other words for it that are read.
HEADINGS = {
    "postcode": ("郵便番号", "郵便番号（先頭一致）", "postcode"),
    "name": ("地名", "住所", "島名", "name"),
    "extra_days": ("追加日数", "加算日数", "extra_days"),
    "surcharge": ("追加送料", "中継料", "surcharge"),
    "no_cool": ("クール不可", "no_cool"),
    "no_cod": ("代引不可", "no_cod"),
    "no_date": ("日時指定不可", "日付指定不可", "no_date"),
}
KNOWN = frozenset(name for names in HEADINGS.values() for name in names)
_PREFIX = re.compile(r"\d{3,5}|\d{7}")
MOST_DAYS, MOST_YEN = 60, 100_000

declare(
    {
        "island_postcode": (
            ERROR,
            _("“%(value)s” is no postcode and no beginning of one (3 to 5 digits, or all 7 with leading zeros)."),
        ),
        "island_number": (ERROR, _("“%(value)s” is not a whole number from 0 to %(most)s.")),
        "island_twice": (ERROR, _("“%(value)s” stands in an earlier row already.")),
        "island_flag": (ERROR, _("“%(value)s” is neither yes nor no.")),
    }
)


@dataclass(frozen=True, slots=True)
class IslandRow:
    """One place of a list: postcode or its beginning, days, yen, and what is not possible there."""

    postcode: str
    name: str = ""
    extra_days: int = 0
    surcharge: int = 0
    no_cool: bool = False
    no_cod: bool = False
    no_date: bool = False

    def as_fields(self) -> dict[str, Any]:
        """Field → value, for the row in the database."""
        return asdict(self)

    def as_cells(self) -> list[str | int]:
        """The row as our own file writes it, in the order of HEADINGS."""
        flags = ["1" if flag else "" for flag in (self.no_cool, self.no_cod, self.no_date)]
        return [self.postcode, self.name, self.extra_days, self.surcharge, *flags]


@dataclass(frozen=True, slots=True)
class IslandList:
    """What a file says. With any error nothing of it is taken."""

    rows: list[IslandRow]
    problems: list[Problem]

    @property
    def is_sound(self) -> bool:
        return bool(self.rows) and not any(problem.is_error for problem in self.problems)


def read(data: bytes, *, filename: str = "") -> IslandList:
    """The places of a CSV or TSV file; never raises on any bytes. Only the postcode column is required."""
    table = read_table(data, filename=filename, known=KNOWN)
    problems = list(table.problems)
    places = _columns(table)
    if not table.broken and "postcode" not in places:
        problems.append(Problem("missing_column", params=params(heading=HEADINGS["postcode"][0])))
    if table.broken or "postcode" not in places:
        return IslandList([], problems)
    rows: dict[str, IslandRow] = {}
    for row in table.rows:
        if row.refused or not any(cell.strip() for cell in row.cells):
            continue
        found = _Reader(row, table, places).read(problems)
        if found is not None and found.postcode in rows:
            problems.append(_problem("island_twice", row, table, places["postcode"], value=found.postcode))
        elif found is not None:
            rows[found.postcode] = found
    return IslandList(list(rows.values()), problems)


def _columns(table: Table) -> dict[str, int]:
    keys = [heading_key(heading) for heading in table.headings]
    found = {}
    for name, words in HEADINGS.items():
        places = [keys.index(heading_key(word)) for word in words if heading_key(word) in keys]
        if places:
            found[name] = places[0]
    return found


def _problem(code: str, row: Row, table: Table, index: int, **said: Any) -> Problem:
    return Problem(code, row.number, row.line, table.headings[index], index, params(**said))


class _Reader:
    """Reads one row, noting what cannot be used."""

    def __init__(self, row: Row, table: Table, places: dict[str, int]) -> None:
        self.row, self.table, self.places = row, table, places
        self.problems: list[Problem] = []

    def read(self, problems: list[Problem]) -> IslandRow | None:
        code = fields.flat(self.cell("postcode")).replace("-", "").replace("〒", "").strip()
        if not _PREFIX.fullmatch(code):
            self.say("island_postcode", "postcode", value=self.cell("postcode"))
        found = IslandRow(
            code,
            self.cell("name").strip()[:60],
            self.number("extra_days", MOST_DAYS),
            self.number("surcharge", MOST_YEN),
            self.flag("no_cool"),
            self.flag("no_cod"),
            self.flag("no_date"),
        )
        problems.extend(self.problems)
        return None if self.problems else found

    def cell(self, name: str) -> str:
        return self.row.cells[self.places[name]] if name in self.places else ""

    def say(self, code: str, name: str, **said: Any) -> None:
        self.problems.append(_problem(code, self.row, self.table, self.places[name], **said))

    def number(self, name: str, most: int) -> int:
        text = fields.flat(self.cell(name)).replace(",", "")
        if not text:
            return 0
        if not (text.isascii() and text.isdigit() and len(text) <= 9 and int(text) <= most):
            self.say("island_number", name, value=self.cell(name), most=most)
            return 0
        return int(text)

    def flag(self, name: str) -> bool:
        parsed = fields.flag(self.cell(name))
        if parsed.code:
            self.say("island_flag", name, value=self.cell(name))
        return bool(parsed.value)
