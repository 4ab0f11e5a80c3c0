"""What to do next with a case: one highlighted step, and what else may be done. Pure."""

from __future__ import annotations

from akinai.backoffice.orders.models import Order
from akinai.foundation.core.actor import Actor

from . import permissions
from .models import Case
from .selectors import is_refund_open
from .services import needs_second
from .states import Kind, State


def next_step(case: Case, order: Order) -> str:
    """receive, refund, approve, pay, replace, bill, close, or "" when it is over."""
    if case.is_over:
        return ""
    if case.state == State.APPROVAL:
        return "approve"
    if case.state == State.REFUND:
        return "pay" if is_refund_open(order) else "close"
    if case.state in (State.AWAITING, State.COMING):
        return "bill" if case.overdue_at is not None and case.child_id is not None else "receive"
    if case.state == State.ASKED:
        return "replace" if case.child_id is None else "close"
    if case.kind in (Kind.EXCHANGE,) and case.child_id is None:
        return "replace"
    if case.state == State.RECEIVED and case.kind in (Kind.RETURN, Kind.NON_DELIVERY) and case.child_id is None:
        return "close" if case.reversals.exists() else "refund"
    return "close"


def offered(actor: Actor, case: Case) -> set[str]:
    """The forms this reader may use now."""
    if case.is_over:
        return set()
    found: set[str] = set()
    work = actor.may(permissions.WORK)
    if case.is_expecting and case.state not in (State.TALKING,) and actor.may(permissions.RECEIVE):
        found |= {"receive", "finish"}
    if work and case.state in (State.RECEIVED, State.ASKED) and case.kind != Kind.COMPLAINT:
        found.add("refund")
    if case.state == State.APPROVAL and actor.may(permissions.APPROVE):
        found.add("decline")
        if case.requested_by != actor.key or not needs_second(case):
            found.add("approve")
    if work and case.child_id is None and _replaceable(actor, case):
        found.add("replace")
    if work:
        found |= {"close", "note", "withdraw"}
        if case.overdue_at is not None and case.child_id is not None and case.state == State.AWAITING:
            found.add("bill")
        if case.kind == Kind.NON_DELIVERY:
            found.add("cause")
    return found


def _replaceable(actor: Actor, case: Case) -> bool:
    if case.kind == Kind.EXCHANGE:
        return case.received_at is not None or actor.may(permissions.EXCEPT)
    return case.kind == Kind.CARRIER_CLAIM or (case.kind == Kind.NON_DELIVERY and case.received_at is not None)
