"""Which queue an order stands in and what blocks it: pure functions over facts.

The queue is never typed by anybody (ORD-1). The stored projection is written only by `services.refresh`.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field

from .payment_fact import SETTLED, gate_open
from .states import (
    CHECK_HOLDS,
    CLOSED_STAGES,
    DATE_HOLDS,
    IN_WORK,
    WAIT_HOLDS,
    Cancel,
    Check,
    Confirmation,
    HoldKind,
    Payment,
    Queue,
    ShipPolicy,
    Stage,
    Timing,
)


@dataclass(frozen=True, slots=True)
class LineFacts:
    """Quantities of one line. ORD-2: ordered = allocated + short + shipped + cancelled. `unknown`: it has no SKU."""

    ordered: int
    allocated: int = 0
    shipped: int = 0
    cancelled: int = 0
    name: str = ""
    unknown: bool = False

    @property
    def remaining(self) -> int:
        return self.ordered - self.shipped - self.cancelled

    @property
    def short(self) -> int:
        return self.remaining - self.allocated


@dataclass(frozen=True, slots=True)
class HoldFact:
    """One open hold."""

    kind: str
    until: dt.date | None = None
    note: str = ""


@dataclass(frozen=True, slots=True)
class Facts:
    """Everything the queue depends on. Dates are JST business dates."""

    lines: tuple[LineFacts, ...]
    confirmation: str = Confirmation.ACCEPTED
    cancel: str = Cancel.NONE
    timing: str = Timing.PREPAID
    needs_credit_check: bool = False
    payment: str = Payment.GUARANTEED
    holds: tuple[HoldFact, ...] = ()
    checks: tuple[str, ...] = ()
    ship_policy: str = ShipPolicy.ALL
    ship_not_before: dt.date | None = None
    stages: tuple[str, ...] = field(default=())
    open_cases: int = 0
    open_followups: int = 0
    close_wait_until: dt.date | None = None
    gate_overridden: bool = False

    @property
    def has_remaining(self) -> bool:
        return any(line.remaining > 0 for line in self.lines)

    @property
    def is_cancelled(self) -> bool:
        return self.cancel == Cancel.CANCELLED or all(line.cancelled >= line.ordered for line in self.lines)

    @property
    def money_is_there(self) -> bool:
        return gate_open(self.payment, self.timing, needs_credit_check=self.needs_credit_check)

    @property
    def gate_open(self) -> bool:
        """ORD-8: the money is there, or a manager lets the goods go without it."""
        return self.gate_overridden or self.money_is_there

    @property
    def payment_failed(self) -> bool:
        """A guarantee failed and nobody has decided to ship all the same."""
        return self.payment == Payment.GUARANTEE_FAILED and not self.gate_overridden

    @property
    def leaves_unpaid(self) -> bool:
        """ORD-8: goods are still to be sent, without the money, by a manager's word."""
        return self.gate_overridden and not self.money_is_there and self.has_remaining and not self.is_cancelled

    @property
    def in_work(self) -> bool:
        return any(stage in IN_WORK for stage in self.stages)

    @property
    def stock_stops(self) -> bool:
        """ORD-11: whether lack of stock keeps everything back."""
        open_lines = [line for line in self.lines if line.remaining > 0]
        if self.ship_policy == ShipPolicy.PARTIAL:
            return all(line.allocated <= 0 for line in open_lines)
        return any(line.short > 0 for line in open_lines)

    @property
    def wait_holds(self) -> list[HoldFact]:
        """ORD-5: holds that end when somebody lets the order go; after shipping they keep it open (T29)."""
        return [h for h in self.holds if h.kind in WAIT_HOLDS]

    def open_date_holds(self, today: dt.date) -> list[HoldFact]:
        """ORD-6: a date hold opens by itself on its day."""
        return [h for h in self.holds if h.kind in DATE_HOLDS and (h.until is None or h.until > today)]


def derive_queue(facts: Facts, today: dt.date) -> Queue:
    """The one queue of an order (ORD-10): rows from top to bottom, the first that matches wins."""
    if facts.is_cancelled:
        return Queue.CANCELLED
    if facts.confirmation == Confirmation.RECEIVED:
        return Queue.NEW
    if not facts.has_remaining:
        return _queue_after_shipping(facts, today)
    return _queue_before_shipping(facts, today)


def _queue_before_shipping(facts: Facts, today: dt.date) -> Queue:
    """Rows 3 to 9, for an order with goods still to send."""
    if (
        facts.cancel == Cancel.REQUESTED
        or facts.confirmation == Confirmation.NEEDS_CHECK
        or any(h.kind in CHECK_HOLDS for h in facts.holds)
        or facts.payment_failed
    ):
        return Queue.CHECK
    if facts.wait_holds:
        return Queue.HOLD
    if not facts.gate_open:
        return Queue.AWAITING_PAYMENT
    if facts.stock_stops:
        return Queue.AWAITING_STOCK
    if facts.ship_not_before is not None and facts.ship_not_before > today:
        return Queue.AWAITING_DATE
    return Queue.PREPARING if facts.in_work else Queue.READY


def _queue_after_shipping(facts: Facts, today: dt.date) -> Queue:
    """Rows 3 (what is left of it), 10, 11 and 12."""
    if facts.confirmation == Confirmation.NEEDS_CHECK:
        return Queue.CHECK
    if facts.timing == Timing.POSTPAID and facts.payment not in SETTLED:
        return Queue.AWAITING_SETTLEMENT
    waits = facts.close_wait_until is not None and facts.close_wait_until > today
    # Once the time to close is over, no news means it arrived (ORD-16).
    parcels_open = facts.close_wait_until is None and any(s not in CLOSED_STAGES for s in facts.stages)
    owed = facts.payment in (Payment.REFUND_DUE, Payment.OVERPAID)
    if waits or parcels_open or facts.open_cases or facts.open_followups or owed or facts.wait_holds:
        return Queue.SHIPPED
    return Queue.DONE


def is_stopped(facts: Facts, today: dt.date) -> bool:
    """ORD-12: papers are out, but something says the goods must not leave (出荷停止)."""
    if not facts.in_work:
        return False
    return derive_queue(facts, today) != Queue.PREPARING


@dataclass(frozen=True, slots=True)
class Blocker:
    """One reason why an order does not move (N-4). `code` names it; `name`/`until`/`quantity` fill its sentence.

    The sentence and the action that clears it are looked up by code in `wording.py`.
    """

    code: str
    name: str = ""
    until: dt.date | None = None
    quantity: int = 0


def blockers(facts: Facts, today: dt.date) -> list[Blocker]:
    """Every reason at once (ORD-13), in the order in which the queue table looks at them."""
    if facts.is_cancelled:
        return []
    if not facts.has_remaining:
        return [Blocker(f"hold.{h.kind}", name=h.note, until=h.until) for h in facts.wait_holds]
    found: list[Blocker] = []
    if facts.cancel == Cancel.REQUESTED:
        found.append(Blocker("cancel_requested"))
    found += [Blocker(f"check.{code}") for code in facts.checks]
    if facts.confirmation != Confirmation.ACCEPTED and not facts.checks:
        found.append(Blocker("not_accepted"))
    if facts.payment_failed:
        found.append(Blocker("guarantee_failed"))
    found += [
        Blocker(f"hold.{h.kind}", name=h.note, until=h.until)
        for h in facts.holds
        if h.kind not in DATE_HOLDS or h in facts.open_date_holds(today)
    ]
    if not facts.gate_open and facts.payment != Payment.GUARANTEE_FAILED:
        found.append(Blocker("part_paid" if facts.payment == Payment.PART_PAID else "unpaid"))
    if Check.STOCKOUT not in facts.checks and facts.stock_stops:
        # an item nobody knows is told of by its own reason; no stock could be found for it
        short = [line for line in facts.lines if line.short > 0 and not line.unknown]
        found += [Blocker("short", name=line.name, quantity=line.short) for line in short]
    has_date_hold = any(h.kind in DATE_HOLDS for h in facts.open_date_holds(today))
    if not has_date_hold and facts.ship_not_before is not None and facts.ship_not_before > today:
        found.append(Blocker("not_before", until=facts.ship_not_before))
    return found


def may_ship(facts: Facts, today: dt.date) -> bool:
    """True if nothing at all stands against handing the goods to the carrier (R55)."""
    return derive_queue(facts, today) in (Queue.READY, Queue.PREPARING)


__all__ = [
    "Blocker",
    "Facts",
    "HoldFact",
    "HoldKind",
    "LineFacts",
    "Stage",
    "blockers",
    "derive_queue",
    "is_stopped",
    "may_ship",
]
