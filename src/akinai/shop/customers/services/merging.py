"""Two rows, one person: a pointer that can be taken back (AN-10)."""

from __future__ import annotations

from django.db import transaction
from django.utils.translation import gettext as _

from akinai.foundation.audit import services as audit
from akinai.foundation.core.actor import Actor
from akinai.foundation.core.errors import Refused
from akinai.shop.customers.models import Customer


@transaction.atomic
def merge(actor: Actor, *, customer: Customer, into: Customer) -> Customer:
    """From now on `into` answers for `customer` and for all that were merged into it. Contact data stay as they are.

    Raises Refused for a customer merged into itself, or into or from one that is merged already.
    """
    rows = {
        row.pk: row for row in Customer.objects.select_for_update().filter(pk__in=[customer.pk, into.pk]).order_by("pk")
    }
    if len(rows) < 2 or any(row.merged_into_id for row in rows.values()):
        raise Refused(_("These two cannot be merged: choose two customers who are not merged yet."))
    Customer.objects.filter(merged_into=customer).update(merged_into=into)
    Customer.objects.filter(pk=customer.pk).update(merged_into=into, joined_to=into)
    audit.record(actor, "customers.merged", f"customer:{customer.pk}", detail={"into": into.pk})
    audit.record(actor, "customers.merged", f"customer:{into.pk}", detail={"from": customer.pk})
    return rows[into.pk]


@transaction.atomic
def unmerge(actor: Actor, *, customer: Customer) -> Customer:
    """Take a merge back: the row stands for itself again, and for those who had been merged into it before.

    Raises Refused for one that is not merged.
    """
    row = Customer.objects.select_for_update().filter(pk=customer.pk, merged_into__isnull=False).first()
    if row is None:
        raise Refused(_("This customer is not merged."))
    assert row.merged_into_id is not None
    came_along = _below(row.pk, row.merged_into_id)
    Customer.objects.filter(pk__in=came_along).update(merged_into=row)
    Customer.objects.filter(pk=row.pk).update(merged_into=None, joined_to=None)
    audit.record(
        actor, "customers.unmerged", f"customer:{row.pk}", detail={"from": row.merged_into_id, "with": came_along}
    )
    row.refresh_from_db()
    return row


def _below(customer: int, target: int) -> list[int]:
    """Those merged into `target` by way of `customer`, over any number of steps."""
    joined: dict[int, list[int]] = {}
    for pk, to in Customer.objects.filter(merged_into=target).values_list("pk", "joined_to"):
        joined.setdefault(to or target, []).append(pk)
    found: list[int] = []
    open_ones = [customer]
    while open_ones:
        children = joined.get(open_ones.pop(), [])
        found += children
        open_ones += children
    return sorted(found)
