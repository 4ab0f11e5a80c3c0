"""入金確認済みの日: up to which day the account has been looked at (PAY-6). Reading."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from akinai.foundation.core import clock
from akinai.shop.terms.due import bank_day_before

from .models import BankCheck


@dataclass(frozen=True, slots=True)
class Coverage:
    """Until the end of `through` (JST; None: nobody ever looked) all deposits are recorded.

    `needed` is the last bank business day before today: without it nobody is asked for money and nothing is cancelled.
    """

    through: dt.date | None
    needed: dt.date
    at: dt.datetime | None = None
    by_label: str = ""

    @property
    def is_current(self) -> bool:
        """PAY-6: buyers may be asked about a payment that has not come."""
        return self.covers(self.needed)

    def covers(self, day: dt.date) -> bool:
        """Whether all deposits of that day are recorded."""
        return self.through is not None and self.through >= day

    @property
    def days_open(self) -> int:
        """Calendar days that nobody has looked at, today not counted; 0 where nobody ever looked."""
        return max(0, (clock.today() - self.through).days - 1) if self.through else 0


def coverage() -> Coverage:
    """How far the account has been looked at; one query."""
    row = BankCheck.objects.first()
    needed = bank_day_before(clock.today())
    return Coverage(row.through, needed, row.at, row.by_label) if row else Coverage(None, needed)
