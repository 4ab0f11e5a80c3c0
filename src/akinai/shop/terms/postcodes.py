"""Postcodes: which prefecture, city and town a Japanese postcode stands for.

The table is built into `postcodes.bin` beside this module by the build hook and is read on the first look-up.
Its layout is known to this module alone: four columns in postcode order, then the names, all in one zlib stream.
"""

from __future__ import annotations

import re
import sys
import unicodedata
import zlib
from array import array
from bisect import bisect_left
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path

TABLE = Path(__file__).with_name("postcodes.bin")
_MAGIC = b"akinai-postcodes-1\n"
_NOT_DIGIT = re.compile(r"\D")


@dataclass(frozen=True, slots=True)
class Place:
    """Where a postcode leads.

    `postcode` has seven digits. `town` is empty where the code stands for a whole city, and holds only the common
    beginning where it stands for several towns. A few codes cover several cities or even prefectures: then `city`
    (and `prefecture`) hold what all of them share, maybe nothing.
    """

    postcode: str
    prefecture: str
    city: str
    town: str


class TableMissing(RuntimeError):
    """The postcode table was not built."""


def lookup(code: str) -> Place | None:
    """The place of a postcode, or None where there is no such code.

    Takes what people type: full-width digits, 〒, hyphens of any kind and spaces. Offices with a code of their own
    (大口事業所) are found by their street's place. Raises `TableMissing` if the build step was skipped.
    """
    digits = _NOT_DIGIT.sub("", unicodedata.normalize("NFKC", code))
    return _table().find(digits) if len(digits) == 7 and digits.isascii() else None


def merge(places: Iterable[Place]) -> Place:
    """One place for all that share a postcode: what they have in common."""
    many = list(places)
    prefectures, cities = {p.prefecture for p in many}, {p.city for p in many}
    city = many[0].city if len(cities) == 1 else _whole_city(_common_start(cities))
    town = _common_start({p.town for p in many}) if len(cities) == 1 else ""
    return Place(many[0].postcode, many[0].prefecture if len(prefectures) == 1 else "", city, town)


def pack(places: Iterable[Place]) -> bytes:
    """The bytes of a table with one row a postcode; the build hook writes them to `postcodes.bin`."""
    rows = sorted(places, key=lambda p: p.postcode)
    areas = sorted({(p.prefecture, p.city) for p in rows})
    area_of = {area: i for i, area in enumerate(areas)}
    towns = bytearray()
    offset_of: dict[str, int] = {"": 0}
    for row in rows:
        if row.town not in offset_of:
            offset_of[row.town] = len(towns)
            towns += row.town.encode()
    names = "\n".join(f"{prefecture}\t{city}" for prefecture, city in areas).encode()
    columns = (
        array("I", (int(p.postcode) for p in rows)),
        array("H", (area_of[p.prefecture, p.city] for p in rows)),
        array("I", (offset_of[p.town] for p in rows)),
        array("B", (len(p.town.encode()) for p in rows)),
    )
    sizes = array("I", (len(rows), len(names), len(towns)))
    return _MAGIC + zlib.compress(b"".join(_bytes(c) for c in (sizes, *columns)) + names + bytes(towns), 9)


class _Table:
    """The unpacked columns, about three megabytes, and a binary search over them."""

    def __init__(self, packed: bytes) -> None:
        if not packed.startswith(_MAGIC):
            raise TableMissing(f"{TABLE} is of another version; build again with `make`")
        body = memoryview(zlib.decompress(packed[len(_MAGIC) :]))
        rows, name_bytes, town_bytes = _array("I", body[:12])
        self._codes = _array("I", body[12 : 12 + 4 * rows])
        self._area = _array("H", body[12 + 4 * rows : 12 + 6 * rows])
        self._town_at = _array("I", body[12 + 6 * rows : 12 + 10 * rows])
        self._town_size = body[12 + 10 * rows : 12 + 11 * rows]
        names = 12 + 11 * rows
        self._areas = bytes(body[names : names + name_bytes]).decode().split("\n")
        self._towns = body[names + name_bytes : names + name_bytes + town_bytes]

    def find(self, digits: str) -> Place | None:
        number = int(digits)
        row = bisect_left(self._codes, number)
        if row == len(self._codes) or self._codes[row] != number:
            return None
        prefecture, _, city = self._areas[self._area[row]].partition("\t")
        start = self._town_at[row]
        return Place(digits, prefecture, city, bytes(self._towns[start : start + self._town_size[row]]).decode())


@cache
def _table() -> _Table:
    try:
        return _Table(TABLE.read_bytes())
    except FileNotFoundError:
        raise TableMissing(f"{TABLE} is missing; build it with `make` or `pip install -e .`") from None


def _whole_city(prefix: str) -> str:
    """さいたま市浦 → さいたま市: names shared by several cities end at a 市 or 郡, or are nothing."""
    end = max(prefix.rfind("市"), prefix.rfind("郡"))
    return prefix[: end + 1]


def _common_start(names: set[str]) -> str:
    """What all names begin with."""
    first, last = min(names), max(names)
    return first[: next((i for i, (a, b) in enumerate(zip(first, last, strict=False)) if a != b), len(first))]


def _bytes(column: array[int]) -> bytes:
    if sys.byteorder == "big":
        column.byteswap()
    return column.tobytes()


def _array(typecode: str, data: memoryview) -> array[int]:
    column = array(typecode)
    column.frombytes(data)
    if sys.byteorder == "big":
        column.byteswap()
    return column
