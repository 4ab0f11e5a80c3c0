"""What crosses the border of the catalogue."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field

from akinai.foundation.tabular import Problem

from .states import Supply, TaxClass, Temperature

#: the largest numbers a person may mean; beyond them it is a slip (a scanned code in the price field)
MOST = {
    "price": 99_999_999,
    "cost": 99_999_999,
    "weight_g": 9_999_999,
    "size_cm": 9_999,
    "lead_days": 999,
    "safety": 9_999_999,
}


@dataclass(frozen=True, slots=True)
class ProductFacts:
    """What a person says about a product."""

    code: str
    name: str
    tax_class: str = TaxClass.STANDARD
    packing_note: str = ""
    is_fragile: bool = False
    never_resell: bool = False
    temperature: str = Temperature.NORMAL
    is_alcohol: bool = False
    note: str = ""


@dataclass(frozen=True, slots=True)
class SkuFacts:
    """What a person says about a SKU: `price` in yen as the shop prices, `cost` in yen without tax, days, grams, cm."""

    code: str
    variation: str = ""
    jan: str = ""
    price: int = 0
    cost: int | None = None
    weight_g: int | None = None
    size_cm: int | None = None
    shelf: str = ""
    packing_note: str = ""
    lead_days: int | None = None
    supply: str = Supply.STOCK
    release_on: dt.date | None = None
    safety: int = 0
    is_active: bool = True


@dataclass(frozen=True, slots=True)
class ImportResult:
    """What reading a file of products would do or did. With any error in `problems`, nothing was done."""

    rows: int = 0
    created: int = 0
    changed: int = 0
    unchanged: int = 0
    done: bool = False
    problems: list[Problem] = field(default_factory=list)

    @property
    def refused(self) -> bool:
        """True if something in the file stops the whole of it."""
        return any(problem.is_error for problem in self.problems)
