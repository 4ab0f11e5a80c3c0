"""First answers to mails that came in: promised when somebody writes, kept when a person answers (N-2, R101)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection

from django.db import transaction

from akinai.backoffice.orders import services as orders
from akinai.backoffice.orders.models import Order
from akinai.backoffice.orders.services import PromiseDue
from akinai.backoffice.orders.services.guarding import lock
from akinai.backoffice.orders.states import Promised
from akinai.foundation.core import clock
from akinai.frontoffice.notifications.facts import order_id_of
from akinai.overview.desk import order_facts
from akinai.overview.desk.models import Promise
from akinai.overview.desk.states import Outcome
from akinai.shop.messaging.models_inbox import Thread

from .promises import next_due


@transaction.atomic
def review_thread(thread_id: int) -> int:
    """Open and keep the promise to answer a conversation, as it stands now; returns how many rows changed.

    It is due by the end of the set business day after the mail that waits. Where the conversation is about an order,
    the order knows (`promise_due_at`). Again, or late, it gives the same.
    """
    thread = Thread.objects.filter(pk=thread_id).first()
    if thread is None:
        return 0
    mine = Promise.objects.filter(subject=thread.key, kind=Promised.INQUIRY)
    touched = {order_id_of(thread.subject_key), *mine.values_list("order_id", flat=True)}
    held = lock([pk for pk in touched if pk is not None])
    # orders first, as everybody; what is read from here on is what the last of two workers leaves behind
    thread.refresh_from_db(from_queryset=Thread.objects.select_for_update())
    rows = list(mine)
    order_id = next((order.pk for order in held if order.subject == thread.subject_key), None)
    since = thread.waits_since
    occasion = f"{thread.pk}:{clock.aware(since).isoformat()}" if since else ""
    changed = sum(_bring_in_line(row, thread, occasion, order_id) for row in rows)
    if since is not None and occasion not in {row.occasion for row in rows}:
        Promise.objects.create(
            subject=thread.key, order_id=order_id, kind=Promised.INQUIRY, occasion=occasion, opened_at=since,
            due_at=order_facts.terms().answer_by(since),
        )  # fmt: skip
        changed += 1
    _tell(held)
    return changed


def _bring_in_line(row: Promise, thread: Thread, occasion: str, order_id: int | None) -> int:
    """End the promise of a mail that waits no more, and follow the conversation to what it is about."""
    was = (row.outcome, row.order_id)
    row.order_id = order_id
    if row.outcome == Outcome.OPEN and row.occasion != occasion:
        row.outcome, row.ended_at = Outcome.KEPT, _ended(thread, row)
        row.kept_by = thread.closed_by or thread.key
    if (row.outcome, row.order_id) == was:
        return 0
    row.save(update_fields=["order", "outcome", "ended_at", "kept_by"])
    return 1


def _ended(thread: Thread, row: Promise) -> dt.datetime:
    """When it was answered: the conversation's last move, or now where that was their next mail."""
    return thread.last_at if thread.waits_since is None and thread.last_at > row.opened_at else clock.now()


def _tell(held: Collection[Order]) -> None:
    """Write the next promise of these orders onto them where it changed."""
    for order in held:
        due = next_due(Promise.objects.filter(order=order, outcome=Outcome.OPEN))
        if due != PromiseDue(order.promise_kind, order.promise_due_at):
            orders.note_promises({order.pk: due})
