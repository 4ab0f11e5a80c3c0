"""What crosses the border of returns."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Found:
    """What inspection found of so many items of a case line. `sku` is the outlet article's code (result B)."""

    line_id: int
    result: str
    quantity: int
    sku: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Replacement:
    """So many of a SKU go to the buyer instead. `unit_price` is what one would cost, yen incl. tax."""

    code: str
    quantity: int
    unit_price: int
