"""From stored rows to the facts the queue is derived from, and back to the order's projections. No queries here."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import Any

from akinai.shop.terms.models import PaymentMethod
from akinai.shop.terms.types import Method

from .models import CheckReason, Hold, Order, OrderLine
from .payment_fact import Money, derive_payment
from .queue import Facts, HoldFact, LineFacts, blockers, derive_queue, is_stopped
from .states import Cancel

#: A row shows so many badges and then "+n".
MAX_BADGES = 6


def money_of(order: Order, method: PaymentMethod | Method) -> Money:
    """What the payment fact is derived from (PAY-0)."""
    return Money(
        due=order.total - order.credited_amount,
        received=order.received_amount,
        guaranteed=order.guaranteed_amount,
        failed=order.guarantee_failed,
        cancelled=order.cancel == Cancel.CANCELLED,
        credited=order.credited_amount > 0,
        written_off=order.written_off,
        tolerance=method.tolerance,
    )


def facts_of(
    order: Order,
    *,
    lines: Iterable[OrderLine],
    checks: Iterable[CheckReason],
    holds: Iterable[Hold],
    method: PaymentMethod | Method,
) -> Facts:
    """The facts of one order; `checks` and `holds` are the open ones. Reads `order.ship_not_before` as it stands."""
    return Facts(
        lines=tuple(
            LineFacts(x.quantity, x.allocated, x.shipped, x.cancelled, x.name, x.sku_id is None) for x in lines
        ),
        confirmation=order.confirmation,
        cancel=order.cancel,
        timing=method.timing,
        needs_credit_check=method.needs_credit_check,
        payment=derive_payment(money_of(order, method)),
        holds=tuple(HoldFact(h.kind, h.until, h.reason) for h in holds),
        checks=tuple(c.code for c in checks),
        ship_policy=order.ship_policy,
        ship_not_before=order.ship_not_before,
        stages=tuple(order.shipment_stages),
        open_cases=order.open_cases,
        open_followups=order.open_followups,
        close_wait_until=order.close_wait_until,
        gate_overridden=order.gate_overridden,
    )


def project(order: Order, facts: Facts, *, now: dt.datetime) -> bool:
    """Write payment, queue, stop flag and badges onto the order (unsaved); says whether any of them changed."""
    queue = derive_queue(facts, now.date())
    after: dict[str, Any] = {
        "payment": facts.payment,
        "queue": queue.value,
        "stopped": is_stopped(facts, now.date()),
        "badges": _badges(facts, now.date()),
    }
    changed = any(getattr(order, name) != value for name, value in after.items())
    if order.queue != queue.value or order.queue_since is None:
        order.queue_since = now
    for name, value in after.items():
        setattr(order, name, value)
    return changed


def _badges(facts: Facts, today: dt.date) -> list[str]:
    """Everything that blocks, and first of all that goods may leave without their money (ORD-8)."""
    unpaid = ["gate_override"] if facts.leaves_unpaid else []
    return [*unpaid, *(_badge(b) for b in blockers(facts, today))][:MAX_BADGES]


def _badge(blocker: Any) -> str:
    return f"{blocker.code}:{blocker.quantity}" if blocker.quantity else str(blocker.code)


#: The columns `project` and the callers of `refresh` may write.
PROJECTIONS = ("payment", "queue", "queue_since", "ship_not_before", "stopped", "badges")
