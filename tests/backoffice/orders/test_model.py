"""REL-15 for whole orders: random programs of deeds against a model that knows little but sums.

After every step: ORD-2 and the quantities of each line as the model has them, the balances of each SKU, the money. At
the end of each program every invariant of the house: stored queue = derived queue, totals, ledger, reservations.
"""

from __future__ import annotations

import datetime as dt
import os
from collections.abc import Callable
from dataclasses import dataclass, field

import pytest
from django.db import transaction
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from akinai.backoffice.fulfillment import services as shipping
from akinai.backoffice.inventory.models import Stock
from akinai.backoffice.orders import services
from akinai.backoffice.orders.models import Order
from akinai.backoffice.orders.payment_fact import gate_open
from akinai.backoffice.orders.states import HoldKind, Queue
from akinai.backoffice.orders.types import ConsentDraft, Placed
from akinai.backoffice.payments import services as payments
from akinai.backoffice.payments.services import Money
from akinai.config.invariants import violations
from akinai.foundation.core import clock as house_clock
from akinai.foundation.core.actor import SYSTEM
from akinai.foundation.core.clock import JST, FrozenClock, set_clock
from akinai.foundation.core.clock import SystemClock as RealClock
from akinai.foundation.core.errors import AkinaiError, Refused
from tests.builders.catalog import make_skus
from tests.builders.orders import draft, line, make_shop, make_store
from tests.builders.shipments import tracking

SKUS = st.integers(0, 2)
PIECES = st.integers(1, 4)
#: a longer run before a release: AKINAI_ORDER_PROGRAMS=2000 AKINAI_ORDER_STEPS=40
PROGRAMS = int(os.environ.get("AKINAI_ORDER_PROGRAMS", "40"))
STEPS = int(os.environ.get("AKINAI_ORDER_STEPS", "20"))


@dataclass
class Known:
    """An order as the model has it: items by line, and whether it may still be touched."""

    pk: int
    skus: list[int]
    wanted: list[int]
    held: list[int]
    sent: list[int] = field(default_factory=list)
    received: int = 0
    accepted: bool = False
    cancelled: bool = False
    printed: bool = False
    holds: set[str] = field(default_factory=set)

    @property
    def gone(self) -> bool:
        return any(self.sent)


class OrderMachine(RuleBasedStateMachine):
    """Each rule does the same to the house and to the model; where the model says no, the house must refuse."""

    @initialize()
    def begin(self) -> None:
        self.block = transaction.atomic()
        self.block.__enter__()
        self.clock = FrozenClock(dt.datetime(2026, 11, 24, 9, 50, tzinfo=JST))
        set_clock(self.clock)
        make_shop()
        self.store = make_store()
        self.skus = make_skus(3)
        self.on_hand = [0, 0, 0]
        self.orders: list[Known] = []
        self.counter = 0

    def teardown(self) -> None:
        if hasattr(self, "block"):
            services.tick()
            wrong = [*violations()]
            transaction.set_rollback(True)
            self.block.__exit__(None, None, None)
            set_clock(RealClock())
            assert wrong == []

    # --- what the model thinks

    def free(self, sku: int) -> int:
        held = sum(n for o in self.orders for s, n in zip(o.skus, o.held, strict=True) if s == sku)
        return self.on_hand[sku] - held

    def allot(self, order: Known, only: int | None = None) -> bool:
        got = False
        for i, sku in enumerate(order.skus):
            if only is not None and sku != only:
                continue
            more = min(order.wanted[i] - order.sent[i] - order.held[i], self.free(sku))
            order.held[i] += more
            got = got or more > 0
        return got

    def serve(self, sku: int) -> None:
        for order in self.orders:  # placed in the order of their time
            asked = order.pk in self.asked
            if not order.cancelled and not asked:
                self.allot(order, only=sku)

    @property
    def asked(self) -> set[int]:
        return set(Order.objects.filter(cancel="requested").values_list("pk", flat=True))

    def let_go(self, order: Known) -> None:
        order.cancelled, order.holds = True, set()
        order.held = [0] * len(order.held)
        order.wanted = [0] * len(order.wanted)

    def attempt(self, may: bool, do: Callable[[], object]) -> bool:
        """Do it; the house must agree with the model on whether it may be done."""
        try:
            with transaction.atomic():
                do()
        except AkinaiError as refusal:
            assert str(refusal)
            assert not may, f"refused: {refusal}"
            return False
        assert may, "was not refused"
        return True

    def pick(self, n: int) -> Known:
        return self.orders[n % len(self.orders)]

    # --- deeds

    @rule(
        lines=st.lists(st.tuples(SKUS, PIECES), min_size=1, max_size=3),
        method=st.sampled_from(["card", "bank", "代金引換"]),
    )
    def place(self, lines: list[tuple[int, int]], method: str) -> None:
        self.counter += 1
        self.clock.advance(dt.timedelta(minutes=1))
        made = draft(
            f"M-{self.counter}", store=self.store, method=method,
            lines=[line(self.skus[s].code, n, short_told=True) for s, n in lines],
        )  # fmt: skip
        [placed] = services.place_orders(SYSTEM, [made])
        assert isinstance(placed, Placed)
        payments.record_from_store(SYSTEM, [placed])
        zeros = [0] * len(lines)
        known = Known(placed.order.pk, [s for s, _n in lines], [n for _s, n in lines], [*zeros], [*zeros])
        self.orders.append(known)
        self.allot(known)

    @precondition(lambda self: self.orders)
    @rule(n=st.integers(0, 9))
    def clear_and_accept(self, n: int) -> None:
        order = self.pick(n)
        for code in Order.objects.get(pk=order.pk).checks.filter(closed_at__isnull=True).values_list("code", flat=True):
            services.clear_check(SYSTEM, order_id=order.pk, code=code)
            assert not order.cancelled
        is_accepted = Order.objects.get(pk=order.pk).confirmation == "accepted"
        may = not order.cancelled and not is_accepted and order.pk not in self.asked
        if self.attempt(may, lambda: services.accept(SYSTEM, order_id=order.pk)):
            order.accepted = True

    @precondition(lambda self: self.orders)
    @rule(n=st.integers(0, 9), kind=st.sampled_from([HoldKind.MANUAL, HoldKind.UNTIL_DATE]), free=st.booleans())
    def hold(self, n: int, kind: HoldKind, free: bool) -> None:
        order = self.pick(n)
        may = not order.cancelled and not order.gone and kind not in order.holds and not (free and order.printed)
        until = house_clock.today() + dt.timedelta(days=1)
        if self.attempt(may, lambda: services.hold(SYSTEM, order_id=order.pk, kind=kind, until=until, free_stock=free)):
            order.holds.add(kind)
            if free:
                order.held = [0] * len(order.held)

    @precondition(lambda self: self.orders)
    @rule(n=st.integers(0, 9), kind=st.sampled_from([HoldKind.MANUAL, HoldKind.UNTIL_DATE]))
    def release(self, n: int, kind: HoldKind) -> None:
        order = self.pick(n)
        if self.attempt(kind in order.holds, lambda: services.release_hold(SYSTEM, order_id=order.pk, kind=kind)):
            order.holds.discard(kind)

    @precondition(lambda self: self.orders)
    @rule(n=st.integers(0, 9))
    def cancel(self, n: int) -> None:
        order = self.pick(n)
        may = not order.cancelled and not order.gone and not order.printed
        if self.attempt(may, lambda: services.approve_cancel(SYSTEM, order_id=order.pk)):
            self.let_go(order)

    @precondition(lambda self: self.orders)
    @rule(n=st.integers(0, 9))
    def ask_to_cancel(self, n: int) -> None:
        order = self.pick(n)
        may = not order.cancelled and not order.gone and order.pk not in self.asked
        self.attempt(may, lambda: services.request_cancel(SYSTEM, order_id=order.pk))

    @precondition(lambda self: self.orders)
    @rule(n=st.integers(0, 9))
    def refuse_to_cancel(self, n: int) -> None:
        order = self.pick(n)
        may = order.pk in self.asked
        self.attempt(may, lambda: services.refuse_cancel(SYSTEM, order_id=order.pk, reason="発送準備済み"))

    @precondition(lambda self: self.orders)
    @rule(n=st.integers(0, 9), i=st.integers(0, 2), to=st.integers(0, 3))
    def lower(self, n: int, i: int, to: int) -> None:
        order = self.pick(n)
        i %= len(order.skus)
        may = not order.cancelled and not order.gone and not order.printed and to < order.wanted[i]
        if self.attempt(may, lambda: services.lower_quantity(SYSTEM, order_id=order.pk, line=i + 1, to=to)):
            order.wanted[i] = to
            order.held[i] = min(order.held[i], to)
            if not any(order.wanted):
                self.let_go(order)

    @precondition(lambda self: self.orders)
    @rule(n=st.integers(0, 9), i=st.integers(0, 2), to=st.integers(1, 5), agreed=st.booleans())
    def change_quantity(self, n: int, i: int, to: int, agreed: bool) -> None:
        """ORD-42: what costs more waits for the buyer's word, if it was not given with the edit."""
        order = self.pick(n)
        i %= len(order.skus)
        may = not order.cancelled and not order.gone and not order.printed
        word = self.word() if agreed else None
        if not self.attempt(
            may, lambda: services.change_quantity(SYSTEM, order_id=order.pk, line=i + 1, to=to, consent=word)
        ):
            return
        more, order.wanted[i] = to > order.wanted[i], to
        order.held[i] = min(order.held[i], to)
        if more:
            self.allot(order, only=order.skus[i])

    @precondition(lambda self: self.orders)
    @rule(n=st.integers(0, 9), method=st.sampled_from(["card", "bank", "cod"]))
    def change_method(self, n: int, method: str) -> None:
        """The authorisation of the old way to pay is dead in the ledger, too."""
        order = self.pick(n)
        may = not order.cancelled and not order.gone and not order.printed
        self.attempt(
            may,
            lambda: services.change_payment_method(SYSTEM, order_id=order.pk, method=method, old_is_void=True),
        )

    @precondition(lambda self: self.orders)
    @rule(n=st.integers(0, 9))
    def agree(self, n: int) -> None:
        order = self.pick(n)
        self.attempt(
            not order.cancelled, lambda: services.record_consent(SYSTEM, order_id=order.pk, consent=self.word())
        )
        held = Order.objects.get(pk=order.pk).holds.filter(kind=HoldKind.CONSENT, closed_at__isnull=True)
        assert order.cancelled or not held.exists()

    @precondition(lambda self: self.orders)
    @rule(n=st.integers(0, 9))
    def override_or_withdraw(self, n: int) -> None:
        """ORD-8: the gate opens by a manager's word and closes again."""
        order = self.pick(n)
        row = Order.objects.select_related("payment_method").get(pk=order.pk)
        if row.gate_overridden:
            self.attempt(not order.cancelled, lambda: services.withdraw_override(SYSTEM, order_id=order.pk))
            return
        is_open = gate_open(row.payment, row.payment_method.timing, needs_credit_check=False)
        may = not order.cancelled and not order.gone and not is_open
        self.attempt(may, lambda: services.override_gate(SYSTEM, order_id=order.pk, reason="常連"))

    @staticmethod
    def word() -> ConsentDraft:
        return ConsentDraft("phone", house_clock.today(), "客")

    @precondition(lambda self: self.orders)
    @rule(n=st.integers(0, 9))
    def print_and_take_back_or_ship(self, n: int) -> None:
        """Papers out where nothing speaks against it; every third is pulled back, every third leaves, in part too."""
        order = self.pick(n)
        row = Order.objects.get(pk=order.pk)
        may = row.queue == Queue.READY and not order.printed
        if not self.attempt(may, lambda: self.print_papers(order.pk)):
            return
        order.printed = True
        if n % 3 == 0:
            shipping.pull_back(SYSTEM, order_id=order.pk, reason="やり直し")
            order.printed = False
        elif n % 3 == 1:
            parcel = row.shipments.latest("pk").pk
            shipping.pass_inspection(SYSTEM, shipment_id=parcel, reason="試験")
            shipping.set_tracking(SYSTEM, shipment_id=parcel, numbers=[tracking(parcel)])
            shipping.dispatch_one(SYSTEM, shipment_id=parcel)
            order.printed = False
            for i, sku in enumerate(order.skus):
                order.sent[i] += order.held[i]
                self.on_hand[sku] -= order.held[i]
                order.held[i] = 0

    @staticmethod
    def print_papers(order_id: int) -> None:
        made = shipping.make_batch(SYSTEM, order_ids=[order_id], papers=False)
        if made.batch is None:
            raise Refused(list(made.results[0].sentences))

    @rule(i=SKUS, n=PIECES)
    def receive(self, i: int, n: int) -> None:
        services.receive_stock(SYSTEM, sku_id=self.skus[i].pk, quantity=n)
        self.on_hand[i] += n
        self.serve(i)

    @rule(i=SKUS, n=st.integers(0, 6))
    def count(self, i: int, n: int) -> None:
        printed = sum(o.held[k] for o in self.orders if o.printed for k, s in enumerate(o.skus) if s == i)
        before = self.on_hand[i]
        if not self.attempt(
            n >= printed, lambda: services.correct_stock(SYSTEM, sku_id=self.skus[i].pk, counted=n, reason="count")
        ):
            return
        self.on_hand[i] = n
        for order in reversed(self.orders):
            for k, sku in enumerate(order.skus):
                if sku == i and not order.printed and self.free(i) < 0:
                    order.held[k] -= min(order.held[k], -self.free(i))
        if n > before:
            self.serve(i)

    @precondition(lambda self: self.orders)
    @rule(n=st.integers(0, 9))
    def allocate(self, n: int) -> None:
        order = self.pick(n)
        if order.cancelled:
            self.attempt(False, lambda: services.allocate(SYSTEM, order_id=order.pk))
            return
        may = self.allot(order)
        self.attempt(may, lambda: services.allocate(SYSTEM, order_id=order.pk))

    @precondition(lambda self: self.orders)
    @rule(n=st.integers(0, 9), yen=st.sampled_from([1, 500, 2200, 8800]))
    def pay(self, n: int, yen: int) -> None:
        order = self.pick(n)
        at_the_door = Order.objects.get(pk=order.pk).payment_method.timing == "postpaid"
        may = not at_the_door or order.gone
        money = Money(yen, house_clock.today())
        if self.attempt(may, lambda: payments.mark_deposit(SYSTEM, order_id=order.pk, money=money)):
            order.received += yen

    @precondition(lambda self: self.orders)
    @rule(n=st.integers(0, 9), yen=st.sampled_from([1, 500, 2200]))
    def refund(self, n: int, yen: int) -> None:
        order = self.pick(n)
        money = Money(yen, house_clock.today(), method="bank")
        if self.attempt(yen <= order.received, lambda: payments.refund(SYSTEM, order_id=order.pk, money=money)):
            order.received -= yen

    @rule(days=st.integers(1, 2))
    def tick(self, days: int) -> None:
        """ORD-6: a date hold opens by itself; after a stop of two days, too."""
        self.clock.advance(dt.timedelta(days=days))
        services.tick()
        for order in self.orders:
            order.holds.discard(HoldKind.UNTIL_DATE)

    # --- what must hold after every step

    @invariant()
    def stock_is_as_the_model_has_it(self) -> None:
        if not hasattr(self, "block"):
            return
        rows = {row.sku_id: row for row in Stock.objects.all()}
        for i, sku in enumerate(self.skus):
            row = rows.get(sku.pk)
            assert (row.on_hand if row else 0) == self.on_hand[i]
            assert (row.free if row else 0) == self.free(i)

    @invariant()
    def orders_are_as_the_model_has_them(self) -> None:
        if not hasattr(self, "block"):
            return
        rows = {order.pk: order for order in Order.objects.prefetch_related("lines")}
        for known in self.orders:
            order = rows[known.pk]
            lines = list(order.lines.all())
            assert [x.allocated for x in lines] == known.held
            assert [x.shipped for x in lines] == known.sent
            assert [x.live for x in lines] == known.wanted
            assert all(x.quantity == x.allocated + x.short + x.shipped + x.cancelled for x in lines)  # ORD-2
            assert order.received_amount == known.received
            assert (order.queue == Queue.CANCELLED) == known.cancelled
            stands_in_work = order.queue in (Queue.READY, Queue.PREPARING)
            assert not (known.printed and not stands_in_work) or order.stopped  # ORD-12
            if HoldKind.MANUAL in known.holds and known.accepted and not known.gone:
                assert order.queue in (Queue.HOLD, Queue.CHECK)


@pytest.mark.django_db
@pytest.mark.slow
def test_rel_15_random_programs_of_deeds_on_orders_match_a_model() -> None:
    run_state_machine_as_test(
        OrderMachine,
        settings=settings(
            max_examples=PROGRAMS,
            stateful_step_count=STEPS,
            deadline=None,
            suppress_health_check=list(HealthCheck),
            derandomize=os.environ.get("AKINAI_ORDER_PROGRAMS") is None,
            database=None,
        ),
    )
