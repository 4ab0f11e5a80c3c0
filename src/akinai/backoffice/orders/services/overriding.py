"""入金前出荷の許可: a manager lets goods go although the money is not there (ORD-8), with a reason and a badge."""

from __future__ import annotations

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from akinai.backoffice.orders.events import OrderChanged
from akinai.backoffice.orders.models import Order
from akinai.backoffice.orders.selectors import load_facts
from akinai.foundation import audit, events
from akinai.foundation.core import clock
from akinai.foundation.core.actor import Actor
from akinai.foundation.core.errors import BadInput, Refused
from akinai.foundation.core.text import mask_cards

from .guarding import NOT_CANCELLED, NOT_HISTORY, NOT_SHIPPED, take
from .refreshing import refresh


@transaction.atomic
def override_gate(actor: Actor, *, order_id: int, reason: str, seen_version: int | None = None) -> Order:
    """Open the payment gate by hand (ORD-8); for managers (`orders.override`). An edit that raises the total or
    changes the payment method takes it back.

    Raises BadInput without a reason, Refused where the gate is open anyway. Emits OrderChanged.
    """
    if not reason.strip():
        raise BadInput(_("Write why the goods may leave before the money is there."), field="reason")
    order = take(order_id, NOT_CANCELLED, NOT_HISTORY, NOT_SHIPPED, seen_version=seen_version)
    if load_facts(order).gate_open:
        raise Refused(_("Nothing about the payment keeps this order back."))
    order.gate_override_at, order.gate_override_by = clock.now(), actor.label or actor.key
    order.gate_override_reason = mask_cards(reason.strip())
    order.save(update_fields=["gate_override_at", "gate_override_by", "gate_override_reason"])
    detail = {"payment": order.payment, "total": order.total}
    audit.record(actor, "orders.override_gate", order.subject, detail=detail, reason=reason)
    events.emit(OrderChanged(order.pk, order.number, order.edition, what="override"), actor=actor)
    refresh(actor, [order])
    return order


@transaction.atomic
def withdraw_override(actor: Actor, *, order_id: int, reason: str = "", seen_version: int | None = None) -> Order:
    """Take the permission back; the gate is again what the money says. Refused where there is none."""
    order = take(order_id, NOT_CANCELLED, NOT_HISTORY, seen_version=seen_version)
    if not order.gate_overridden:
        raise Refused(_("Nobody has allowed this order to leave unpaid."))
    withdraw(actor, order, reason=reason)
    events.emit(OrderChanged(order.pk, order.number, order.edition, what="override"), actor=actor)
    refresh(actor, [order])
    return order


def withdraw(actor: Actor, order: Order, *, reason: str) -> None:
    """Take the permission back inside a use case that has taken the order; the caller refreshes."""
    order.gate_override_at, order.gate_override_by, order.gate_override_reason = None, None, None
    order.save(update_fields=["gate_override_at", "gate_override_by", "gate_override_reason"])
    audit.record(actor, "orders.withdraw_override", order.subject, reason=reason)
