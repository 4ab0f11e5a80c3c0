"""Reading which authorisations will not last until the goods leave (PAY-5, ORD-63)."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.db.models import Q

from akinai.backoffice.orders.models import Order
from akinai.backoffice.orders.states import WORKING, Queue
from akinai.backoffice.orders.timing import Timetable
from akinai.foundation.core import clock

from .authorisations import is_tight, renew_on
from .models import Authorisation
from .states import AuthState

#: Authorisations that end within so many days are looked at, whatever their orders wait for.
NEAR = dt.timedelta(days=14)
MOST = 500


@dataclass(frozen=True, slots=True)
class Tight:
    """An authorisation that ends before, or just after, its order ships as planned (JST days)."""

    authorisation: Authorisation
    order: Order
    ship_on: dt.date

    @property
    def renew_on(self) -> dt.date:
        """When a new one is to be asked for."""
        return renew_on(self.ship_on)

    @property
    def is_due(self) -> bool:
        """The day to ask has come."""
        return self.renew_on <= clock.today()


def tight_authorisations() -> list[Tight]:
    """Of orders that have not left: what needs a new authorisation, the nearest first."""
    today = clock.today()
    late = Q(order__ship_not_before__gt=today) | Q(order__queue=Queue.AWAITING_STOCK) | Q(expires_on__lte=today + NEAR)
    here = Order.objects.still_open().filter(queue__in=WORKING, shipped_at__isnull=True)
    rows = Authorisation.objects.filter(
        late, order_id__in=here.values("pk"), state=AuthState.LIVE, expires_on__isnull=False
    )
    rows = rows.select_related("order__store", "order__payment_method").prefetch_related("order__lines__sku")
    timetable, found = Timetable.load(), []
    for row in rows.order_by("expires_on", "id")[:MOST]:
        plan = timetable.plan(row.order, list(row.order.lines.all()))
        if plan is not None and is_tight(row.expires_on, plan.ship_on):
            found.append(Tight(row, row.order, plan.ship_on))
    return sorted(found, key=lambda tight: (tight.renew_on, tight.order.pk))


def of_order(order_id: int) -> list[Authorisation]:
    """All authorisations of an order, the latest first."""
    return list(Authorisation.objects.filter(order_id=order_id).order_by("-id"))
