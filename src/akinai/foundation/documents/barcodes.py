"""Bar codes as numbers: the widths of bars and spaces, ready to be drawn (by `papers/sheet.typ`). Pure."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import segno

from .errors import NotEncodable


@dataclass(frozen=True, slots=True)
class Bars:
    """A linear code: `widths` in modules, bar first, then space and bar in turn; `text` to print beneath."""

    widths: tuple[int, ...]
    text: str

    def as_data(self) -> dict[str, object]:
        """As templates take it."""
        return {"widths": list(self.widths), "text": self.text}


@dataclass(frozen=True, slots=True)
class Matrix:
    """A square code of `size` modules a side; `modules` row by row, 1 dark and 0 light."""

    size: int
    modules: bytes

    def as_data(self) -> dict[str, object]:
        """As templates take it: one grey value a module."""
        return {"size": self.size, "pixels": [0 if dark else 255 for dark in self.modules]}


# ISO/IEC 15417: widths of bar, space, bar … for the values 0-106 (103-105 start A, B, C; 106 stop).
_CODE128_TABLE = (
    "212222 222122 222221 121223 121322 131222 122213 122312 132212 221213 221312 231212 112232 122132 122231 113222 "
    "123122 123221 223211 221132 221231 213212 223112 312131 311222 321122 321221 312212 322112 322211 212123 212321 "
    "232121 111323 131123 131321 112313 132113 132311 211313 231113 231311 112133 112331 132131 113123 113321 133121 "
    "313121 211331 231131 213113 213311 213131 311123 311321 331121 312113 312311 332111 314111 221411 431111 111224 "
    "111422 121124 121421 141122 141221 112214 112412 122114 122411 142112 142211 241211 221114 413111 241112 134111 "
    "111242 121142 121241 114212 124112 124211 411212 421112 421211 212141 214121 412121 111143 111341 131141 114113 "
    "114311 411113 411311 113141 114131 311141 411131 211412 211214 211232 2331112"
)
_CODE128 = _CODE128_TABLE.split()
_START_B, _START_C, _TO_C, _TO_B, _STOP = 104, 105, 99, 100, 106


def code128(text: str) -> Bars:
    """Code 128 with its check character, for ASCII text; runs of digits are packed two by two (set C)."""
    if not text or any(not " " <= c <= "~" for c in text):
        raise NotEncodable(f"Code 128 here takes printable ASCII: {text!r}")
    values = _code128_values(text)
    check = (values[0] + sum(i * v for i, v in enumerate(values[1:], 1))) % 103
    return Bars(_widths(_CODE128[v] for v in (*values, check, _STOP)), text)


def _code128_values(text: str) -> list[int]:
    """Start and data values: set C for runs of at least four digits, set B for the rest."""
    values: list[int] = []
    in_c = False
    at = 0
    while at < len(text):
        run = _digit_run(text, at)
        if run >= 4 or (in_c and run >= 2):
            if not in_c:
                values.append(_TO_C if values else _START_C)
                in_c = True
            for _pair in range(run // 2):
                values.append(int(text[at : at + 2]))
                at += 2
            continue
        if in_c or not values:
            values.append(_TO_B if values else _START_B)
            in_c = False
        values.append(ord(text[at]) - 32)
        at += 1
    return values


def _digit_run(text: str, at: int) -> int:
    """How many digits stand from `at` on."""
    end = at
    while end < len(text) and text[end] in "0123456789":
        end += 1
    return end - at


def _widths(symbols: Iterable[str]) -> tuple[int, ...]:
    """The digits of all symbols in a row."""
    return tuple(int(width) for symbol in symbols for width in symbol)


def qr(text: str, *, error: str = "m") -> Matrix:
    """A QR code of any text; `error` is l, m, q or h. The quiet zone of four modules is the caller's white paper.

    One mask for all: choosing among eight is most of the work of making a code, and scanners read each of them.
    """
    try:
        matrix = segno.make(text, error=error, micro=False, boost_error=False, mask=2).matrix
    except segno.DataOverflowError as full:
        raise NotEncodable(f"too long for a QR code: {len(text)} characters") from full
    return Matrix(len(matrix), b"".join(bytes(row) for row in matrix))
