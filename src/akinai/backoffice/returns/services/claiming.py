"""請求 (ORD-75, ORD-76, ORD-78): what the buyer or the carrier owes because of a case."""

from __future__ import annotations

import datetime as dt

from django.db import transaction
from django.utils.translation import gettext as _

from akinai.backoffice.orders.models import Order
from akinai.backoffice.returns.events import CaseOverdue
from akinai.backoffice.returns.models import Case, Claim
from akinai.backoffice.returns.states import ClaimKind, ClaimState, State
from akinai.foundation import events
from akinai.foundation.core import clock
from akinai.foundation.core.actor import Actor
from akinai.foundation.core.errors import BadInput, NotFound, Refused

from .locking import change, key_of, lock, note, tell_order
from .replacing import worth

#: A claim of a shop this size is never more; a longer number is a slip of the finger.
MOST = 100_000_000


@transaction.atomic
def settle_claim(actor: Actor, *, claim_id: int, amount: int, on: dt.date) -> Claim:
    """Write down that a claim was paid: yen, on a JST date. Raises BadInput for an amount or date that cannot be."""
    if not 0 < amount <= MOST:
        raise BadInput(_("Enter an amount in yen above zero."), field="amount")
    if on > clock.today():
        raise BadInput(_("This day is still to come."), field="on")
    case, claim = _open(claim_id)
    _end(actor, claim, ClaimState.PAID, paid_on=on, paid_amount=amount)
    note(actor, case, "claim_paid", detail={"amount": amount})
    return claim


@transaction.atomic
def waive_claim(actor: Actor, *, claim_id: int, reason: str) -> Claim:
    """Ask no more for it. Raises BadInput without a reason."""
    if not reason.strip():
        raise BadInput(_("Write why it is not asked for."), field="reason")
    case, claim = _open(claim_id)
    _end(actor, claim, ClaimState.WAIVED)
    note(actor, case, "claim_waived", detail={"amount": claim.amount}, reason=reason)
    return claim


@transaction.atomic
def change_claim(actor: Actor, *, claim_id: int, amount: int) -> Claim:
    """Correct the amount of an open claim. Raises BadInput for one that cannot be."""
    if not 0 < amount <= MOST:
        raise BadInput(_("Enter an amount in yen above zero."), field="amount")
    case, claim = _open(claim_id)
    before, claim.amount = claim.amount, amount
    claim.save(update_fields=["amount"])
    note(actor, case, "claim_changed", detail={"before": {"total": before}, "after": {"total": amount}})
    return claim


def _open(claim_id: int) -> tuple[Case, Claim]:
    """The claim under the lock of its case's order; Refused if it is settled."""
    case_id = Claim.objects.filter(pk=claim_id).values_list("case_id", flat=True).first()
    if case_id is None:
        raise NotFound(_("There is no such claim."))
    _order, case = lock(case_id)
    claim = Claim.objects.get(pk=claim_id)
    if not claim.is_open:
        raise Refused(_("This claim is settled already."))
    return case, claim


def _end(actor: Actor, claim: Claim, state: str, paid_on: dt.date | None = None, paid_amount: int = 0) -> None:
    claim.state, claim.paid_on, claim.paid_amount = state, paid_on, paid_amount
    claim.settled_at, claim.settled_by = clock.now(), actor.key
    claim.save(update_fields=["state", "paid_on", "paid_amount", "settled_at", "settled_by"])
    tell_order(actor, claim.order_id)


def bill_unreturned(actor: Actor) -> int:
    """ORD-75: goods that were exchanged in advance and not sent back in time are billed on the order that replaced
    them; plain returns are marked overdue. Returns how many cases; each in its own transaction.
    """
    due = Case.objects.filter(state=State.AWAITING, send_back_by__lt=clock.today(), overdue_at__isnull=True)
    return sum(_bill(actor, pk) for pk in due.order_by("id").values_list("pk", flat=True))


@transaction.atomic
def _bill(actor: Actor, case_id: int) -> bool:
    order, case = lock(case_id)
    if case.state != State.AWAITING or case.overdue_at is not None:
        return False
    change(case, overdue_at=clock.now())
    amount = worth(order, case) if case.child_id is not None else 0
    child = Order.objects.filter(pk=case.child_id).first() if case.child_id is not None else None
    if child is not None and amount > 0:
        Claim.objects.get_or_create(
            case=case, kind=ClaimKind.GOODS, defaults={"order": child, "amount": amount, "by": actor.key}
        )
        tell_order(actor, child.pk)
    note(actor, case, "overdue", detail={"amount": amount} if amount else {})
    events.emit(CaseOverdue(*key_of(case)), actor=actor)
    return True
