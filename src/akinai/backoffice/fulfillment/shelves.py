"""The way through the warehouse (INV-40)."""

from __future__ import annotations

import re

from akinai.foundation.core.text import nfkc

_PART = re.compile(r"\d+|[^\d\W_]+")


def shelf_key(shelf: str) -> tuple[tuple[int, int, str], ...]:
    """Sort key of a shelf code 倉庫-通路-棚-段-間口: numbers by size (A-2 before A-10), nothing entered last."""
    parts = _PART.findall(nfkc(shelf).upper())
    if not parts:
        return ((2, 0, ""),)
    return tuple((0, int(part), "") if part.isdigit() else (1, 0, part) for part in parts)
