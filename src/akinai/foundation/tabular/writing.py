"""Tables to bytes: CP932 or UTF-8 with BOM, CRLF; what cannot be written is listed, never replaced (SHP-31, REL-12)."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain
from typing import NamedTuple

from django.utils.translation import gettext_lazy as _

from akinai.foundation.core.errors import Refused

from .decoding import NOT_CP932
from .reading import guard

_CHUNK = 500  # rows encoded at a time, so that 60,000 rows need no more memory than 500
_MOST = 1000  # unencodable characters listed


class Missing(NamedTuple):
    """A character the target encoding lacks: `row` counts records with the headings as 1, `column` is the heading."""

    row: int
    column: str
    char: str


class Unencodable(Refused):
    """The chosen encoding lacks characters; `cells` says which and where. Nothing was written."""

    code = "unencodable"

    def __init__(self, cells: list[Missing]) -> None:
        super().__init__(
            _("Some characters cannot be written in this encoding. Replace them, or write the file as UTF-8.")
        )
        self.cells = cells


Cell = str | int | None


def write_csv(
    rows: Iterable[Sequence[Cell]], headings: Sequence[str], *, encoding: str = "cp932", for_spreadsheet: bool = True
) -> bytes:
    """A whole file in memory. `encoding` is `cp932` or `utf-8-sig`.

    Raises `Unencodable` with every character the encoding lacks (the first 1,000). With `for_spreadsheet`, text
    cells starting with = + - @ tab CR get a `'`, which `read_table` takes off again; numbers (int) stay numbers.
    """
    kept = [list(row) for row in rows]
    if missing := find_unencodable(kept, headings, encoding=encoding):
        raise Unencodable(missing)
    return b"".join(stream_csv(kept, headings, encoding=encoding, for_spreadsheet=for_spreadsheet))


def stream_csv(
    rows: Iterable[Sequence[Cell]], headings: Sequence[str], *, encoding: str = "cp932", for_spreadsheet: bool = True
) -> Iterator[bytes]:
    """The file piece by piece with flat memory, for downloads. `Unencodable` rises at the piece that has it."""
    if encoding not in ("cp932", "utf-8-sig"):
        raise ValueError("encoding must be cp932 or utf-8-sig")
    if encoding == "utf-8-sig":
        yield b"\xef\xbb\xbf"
    buffer = io.StringIO(newline="")
    writer = csv.writer(buffer, lineterminator="\r\n")
    waiting: list[Sequence[Cell]] = []
    first = 1
    writer.writerow([guard(h) for h in headings] if for_spreadsheet else headings)
    for row in rows:
        waiting.append(row)
        writer.writerow([guard(c) if isinstance(c, str) else c for c in row] if for_spreadsheet else row)
        if len(waiting) >= _CHUNK:
            yield _encoded(buffer, encoding, waiting, headings, first)
            first += len(waiting)
            waiting = []
    yield _encoded(buffer, encoding, waiting, headings, first)


def find_unencodable(
    rows: Iterable[Sequence[Cell]], headings: Sequence[str], *, encoding: str = "cp932"
) -> list[Missing]:
    """Where the encoding lacks a character (NUL always counts), to be shown before a file is made."""
    codec = _codec(encoding)
    found: list[Missing] = []
    for number, row in enumerate(chain([headings], rows), start=1):
        if _fits("".join(c for c in row if isinstance(c, str)), codec):
            continue
        for index, cell in enumerate(row):
            if isinstance(cell, str) and not _fits(cell, codec):
                column = headings[index] if index < len(headings) else str(index + 1)
                found.extend(Missing(number, column, c) for c in dict.fromkeys(cell) if not _fits(c, codec))
        if len(found) >= _MOST:
            return found[:_MOST]
    return found


def _codec(encoding: str) -> str:
    return "utf-8" if encoding == "utf-8-sig" else encoding


def _fits(text: str, codec: str) -> bool:
    try:
        text.encode(codec)
    except UnicodeEncodeError:
        return False
    return "\0" not in text and not (codec == "cp932" and NOT_CP932.search(text))


def _encoded(
    buffer: io.StringIO, encoding: str, rows: list[Sequence[Cell]], headings: Sequence[str], first: int
) -> bytes:
    text = buffer.getvalue()
    buffer.seek(0)
    buffer.truncate()
    codec = _codec(encoding)
    if not _fits(text, codec):
        missing = find_unencodable(list(rows), headings, encoding=encoding)
        raise Unencodable([Missing(m.row + first - 1 if m.row > 1 else 1, m.column, m.char) for m in missing])
    return text.encode(codec)
