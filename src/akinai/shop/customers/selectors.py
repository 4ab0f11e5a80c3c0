"""Finding customers."""

from __future__ import annotations

from collections.abc import Sequence

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from akinai.foundation.core.errors import NotFound

from . import ports
from .identity import INDEX
from .models import Attention, Customer


def search(query: str, *, newest: int = 1000) -> QuerySet[Customer]:
    """Customers whose name, kana, company, mail, address, phone or postcode contains every word, folded.

    Merged customers are left out; they answer through the one they were merged into.
    """
    rows = Customer.objects.filter(merged_into=None).order_by("-id")
    return rows.filter(INDEX.matches(query, newest=newest)) if query.strip() else rows


def customer(customer_id: int) -> Customer:
    """One customer. Raises NotFound."""
    row = Customer.objects.select_related("merged_into").filter(pk=customer_id).first()
    if row is None:
        raise NotFound(_("This customer does not exist."))
    return row


def ids_of(customer_id: int) -> list[int]:
    """The customer and all who were merged into them: orders of any of these are theirs (AN-10)."""
    return [customer_id, *Customer.objects.filter(merged_into=customer_id).order_by("pk").values_list("pk", flat=True)]


def same_person(customer: Customer) -> QuerySet[Customer]:
    """Everybody who is the same person as this one: who answers for them, and all merged into that one (AN-10).

    To be used inside another query, as `customer__in=`; asks nothing by itself.
    """
    target = customer.merged_into_id or customer.pk
    return Customer.objects.filter(Q(pk=target) | Q(merged_into=target))


def what_moves(customer: Customer) -> list[str]:
    """In words, what would answer through another customer if this one were merged into them (AN-10)."""
    ids = ids_of(customer.pk)
    found = [said for tell in ports.belongings for said in tell(ids)]
    if entries := Attention.objects.in_force().filter(customer__in=ids).count():
        found.append(
            ngettext("%(n)d entry of the attention list", "%(n)d entries of the attention list", entries)
            % {"n": entries}
        )
    if len(ids) > 1:
        found.append(
            ngettext("%(n)d customer merged earlier", "%(n)d customers merged earlier", len(ids) - 1)
            % {"n": len(ids) - 1}
        )
    return found


def alike(customer: Customer) -> QuerySet[Customer]:
    """Others who may be the same person: the same phone, mail address, or name. At most ten."""
    same = Q()
    for field in ("phone_key", "mail_key", "name_key"):
        if value := getattr(customer, field):
            same |= Q(**{field: value})
    if not same:
        return Customer.objects.none()
    return Customer.objects.filter(same, merged_into=None).exclude(pk=customer.pk).order_by("pk")[:10]


def attention_entries() -> QuerySet[Attention]:
    """The whole attention list, ended entries too, the newest first (CS-40)."""
    return Attention.objects.select_related("customer")


def attention_entry(entry_id: int) -> Attention:
    """One entry with its customer. Raises NotFound."""
    row = Attention.objects.select_related("customer__merged_into").filter(pk=entry_id).first()
    if row is None:
        raise NotFound(_("This entry does not exist."))
    return row


def listed_among(customers: Sequence[Customer]) -> dict[int, str]:
    """The word for the level of those of them who are on the attention list, approved and in force; one query."""
    ids = [customer.pk for customer in customers]
    rows = Attention.objects.in_force().filter(approved_at__isnull=False)
    mine = rows.filter(Q(customer__in=ids) | Q(customer__merged_into__in=ids)).select_related("customer").order_by("pk")
    return {entry.customer.merged_into_id or entry.customer_id: str(entry.get_level_display()) for entry in mine}


def attention_of(customer_id: int) -> list[Attention]:
    """Entries of a customer and of all who were merged into them, those in force first."""
    rows = Attention.objects.filter(Q(customer=customer_id) | Q(customer__merged_into=customer_id))
    return sorted(rows.select_related("customer"), key=lambda e: (e.state in ("ended", "over"), -e.pk))


def with_words(rows: QuerySet[Customer], query: str) -> QuerySet[Customer]:
    """Those of the rows that contain every word, folded; words below three characters begin a name or number."""
    return rows.filter(INDEX.matches(query)) if query.strip() else rows
