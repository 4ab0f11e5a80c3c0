"""Ending a case: settled, withdrawn, or over because the refund was paid; and what staff write down on the way."""

from __future__ import annotations

from django.db import transaction
from django.utils.translation import gettext as _

from akinai.backoffice.orders.models import Order
from akinai.backoffice.orders.states import Payment
from akinai.backoffice.returns.events import CaseClosed
from akinai.backoffice.returns.models import Case, Claim
from akinai.backoffice.returns.states import OVER, ClaimKind, ClaimState, Kind, State
from akinai.foundation import events
from akinai.foundation.core import clock
from akinai.foundation.core.actor import Actor
from akinai.foundation.core.errors import BadInput, Refused, Sentence
from akinai.foundation.core.text import mask_cards

from .locking import change, key_of, lock, note, require_state, tell_order

_OPEN = tuple(s for s in State.values if s not in OVER)


@transaction.atomic
def close_case(actor: Actor, *, case_id: int, outcome: str, seen_version: int | None = None) -> Case:
    """The matter is settled; `outcome` says how. The order may close, too.

    Guard: what came back is inspected, no refund waits to be approved or paid, nothing is asked of the carrier.
    """
    if not outcome.strip():
        raise BadInput(_("Write how it ended."), field="outcome")
    order, case = lock(case_id, seen_version=seen_version)
    require_state(case, _OPEN)
    reasons = obstacles_to_close(order, case)
    if reasons:
        raise Refused(reasons)
    _end(actor, case, State.CLOSED, outcome)
    return case


def obstacles_to_close(order: Order, case: Case) -> list[Sentence]:
    """Everything that stands against closing, as sentences."""
    found: list[Sentence] = []
    if case.state in (State.AWAITING, State.COMING) and case.kind != Kind.COMPLAINT:
        found.append(_("The goods are not back yet. Withdraw the case if they never will be."))
    if case.state == State.APPROVAL:
        found.append(_("A refund waits to be approved."))
    if case.state == State.REFUND and order.payment in (Payment.REFUND_DUE, Payment.OVERPAID):
        found.append(_("The refund is not paid yet."))
    if Claim.objects.filter(case=case, kind=ClaimKind.CARRIER, state=ClaimState.OPEN).exists():
        found.append(_("The claim on the carrier is open. Write down what was paid, or waive it."))
    if case.kind == Kind.EXCHANGE and case.child_id is None and not case.reversals.exists():
        found.append(_("Nothing was sent instead yet."))
    return found


@transaction.atomic
def withdraw_case(actor: Actor, *, case_id: int, reason: str) -> Case:
    """The buyer keeps the goods, or the case was opened by mistake. Its goods may be part of another case.

    Guard: nothing is back, nothing was reversed; goods that replaced others are billed or on the way (ORD-75).
    """
    if not reason.strip():
        raise BadInput(_("Write why the case is withdrawn."), field="reason")
    _order, case = lock(case_id)
    require_state(case, _OPEN)
    if case.lines.filter(received__gt=0).exists() or case.reversals.exists():
        raise Refused(_("Goods are back or money was reversed: settle the case instead."))
    if case.child_id is not None:
        raise Refused(_("Other goods were sent for these. Bill or waive them, then close the case."))
    _end(actor, case, State.WITHDRAWN, reason)
    return case


@transaction.atomic
def give_up_goods(actor: Actor, *, case_id: int, outcome: str) -> Case:
    """Goods that were exchanged in advance will not come: the bill stands or is waived, the case is over (ORD-75)."""
    if not outcome.strip():
        raise BadInput(_("Write how it ended."), field="outcome")
    _order, case = lock(case_id)
    require_state(case, (State.AWAITING,))
    if case.child_id is None or case.overdue_at is None:
        raise Refused(_("The time to send the goods back is not over."))
    _end(actor, case, State.CLOSED, outcome)
    return case


@transaction.atomic
def close_refunded(actor: Actor, *, order_id: int) -> int:
    """A refund was paid: cases of the order that waited only for it are over. Returns how many."""
    done = 0
    for pk in Case.objects.filter(order_id=order_id, state=State.REFUND).values_list("pk", flat=True):
        order, case = lock(pk)
        if order.payment in (Payment.REFUND_DUE, Payment.OVERPAID) or obstacles_to_close(order, case):
            continue
        _end(actor, case, State.CLOSED, _("Refund paid"))
        done += 1
    return done


def _end(actor: Actor, case: Case, state: str, outcome: str) -> None:
    text = mask_cards(outcome.strip())
    change(case, state=state, closed_at=clock.now(), closed_by=actor.key, outcome=text)
    note(actor, case, "close" if state == State.CLOSED else "withdraw", reason=text)
    tell_order(actor, case.order_id)
    events.emit(CaseClosed(*key_of(case), outcome=text), actor=actor)


@transaction.atomic
def write_note(actor: Actor, *, case_id: int, text: str) -> Case:
    """Staff tell each other something about a case. Raises BadInput for nothing."""
    if not text.strip():
        raise BadInput(_("Write something."), field="text")
    _order, case = lock(case_id)
    note(actor, case, "note", reason=mask_cards(text.strip()))
    return case
