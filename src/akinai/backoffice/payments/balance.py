"""What the ledger of an order adds up to. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from .models import LedgerEntry
from .states import GIVEN_BACK, GUARANTEED, RECEIVED, UNGUARANTEED, Entry


@dataclass(frozen=True, slots=True)
class Balance:
    """Yen received less refunds, the same before refunds, and what is authorised; whether the rest is written off."""

    received: int = 0
    gross: int = 0
    refunded: int = 0
    guaranteed: int = 0
    written_off: bool = False


def balance_of(entries: Iterable[LedgerEntry]) -> Balance:
    """The sums of one order's entries; what was reversed counts as if it had not been."""
    rows = list(entries)
    reversed_ids = {row.reverses_id for row in rows if row.reverses_id}
    live = [row for row in rows if row.pk not in reversed_ids and row.kind != Entry.REVERSAL]
    gross = sum(row.amount for row in live if row.kind in RECEIVED)
    refunded = sum(row.amount for row in live if row.kind in GIVEN_BACK)
    guaranteed = sum(row.amount for row in live if row.kind in GUARANTEED)
    guaranteed -= sum(row.amount for row in live if row.kind in UNGUARANTEED)
    written_off = any(row.kind == Entry.WRITE_OFF for row in live)
    return Balance(gross - refunded, gross, refunded, guaranteed, written_off)
