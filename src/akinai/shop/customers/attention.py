"""Who stands on the attention list (CS-40): the keys orders are compared by, and looking them up."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from akinai.foundation.core.text import digits

from .identity import keys_of
from .models import Attention, Level
from .types import Buyer

#: What an order can be recognised by, and how people call it.
KEYS = {
    "mail": _("Mail address"),
    "phone": _("Phone"),
    "address": _("Address"),
    "name_place": _("Name and address"),
}
CUSTOMER = "customer"


@dataclass(frozen=True, slots=True)
class Marks:
    """A buyer or recipient in the forms the list compares; an empty one is not compared."""

    mail: str
    phone: str
    address: str
    name_place: str


@dataclass(frozen=True, slots=True)
class Listed:
    """An entry that fits an order. `by` names what it was recognised by: keys of `KEYS`, or `customer`."""

    entry: Attention
    by: tuple[str, ...]

    @property
    def stops(self) -> bool:
        """True if a manager has approved that there be no more business."""
        return self.entry.approved_at is not None and self.entry.level == Level.STOP

    @property
    def wants_prepayment(self) -> bool:
        """True if a manager has approved that goods leave only when paid for."""
        return self.entry.approved_at is not None and self.entry.level == Level.PREPAID


def marks_of(buyer: Buyer) -> Marks:
    """Mail (never one lent by a mall), phone, postcode with address, name with address."""
    keys = keys_of(buyer)
    place = keys.address.removeprefix(digits(buyer.postcode))
    return Marks(keys.mail, keys.phone, keys.address, f"{keys.name}:{place}"[:650] if keys.name and place else "")


def is_empty() -> bool:
    """True if nobody is on the list; one query, so that intake need not look at anybody."""
    return not Attention.objects.in_force().exists()


def listed(people: Sequence[tuple[int, Sequence[Buyer]]]) -> list[list[Listed]]:
    """For each (customer id, who buys and receives) the entries in force that fit, the newest first.

    A customer merged into another is meant by entries of either. One query for all of them.
    """
    if not people:
        return []
    marks = [[marks_of(buyer) for buyer in buyers] for _customer, buyers in people]
    entries = _candidates([customer for customer, _buyers in people], [m for each in marks for m in each])
    return [_fitting(entries, customer, each) for (customer, _buyers), each in zip(people, marks, strict=True)]


def _candidates(customers: Iterable[int], marks: Sequence[Marks]) -> list[Attention]:
    ids = set(customers)
    wanted = Q(customer__in=ids) | Q(customer__merged_into__in=ids)
    for key in KEYS:
        if values := {getattr(m, key) for m in marks} - {""}:
            wanted |= Q(**{f"{key}_key__in": values}) & ~Q(**{f"{key}_key": ""})
    return list(Attention.objects.in_force().select_related("customer").filter(wanted))


def _fitting(entries: Sequence[Attention], customer: int, marks: Sequence[Marks]) -> list[Listed]:
    found = []
    for entry in entries:
        by = [CUSTOMER] if customer in (entry.customer_id, entry.customer.merged_into_id) else []
        by += [key for key in KEYS if any(_same(getattr(entry, f"{key}_key"), getattr(m, key)) for m in marks)]
        if by:
            found.append(Listed(entry, tuple(by)))
    return found


def _same(kept: str, told: str) -> bool:
    return bool(kept) and kept == told
