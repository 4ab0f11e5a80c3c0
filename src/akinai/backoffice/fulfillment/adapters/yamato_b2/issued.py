"""発行済データ: the file B2 writes once labels have numbers. Same columns; heading row or none."""

from __future__ import annotations

import csv
import datetime as dt
import io
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from django.utils.translation import gettext as _

from akinai.backoffice.fulfillment.types import CarrierIn, IssuedRow, Problem
from akinai.foundation.core.text import nfkc
from akinai.foundation.tabular import dates
from akinai.foundation.tabular.decoding import decode
from akinai.foundation.tabular.fields import damaged
from akinai.foundation.tabular.table import heading_key
from akinai.shop.terms.tracking import Tracking

from .columns import Column, heading

#: A row must reach at least to the ship date; the name is a cross-check and may be missing.
FEWEST_CELLS = int(Column.SHIP_DATE)
#: What a tracking number can look like at all, hyphens and blanks included.
_NUMBER = re.compile(r"[A-Da-d]?[\d\s\-‐-―−ー]{8,20}[A-Da-d]?")


@dataclass(frozen=True, slots=True)
class _Line:
    row: int
    key: str
    number: str
    day: dt.date | None
    name: str


def read_issued(data: bytes, *, check_number: Callable[[str], Tracking]) -> CarrierIn:
    """The numbers by our shipment number (column 1): several where several pieces were printed.

    `check_number` judges a number as the service wants it (SHP-50). Rows without key or number, with fewer cells, with
    digits a spreadsheet has shortened (1.23E+11) or with a number another shipment has (SHP-51) are refused and named.
    Nothing raises, whatever the bytes.
    """
    text, _encoding, faults = decode(data)
    if faults:
        return CarrierIn((), tuple(Problem("", fault.what) for fault in faults))
    problems: list[Problem] = []
    lines: list[_Line] = []
    try:
        for row, cells in _records(text.removeprefix("\ufeff")):
            lines.extend(_line(row, cells, check_number, problems))
    except csv.Error:
        sentence = _("The file is not whole: a quotation mark is not closed. Please export it again.")
        return CarrierIn((), (Problem("", sentence),))
    return CarrierIn(tuple(_grouped(lines, problems)), tuple(problems))


def _records(text: str) -> Iterator[tuple[int, list[str]]]:
    """Record number from 1 and cells; blank records and a heading row are passed over."""
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    for number, cells in enumerate(reader, 1):
        if any(cell.strip() for cell in cells) and not (number == 1 and _is_heading(cells)):
            yield number, [cell.strip() for cell in cells]


def _is_heading(cells: list[str]) -> bool:
    """True if the first record names its columns; headings differ between versions, so two places are looked at."""
    if heading_key(cells[0]) == heading_key(heading(Column.KEY)):
        return True
    return len(cells) >= FEWEST_CELLS and "番号" in cells[Column.NUMBER - 1]


def _line(
    row: int, cells: list[str], check_number: Callable[[str], Tracking], problems: list[Problem]
) -> Iterator[_Line]:
    """One record read, or its problem."""

    def tell(column: Column, sentence: str, *, stops: bool = True) -> None:
        key = cells[0] if len(cells) >= FEWEST_CELLS else ""
        problems.append(Problem(heading(column), sentence, key=key, row=row, stops=stops))

    if len(cells) < FEWEST_CELLS:
        problems.append(Problem("", _("This row has too few columns for B2's issued data."), row=row))
        return
    key, number = cells[Column.KEY - 1], cells[Column.NUMBER - 1]
    if not key:
        tell(Column.KEY, _("This label has no shipment number of ours; it was made in B2 itself."))
    elif damaged(key) or damaged(number):
        column = Column.KEY if damaged(key) else Column.NUMBER
        tell(
            column,
            _("A spreadsheet has shortened this number (1.23E+11). Please export the file again and do not open it."),
        )
    elif not number:
        tell(Column.NUMBER, _("B2 has given this shipment no number yet."))
    elif not _NUMBER.fullmatch(nfkc(number)):
        told = {"text": number, "column": int(Column.NUMBER)}
        tell(
            Column.NUMBER,
            _("Column %(column)d holds “%(text)s”, not a number of B2's. Is this its issued data?") % told,
        )
    else:
        checked = check_number(number)
        if checked.error:
            tell(Column.NUMBER, str(checked.error))
            return
        if checked.warning:
            tell(Column.NUMBER, str(checked.warning), stops=False)
        name = cells[Column.TO_NAME - 1] if len(cells) >= Column.TO_NAME else ""
        yield _Line(row, key, checked.number, _day(cells, tell), name)


def _day(cells: list[str], tell: Callable[..., None]) -> dt.date | None:
    text = cells[Column.SHIP_DATE - 1]
    parsed = dates.day(text) if text else None
    if parsed is not None and parsed.value is None:
        tell(Column.SHIP_DATE, _("“%(text)s” is no date.") % {"text": text}, stops=False)
    return parsed.value if parsed is not None else None


def _grouped(lines: list[_Line], problems: list[Problem]) -> list[IssuedRow]:
    """One row a shipment, in the file's order; a number that two shipments claim goes to neither (SHP-51)."""
    owners: dict[str, set[str]] = {}
    for line in lines:
        owners.setdefault(line.number, set()).add(line.key)
    rows: dict[str, IssuedRow] = {}
    for line in lines:
        others = sorted(owners[line.number] - {line.key})
        if others:
            sentence = _("Number %(number)s stands at %(others)s too.")
            told = sentence % {"number": line.number, "others": ", ".join(others)}
            problems.append(Problem(heading(Column.NUMBER), told, key=line.key, row=line.row))
            continue
        known = rows.get(line.key)
        numbers = dict.fromkeys((*(known.numbers if known else ()), line.number))
        rows[line.key] = IssuedRow(
            line.key,
            tuple(numbers),
            known.ship_date if known else line.day,
            known.name if known else line.name,
            known.row if known else line.row,
        )
    return list(rows.values())
