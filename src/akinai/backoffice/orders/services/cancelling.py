"""取消 before shipping: asked for, granted, refused; a line or the whole (T20-T22, ORD-70, ORD-70b)."""

from __future__ import annotations

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext_lazy as _

from akinai.backoffice.inventory import services as inventory
from akinai.backoffice.orders.events import OrderCancelled, OrderChanged
from akinai.backoffice.orders.models import Order
from akinai.backoffice.orders.states import Cancel, CancelReason
from akinai.foundation import audit, events
from akinai.foundation.core import clock
from akinai.foundation.core.actor import Actor
from akinai.foundation.core.errors import BadInput
from akinai.foundation.core.text import mask_cards

from .editing import reduce_quantity
from .guarding import CANCEL_REQUESTED, NO_REQUEST, NOT_CANCELLED, NOT_HISTORY, NOT_SHIPPED, not_in_work, take
from .lines import references
from .refreshing import refresh


@transaction.atomic
def request_cancel(actor: Actor, *, order_id: int, reason: str = "", seen_version: int | None = None) -> Order:
    """Somebody wants the order cancelled (T20). Stock stays secured; printed papers get the stop flag (ORD-12)."""
    order = take(order_id, NOT_CANCELLED, NOT_HISTORY, NO_REQUEST, NOT_SHIPPED, seen_version=seen_version)
    order.cancel = Cancel.REQUESTED
    order.save(update_fields=["cancel"])
    audit.record(actor, "orders.request_cancel", order.subject, reason=reason)
    events.emit(OrderChanged(order.pk, order.number, order.edition, what="cancel_requested"), actor=actor)
    refresh(actor, [order])
    return order


@transaction.atomic
def approve_cancel(
    actor: Actor,
    *,
    order_id: int,
    reason: str = CancelReason.CUSTOMER,
    note: str = "",
    seen_version: int | None = None,
) -> Order:
    """Grant the cancellation (T21), asked for or not: stock goes back at once, received money becomes refund due.

    Refused when goods have left (use a return) or while papers are out: those are pulled back by
    `fulfillment.services.cancel_and_pull_back`, the one door for printed orders. Emits OrderCancelled.
    """
    if reason not in CancelReason.values:
        raise BadInput(_("Choose a reason."), field="reason")
    order = take(order_id, NOT_CANCELLED, NOT_HISTORY, NOT_SHIPPED, seen_version=seen_version)
    not_in_work(order)
    return end_order(actor, order, reason=reason, note=note, action="orders.approve_cancel")


@transaction.atomic
def refuse_cancel(actor: Actor, *, order_id: int, reason: str, seen_version: int | None = None) -> Order:
    """Say no to a cancel request (T22); the order goes on where it stood. `reason` is kept with it."""
    if not reason.strip():
        raise BadInput(_("Write why the order cannot be cancelled."), field="reason")
    order = take(order_id, NOT_CANCELLED, CANCEL_REQUESTED, seen_version=seen_version)
    order.cancel = Cancel.NONE
    order.save(update_fields=["cancel"])
    audit.record(actor, "orders.refuse_cancel", order.subject, reason=reason)
    events.emit(OrderChanged(order.pk, order.number, order.edition, what="cancel_refused"), actor=actor)
    refresh(actor, [order])
    return order


@transaction.atomic
def lower_quantity(
    actor: Actor, *, order_id: int, line: int, to: int, reason: str = "", seen_version: int | None = None
) -> Order:
    """Lower a line to `to` items; the last live line ends the order (ORD-70b). See `editing.reduce_quantity`."""
    order, empty = reduce_quantity(actor, order_id=order_id, line=line, to=to, reason=reason, seen_version=seen_version)
    if not empty:
        return order
    return end_order(actor, order, reason=CancelReason.CUSTOMER, note=reason, action="orders.cancel_last_line")


def cancel_line(actor: Actor, *, order_id: int, line: int, reason: str = "", seen_version: int | None = None) -> Order:
    """Cancel what is left of one line (ORD-70b)."""
    return lower_quantity(actor, order_id=order_id, line=line, to=0, reason=reason, seen_version=seen_version)


def end_order(actor: Actor, order: Order, *, reason: str, note: str, action: str) -> Order:
    """What every cancellation does, inside the caller's transaction on an order it has taken."""
    inventory.release(actor, references(order))
    order.lines.filter(shipped=0).update(allocated=0, cancelled=F("quantity"))
    order.cancel, order.cancel_reason = Cancel.CANCELLED, reason
    order.save(update_fields=["cancel", "cancel_reason"])
    now = clock.now()
    order.checks.filter(closed_at__isnull=True).update(closed_at=now, closed_by=actor.key, answer="cancelled")
    order.holds.filter(closed_at__isnull=True).update(closed_at=now, closed_by=actor.key)
    audit.record(actor, action, order.subject, detail={"reason": reason}, reason=mask_cards(note))
    events.emit(OrderCancelled(order.pk, order.number, order.edition, reason=reason), actor=actor)
    refresh(actor, [order])
    return order
