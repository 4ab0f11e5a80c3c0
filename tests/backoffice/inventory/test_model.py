"""REL-15: random programs of stock work against a dict that knows nothing but sums."""

from __future__ import annotations

import datetime as dt
import os
from collections import defaultdict

import pytest
from django.db import transaction
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test

from akinai.backoffice.inventory import services
from akinai.backoffice.inventory.check import violations
from akinai.backoffice.inventory.errors import HeldByOrders, NotEnough
from akinai.backoffice.inventory.ledger import default_place
from akinai.backoffice.inventory.models import Place, Reservation, Stock
from akinai.backoffice.inventory.states import Reason
from akinai.backoffice.inventory.types import Want
from akinai.foundation.core.actor import SYSTEM
from akinai.foundation.core.clock import JST, FrozenClock, set_clock
from akinai.foundation.core.clock import SystemClock as RealClock
from akinai.foundation.core.errors import BadInput, Refused
from tests.builders.catalog import make_skus

SKUS = st.integers(0, 2)
PIECES = st.integers(1, 6)
REFERENCES = st.sampled_from([f"R-{n}/{line}" for n in (1, 2, 3) for line in (1, 2)])
#: a longer run before a release: AKINAI_STOCK_PROGRAMS=5000 AKINAI_STOCK_STEPS=50
PROGRAMS = int(os.environ.get("AKINAI_STOCK_PROGRAMS", "200"))
STEPS = int(os.environ.get("AKINAI_STOCK_STEPS", "30"))


class StockMachine(RuleBasedStateMachine):
    """Every rule does the same to the database and to the dicts, and expects the same refusals."""

    @initialize()
    def begin(self) -> None:
        self.block = transaction.atomic()
        self.block.__enter__()
        self.clock = FrozenClock(dt.datetime(2026, 11, 24, 9, 50, tzinfo=JST))
        set_clock(self.clock)
        self.skus = [sku.pk for sku in make_skus(3)]
        self.here, self.there = default_place(), Place.objects.create(code="there", name="there")
        self.on_hand: dict[tuple[int, int], int] = defaultdict(int)
        self.blocked: dict[tuple[int, int], int] = defaultdict(int)
        self.held: dict[tuple[str, int], int] = {}
        self.ends: dict[tuple[str, int], dt.datetime | None] = {}

    def teardown(self) -> None:
        if hasattr(self, "block"):
            wrong = list(violations())
            transaction.set_rollback(True)
            self.block.__exit__(None, None, None)
            set_clock(RealClock())
            assert wrong == []

    def reserved(self, sku: int) -> int:
        return sum(n for (_ref, s), n in self.held.items() if s == sku)

    def free(self, sku: int) -> int:
        key = (sku, self.here.pk)
        return self.on_hand[key] - self.blocked[key] - self.reserved(sku)

    @rule(i=SKUS, n=PIECES)
    def receive(self, i: int, n: int) -> None:
        services.receive(SYSTEM, sku_id=self.skus[i], quantity=n)
        self.on_hand[self.skus[i], self.here.pk] += n

    @rule(
        wants=st.lists(st.tuples(REFERENCES, SKUS, PIECES), min_size=1, max_size=4),
        partial=st.booleans(),
        ends=st.booleans(),
    )
    def order(self, wants: list[tuple[str, int, int]], partial: bool, ends: bool) -> None:
        until = self.clock.now() + dt.timedelta(minutes=15) if ends else None
        asked = [Want(ref, self.skus[i], n) for ref, i, n in wants]
        answers = services.reserve(SYSTEM, asked, allow_partial=partial, expires_at=until)
        for want, answer in zip(asked, answers, strict=True):
            free = self.free(want.sku_id)
            got = min(free, want.quantity) if partial else want.quantity * (free >= want.quantity)
            assert (answer.reserved, answer.short) == (got, want.quantity - got)
            if got:
                key = (want.reference, want.sku_id)
                self.held[key] = self.held.get(key, 0) + got
                self.ends[key] = until

    @rule(ref=REFERENCES, n=st.none() | PIECES)
    def cancel(self, ref: str, n: int | None) -> None:
        gone = sum(t.quantity for t in services.release(SYSTEM, [ref], quantity=n))
        assert gone == sum(self.drop(ref, n).values())

    @rule(ref=REFERENCES, n=st.none() | PIECES)
    def ship(self, ref: str, n: int | None) -> None:
        holds = sum(count for (r, _s), count in self.held.items() if r == ref)
        if holds == 0 or (n is not None and holds < n):
            with pytest.raises(Refused):
                services.consume(SYSTEM, [(ref, n)])
            return
        services.consume(SYSTEM, [(ref, n)])
        for sku, count in self.drop(ref, n).items():
            self.on_hand[sku, self.here.pk] -= count

    def drop(self, ref: str, n: int | None) -> dict[int, int]:
        """Pieces taken from a reference, lower SKU first."""
        gone: dict[int, int] = {}
        for key in sorted((k for k in self.held if k[0] == ref), key=lambda k: k[1]):
            count = self.held[key] if n is None else min(self.held[key], n - sum(gone.values()))
            gone[key[1]] = count
            self.held[key] -= count
            if not self.held[key]:
                del self.held[key]
        return gone

    @rule(i=SKUS, n=st.integers(0, 12))
    def count(self, i: int, n: int) -> None:
        sku, key = self.skus[i], (self.skus[i], self.here.pk)
        missing = self.reserved(sku) + self.blocked[key] - n
        if missing > 0:
            with pytest.raises(HeldByOrders) as refused:
                services.adjust(SYSTEM, sku_id=sku, counted=n, reason=Reason.COUNT)
            assert refused.value.missing == missing
            return
        services.adjust(SYSTEM, sku_id=sku, counted=n, reason=Reason.COUNT)
        self.on_hand[key] = n

    @rule(i=SKUS, n=PIECES)
    def block_some(self, i: int, n: int) -> None:
        sku = self.skus[i]
        if self.free(sku) < n:
            with pytest.raises(NotEnough):
                services.block(SYSTEM, sku_id=sku, quantity=n)
            return
        services.block(SYSTEM, sku_id=sku, quantity=n)
        self.blocked[sku, self.here.pk] += n

    @rule(i=SKUS, n=PIECES)
    def unblock(self, i: int, n: int) -> None:
        sku, key = self.skus[i], (self.skus[i], self.here.pk)
        if self.blocked[key] < n:
            with pytest.raises(BadInput):
                services.unblock(SYSTEM, sku_id=sku, quantity=n)
            return
        services.unblock(SYSTEM, sku_id=sku, quantity=n)
        self.blocked[key] -= n

    @rule(i=SKUS, n=PIECES)
    def transfer(self, i: int, n: int) -> None:
        sku = self.skus[i]
        if self.free(sku) < n:
            with pytest.raises(NotEnough):
                services.transfer(SYSTEM, sku_id=sku, quantity=n, source=self.here, target=self.there)
            return
        services.transfer(SYSTEM, sku_id=sku, quantity=n, source=self.here, target=self.there)
        self.on_hand[sku, self.here.pk] -= n
        self.on_hand[sku, self.there.pk] += n

    @rule(minutes=st.sampled_from([5, 20]))
    def expire(self, minutes: int) -> None:
        self.clock.advance(dt.timedelta(minutes=minutes))
        gone = {(t.reference, t.sku_id): t.quantity for t in services.expire(SYSTEM)}
        over = {k: n for k, n in self.held.items() if (end := self.ends[k]) is not None and end <= self.clock.now()}
        assert gone == over
        for key in over:
            del self.held[key]

    @invariant()
    def the_database_says_the_same(self) -> None:
        if not hasattr(self, "block"):
            return
        rows = {(s.sku_id, s.place_id): s for s in Stock.objects.all()}
        for sku in self.skus:
            for place in (self.here.pk, self.there.pk):
                row = rows.get((sku, place)) or Stock()
                promised = self.reserved(sku) if place == self.here.pk else 0
                told = (self.on_hand[sku, place], self.blocked[sku, place], promised)
                assert (row.on_hand, row.blocked, row.reserved) == told
        assert {(r.reference, r.sku_id): r.quantity for r in Reservation.objects.all()} == self.held


@pytest.mark.slow
@pytest.mark.django_db
def test_rel_15_random_programs_of_stock_work() -> None:
    run_state_machine_as_test(
        StockMachine,
        settings=settings(
            max_examples=PROGRAMS,
            stateful_step_count=STEPS,
            deadline=None,
            database=None,
            suppress_health_check=list(HealthCheck),
        ),
    )
