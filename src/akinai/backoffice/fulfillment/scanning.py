"""Which line of a box a code belongs to, and where two codes differ. Pure: lines in, lines out."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import zip_longest

from akinai.foundation.core.text import fold_hyphens, nfkc
from akinai.shop.catalog import jan

from .models import ShipmentLine
from .shelves import shelf_key


def same_code(line: ShipmentLine, code: str) -> bool:
    """True if the code is the SKU code of the line, or its JAN (a JAN that starts with 0 may come as 12 digits)."""
    if fold_hyphens(nfkc(code)).upper() == line.sku.code.upper():
        return True
    digits, own = jan.clean(code), line.sku.jan
    return bool(own) and bool(digits) and (digits == own or (len(digits) == 12 and f"0{digits}" == own))


def matching(lines: Sequence[ShipmentLine], code: str) -> list[ShipmentLine]:
    """The lines this code belongs to: several where an order names the same SKU twice."""
    return [line for line in lines if same_code(line, code)] if code.strip() else []


def expected_line(lines: Sequence[ShipmentLine], in_hand: int | None = None) -> ShipmentLine | None:
    """What should be scanned now: the item in hand while it lacks pieces, else the next on the way by the shelves."""
    open_lines = [line for line in lines if line.left > 0]
    for line in open_lines:
        if line.pk == in_hand:
            return line
    return min(open_lines, key=lambda x: (shelf_key(x.sku.shelf), x.sku.code), default=None)


def differing(code: str, other: str) -> list[tuple[str, bool]]:
    """The characters of `code` in runs, with whether the run differs from `other` at the same place."""
    runs: list[tuple[str, bool]] = []
    for mine, theirs in zip_longest(code, other, fillvalue=""):
        if not mine:
            break
        differs = mine != theirs
        if runs and runs[-1][1] == differs:
            runs[-1] = (runs[-1][0] + mine, differs)
        else:
            runs.append((mine, differs))
    return runs
