"""The one thing to do next: what breaks first, for what this reader may do. Every line names figures of now."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from akinai.backoffice.fulfillment import permissions as fulfillment
from akinai.backoffice.orders import permissions as orders
from akinai.backoffice.orders.states import Check, Queue
from akinai.backoffice.payments import permissions as payments
from akinai.foundation.core.actor import Actor
from akinai.foundation.ui import html

from . import links
from .situation import Situation
from .tiles import SOON, when
from .trucks import next_pickup

#: A truck within this span comes before confirmations that have time.
TRUCK_SOON = dt.timedelta(hours=2)
#: So many reasons are named; the others are in the list.
MOST_REASONS = 4


@dataclass(frozen=True, slots=True)
class NextThing:
    """The box on top of Today. The lower `rank`, the sooner; without `url` there is no button."""

    rank: int
    tone: str
    icon: str
    badge: str
    text: str
    detail: str = ""
    url: str = ""
    label: str = ""


def choose(now: Situation, actor: Actor) -> NextThing:
    """The most urgent thing this reader can do something about."""
    found = _candidates(now, actor)
    return min(found, key=lambda thing: thing.rank, default=nothing())


def nothing() -> NextThing:
    """Good news."""
    return NextThing(99, "ok", "circle-check", _("All quiet"), _("Nothing is urgent now."))


def _candidates(now: Situation, actor: Actor) -> Iterable[NextThing]:
    if actor.may(orders.WORK):
        yield from _confirmations(now)
    if actor.may(payments.VIEW):
        yield from _unpaid(now)
    if actor.may(orders.WORK) or actor.may(fulfillment.WORK):
        yield from _stopped(now)
        yield from _ready(now)


def _confirmations(now: Situation) -> Iterable[NextThing]:
    owed = now.confirmations
    detail = " · ".join(f"{Check(code).label} {n}" for code, n in owed.reasons[:MOST_REASONS])
    url, label = links.queue(Queue.CHECK), _("Confirm, the earliest promise first")
    if owed.late:
        text = _("Confirmations later than promised: %(n)s") % {"n": owed.late}
        yield NextThing(0, "stop", "alert-octagon", pgettext("next thing", "Overdue"), text, detail, url, label)
    elif owed.next_by is not None:
        left = owed.next_by - now.now
        soon = left <= SOON
        badge = _("%(left)s left") % {"left": html.duration(left)}
        text = _("Confirmations promised by %(when)s: %(n)s") % {
            "n": owed.number,
            "when": when(owed.next_by, now.now),
        }
        rank, tone, icon = (20, "warn", "clock-exclamation") if soon else (60, "act", "clock")
        yield NextThing(rank, tone, icon, badge, text, detail, url, label)


def _stopped(now: Situation) -> Iterable[NextThing]:
    if now.stopped:
        text = _("Papers are out, but these must not leave now: %(n)s") % {"n": now.stopped}
        url = links.order(now.stopped_id) if now.stopped == 1 and now.stopped_id else links.queue("all", only="stopped")
        yield NextThing(
            30,
            "stop",
            "hand-stop",
            pgettext("next thing", "Shipping stopped"),
            text,
            "",
            url,
            _("Look at what stopped"),
        )


def _unpaid(now: Situation) -> Iterable[NextThing]:
    if now.unpaid_late:
        text = _("Unpaid although the day to pay has passed: %(n)s") % {"n": now.unpaid_late}
        url = links.queue(Queue.AWAITING_PAYMENT, only="overdue")
        yield NextThing(
            70, "warn", "cash", pgettext("next thing", "Unpaid"), text, "", url, _("Look at overdue payments")
        )


def _ready(now: Situation) -> Iterable[NextThing]:
    """Boxes for the next truck; without one today what waits can wait."""
    truck = next_pickup(now.pickups)
    url, label = links.page("fulfillment:waiting") or links.queue(Queue.READY), _("Look at what can leave")
    if truck is not None and truck.pickup is not None:
        left = truck.pickup - now.now
        soon = left <= TRUCK_SOON or truck.too_late > 0
        words = {"n": truck.rest, "carrier": truck.name, "time": html.hour(truck.pickup)}
        text = _("Boxes to pack before %(carrier)s comes at %(time)s: %(n)s") % words
        rank, tone = (10, "warn") if soon else (50, "act")
        badge = _("%(left)s left") % {"left": html.duration(left)}
        yield NextThing(rank, tone, "truck", badge, text, "", url, label)
    elif now.queues[Queue.READY].number:
        text = _("Orders ready to ship: %(n)s") % {"n": now.queues[Queue.READY].number}
        yield NextThing(80, "act", "printer", pgettext("next thing", "Ready to ship"), text, "", url, label)
