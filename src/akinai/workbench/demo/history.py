"""The time before the shop took akinai up: its stores' finished orders, taken over as history (ORD-34)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from dataclasses import replace
from random import Random

from django.db import transaction

from akinai.backoffice.orders.services import place_orders
from akinai.backoffice.orders.types import OrderDraft, PaymentDraft, Placed
from akinai.backoffice.payments.services import record_from_store
from akinai.foundation.core.actor import Actor
from akinai.foundation.core.clock import JST, FrozenClock

from .trade import Trade

BATCH = 100
#: So many of a hundred finished orders had been cancelled at the store.
CANCELLED = 2


def how_many(rng: Random, day: dt.date, average: float) -> int:
    """Orders of a day: more on Sunday evenings and Mondays, fewer in the middle of the week."""
    busy = (1.15, 0.95, 0.85, 0.9, 1.0, 1.05, 1.2)[day.weekday()]
    return max(1, round(average * busy * rng.uniform(0.75, 1.25)))


def take_over(
    actor: Actor, trade: Trade, clock: FrozenClock, *, first: dt.date, last: dt.date, average: float,
    told: Callable[[int], None],
) -> int:  # fmt: skip
    """Place the finished orders of `first` to `last` in batches, as a shop does on its first day. Returns how many."""
    clock.move_to(dt.datetime.combine(last + dt.timedelta(days=1), dt.time(8, 30), tzinfo=JST))
    batch: list[OrderDraft] = []
    done = 0
    for draft in _finished(trade, first, last, average):
        batch.append(draft)
        if len(batch) == BATCH:
            done += place(actor, batch)
            told(done)
            batch = []
    return done + place(actor, batch)


def _finished(trade: Trade, first: dt.date, last: dt.date, average: float) -> Iterator[OrderDraft]:
    for offset in range((last - first).days + 1):
        day = first + dt.timedelta(days=offset)
        for at in trade.moments(day, how_many(trade.rng, day, average)):
            gone = trade.rng.randrange(100) < CANCELLED
            yield _ended(trade.order(at), gone=gone)


def _ended(draft: OrderDraft, *, gone: bool) -> OrderDraft:
    """Shipped long ago, or cancelled before any money moved."""
    if gone:
        draft = replace(draft, payment=PaymentDraft(draft.payment.method))
    return replace(draft, wish_date=None, is_cancelled=gone, is_shipped=not gone)


@transaction.atomic
def place(actor: Actor, drafts: list[OrderDraft]) -> int:
    """One batch with its money, as every import does it. An invented order that is refused is a mistake of ours."""
    results = place_orders(actor, drafts) if drafts else []
    placed = [result for result in results if isinstance(result, Placed)]
    if len(placed) != len(results):
        raise ValueError(f"refused: {next(r for r in results if not isinstance(r, Placed))}")
    record_from_store(actor, placed)
    return len(placed)
