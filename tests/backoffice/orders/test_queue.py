"""The processing queue: the truth table Q01-Q25 and the ORD-18 properties."""

from __future__ import annotations

import dataclasses
import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from akinai.backoffice.orders.payment_fact import Money, derive_payment
from akinai.backoffice.orders.queue import Facts, HoldFact, LineFacts, blockers, derive_queue, is_stopped, may_ship
from akinai.backoffice.orders.states import (
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

TODAY = dt.date(2026, 11, 24)
DEC_1 = dt.date(2026, 12, 1)
FULL = (LineFacts(ordered=2, allocated=2),)
SHORT = (LineFacts(ordered=2, allocated=0),)
MIXED = (LineFacts(ordered=1, allocated=1), LineFacts(ordered=1, allocated=0))
SENT = (LineFacts(ordered=2, shipped=2),)
CLEAR = Facts(lines=FULL, stages=(Stage.PLANNED,))


def clear(**changes: object) -> Facts:
    return dataclasses.replace(CLEAR, **changes)  # type: ignore[arg-type]


TRUTH = {
    "Q01": (clear(confirmation=Confirmation.RECEIVED), Queue.NEW),
    "Q02": (clear(confirmation=Confirmation.NEEDS_CHECK, checks=(Check.REMARK,)), Queue.CHECK),
    "Q03": (clear(payment=Payment.UNPAID), Queue.AWAITING_PAYMENT),
    "Q04": (clear(payment=Payment.UNPAID, lines=SHORT), Queue.AWAITING_PAYMENT),
    "Q05": (clear(payment=Payment.PAID, lines=MIXED), Queue.AWAITING_STOCK),
    "Q06": (clear(payment=Payment.PAID, lines=MIXED, ship_policy=ShipPolicy.PARTIAL), Queue.READY),
    "Q07": (clear(confirmation=Confirmation.NEEDS_CHECK, checks=(Check.STOCKOUT,), lines=SHORT), Queue.CHECK),
    "Q08": (clear(timing=Timing.POSTPAID, payment=Payment.UNPAID), Queue.READY),
    "Q09": (clear(timing=Timing.POSTPAID, needs_credit_check=True, payment=Payment.UNPAID), Queue.AWAITING_PAYMENT),
    "Q10": (clear(timing=Timing.POSTPAID, needs_credit_check=True, payment=Payment.GUARANTEE_FAILED), Queue.CHECK),
    "Q11": (clear(holds=(HoldFact(HoldKind.UNTIL_DATE, DEC_1),), ship_not_before=DEC_1), Queue.AWAITING_DATE),
    "Q12": (
        clear(holds=(HoldFact(HoldKind.UNTIL_DATE, DEC_1),), ship_not_before=DEC_1, payment=Payment.GUARANTEE_FAILED),
        Queue.CHECK,
    ),
    "Q13": (clear(holds=(HoldFact(HoldKind.MANUAL),), payment=Payment.UNPAID), Queue.HOLD),
    "Q14": (clear(cancel=Cancel.REQUESTED, stages=(Stage.INSTRUCTED,)), Queue.CHECK),
    "Q15": (clear(stages=(Stage.INSTRUCTED,)), Queue.PREPARING),
    "Q16": (
        clear(lines=SENT, stages=(Stage.SHIPPED,), timing=Timing.POSTPAID, payment=Payment.UNPAID),
        Queue.AWAITING_SETTLEMENT,
    ),
    "Q17": (clear(lines=SENT, stages=(Stage.DELIVERED,), payment=Payment.PAID, open_followups=1), Queue.SHIPPED),
    "Q18": (
        clear(
            lines=(LineFacts(ordered=1, shipped=1), LineFacts(ordered=1)),
            stages=(Stage.SHIPPED,),
            ship_policy=ShipPolicy.PARTIAL,
        ),
        Queue.AWAITING_STOCK,
    ),
    "Q19": (clear(lines=SENT, stages=(Stage.DELIVERED,), payment=Payment.PAID, open_cases=1), Queue.SHIPPED),
    "Q20": (clear(cancel=Cancel.CANCELLED, payment=Payment.REFUND_DUE), Queue.CANCELLED),
    "Q21": (clear(payment=Payment.NOT_REQUIRED), Queue.READY),
    "Q22": (clear(lines=SENT, stages=(Stage.DELIVERED,), payment=Payment.PAID), Queue.DONE),
    "Q23": (
        clear(holds=(HoldFact(HoldKind.RELEASE_DATE, dt.date(2026, 12, 10)),), ship_not_before=dt.date(2026, 12, 10)),
        Queue.AWAITING_DATE,
    ),
    "Q24": (clear(payment=Payment.PART_PAID), Queue.AWAITING_PAYMENT),
    "Q25": (clear(confirmation=Confirmation.NEEDS_CHECK), Queue.CHECK),
}


@pytest.mark.parametrize("row", TRUTH)
def test_ord_10_truth_table(row: str) -> None:
    """ORD-10, ORD-11, ORD-14: rows from top to bottom, the first that fits wins; Q01 to Q25."""
    facts, queue = TRUTH[row]
    assert derive_queue(facts, TODAY) == queue


def test_ord_12_papers_out_and_a_stop_is_red() -> None:
    assert is_stopped(TRUTH["Q14"][0], TODAY)
    assert not is_stopped(TRUTH["Q15"][0], TODAY)
    assert not may_ship(TRUTH["Q14"][0], TODAY)


def test_ord_6_a_date_hold_opens_on_its_day() -> None:
    facts = clear(holds=(HoldFact(HoldKind.UNTIL_DATE, DEC_1),), ship_not_before=DEC_1)
    assert derive_queue(facts, DEC_1 - dt.timedelta(days=1)) == Queue.AWAITING_DATE
    assert derive_queue(facts, DEC_1) == Queue.READY


def test_ord_16_no_news_means_it_arrived() -> None:
    facts = clear(lines=SENT, stages=(Stage.SHIPPED,), payment=Payment.PAID, close_wait_until=DEC_1)
    assert derive_queue(facts, TODAY) == Queue.SHIPPED
    assert derive_queue(facts, DEC_1) == Queue.DONE


DATED = ("hold.until_date", "hold.release_date")
quantities = st.integers(0, 3)


@st.composite
def line_facts(draw: st.DrawFn) -> LineFacts:
    shipped, cancelled, allocated, short = (draw(quantities) for _ in range(4))
    ordered = shipped + cancelled + allocated + short
    if not ordered:
        ordered = allocated = 1
    return LineFacts(ordered=ordered, allocated=allocated, shipped=shipped, cancelled=cancelled)


dates = st.dates(dt.date(2026, 11, 1), dt.date(2026, 12, 31))


@st.composite
def any_facts(draw: st.DrawFn) -> Facts:
    lines = tuple(draw(st.lists(line_facts(), min_size=1, max_size=3)))
    remaining = any(line.remaining > 0 for line in lines)
    checks = tuple(draw(st.lists(st.sampled_from(list(Check)), unique=True, max_size=2))) if remaining else ()
    confirmation = draw(st.sampled_from(list(Confirmation)))
    if checks:
        confirmation = Confirmation.NEEDS_CHECK
    return Facts(
        lines=lines,
        confirmation=confirmation,
        cancel=draw(st.sampled_from(list(Cancel))),
        timing=draw(st.sampled_from(list(Timing))),
        needs_credit_check=draw(st.booleans()),
        payment=draw(st.sampled_from(list(Payment))),
        holds=tuple(
            HoldFact(k, draw(dates)) for k in draw(st.lists(st.sampled_from(list(HoldKind)), unique=True, max_size=2))
        ),
        checks=checks,
        ship_policy=draw(st.sampled_from(list(ShipPolicy))),
        ship_not_before=draw(st.none() | dates),
        stages=tuple(draw(st.lists(st.sampled_from(list(Stage)), max_size=2))),
        open_cases=draw(st.integers(0, 1)),
        open_followups=draw(st.integers(0, 1)),
        close_wait_until=draw(st.none() | dates),
    )


ROWS = [
    Queue.CANCELLED, Queue.NEW, Queue.CHECK, Queue.HOLD, Queue.AWAITING_PAYMENT, Queue.AWAITING_STOCK,
    Queue.AWAITING_DATE, Queue.PREPARING, Queue.READY, Queue.AWAITING_SETTLEMENT, Queue.SHIPPED, Queue.DONE,
]  # fmt: skip


@given(any_facts(), dates)
def test_ord_18_every_combination_has_one_queue_and_keeps_it(facts: Facts, today: dt.date) -> None:
    assert derive_queue(facts, today) == derive_queue(facts, today)
    assert derive_queue(facts, today) in ROWS


@given(any_facts(), dates)
def test_ord_18_clearing_a_fact_never_moves_an_order_back(facts: Facts, today: dt.date) -> None:
    before = ROWS.index(derive_queue(facts, today))
    cleared = [
        dataclasses.replace(facts, holds=facts.holds[1:]),
        dataclasses.replace(facts, checks=facts.checks[1:]),
        dataclasses.replace(facts, ship_not_before=None),
        dataclasses.replace(facts, open_cases=0),
        dataclasses.replace(facts, open_followups=0),
    ]
    if facts.cancel == Cancel.REQUESTED:
        cleared.append(dataclasses.replace(facts, cancel=Cancel.NONE))
    if facts.confirmation == Confirmation.NEEDS_CHECK and not facts.checks:
        cleared.append(dataclasses.replace(facts, confirmation=Confirmation.ACCEPTED))
    filled = tuple(dataclasses.replace(x, allocated=x.remaining) for x in facts.lines)
    cleared.append(dataclasses.replace(facts, lines=filled))
    for after in cleared:
        assert ROWS.index(derive_queue(after, today)) >= before


@given(any_facts(), dates)
def test_ord_13_an_order_that_may_ship_has_no_blocker_and_the_other_way_round(facts: Facts, today: dt.date) -> None:
    if facts.is_cancelled or not facts.has_remaining:
        kept = [] if facts.is_cancelled else [f"hold.{h.kind}" for h in facts.wait_holds]
        assert [b.code for b in blockers(facts, today)] == kept
        return
    if may_ship(facts, today):
        # a partial shipment may leave while another line is short; what a date hold asks for stands in ship_not_before
        assert [b for b in blockers(facts, today) if b.code not in ("short", "not_before", *DATED)] == []
    elif facts.confirmation != Confirmation.RECEIVED:
        assert blockers(facts, today)


@pytest.mark.parametrize(
    ("money", "expected"),
    [
        (Money(due=1000, written_off=True), Payment.WRITTEN_OFF),
        (Money(due=0, received=500, cancelled=True), Payment.REFUND_DUE),
        (Money(due=800, received=1000, credited=True), Payment.REFUND_DUE),
        (Money(due=0), Payment.NOT_REQUIRED),
        (Money(due=800, received=1000), Payment.OVERPAID),
        (Money(due=800, received=801, tolerance=1), Payment.PAID),
        (Money(due=800, received=800), Payment.PAID),
        (Money(due=800, received=799, tolerance=1), Payment.PAID),
        (Money(due=800, guaranteed=800), Payment.GUARANTEED),
        (Money(due=800, received=300, guaranteed=500), Payment.GUARANTEED),
        (Money(due=800, failed=True), Payment.GUARANTEE_FAILED),
        (Money(due=800, received=300), Payment.PART_PAID),
        (Money(due=800), Payment.UNPAID),
    ],
)
def test_pay_0_first_match_wins(money: Money, expected: Payment) -> None:
    assert derive_payment(money) == expected
