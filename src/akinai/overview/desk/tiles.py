"""The queues as tiles: how many, since when, and the next promise that breaks."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from akinai.backoffice.orders.states import Queue
from akinai.foundation.core import clock
from akinai.foundation.ui import html

from . import links
from .situation import Situation
from .trucks import next_pickup

#: A promise within this span is urgent.
SOON = dt.timedelta(hours=4)
BIG = (Queue.NEW, Queue.CHECK, Queue.AWAITING_PAYMENT, Queue.AWAITING_STOCK, Queue.READY, Queue.PREPARING)
SMALL = (Queue.HOLD, Queue.AWAITING_DATE, Queue.AWAITING_SETTLEMENT, Queue.SHIPPED)

Note = tuple[str, str, str]


@dataclass(frozen=True, slots=True)
class Tile:
    """One queue as drawn; `note` is (tone, icon, words) of what breaks next, or None."""

    key: str
    number: int
    oldest: str
    url: str
    note: Note | None = None


def big(now: Situation) -> list[Tile]:
    """The queues in which people work, in the order of the day."""
    return [_tile(now, queue, _NOTES[queue](now)) for queue in BIG]


def small(now: Situation) -> list[Tile]:
    """The queues that wait for somebody else or for a date."""
    return [_tile(now, queue, None) for queue in SMALL]


def _tile(now: Situation, queue: Queue, note: Note | None) -> Tile:
    count = now.queues[queue]
    oldest = _("oldest %(age)s") % {"age": html.duration(now.now - count.oldest)} if count.oldest else ""
    return Tile(queue.value, count.number, oldest, links.queue(queue), note)


def _new(now: Situation) -> Note | None:
    return ("ok", "circle-check", _("%(n)s came in today") % {"n": now.came_today}) if now.came_today else None


def _check(now: Situation) -> Note | None:
    owed = now.confirmations
    if owed.late:
        return "stop", "alert-octagon", _("confirmation overdue: %(n)s") % {"n": owed.late}
    if owed.next_by is None:
        return None
    if owed.next_by - now.now <= SOON:
        return (
            "warn",
            "clock-exclamation",
            _("confirm: %(left)s left") % {"left": html.duration(owed.next_by - now.now)},
        )
    return "wait", "clock", pgettext("tile", "by %(when)s") % {"when": when(owed.next_by, now.now)}


def _awaiting_payment(now: Situation) -> Note | None:
    if now.unpaid_late:
        return "stop", "alert-octagon", _("payment overdue: %(n)s") % {"n": now.unpaid_late}
    if now.next_due is None:
        return None
    return "wait", "calendar-event", _("next due %(day)s") % {"day": html.day(now.next_due)}


def _awaiting_stock(now: Situation) -> Note | None:
    if not now.short_skus:
        return None
    return "wait", "packages", _("goods missing: %(n)s") % {"n": now.short_skus}


def _ready(now: Situation) -> Note | None:
    truck = next_pickup(now.pickups)
    if truck is None or truck.pickup is None:
        waits = now.queues[Queue.READY].number and not any(t.pickup for t in now.pickups.trucks)
        return ("wait", "calendar-off", _("no pickup now")) if waits else None
    left = truck.pickup - now.now
    words = _("%(carrier)s: %(left)s left") % {"carrier": truck.name, "left": html.duration(left)}
    return "warn" if left <= SOON and truck.too_late else "act", "truck", words


def _preparing(now: Situation) -> Note | None:
    if now.stopped:
        return "stop", "hand-stop", _("shipping stopped: %(n)s") % {"n": now.stopped}
    return ("ok", "circle-check", _("nothing is stopped")) if now.queues[Queue.PREPARING].number else None


_NOTES: dict[Queue, Callable[[Situation], Note | None]] = {
    Queue.NEW: _new,
    Queue.CHECK: _check,
    Queue.AWAITING_PAYMENT: _awaiting_payment,
    Queue.AWAITING_STOCK: _awaiting_stock,
    Queue.READY: _ready,
    Queue.PREPARING: _preparing,
}


def when(at: dt.datetime, now: dt.datetime) -> str:
    """`今日 12:00`, `明日 12:00`, else the day with the hour."""
    local = clock.aware(at)
    days = (local.date() - now.date()).days
    if days == 0:
        return _("today %(time)s") % {"time": html.hour(local)}
    if days == 1:
        return _("tomorrow %(time)s") % {"time": html.hour(local)}
    return html.day_hour(local)
