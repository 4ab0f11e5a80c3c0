"""How the day stands: every number of Today, from a fixed number of queries. Times are JST."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Count, F, Min, Q

from akinai.backoffice.orders.models import CheckReason, Order, OrderLine
from akinai.backoffice.orders.selectors import UNCONFIRMED, QueueCount, queue_counts
from akinai.backoffice.orders.states import Queue
from akinai.foundation.core import clock
from akinai.shop.stores.calendar import BusinessCalendar
from akinai.shop.stores.selectors import business_calendar

from . import trucks
from .trucks import Pickups


@dataclass(frozen=True, slots=True)
class Confirmations:
    """Confirmations owed: how many are late, when the next ones are due, how many by then, and what holds them up."""

    late: int = 0
    next_by: dt.datetime | None = None
    number: int = 0
    reasons: tuple[tuple[str, int], ...] = ()


@dataclass(frozen=True, slots=True)
class Situation:
    """The numbers of one moment."""

    now: dt.datetime
    queues: Mapping[str, QueueCount]
    confirmations: Confirmations
    unpaid_late: int = 0
    next_due: dt.date | None = None
    stopped: int = 0
    stopped_id: int | None = None
    short_skus: int = 0
    came_today: int = 0
    came_while_closed: int = 0
    days_closed: int = 0
    is_open: bool = True
    next_open: dt.date | None = None
    pickups: Pickups = field(default_factory=Pickups)

    @property
    def open_orders(self) -> int:
        """All unfinished orders: exactly the sum of the queues (ORD-17)."""
        return sum(count.number for count in self.queues.values())


def load() -> Situation:
    """The situation now; ten queries, however many orders there are."""
    now, calendar = clock.now(), business_calendar()
    numbers = _numbers(now)
    return Situation(
        now=now,
        queues=queue_counts(),
        confirmations=_confirmations(now, numbers["next_by"], numbers["late"]),
        unpaid_late=numbers["unpaid_late"],
        next_due=numbers["next_due"],
        stopped=numbers["halted"],
        stopped_id=numbers["stopped_id"],
        short_skus=_short_skus(),
        pickups=trucks.load(now),
        **_came(now, calendar),
    )


def _numbers(now: dt.datetime) -> dict[str, Any]:
    """What stands across the queues, in one pass over the unfinished orders (a partial index)."""
    unpaid = Q(queue=Queue.AWAITING_PAYMENT)
    return Order.objects.still_open().aggregate(
        late=Count("id", filter=UNCONFIRMED & Q(confirm_by__lt=now)),
        next_by=Min("confirm_by", filter=UNCONFIRMED & Q(confirm_by__gte=now)),
        unpaid_late=Count("id", filter=unpaid & Q(pay_due__lt=now.date())),
        next_due=Min("pay_due", filter=unpaid & Q(pay_due__gte=now.date())),
        halted=Count("id", filter=Q(stopped=True)),
        stopped_id=Min("id", filter=Q(stopped=True)),
    )


def _confirmations(now: dt.datetime, next_by: dt.datetime | None, late: int) -> Confirmations:
    """The late ones if there are any, else those of the next deadline, with their open reasons."""
    until = Q(confirm_by__lt=now) if late else Q(confirm_by=next_by)
    if not late and next_by is None:
        return Confirmations()
    owed = Order.objects.still_open().filter(UNCONFIRMED, until)
    rows = (
        CheckReason.objects.filter(order__in=owed.values("pk"), closed_at__isnull=True)
        .order_by()
        .values_list("code")
        .annotate(n=Count("id"))
    )
    reasons = tuple(sorted(rows, key=lambda pair: (-pair[1], pair[0])))
    return Confirmations(late, clock.aware(next_by) if next_by else None, late or owed.count(), reasons)


def _short_skus() -> int:
    """How many different goods the orders in 引当待ち lack."""
    waiting = OrderLine.objects.filter(
        order__in=Order.objects.still_open().filter(queue=Queue.AWAITING_STOCK),
        quantity__gt=F("allocated") + F("shipped") + F("cancelled"),
    )
    return waiting.order_by().aggregate(n=Count("sku", distinct=True))["n"] or 0


def _came(now: dt.datetime, calendar: BusinessCalendar) -> dict[str, Any]:
    """Orders of today, and of the closed days before it."""
    today = now.date()
    midnight = dt.datetime.combine(today, dt.time(), tzinfo=clock.JST)
    before = calendar.open_on_or_before(today - dt.timedelta(days=1))
    closed_since = dt.datetime.combine(before + dt.timedelta(days=1), dt.time(), tzinfo=clock.JST)
    fresh = Order.objects.filter(ordered_at__gte=min(closed_since, midnight), is_history=False)
    numbers = fresh.aggregate(
        today=Count("id", filter=Q(ordered_at__gte=midnight)), closed=Count("id", filter=Q(ordered_at__lt=midnight))
    )
    is_open = calendar.is_open(today)
    return {
        "came_today": numbers["today"],
        "came_while_closed": numbers["closed"],
        "days_closed": (today - before).days - 1,
        "is_open": is_open,
        "next_open": None if is_open else calendar.next_open(today),
    }
