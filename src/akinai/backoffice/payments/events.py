"""What happened to money, for those above."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import ClassVar

from akinai.foundation.events import Event

from . import permissions


@dataclass(frozen=True)
class DepositRecorded(Event):
    """T06: money of a buyer was confirmed. `amount` is yen, `paid_on` the JST date it came in."""

    name: ClassVar[str] = "payments.deposit_recorded"
    permission: ClassVar[str] = permissions.VIEW

    order_id: int
    entry_id: int
    amount: int
    paid_on: dt.date

    @property
    def subject(self) -> str:
        return f"order:{self.order_id}"


@dataclass(frozen=True)
class RefundRecorded(Event):
    """T26: money went back to the buyer. `amount` is yen, `refunded_on` a JST date."""

    name: ClassVar[str] = "payments.refund_recorded"
    permission: ClassVar[str] = permissions.VIEW

    order_id: int
    entry_id: int
    amount: int
    refunded_on: dt.date

    @property
    def subject(self) -> str:
        return f"order:{self.order_id}"


@dataclass(frozen=True)
class EntryReversed(Event):
    """An entry was taken back by its opposite."""

    name: ClassVar[str] = "payments.entry_reversed"
    permission: ClassVar[str] = permissions.VIEW

    order_id: int
    entry_id: int

    @property
    def subject(self) -> str:
        return f"order:{self.order_id}"


@dataclass(frozen=True)
class BankChecked(Event):
    """PAY-6: somebody has looked at the account; all deposits up to the end of `through` (JST) are recorded."""

    name: ClassVar[str] = "payments.bank_checked"
    permission: ClassVar[str] = permissions.VIEW

    check_id: int
    through: dt.date

    @property
    def subject(self) -> str:
        return f"bank:{self.check_id}"
