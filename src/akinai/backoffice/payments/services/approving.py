"""返金の承認 (T26): from the shop's amount on a second person says yes before money goes back."""

from __future__ import annotations

from django.db import transaction
from django.db.models import Sum
from django.utils.translation import gettext as _

from akinai.backoffice.orders.models import Order
from akinai.backoffice.orders.services.guarding import NOT_HISTORY, take
from akinai.backoffice.payments.declared import APPROVAL_FROM
from akinai.backoffice.payments.models import LedgerEntry, RefundRequest
from akinai.backoffice.payments.states import Asked, Entry
from akinai.foundation import audit
from akinai.foundation.core import clock
from akinai.foundation.core.actor import Actor
from akinai.foundation.core.errors import BadInput, NotFound, Refused
from akinai.foundation.core.money import yen
from akinai.foundation.core.text import mask_cards
from akinai.shop.stores import settings

from .ledger import ledger_balance


def needs_second(order: Order, amount: int) -> bool:
    """Whether giving back `amount` yen more takes the word of a second person (T26).

    What went back of the order without one counts with it, so that a sum in parts is no way around. A reversed sale
    (credit note) was approved in its case.
    """
    limit = int(settings.value(APPROVAL_FROM))
    if limit <= 0:
        return False
    refunds = LedgerEntry.objects.filter(order=order, kind=Entry.REFUND, reversed_by__isnull=True)
    agreed = RefundRequest.objects.filter(order=order, state=Asked.APPROVED)
    return _sum(refunds) + amount - _sum(agreed) - order.credited_amount >= limit


def _sum(rows: object) -> int:
    return rows.aggregate(n=Sum("amount"))["n"] or 0  # type: ignore[attr-defined]


@transaction.atomic
def ask_for_refund(
    actor: Actor, *, order_id: int, amount: int, note: str = "", seen_version: int | None = None
) -> RefundRequest:
    """Ask that somebody else agrees to give `amount` yen back (T26). No money moves.

    Refused where one person is enough, where a request is open already, and for more than was received (ORD-74).
    """
    if amount <= 0:
        raise BadInput(_("Enter an amount in yen above zero."), field="amount")
    order = take(order_id, NOT_HISTORY, seen_version=seen_version)
    check_received(order, amount)
    if RefundRequest.objects.filter(order=order, state=Asked.ASKED).exists():
        raise Refused(_("A refund of this order waits for approval already."))
    if not needs_second(order, amount):
        raise Refused(_("One person is enough for this amount. Record the refund."))
    made = RefundRequest.objects.create(
        order=order, amount=amount, note=mask_cards(note.strip()), asked_at=clock.now(), asked_by=actor.key,
        asked_by_label=actor.label,
    )  # fmt: skip
    audit.record(actor, "payments.refund_asked", order.subject, detail={"amount": amount}, reason=made.note)
    return made


@transaction.atomic
def approve_refund(actor: Actor, *, request_id: int) -> RefundRequest:
    """Agree to a refund somebody else asked for (T26); it can then be recorded. Refused for one's own request, one
    that was decided, and where less is left than was asked for."""
    asked = _take(request_id)
    if asked.asked_by == actor.key:
        raise Refused(_("You asked for this refund yourself. Somebody else has to approve it."))
    check_received(asked.order, asked.amount)
    return _decide(actor, asked, Asked.APPROVED)


@transaction.atomic
def decline_refund(actor: Actor, *, request_id: int, answer: str) -> RefundRequest:
    """Say no, or take one's own request back. Raises BadInput without a reason, Refused where it was decided."""
    if not answer.strip():
        raise BadInput(_("Write why the refund is not approved."), field="answer")
    return _decide(actor, _take(request_id), Asked.DECLINED, answer)


def check_received(order: Order, amount: int) -> None:
    """ORD-74: raise Refused for more than was received and not given back yet."""
    received = ledger_balance(order).received
    if amount > received:
        raise Refused(_("Only %(received)s yen have been received and not refunded yet.") % {"received": yen(received)})


def _take(request_id: int) -> RefundRequest:
    """The request, with its order won: two people cannot both decide."""
    order_id = RefundRequest.objects.filter(pk=request_id).values_list("order_id", flat=True).first()
    if order_id is None:
        raise NotFound(_("There is no such request."))
    take(order_id, NOT_HISTORY)
    asked = RefundRequest.objects.select_related("order").get(pk=request_id)
    if asked.state != Asked.ASKED:
        raise Refused(_("Somebody has decided about this refund already."))
    return asked


def _decide(actor: Actor, asked: RefundRequest, state: Asked, answer: str = "") -> RefundRequest:
    asked.state, asked.answer = state, mask_cards(answer.strip())
    asked.decided_at, asked.decided_by, asked.decided_by_label = clock.now(), actor.key, actor.label
    asked.save(update_fields=["state", "answer", "decided_at", "decided_by", "decided_by_label"])
    detail = {"amount": asked.amount}
    audit.record(actor, f"payments.refund_{state.value}", asked.order.subject, detail=detail, reason=asked.answer)
    return asked
