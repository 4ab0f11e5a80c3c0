"""Which promises break next (N-2): those to buyers (ORD-22) and payment deadlines, the earliest first."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace

from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from akinai.backoffice.orders import wording
from akinai.backoffice.orders.models import Order, StillOpen
from akinai.backoffice.orders.selectors import UNCONFIRMED, order_rows
from akinai.backoffice.orders.states import Promised, Queue
from akinai.foundation.core import clock
from akinai.foundation.ui import html

from . import links
from .owing import end_of_day
from .situation import Situation
from .tiles import SOON, when

SHOWN = 6
MOST_BADGES = 3


@dataclass(frozen=True, slots=True)
class Promise:
    """One order with what was promised and until when; `tone` says how close it is."""

    order: Order
    at: dt.datetime
    what: str
    badges: tuple[wording.Badge, ...]
    url: str
    tone: str
    icon: str
    left: str


def breaking_next(now: Situation) -> list[Promise]:
    """The next promises that break; three queries."""
    rows = order_rows()
    owed = rows.filter(promise_due_at__isnull=False).order_by("promise_due_at", "pk")
    live = rows.filter(StillOpen())
    # what has just come in, before its promises are written down
    fresh = live.filter(UNCONFIRMED, confirm_by__isnull=False, promise_due_at__isnull=True)
    unpaid = live.filter(queue=Queue.AWAITING_PAYMENT, pay_due__isnull=False).order_by("pay_due", "ordered_at", "pk")
    found = [*_owed(owed, now), *_fresh(fresh.order_by("confirm_by", "ordered_at", "pk"), now), *_payments(unpaid, now)]
    return sorted(found, key=lambda p: p.at)[:SHOWN]


def _owed(rows: QuerySet[Order], now: Situation) -> list[Promise]:
    return [
        _promise(row, clock.aware(row.promise_due_at), row.get_promise_kind_display(), now)
        for row in rows[:SHOWN]
        if row.promise_due_at
    ]


def _fresh(rows: QuerySet[Order], now: Situation) -> list[Promise]:
    return [
        _promise(row, clock.aware(row.confirm_by), str(Promised.CONFIRM.label), now)
        for row in rows[:SHOWN]
        if row.confirm_by
    ]


def _payments(rows: QuerySet[Order], now: Situation) -> list[Promise]:
    found = []
    for row in rows[:SHOWN]:
        if row.pay_due is not None:
            at = end_of_day(row.pay_due)
            promise = _promise(row, at, pgettext("promise", "Payment"), now)
            days = (now.now.date() - row.pay_due).days
            if days > 0:  # counted in days, as the list of unpaid orders does
                late = _("%(n)s d late") % {"n": days}
                promise = replace(promise, left=late)
            found.append(promise)
    return found


def _promise(row: Order, at: dt.datetime, what: str, now: Situation) -> Promise:
    left = at - now.now
    if left < dt.timedelta():
        tone, icon = "stop", "alert-octagon"
        words = _("%(length)s overdue") % {"length": html.duration(left)}
    elif left <= SOON:
        tone, icon = "warn", "clock-exclamation"
        words = _("%(left)s left") % {"left": html.duration(left)}
    else:
        tone, icon, words = "wait", "clock", when(at, now.now)
    badges = tuple(wording.badge(stored) for stored in row.badges[:MOST_BADGES])
    return Promise(row, at, what, badges, links.order(row.pk), tone, icon, words)
