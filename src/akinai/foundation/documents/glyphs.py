"""Which characters the paper font can draw, and what becomes of the others: a mark and a report, never a silent box."""

from __future__ import annotations

import re
import struct
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

#: Where the build puts the paper fonts: BIZ UDPGothic, made for forms, and what stands in for its rare characters.
FONTS = Path(__file__).resolve().parent / "fonts"
#: 〓 (げた): what Japanese printers have always set where a character was missing.
GETA = "\u3013"
#: Voicing marks as characters of their own, as macOS writes file names: joined with their kana before printing.
LOOSE_MARKS = frozenset("\u3099\u309a")
_LOOSE = re.compile("[\u3041-\u30ff][\u3099\u309a]")


@dataclass(frozen=True, slots=True)
class MissingGlyph:
    """A character the font lacks: on which page of the data (from 0), which character, in which text."""

    page: int
    char: str
    text: str


@cache
def covered() -> frozenset[str]:
    """Every character that some paper font can draw; read once from the files. A family's weights cover the same."""
    files = sorted(FONTS.glob("*.ttf"))
    if not files:
        raise FileNotFoundError(f"no fonts in {FONTS}: run the build (make) once")
    drawn = {chr(code) for file in files for code in _codes(_table(file.read_bytes(), b"cmap"))}
    return frozenset(drawn - LOOSE_MARKS)


def _table(font: bytes, tag: bytes) -> bytes:
    """One table of a TrueType file."""
    (count,) = struct.unpack_from(">H", font, 4)
    for i in range(count):
        name, _sum, offset, length = struct.unpack_from(">4sLLL", font, 12 + 16 * i)
        if name == tag:
            return font[offset : offset + length]
    raise ValueError(f"font has no table {tag!r}")


def _codes(cmap: bytes) -> Iterator[int]:
    """The code points of a `cmap` table, from its 32-bit part (format 12), else its 16-bit part (format 4)."""
    (count,) = struct.unpack_from(">H", cmap, 2)
    offsets = {struct.unpack_from(">L", cmap, 4 + 8 * i + 4)[0] for i in range(count)}
    parts = {struct.unpack_from(">H", cmap, offset)[0]: offset for offset in offsets}
    if 12 in parts:
        (groups,) = struct.unpack_from(">L", cmap, parts[12] + 12)
        for i in range(groups):
            first, last, _glyph = struct.unpack_from(">LLL", cmap, parts[12] + 16 + 12 * i)
            yield from range(first, last + 1)
    if 4 in parts:
        yield from _codes_16(cmap, parts[4])


def _codes_16(cmap: bytes, at: int) -> Iterator[int]:
    """The code points of a format 4 part: segments whose glyph is not 0."""
    segments = struct.unpack_from(">H", cmap, at + 6)[0] // 2
    row = struct.Struct(f">{segments}H")
    ends = row.unpack_from(cmap, at + 14)
    starts = row.unpack_from(cmap, at + 16 + 2 * segments)
    deltas = row.unpack_from(cmap, at + 16 + 4 * segments)
    offsets_at = at + 16 + 6 * segments
    offsets = row.unpack_from(cmap, offsets_at)
    for i in range(segments):
        for code in range(starts[i], min(ends[i], 0xFFFE) + 1):
            glyph = (code + deltas[i]) & 0xFFFF
            if offsets[i]:
                (glyph,) = struct.unpack_from(">H", cmap, offsets_at + 2 * i + offsets[i] + 2 * (code - starts[i]))
            if glyph:
                yield code


def printable(text: str) -> tuple[str, list[str]]:
    """The text as the font can set it, and what it lacks, each once.

    Marks and control characters that have no ink of their own are left out; kana with a loose voicing mark are joined;
    whatever else the font lacks becomes 〓. A variation selector (葛 in its other form) is reported too, since the
    plain form is printed.
    """
    if covered().issuperset(text):
        return text, []
    joined = _LOOSE.sub(lambda found: unicodedata.normalize("NFC", found.group()), text)
    missing: dict[str, None] = {}
    out: list[str] = []
    for char in joined:
        if char in covered() or char in "\n\t":
            out.append(char)
        elif 0xE0100 <= ord(char) <= 0xE01EF:
            missing[(out[-1] if out else "") + char] = None
        elif unicodedata.category(char) not in {"Cc", "Cf"} and not 0xFE00 <= ord(char) <= 0xFE0F:
            missing[char] = None
            out.append(GETA)
    return "".join(out), list(missing)


def prepare(value: Any, page: int, report: list[MissingGlyph]) -> Any:
    """Page data with every text made printable; what is missing is added to `report`."""
    if isinstance(value, str):
        text, missing = printable(value)
        report.extend(MissingGlyph(page, char, value) for char in missing)
        return text
    if isinstance(value, dict):
        return {key: prepare(item, page, report) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [prepare(item, page, report) for item in value]
    return value
