"""Rows every new database begins with. They are put after migrating, where the table is empty, and then belong
to the shop: it may change or delete them."""

from __future__ import annotations

import datetime as dt
from typing import Any

from .models import TaxRate
from .revisions import bump

TAX_RATES = [
    ("std", 8, dt.date(2014, 4, 1), dt.date(2019, 9, 30)),
    ("std", 10, dt.date(2019, 10, 1), None),
    ("red", 8, dt.date(2019, 10, 1), None),
    ("exempt", 0, dt.date(1989, 4, 1), None),
    ("nontax", 0, dt.date(1989, 4, 1), None),
    ("out", 0, dt.date(1989, 4, 1), None),
]


def load_after_migrate(sender: Any, **_kwargs: Any) -> None:
    """Put the rates of the law where there are none. Also runs after a test has emptied the tables."""
    if TaxRate.objects.exists():
        return
    TaxRate.objects.bulk_create(
        TaxRate(code=code, percent=percent, effective_from=since, effective_to=until)
        for code, percent, since, until in TAX_RATES
    )
    bump("stores")
    bump("settings")
