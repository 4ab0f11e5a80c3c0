"""The one way to lay hands on an order: a guarded UPDATE that states what must still be true.

Whoever wins the UPDATE holds the row until the end of the transaction; the loser gets a sentence and changes nothing.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from akinai.backoffice.orders import deeds
from akinai.backoffice.orders.models import Order
from akinai.backoffice.orders.states import Cancel, Confirmation, Queue
from akinai.foundation import audit
from akinai.foundation.audit.models import AuditEntry
from akinai.foundation.core import clock
from akinai.foundation.core.errors import Conflict, NotFound, Refused, Sentence


@dataclass(frozen=True)
class Guard:
    """Something that must be true of the order at the moment of the change, and what to say if it is not."""

    condition: Q
    sentence: Sentence


NOT_CANCELLED = Guard(~Q(cancel=Cancel.CANCELLED), _("This order is cancelled."))
NOT_HISTORY = Guard(Q(is_history=False), _("This order was finished at the store before it came here."))
NOT_ACCEPTED = Guard(~Q(confirmation=Confirmation.ACCEPTED), _("This order is already accepted."))
ACCEPTED = Guard(Q(confirmation=Confirmation.ACCEPTED), _("This order is not accepted yet."))
NOT_SHIPPED = Guard(Q(shipped_at__isnull=True), _("Goods of this order have left already. Use a return instead."))
CLOSED = Guard(Q(queue=Queue.DONE), _("This order is not closed."))
CANCEL_REQUESTED = Guard(Q(cancel=Cancel.REQUESTED), _("Nobody has asked to cancel this order."))
NO_REQUEST = Guard(Q(cancel=Cancel.NONE), _("Somebody has already asked to cancel this order."))


def take(order_id: int, *guards: Guard, seen_version: int | None = None) -> Order:
    """Win the order for this transaction and return it fresh, its version raised by one.

    Raises NotFound; Conflict if `seen_version` (what the person saw) is no longer current (ORD-31);
    Refused with the sentence of every failed guard (ORD-30).
    """
    rows = Order.objects.filter(*(g.condition for g in guards), pk=order_id)
    if seen_version is not None:
        rows = rows.filter(version=seen_version)
    if rows.update(version=F("version") + 1) == 1:
        return Order.objects.select_related("store", "payment_method", "delivery_service").get(pk=order_id)
    order = Order.objects.filter(pk=order_id).first()
    if order is None:
        raise NotFound(_("There is no such order."))
    if seen_version is not None and order.version != seen_version:
        raise Conflict(
            _("Somebody else updated this order. Look at it again."), changes=changes_since(order, seen_version)
        )
    raise Refused(failed(order_id, guards))


def lock(order_ids: Collection[int], *, wait: bool = True) -> list[Order]:
    """Hold these orders until the transaction ends and return them fresh, in id order.

    Whoever lays hands on several orders does it here, once, and before any stock: then nobody waits in a ring. Without
    `wait` those that somebody else holds at this moment are left out.
    """
    rows = Order.objects.select_related("store", "payment_method", "delivery_service")
    held = rows.select_for_update(of=("self",), no_key=True, skip_locked=not wait)
    return list(held.filter(pk__in=order_ids).order_by("pk"))


def failed(order_id: int, guards: Sequence[Guard]) -> list[Sentence]:
    """The sentences of the guards that do not hold now."""
    rows = Order.objects.filter(pk=order_id)
    return [g.sentence for g in guards if not rows.filter(g.condition).exists()] or [
        _("This order changed at the same moment. Try again.")
    ]


def changes_since(order: Order, seen_version: int) -> list[Sentence]:
    """What others did since the version a person saw: who, when, which deed, newest first."""
    entries = audit.selectors.for_subject(order.subject)[: max(order.version - seen_version, 1)]
    return [f"{clock.aware(e.at):%H:%M} {e.actor_label or e.actor}: {describe(e)}" for e in entries]


def describe(entry: AuditEntry) -> str:
    """An audit entry as what was done, with before → after where it tells them."""
    parts = [str(deeds.deed(entry.action).label), deeds.told(entry.action, entry.detail), entry.reason]
    return " · ".join(part for part in parts if part)


def not_in_work(order: Order) -> None:
    """ORD-40: editable until papers are out."""
    if order.in_work:
        raise Refused(_("The papers of this order are printed. Pull the shipment back first."))
