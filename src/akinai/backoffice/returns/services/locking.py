"""Laying hands on a case: its order first (a version bump that others wait for), then it; and telling the order."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from django.db.models import F, Sum
from django.utils.translation import gettext as _

from akinai.backoffice.orders import services as orders
from akinai.backoffice.orders.models import Order
from akinai.backoffice.orders.services.guarding import take
from akinai.backoffice.returns.events import CaseChanged
from akinai.backoffice.returns.models import Case, Claim, SaleReversal
from akinai.backoffice.returns.states import OVER, ClaimKind, ClaimState
from akinai.foundation import audit, events
from akinai.foundation.core.actor import Actor
from akinai.foundation.core.errors import Conflict, NotFound, Refused


def lock(case_id: int, *, seen_version: int | None = None) -> tuple[Order, Case]:
    """The order, won for this transaction, and its case as it is under that lock.

    Raises NotFound, or Conflict if the case is no longer as the person saw it (ORD-31).
    """
    order_id = Case.objects.filter(pk=case_id).values_list("order_id", flat=True).first()
    if order_id is None:
        raise NotFound(_("There is no such case."))
    order = take(order_id)
    case = Case.objects.select_related("shipment").get(pk=case_id)
    if seen_version is not None and case.version != seen_version:
        raise Conflict(_("Somebody else updated this case. Look at it again."))
    return order, case


def require_state(case: Case, states: Collection[str]) -> None:
    """Raise Refused, saying where the case stands, unless it is at one of these states."""
    if case.state not in states:
        raise Refused(
            _("%(number)s is at “%(state)s”. Look at it again.")
            % {"number": case.number, "state": case.get_state_display()}
        )


def change(case: Case, **fields: Any) -> None:
    """Write fields of a locked case and raise its version."""
    for name, value in fields.items():
        setattr(case, name, value)
    case.version += 1
    Case.objects.filter(pk=case.pk).update(version=F("version") + 1, **fields)


def tell_order(actor: Actor, order_id: int) -> Order:
    """Let the order know its open cases, the claims on its buyer and what of it was reversed; its queue follows."""
    sums = SaleReversal.objects.filter(order_id=order_id).aggregate(amount=Sum("amount"))
    return orders.record(
        actor,
        order_id,
        open_cases=open_cases(order_id),
        open_followups=open_claims(order_id),
        credited_amount=sums["amount"] or 0,
    )


def open_cases(order_id: int) -> int:
    """Cases of an order that are not over."""
    return Case.objects.filter(order_id=order_id).exclude(state__in=OVER).count()


def open_claims(order_id: int) -> int:
    """Claims on the buyer that are neither paid nor waived; the carrier's are the case's own business."""
    rows = Claim.objects.filter(order_id=order_id, state=ClaimState.OPEN)
    return rows.exclude(kind=ClaimKind.CARRIER).count()


def note(actor: Actor, case: Case, action: str, *, detail: dict[str, Any] | None = None, reason: str = "") -> None:
    """The audit line of a deed, on the case and in the timeline of its order, and the news for screens."""
    told = {"case": case.number, **(detail or {})}
    subjects = [(f"returns.{action}", s, told) for s in (case.subject, f"order:{case.order_id}")]
    for name, subject, found in subjects:
        audit.record(actor, name, subject, detail=found, reason=reason)
    events.emit(CaseChanged(*key_of(case), what=action), actor=actor)


def key_of(case: Case) -> tuple[int, int, str, str, str]:
    """What every event of a case carries."""
    return case.pk, case.order_id, case.number, case.kind, case.reason
