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
    """From now on `into` answers for `customer` and for all that were merged into it. Rows are not rewritten.

    Raises Refused for a customer merged into itself, or into or from one that is merged already.
    """
    rows = {
        row.pk: row for row in Customer.objects.select_for_update().filter(pk__in=[customer.pk, into.pk]).order_by("pk")
    }
    if len(rows) < 2 or any(row.merged_into_id for row in rows.values()):
        raise Refused(_("These two cannot be merged: choose two customers who are not merged yet."))
    Customer.objects.filter(merged_into=customer).update(merged_into=into)
    Customer.objects.filter(pk=customer.pk).update(merged_into=into)
    audit.record(actor, "customers.merged", f"customer:{customer.pk}", detail={"into": into.pk})
    audit.record(actor, "customers.merged", f"customer:{into.pk}", detail={"from": customer.pk})
    return rows[into.pk]


@transaction.atomic
def unmerge(actor: Actor, *, customer: Customer) -> Customer:
    """Take a merge back: the row stands for itself again. Raises Refused for one that is not merged."""
    changed = Customer.objects.filter(pk=customer.pk, merged_into__isnull=False).update(merged_into=None)
    if not changed:
        raise Refused(_("This customer is not merged."))
    audit.record(actor, "customers.unmerged", f"customer:{customer.pk}", detail={"from": customer.merged_into_id})
    customer.refresh_from_db()
    return customer
