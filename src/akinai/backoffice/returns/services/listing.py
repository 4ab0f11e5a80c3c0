"""ORD-76: who does not take parcels in for the second time is proposed for the attention list."""

from __future__ import annotations

from django.utils.translation import gettext as _

from akinai.backoffice.orders.models import Order
from akinai.backoffice.returns.models import Case
from akinai.backoffice.returns.states import NOT_TAKEN_IN
from akinai.foundation.core.actor import Actor
from akinai.shop.customers.models import Attention, Level
from akinai.shop.customers.selectors import same_person
from akinai.shop.customers.services import list_customer

from .opening import offences

#: From so many parcels on.
OFFENCES = 2


def propose_listing(actor: Actor, order: Order, case: Case) -> Attention | None:
    """A proposal of "prepayment only", which a manager approves or ends (CS-40); None where it is the first parcel, the
    buyer did not cause it, or an entry or proposal stands already.
    """
    count = offences(order) if case.cause in NOT_TAKEN_IN else 0
    people = same_person(order.customer).values("pk")
    if count < OFFENCES or Attention.objects.in_force().filter(customer__in=people).exists():
        return None
    reason = _("%(n)s parcels refused or left at the depot.") % {"n": count}
    return list_customer(
        actor, customer_id=order.customer_id, level=Level.PREPAID, reason=reason, propose_only=True,
        evidence=f"{order.number} {case.number}",
    )  # fmt: skip
