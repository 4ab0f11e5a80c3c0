"""What orders know of a customer: figures, latest orders, what they asked."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Count, Max, Min, Q, Sum
from django.utils.translation import gettext as _

from akinai.foundation.core.money import yen
from akinai.shop.customers.selectors import ids_of

from . import selectors
from .models import Order, StillOpen
from .states import Queue

#: The page of a customer shows so many of their orders; the list of orders has all of them.
MOST_ORDERS = 20


@dataclass(frozen=True, slots=True)
class Figures:
    """A customer's orders in numbers; `spent` is yen including tax, without cancelled orders."""

    count: int
    cancelled: int
    still_open: int
    spent: int
    first: dt.datetime | None
    last: dt.datetime | None
    promised: dt.datetime | None

    @property
    def average(self) -> int:
        """Yen an order, rounded down."""
        return self.spent // self.count if self.count else 0


def figures(ids: Sequence[int]) -> Figures:
    """The figures of everybody who is this person; one query. `promised` is what breaks next among open orders."""
    live = ~Q(queue=Queue.CANCELLED)
    sums = Order.objects.filter(customer__in=ids).aggregate(
        count=Count("pk", filter=live),
        cancelled=Count("pk", filter=~live),
        still_open=Count("pk", filter=Q(StillOpen())),
        spent=Sum("total", filter=live),
        first=Min("ordered_at", filter=live),
        last=Max("ordered_at", filter=live),
        promised=Min("promise_due_at", filter=Q(StillOpen())),
    )
    return Figures(**{**sums, "spent": sums["spent"] or 0})


def latest(ids: Sequence[int]) -> list[Order]:
    """The newest orders with the columns their row shows, and the remark."""
    rows = selectors.order_rows().filter(customer__in=ids).order_by("-ordered_at", "-pk")
    return list(rows.only(*selectors.ROW, "remark", "store__name", "store__short_name", "store__kind")[:MOST_ORDERS])


def orders_of(customer_id: int) -> Q:
    """Orders of a customer and of everybody merged into them (AN-10)."""
    return Q(customer__in=ids_of(customer_id))


def belongings(ids: Sequence[int]) -> list[str]:
    """What of ours would follow these customers into another, in words."""
    found = figures(ids)
    if not found.count and not found.cancelled:
        return []
    said = _("%(n)s orders, %(yen)s yen in all") % {"n": found.count, "yen": yen(found.spent)}
    return [said, *([_("%(n)s cancelled orders") % {"n": found.cancelled}] if found.cancelled else [])]
