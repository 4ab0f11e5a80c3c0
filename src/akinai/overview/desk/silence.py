"""Silent customers (N-3): who paid, asked or waits and has heard nothing for too long, and why they are listed."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db.models import CharField, Exists, F, Max, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.functions import Cast, Concat
from django.utils.functional import Promise as Lazy
from django.utils.translation import gettext_lazy as _

from akinai.backoffice.orders.models import Hold, Order, OrderLine, StillOpen
from akinai.backoffice.orders.selectors import order_rows
from akinai.backoffice.orders.states import Payment, Promised, Queue, Supply
from akinai.foundation.core import clock
from akinai.shop.messaging.models import Message
from akinai.shop.messaging.models_inbox import Thread
from akinai.shop.messaging.states import State
from akinai.shop.stores import settings
from akinai.shop.stores.calendar import BusinessCalendar
from akinai.shop.stores.selectors import business_calendar

from . import declared, links
from .models import ContactTask, Promise, StillOwed
from .owing import ANSWERS
from .states import Ending

#: More people than these nobody calls in a day; the page says that there are more.
MOST = 200
#: What each open promise says about whoever waits for it. A confirmation counts for those who have paid.
WHY: dict[str, str | Lazy] = {
    Promised.CONFIRM: _("Paid, and the order is not confirmed yet"),
    Promised.PAID: _("Paid, and nobody has said that the money came"),
    Promised.SHIPPED: _("The parcel left, and nobody has said so"),
    Promised.REPLY: _("Wrote a remark and got no answer"),
    Promised.CANCEL: _("Asked to cancel and got no answer"),
    Promised.STOCKOUT: _("Goods are missing, and nobody has said so"),
    Promised.INQUIRY: _("Asked and got no answer"),
}
ON_HOLD = _("The order was put on hold without a word")
STILL_WAITING = _("Waits for goods and has heard nothing since")
PAID = frozenset({Payment.PAID, Payment.OVERPAID, Payment.GUARANTEED})


@dataclass(frozen=True, slots=True)
class Silent:
    """A buyer who waits for a word: since when and why, in the order of who waits longest."""

    order: Order
    since: dt.datetime
    why: tuple[str | Lazy, ...]
    write_url: str

    @property
    def lasted(self) -> dt.timedelta:
        return clock.now() - self.since


@dataclass(frozen=True, slots=True)
class Limits:
    """Until when a word must have gone out: to who paid or asked, and to who waits for goods."""

    asked_before: dt.datetime
    waits_before: dt.datetime

    @classmethod
    def load(cls) -> Limits:
        """As the shop has set them."""
        now, chosen = clock.now(), settings.snapshot(clock.today())
        calendar = business_calendar() if chosen[declared.SILENT_COUNTS] == "open" else None
        return cls(
            back(now, int(chosen[declared.SILENT_HOURS]), calendar),
            now - dt.timedelta(days=int(chosen[declared.SILENT_DAYS])),
        )


def back(now: dt.datetime, hours: int, calendar: BusinessCalendar | None) -> dt.datetime:
    """The moment `hours` before `now`; with a calendar only hours of open days count.

    Tuesday 9:00 after a long weekend, 24 hours back: Friday 9:00, since nobody worked in between.
    """
    if calendar is None:
        return now - dt.timedelta(hours=hours)
    left, end = dt.timedelta(hours=hours), clock.aware(now)
    if not calendar.is_open(end.date()):
        end = _end_of(calendar.open_on_or_before(end.date()))
    while True:
        day = (end - dt.timedelta(microseconds=1)).date()
        start = dt.datetime.combine(day, dt.time(), tzinfo=clock.JST)
        if end - start >= left:
            return end - left
        left -= end - start
        end = _end_of(calendar.open_on_or_before(day - dt.timedelta(days=1)))


def _end_of(day: dt.date) -> dt.datetime:
    return dt.datetime.combine(day + dt.timedelta(days=1), dt.time(), tzinfo=clock.JST)


def silent_customers(limits: Limits | None = None, *, most: int = MOST) -> list[Silent]:
    """Everybody who waits for a word, the longest first; four queries over partial indexes, whatever the number."""
    limits = limits or Limits.load()
    found: dict[int, list[tuple[dt.datetime, str | Lazy]]] = {}
    for source in _SOURCES:
        for order_id, since, why in source(limits)[:most]:
            found.setdefault(order_id, []).append((since, why))
    orders = {order.pk: order for order in _rows().filter(pk__in=found)}
    people = [_silent(orders[pk], said) for pk, said in found.items() if pk in orders]
    return sorted(people, key=lambda person: person.since)[:most]


@dataclass(frozen=True, slots=True)
class Unanswered:
    """A mail about no order we know of that nobody has answered."""

    name: str
    address: str
    number: str
    since: dt.datetime
    url: str


def unanswered(limits: Limits | None = None, *, most: int = MOST) -> list[Unanswered]:
    """Inquiries without an order that have waited for too long, the longest first; two queries."""
    limits = limits or Limits.load()
    rows = Promise.objects.filter(StillOwed(), kind=Promised.INQUIRY, order__isnull=True)
    found = list(rows.filter(opened_at__lte=limits.asked_before).order_by("opened_at")[:most])
    threads = Thread.objects.in_bulk([pk for row in found if (pk := links.thread_id(row)) is not None])
    return [
        Unanswered(thread.name or thread.address, thread.address, thread.number, row.opened_at, links.promised(row))
        for row in found
        if (thread := threads.get(links.thread_id(row) or 0)) is not None
    ]


def _silent(order: Order, said: list[tuple[dt.datetime, str | Lazy]]) -> Silent:
    ordered = sorted(said, key=lambda pair: pair[0])
    why = tuple(dict.fromkeys(words for _since, words in ordered))
    return Silent(order, ordered[0][0], why, links.page("notifications:order_write", order.pk))


def _rows() -> QuerySet[Order]:
    return order_rows().only(*ROW, "store__name", "store__short_name", "store__kind", "store__code")


#: What a line of the list shows.
ROW = ("id", "number", "store_id", "buyer_name", "buyer_company", "buyer_phone", "buyer_mail", "queue", "total")


def _promised(limits: Limits) -> list[tuple[int, dt.datetime, str | Lazy]]:
    """Promises that have stood open for too long; the confirmation only of those who have paid."""
    confirm = Q(kind=Promised.CONFIRM)
    rows = Promise.objects.filter(StillOwed(), opened_at__lte=limits.asked_before, order__isnull=False)
    rows = rows.filter(~confirm | Q(order__payment__in=PAID)).order_by("opened_at")
    return [(pk or 0, at, WHY[kind]) for pk, at, kind in rows.values_list("order_id", "opened_at", "kind")[:MOST]]


def _held(limits: Limits) -> list[tuple[int, dt.datetime, str | Lazy]]:
    """Holds after which no word went out (R32), neither by mail nor by phone."""
    rows = Hold.objects.filter(
        ~Exists(_answers("order_id").filter(sent_at__gte=OuterRef("opened_at"))),
        ~Exists(_calls("order_id").filter(closed_at__gte=OuterRef("opened_at"))),
        closed_at__isnull=True, opened_at__lte=limits.asked_before, order__is_history=False,
    )  # fmt: skip
    return [(pk, at, ON_HOLD) for pk, at in rows.order_by("opened_at").values_list("order_id", "opened_at")[:MOST]]


def _waiting(limits: Limits) -> list[tuple[int, dt.datetime, str | Lazy]]:
    """Orders that wait for goods, last spoken to too long ago; a preorder knows its day."""
    preordered = OrderLine.objects.filter(order_id=OuterRef("pk"), supply=Supply.PREORDER)
    last = _mails("pk").values("subject_key").annotate(at=Max("sent_at")).values("at")
    rows: QuerySet[Any] = Order.objects.filter(StillOpen(), queue=Queue.AWAITING_STOCK)
    rows = rows.filter(queue_since__lte=limits.waits_before)
    rows = rows.filter(~Exists(preordered), ~Exists(_calls("pk").filter(closed_at__gt=limits.waits_before)))
    rows = rows.annotate(told_at=Subquery(last)).filter(Q(told_at__isnull=True) | Q(told_at__lte=limits.waits_before))
    found = rows.order_by(F("told_at").asc(nulls_first=True), "queue_since")
    return [
        (pk, told or since, STILL_WAITING)
        for pk, told, since in found.values_list("pk", "told_at", "queue_since")[:MOST]
    ]


def _mails(order: str) -> QuerySet[Message]:
    """What went out to the buyer of an outer row's order; the notice to the shop (M02) is none."""
    key = Concat(Value("order:"), Cast(OuterRef(order), CharField()))
    return Message.objects.filter(subject_key=key, state=State.SENT).exclude(kind="M02").order_by()


def _answers(order: str) -> QuerySet[Message]:
    return _mails(order).filter(kind__in=ANSWERS)


def _calls(order: str) -> QuerySet[ContactTask]:
    return ContactTask.objects.filter(order_id=OuterRef(order), ending=Ending.REACHED)


_SOURCES: tuple[Callable[[Limits], list[tuple[int, dt.datetime, str | Lazy]]], ...] = (_promised, _held, _waiting)
