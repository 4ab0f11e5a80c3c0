"""Fitting an address into the fields of a carrier's label (SHP-32). Nothing is cut or widened silently."""

from __future__ import annotations

import re
from dataclasses import dataclass

from akinai.foundation.core.text import width


@dataclass(frozen=True, slots=True)
class Layout:
    """The address fields of a label: the width of each in half-width characters, in order.

    `building_apart`: the last field is the building's, as on B2's labels.
    """

    fields: tuple[int, ...]
    building_apart: bool = False


LAYOUTS = {
    "b2": Layout((64, 32), building_apart=True),
    "ehiden": Layout((32, 32, 32)),
    "yupri": Layout((50, 50, 50)),
    "clickpost": Layout((40, 40, 40, 40)),
}
_BEFORE_NUMBER = re.compile(r"(?<=[^\d\s\-])(?=\d)")


@dataclass(frozen=True, slots=True)
class LabelAddress:
    """What goes in each field; `overflow` names the text that has no room ("" if all fits)."""

    lines: tuple[str, ...]
    overflow: str = ""


def fit(layout: str, prefecture: str, city: str, street: str, building: str = "") -> LabelAddress:
    """The address in the fields of a layout, split at word boundaries: city / town and number / building.

    An unknown layout (or "none") has no limits: one line. Half-width characters count one half.
    """
    known = LAYOUTS.get(layout)
    whole = f"{prefecture}{city}{street}"
    if known is None:
        return LabelAddress((f"{whole} {building}".strip(),))
    if known.building_apart:
        return _two_fields(whole, building, known.fields)
    return _flowing([prefecture + city, street, building], known.fields)


def _two_fields(street: str, building: str, fields: tuple[int, ...]) -> LabelAddress:
    """Street and building each in its field; without a building the last word may move there."""
    if width(street) > fields[0] and not building and " " in street.replace("\u3000", " "):
        street, building = re.split(r"[ \u3000](?=[^ \u3000]*$)", street, maxsplit=1)
    lines = (street, building)
    too_long = [line for line, limit in zip(lines, fields, strict=True) if width(line) > limit]
    return LabelAddress(lines, " / ".join(too_long))


def _flowing(parts: list[str], fields: tuple[int, ...]) -> LabelAddress:
    """Each part in a field of its own if it fits; else words packed field by field."""
    parts = [part.strip() for part in parts if part.strip()]
    blank = ("",) * max(len(fields) - len(parts), 0)
    if len(parts) <= len(fields) and all(width(p) <= w for p, w in zip(parts, fields, strict=False)):
        return LabelAddress((*parts, *blank))
    lines = [""]
    for word in _words(parts):
        joined = lines[-1] + word
        if lines[-1] and width(joined.strip()) > fields[min(len(lines), len(fields)) - 1]:
            lines.append(word)
        else:
            lines[-1] = joined
    lines = [line.strip() for line in lines]
    fits = len(lines) <= len(fields) and all(width(p) <= w for p, w in zip(lines, fields, strict=False))
    if not fits:
        return LabelAddress(tuple(lines), " ".join(parts))
    return LabelAddress((*lines, *("",) * (len(fields) - len(lines))))


def _words(parts: list[str]) -> list[str]:
    """Pieces that are not broken: city, town, number, and the words of a building with their blanks."""
    pieces: list[str] = []
    for part in parts:
        for word in re.split(r"(?<=[ \u3000])", part):
            pieces.extend(piece for piece in _BEFORE_NUMBER.split(word) if piece)
    return pieces
