"""What is wrong in a file: where (row, line, column), a stable code, and a sentence in the reader's language."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

ERROR = "error"
WARNING = "warning"

#: code -> (severity, sentence). Apps above add theirs with `declare`.
_SENTENCES: dict[str, tuple[str, str | Promise]] = {
    "empty_file": (ERROR, _("The file is empty. Export it again from the store.")),
    "file_too_large": (ERROR, _("The file has %(size)s MB; at most %(limit)s MB can be read. Export fewer orders.")),
    "not_a_table": (ERROR, _("This is %(kind)s, not a CSV or TSV file. Save or export it as CSV.")),
    "bad_bytes": (ERROR, _("There are bytes here that are no text in %(encoding)s. Export the file again.")),
    "unclosed_quote": (ERROR, _('A quotation mark (") is opened here and never closed. Close it or export again.')),
    "bad_quote": (ERROR, _('A quoted cell is followed by text without a separator. Write " inside a cell as "".')),
    "huge_cell": (ERROR, _("A cell here is longer than %(limit)s characters. Look for a missing quotation mark.")),
    "too_many_columns": (ERROR, _("The file has %(count)s columns; at most %(limit)s can be read.")),
    "too_many_cells": (ERROR, _("The file has more than %(limit)s cells. Export fewer orders at a time.")),
    "no_headings": (ERROR, _("No row of headings was found. The first row must name the columns.")),
    "duplicate_heading": (
        ERROR,
        _("The heading “%(heading)s” stands at columns %(letters)s. Rename one of them and export again."),
    ),
    "missing_column": (ERROR, _("The column “%(heading)s” is missing, and without it no order can be read.")),
    "missing_columns": (WARNING, _("These columns are missing and are taken as empty: %(headings)s.")),
    "surplus_data": (
        ERROR,
        _("This row has %(count)s cells under %(width)s headings, with “%(value)s” in the surplus. Remove one."),
    ),
    "surplus_empty": (
        WARNING,
        _("This row has %(count)s cells under %(width)s headings; the empty surplus is ignored."),
    ),
    "too_few_cells": (
        ERROR,
        _("This row has only %(count)s cells under %(width)s headings. Add the missing cells."),
    ),
    "nul": (ERROR, _("This row contains an invisible NUL character. Delete and retype the cell.")),
    "repeated_headings": (WARNING, _("The headings are repeated here; this row is ignored.")),
    "missing_value": (ERROR, _("This cell is empty, but a value is needed.")),
    "exponent": (
        ERROR,
        _("“%(value)s” lost its digits in a spreadsheet. Export the file again without opening it."),
    ),
    "lost_zero": (WARNING, _("The leading 0 of “%(value)s” was lost; it is read as “%(read)s”.")),
    "bad_yen": (ERROR, _("“%(value)s” is not an amount in whole yen. Write digits only, such as 1200.")),
    "unsettled": (WARNING, _("The store has not settled this amount yet (-9999); it is left open.")),
    "currency_mark": (WARNING, _("“%(value)s” carries a currency mark; it is read as %(read)s yen.")),
    "bad_quantity": (ERROR, _("“%(value)s” is not a whole number of 1 or more.")),
    "bad_date": (ERROR, _("“%(value)s” is not a date that exists. Write it as 2026/11/20 15:04:05.")),
    "era_date": (WARNING, _("“%(value)s” is a date of the Japanese calendar; it is read as %(read)s.")),
    "bad_flag": (WARNING, _("“%(value)s” is neither yes nor no; it is taken as empty.")),
}


def declare(sentences: dict[str, tuple[str, str | Promise]]) -> None:
    """Add an app's own problem codes: code -> (severity, sentence with %(name)s places)."""
    for code in sentences:
        if code in _SENTENCES and _SENTENCES[code] != sentences[code]:
            raise ValueError(f"problem code {code} is declared twice")
    _SENTENCES.update(sentences)


def letter(index: int) -> str:
    """A column's letter as spreadsheets show it: 0 -> A, 26 -> AA."""
    name = ""
    rest = index + 1
    while rest:
        rest, digit = divmod(rest - 1, 26)
        name = chr(65 + digit) + name
    return name


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing to tell a person about a file.

    `row` is the record number (headings = 1, 0 = the whole file), `line` the physical line (0 = unknown),
    `column` the heading and `index` its position from 0 (None = the whole row), `file` is named where several
    files are read together.
    """

    code: str
    row: int = 0
    line: int = 0
    column: str = ""
    index: int | None = None
    params: tuple[tuple[str, str], ...] = ()
    file: str = ""

    @property
    def severity(self) -> str:
        """`error` refuses the row (or the file, where row is 0); `warning` is shown and read on."""
        return _SENTENCES[self.code][0]

    @property
    def is_error(self) -> bool:
        return self.severity == ERROR

    @property
    def what(self) -> str:
        """The sentence without its place."""
        return str(_SENTENCES[self.code][1]) % dict(self.params)

    @property
    def place(self) -> str:
        """Where it is: `Row 3 (line 7), column B (受注日)`; empty for the whole file."""
        if not self.row and not self.line:
            return ""
        if not self.row:
            return gettext("Line %(line)s") % {"line": self.line}
        names = {"row": self.row, "line": self.line, "heading": self.column}
        names["letter"] = letter(self.index) if self.index is not None else ""
        if self.line in (0, self.row):
            if self.index is None:
                return gettext("Row %(row)s") % names
            if not self.column:
                return gettext("Row %(row)s, column %(letter)s") % names
            return gettext("Row %(row)s, column %(letter)s (%(heading)s)") % names
        if self.index is None:
            return gettext("Row %(row)s (line %(line)s)") % names
        if not self.column:
            return gettext("Row %(row)s (line %(line)s), column %(letter)s") % names
        return gettext("Row %(row)s (line %(line)s), column %(letter)s (%(heading)s)") % names

    @property
    def message(self) -> str:
        """Place and sentence in the reader's language."""
        place = " ".join(part for part in (self.file, self.place) if part)
        return gettext("%(place)s: %(what)s") % {"place": place, "what": self.what} if place else self.what

    def as_json(self) -> dict[str, Any]:
        """For `--json` and stored results; `column` is the heading, or the letter of a column without one."""
        return {
            "file": self.file,
            "row": self.row,
            "line": self.line,
            "column": self.column or ("" if self.index is None else letter(self.index)),
            "code": self.code,
            "severity": self.severity,
            "message": self.message,
        }


def shorten(text: str, limit: int = 40) -> str:
    """A cell as a sentence can carry it: one line, cut."""
    flat = " ".join(text.split())
    return flat if len(flat) <= limit else flat[: limit - 1] + "…"


def params(**values: object) -> tuple[tuple[str, str], ...]:
    """Named values for a sentence, cut to a readable length."""
    return tuple((name, shorten(str(value), 200)) for name, value in values.items())
