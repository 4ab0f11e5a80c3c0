"""Events that open and keep promises. One job an event; each looks at the whole order as it stands."""

from __future__ import annotations

import datetime as dt

from akinai.foundation import events
from akinai.foundation.jobs import schedule, task
from akinai.frontoffice.notifications.facts import order_id_of
from akinai.shop.messaging.events import MailReceived, MessageEvent, ThreadChanged

from . import services

#: Mails to the shop, and those that answer nothing.
NO_ANSWER = frozenset({"M01", "M02"})


@task(name="desk.review")
def review(event_id: int) -> None:
    """Something happened to an order or to a mail of it."""
    event = events.load(event_id).event
    if isinstance(event, MailReceived | ThreadChanged):
        services.review_thread(event.thread_id)
        return
    order_id = _order_of(event)
    if order_id is not None:
        services.review([order_id])


def _order_of(event: events.Event) -> int | None:
    """Which order the event is about, if it may change what is owed."""
    if isinstance(event, MessageEvent):
        if event.kind in NO_ANSWER:
            return None
        return order_id_of(event.about)
    found = getattr(event, "order_id", None)
    return found if isinstance(found, int) else None


@schedule("desk.review_open", every=dt.timedelta(hours=1))
@task(name="desk.review_open", transactional=False)
def review_open() -> int:
    """What is still owed, looked at once more."""
    return services.review_open()
