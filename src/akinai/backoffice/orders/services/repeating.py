"""The same order again in a later file (ORD-32): nothing, a payment, a cancellation, or a person looks."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.db.models import F

from akinai.backoffice.orders.events import OrderChanged
from akinai.backoffice.orders.models import Order
from akinai.backoffice.orders.states import Cancel, Check
from akinai.backoffice.orders.types import LineDraft, OrderDraft, PartyDraft, Placed
from akinai.foundation import audit, events
from akinai.foundation.core import clock
from akinai.foundation.core.actor import Actor

from .cancelling import request_cancel
from .reasons import close_reason, open_reason
from .refreshing import refresh

#: Facts of a draft that tell its state at the store, not what was ordered; each has its own way in.
_STATE = {"paid_amount", "guaranteed_amount", "paid_on", "is_shipped", "is_cancelled"}
_MONEY = ("paid_amount", "guaranteed_amount")


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


def says_more(draft: OrderDraft, source: dict[str, Any]) -> bool:
    """Whether a store now says anything else about an order than it did."""
    now = snapshot_of(draft)
    return any(source.get(key) != now[key] for key in now)


def meet_again(actor: Actor, draft: OrderDraft, order: Order) -> Placed:
    """Compare a draft with the order it names and do what ORD-32 says. Never places, never raises for a difference.

    An order of which the draft says something else must be locked and fresh (`guarding.lock`).
    """
    before, after = order.source, snapshot_of(draft)
    changed = {key for key in after if before.get(key) != after[key]}
    if not changed:
        return Placed(draft, order, "unchanged")
    order.source = after
    Order.objects.filter(pk=order.pk).update(source=after, version=F("version") + 1)
    if order.is_history:
        return Placed(draft, order, "unchanged")
    outcomes = _state_news(changed, before, after, order)
    if "cancelled" in outcomes:
        request_cancel(actor, order_id=order.pk, reason="store")
    if "is_cancelled" in changed and after["is_cancelled"]:
        _cancel_parts(actor, order)
    rest = {key: [before.get(key), after[key]] for key in sorted(_for_a_person(changed, before, after, order))}
    if _show(actor, order, rest):
        outcomes.append("changed")
    audit.record(actor, "orders.met_again", order.subject, detail={"changed": sorted(changed)})
    events.emit(OrderChanged(order.pk, order.number, order.edition, what="store"), actor=actor)
    refresh(actor, [order])
    return Placed(draft, order, outcomes[-1] if outcomes else "unchanged")


def _cancel_parts(actor: Actor, order: Order) -> None:
    """The store knows one order; what was split off from it is cancelled there too (ORD-52)."""
    rows = Order.objects.filter(part_of__order=order, part_of__undone_at__isnull=True)
    for pk in rows.filter(cancel=Cancel.NONE, shipped_at__isnull=True).order_by("pk").values_list("pk", flat=True):
        request_cancel(actor, order_id=pk, reason="store")


def foresee(draft: OrderDraft, order: Order) -> str:
    """The outcome `meet_again` would have for this draft, with nothing done; for dry runs."""
    before, after = order.source, snapshot_of(draft)
    changed = {key for key in after if before.get(key) != after[key]}
    if not changed or order.is_history:
        return "unchanged"
    outcomes = _state_news(changed, before, after, order)
    is_over = order.cancel == Cancel.CANCELLED or order.shipped_at is not None
    if not is_over and _for_a_person(changed, before, after, order):
        return "changed"
    return outcomes[-1] if outcomes else "unchanged"


def _state_news(changed: set[str], before: dict[str, Any], after: dict[str, Any], order: Order) -> list[str]:
    """What the store now says of the order's state there that we did not know."""
    found = []
    if any(after[name] > before.get(name, 0) for name in _MONEY):
        found.append("paid")  # the ledger of payments records it in the caller's outer transaction
    wanted_back = "is_cancelled" in changed and after["is_cancelled"] and order.cancel == Cancel.NONE
    if wanted_back and order.shipped_at is None:
        found.append("cancelled")
    return found


def _for_a_person(changed: set[str], before: dict[str, Any], after: dict[str, Any], order: Order) -> set[str]:
    """What of the differences a person must see: whatever was ordered, and a state at the store that we are not in."""
    found = changed - _STATE
    gone = order.shipped_at is not None
    if "is_cancelled" in changed and (gone or not after["is_cancelled"]):
        found.add("is_cancelled")
    if "is_shipped" in changed and not gone:
        found.add("is_shipped")
    if sum(after[name] for name in _MONEY) < sum(before.get(name, 0) for name in _MONEY):
        found |= changed & set(_MONEY)
    return found


def _show(actor: Actor, order: Order, rest: dict[str, list[Any]]) -> bool:
    """Open CHANNEL_CHANGED, or add to what an open one shows; one that the store has taken back altogether is closed.

    Only while something is left to send: afterwards there is nothing to compare and decide (ORD-18).
    """
    if not rest or order.cancel == Cancel.CANCELLED or not any(line.remaining for line in order.lines.all()):
        return False
    known = order.checks.filter(code=Check.CHANNEL_CHANGED, closed_at__isnull=True).first()
    shown: dict[str, list[Any]] = dict(known.detail.get("changes", {})) if known else {}
    for key, (old, new) in rest.items():
        shown[key] = [shown.get(key, [old])[0], new]
    shown = {key: pair for key, pair in shown.items() if pair[0] != pair[1]}
    if shown:
        open_reason(actor, order, Check.CHANNEL_CHANGED, {"changes": shown})
    else:
        close_reason(actor, order, Check.CHANNEL_CHANGED, answer="store")
    return bool(shown)
