"""確認 and 正式受注: looking at an order, answering its reasons, taking it on or turning it down (T03-T05)."""

from __future__ import annotations

from collections.abc import Sequence

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext_lazy as _

from akinai.backoffice.orders.events import OrderAccepted, OrderChanged
from akinai.backoffice.orders.models import Order
from akinai.backoffice.orders.rules import asking
from akinai.backoffice.orders.rules.fields import Read
from akinai.backoffice.orders.states import ONLY_LOOK, CancelReason, Check, Confirmation, Payment
from akinai.backoffice.orders.types import BulkResult
from akinai.foundation import audit, events
from akinai.foundation.core import clock
from akinai.foundation.core.actor import Actor
from akinai.foundation.core.errors import BadInput, Refused, Sentence
from akinai.foundation.core.text import mask_cards

from .bulk import one_by_one
from .cancelling import approve_cancel, end_order
from .deadlines import set_due
from .guarding import NO_REQUEST, NOT_ACCEPTED, NOT_CANCELLED, NOT_HISTORY, NOT_SHIPPED, not_in_work, take
from .reasons import close_reason
from .refreshing import refresh


@transaction.atomic
def mark_seen(actor: Actor, *, order_id: int) -> bool:
    """Remember who looked at an order first and when (R19, R25). Not a change of the order: its version stays."""
    first = Order.objects.filter(pk=order_id, seen_at__isnull=True)
    if not first.update(seen_at=clock.now(), seen_by=actor.key):
        return False
    audit.record(actor, "orders.seen", f"order:{order_id}")
    return True


@transaction.atomic
def clear_check(actor: Actor, *, order_id: int, code: str, answer: str = "", seen_version: int | None = None) -> Order:
    """Answer one check reason (T03). The last one leaves the order ready to be accepted, or accepted as it was before.

    Raises Refused if the reason is not open (any more) or is one that only a change can answer (`must_be_solved`).
    Emits OrderChanged.
    """
    order = take(order_id, NOT_CANCELLED, NOT_HISTORY, seen_version=seen_version)
    obstacle = must_be_solved(order, code)
    if obstacle is not None:
        raise Refused(obstacle)
    if not close_reason(actor, order, code, answer=mask_cards(answer)):
        raise Refused(_("Somebody has answered this already."))
    audit.record(actor, "orders.clear_check", order.subject, detail={"code": code}, reason=answer)
    events.emit(OrderChanged(order.pk, order.number, order.edition, what="check"), actor=actor)
    refresh(actor, [order])
    return order


@transaction.atomic
def clear_all(actor: Actor, *, order_id: int, answer: str = "", seen_version: int | None = None) -> Order:
    """Answer every open reason of an order that only asks a person to look (T03, R25: checked by, at).

    Raises Refused if none is open, or for what only a change can answer: address, stock, an impossible date and the
    like stay with the person who can solve them, and then nothing is done.
    """
    order = take(order_id, NOT_CANCELLED, NOT_HISTORY, seen_version=seen_version)
    codes = list(order.checks.filter(closed_at__isnull=True).values_list("code", flat=True))
    if not codes:
        raise Refused(_("Nothing is left to check on this order."))
    unsolved = [code for code in codes if code not in ONLY_LOOK]
    if unsolved:
        names = [_("%(reason)s is not answered yet.") % {"reason": Check(code).label} for code in unsolved]
        raise Refused(names)
    for code in codes:
        clear_check(actor, order_id=order_id, code=code, answer=answer)
    return Order.objects.get(pk=order_id)


def must_be_solved(order: Order, code: str) -> Sentence | None:
    """Why a reason cannot simply be waved through, or None. An unknown item can be neither picked nor counted."""
    if code == "NEW_SKU" and order.lines.filter(sku__isnull=True, cancelled__lt=F("quantity")).exists():
        return _("Say which SKU the unknown item is, or cancel the line.")
    return None


@transaction.atomic
def accept(actor: Actor, *, order_id: int, seen_version: int | None = None) -> Order:
    """Take the order on (T04): no reason may be open, something must be left to send, the ship-to must be whole.

    Sets the payment deadline of methods that have one (PAY-7). Emits OrderAccepted, on which the confirmation (M03)
    is written. Raises Refused with every failed guard, Conflict if somebody was faster.
    """
    order = take(order_id, NOT_CANCELLED, NOT_HISTORY, NOT_ACCEPTED, NO_REQUEST, seen_version=seen_version)
    refusals = _acceptance_obstacles(order)
    if refusals:
        raise Refused(refusals)
    mark_accepted(order, actor)
    order.save(update_fields=["confirmation", "accepted_at", "accepted_by", "pay_due", "pay_cancel_on"])
    audit.record(actor, "orders.accept", order.subject)
    events.emit(OrderAccepted(order.pk, order.number, order.edition), actor=actor)
    refresh(actor, [order])
    asking.ask(order.pk, [Read.STATE])
    return order


@transaction.atomic
def confirm(actor: Actor, *, order_id: int, codes: Sequence[str], seen_version: int | None = None) -> Order:
    """Answer the reasons a person saw on the screen and take the order on, in one go (T03, T04).

    Reasons that are closed already are passed over; one that came since is still open, and then nothing is done.
    Raises as `clear_check` and `accept`.
    """
    order = take(order_id, NOT_CANCELLED, NOT_HISTORY, NOT_ACCEPTED, NO_REQUEST, seen_version=seen_version)
    for code in order.checks.filter(code__in=codes, closed_at__isnull=True).values_list("code", flat=True):
        order = clear_check(actor, order_id=order_id, code=code)
    return order if order.confirmation == Confirmation.ACCEPTED else accept(actor, order_id=order_id)


def _acceptance_obstacles(order: Order) -> list[Sentence]:
    found: list[Sentence] = [
        _("%(reason)s is not answered yet.") % {"reason": check.get_code_display()}
        for check in order.checks.filter(closed_at__isnull=True)
    ]
    if not order.lines.filter(cancelled__lt=F("quantity")).exists():
        found.append(_("Every line of this order is cancelled."))
    if not (order.ship_name and order.ship_postcode and order.ship_prefecture and order.ship_address1):
        found.append(_("The delivery address is incomplete."))
    return found


def mark_accepted(order: Order, actor: Actor) -> None:
    """Write the acceptance facts onto an unsaved order. Prepaid bank-like methods get their due dates (PAY-7)."""
    now = clock.now()
    order.confirmation, order.accepted_at, order.accepted_by = Confirmation.ACCEPTED, now, actor.key
    if order.payment in (Payment.UNPAID, Payment.PART_PAID):
        set_due(order, now.date())


def accept_many(actor: Actor, *, order_ids: Sequence[int]) -> list[BulkResult]:
    """Accept several orders, each for itself (ORD-33)."""
    return one_by_one(order_ids, lambda pk: accept(actor, order_id=pk))


@transaction.atomic
def reject(
    actor: Actor, *, order_id: int, reason: str = CancelReason.SHOP, note: str = "", seen_version: int | None = None
) -> Order:
    """Turn an order down before shipping (T05): stock goes back, received money is due back. Emits OrderCancelled.

    Refused, as any cancellation, while papers are out.
    """
    if reason not in CancelReason.values:
        raise BadInput(_("Choose a reason."), field="reason")
    order = take(order_id, NOT_CANCELLED, NOT_HISTORY, NOT_SHIPPED, seen_version=seen_version)
    not_in_work(order)
    return end_order(actor, order, reason=reason, note=note, action="orders.reject")


def cancel(actor: Actor, *, order_id: int, reason: str, note: str = "", seen_version: int | None = None) -> Order:
    """End an order before shipping: T05 while nobody has accepted it, T21 afterwards. Raises what these two raise."""
    accepted = Order.objects.filter(pk=order_id, confirmation=Confirmation.ACCEPTED).exists()
    end = approve_cancel if accepted else reject
    return end(actor, order_id=order_id, reason=reason, note=note, seen_version=seen_version)


__all__ = [
    "accept",
    "accept_many",
    "cancel",
    "clear_all",
    "clear_check",
    "confirm",
    "mark_accepted",
    "mark_seen",
    "must_be_solved",
    "reject",
]
