"""The same order again in a later file (ORD-32): nothing, a payment, a cancellation, or a person looks."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.db.models import F

from akinai.backoffice.orders.checks import Judge
from akinai.backoffice.orders.events import OrderChanged
from akinai.backoffice.orders.models import Order
from akinai.backoffice.orders.states import Cancel, Check
from akinai.backoffice.orders.types import LineDraft, OrderDraft, PartyDraft, Placed
from akinai.foundation import audit, events
from akinai.foundation.core import clock
from akinai.foundation.core.actor import Actor

from .cancelling import request_cancel
from .reasons import open_reason
from .refreshing import refresh

#: Facts of a draft that tell its state at the store, not what was ordered; each has its own way in.
_STATE = {"paid_amount", "guaranteed_amount", "paid_on", "is_shipped", "is_cancelled"}


def snapshot_of(draft: OrderDraft) -> dict[str, Any]:
    """A draft as flat JSON: what was ordered, and the state at the store beside it."""
    flat: dict[str, Any] = {
        "ordered_at": clock.aware(draft.ordered_at).isoformat(),
        "method": draft.payment.method,
        "paid_amount": draft.payment.paid_amount,
        "guaranteed_amount": draft.payment.guaranteed_amount,
        "is_shipped": draft.is_shipped,
        "is_cancelled": draft.is_cancelled,
        "wish_date": draft.wish_date.isoformat() if isinstance(draft.wish_date, dt.date) else "",
        "lines": [_line(line) for line in draft.lines],
    }
    for name in (
        "delivery_service", "wish_window", "wish_window_raw", "shipping_fee", "payment_fee", "wrapping_fee",
        "other_fee", "coupon", "points", "store_total", "remark", "is_gift", "gift_note",
    ):  # fmt: skip
        flat[name] = getattr(draft, name)
    for prefix, party in (("buyer", draft.buyer), ("ship", draft.ship_to)):
        for name in PartyDraft.__dataclass_fields__:
            flat[f"{prefix}_{name}"] = getattr(party, name)
    return flat


def _line(line: LineDraft) -> list[Any]:
    return [line.code, line.name, line.options, line.quantity, line.unit_price, line.tax_rate]


def meet_again(actor: Actor, draft: OrderDraft, order: Order, judge: Judge) -> Placed:
    """Compare a draft with the order it names and do what ORD-32 says. Never places, never raises for a difference."""
    before, after = order.source, snapshot_of(draft)
    changed = {key for key in after if before.get(key) != after[key]}
    if not changed:
        return Placed(draft, order, "unchanged")
    order.source = after
    Order.objects.filter(pk=order.pk).update(source=after, version=F("version") + 1)
    if order.is_history:
        return Placed(draft, order, "unchanged")
    outcomes = []
    if draft.payment.paid_amount > before.get("paid_amount", 0):
        outcomes.append("paid")  # the ledger of payments records it in the caller's outer transaction
    if draft.is_cancelled and not before.get("is_cancelled"):
        if order.cancel == Cancel.NONE and order.shipped_at is None:
            request_cancel(actor, order_id=order.pk, reason="store")
            outcomes.append("cancelled")
        elif order.cancel == Cancel.NONE:
            changed.add("is_cancelled_after_shipping")
    rest = {key: [before.get(key), after.get(key)] for key in sorted(changed - _STATE) if key in after}
    if rest and order.cancel != Cancel.CANCELLED and order.shipped_at is None:
        open_reason(actor, order, Check.CHANNEL_CHANGED, {"changes": rest})
        outcomes.append("changed")
    audit.record(actor, "orders.met_again", order.subject, detail={"changed": sorted(changed)})
    events.emit(OrderChanged(order.pk, order.number, order.edition, what="store"), actor=actor)
    refresh(actor, [order])
    return Placed(draft, order, outcomes[-1] if outcomes else "unchanged")
