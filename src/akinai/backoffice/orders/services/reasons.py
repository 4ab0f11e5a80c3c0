"""Opening and closing check reasons inside a use case that has taken the order."""

from __future__ import annotations

from typing import Any

from akinai.backoffice.orders.models import CheckReason, Order
from akinai.backoffice.orders.states import Confirmation
from akinai.foundation.core import clock
from akinai.foundation.core.actor import Actor


def open_reason(actor: Actor, order: Order, code: str, detail: dict[str, Any]) -> None:
    """Open a reason (or refresh its figures) and put the order back to a person; accepted orders too (ORD-20)."""
    updated = CheckReason.objects.filter(order=order, code=code, closed_at__isnull=True).update(detail=detail)
    if not updated:
        CheckReason.objects.create(order=order, code=code, detail=detail, opened_at=clock.now())
    if order.confirmation == Confirmation.ACCEPTED:
        order.confirmation = Confirmation.NEEDS_CHECK
        order.save(update_fields=["confirmation"])


def close_reason(actor: Actor, order: Order, code: str, answer: str = "") -> bool:
    """Close a reason because it was answered or what it asked for has been done; says whether it was open.

    The caller refreshes: with the last one an order that had been accepted before is accepted again (T03).
    """
    open_ones = CheckReason.objects.filter(order=order, code=code, closed_at__isnull=True)
    return bool(open_ones.update(closed_at=clock.now(), closed_by=actor.key, answer=answer))
