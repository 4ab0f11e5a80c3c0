"""Opening and keeping promises to buyers from the facts of their orders (N-2)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable

from django.db import transaction

from akinai.backoffice.orders import services as orders
from akinai.backoffice.orders.models import Order
from akinai.backoffice.orders.services import PromiseDue
from akinai.backoffice.orders.services.guarding import lock
from akinai.backoffice.orders.states import Promised
from akinai.foundation.core import clock
from akinai.overview.desk import order_facts
from akinai.overview.desk.models import Promise, StillOwed
from akinai.overview.desk.owing import Owed, calls, owed
from akinai.overview.desk.states import Outcome

from .contacts import settle_contacts

BATCH = 100
#: Promises that the order's own facts say nothing of; `inquiries` keeps them.
FROM_ELSEWHERE = frozenset({Promised.INQUIRY})


@transaction.atomic
def review(order_ids: Collection[int]) -> int:
    """Open, keep and drop the promises of these orders as their facts have it now; returns how many rows changed.

    Asked again, or in any order, it gives the same: a job that comes late or twice does no harm. What ended stays as it
    ended. The next that breaks is written onto the order (`promise_due_at`), in the same transaction.
    """
    held = lock(order_ids)
    if not held:
        return 0
    facts, terms = order_facts.load(held), order_facts.terms()
    known: dict[int, dict[tuple[str, str], Promise]] = {order.pk: {} for order in held}
    for row in Promise.objects.filter(order_id__in=known):
        known[row.order_id or 0][row.kind, row.occasion] = row
    changed = sum(_settle(order, known[order.pk], owed(facts[order.pk], terms)) for order in held)
    changed += settle_contacts(held, {pk: calls(found) for pk, found in facts.items()})
    dues = {order.pk: next_due(known[order.pk].values()) for order in held}
    orders.note_promises({o.pk: dues[o.pk] for o in held if dues[o.pk] != PromiseDue(o.promise_kind, o.promise_due_at)})
    return changed


def _settle(order: Order, known: dict[tuple[str, str], Promise], wanted: list[Owed]) -> int:
    """Bring the rows of one order in line with what is owed; `known` holds them afterwards."""
    now, changed, seen = clock.now(), 0, set()
    for want in wanted:
        key = (want.kind.value, want.occasion)
        seen.add(key)
        row = known.get(key)
        if row is None:
            if want.dropped and want.kept_at is None:
                continue  # never owed while anybody looked
            row = known[key] = _opened(order, want)
            row.save()
            changed += 1
        elif row.outcome == Outcome.OPEN and _end(row, want, now):
            row.save(update_fields=["ended_at", "outcome", "kept_by"])
            changed += 1
    for key, row in known.items():
        if key not in seen and row.outcome == Outcome.OPEN and row.kind not in FROM_ELSEWHERE:
            row.ended_at, row.outcome = now, Outcome.DROPPED
            row.save(update_fields=["ended_at", "outcome"])
            changed += 1
    return changed


def _opened(order: Order, want: Owed) -> Promise:
    row = Promise(
        subject=order.subject, order=order, kind=want.kind, occasion=want.occasion, opened_at=want.opened_at,
        due_at=want.due_at,
    )  # fmt: skip
    _end(row, want, clock.now())
    return row


def _end(row: Promise, want: Owed, now: dt.datetime) -> bool:
    """Close the row as the facts have it; says whether they close it at all."""
    if want.kept_at is not None:
        row.ended_at, row.outcome, row.kept_by = want.kept_at, Outcome.KEPT, want.kept_by
    elif want.dropped:
        row.ended_at, row.outcome = now, Outcome.DROPPED
    return row.outcome != Outcome.OPEN


def next_due(rows: Iterable[Promise]) -> PromiseDue:
    """Which of the open ones breaks first; of two at the same moment the one promised earlier."""
    still = [row for row in rows if row.outcome == Outcome.OPEN]
    first = min(still, key=lambda row: (row.due_at, row.opened_at, row.kind), default=None)
    return PromiseDue(first.kind, first.due_at) if first else PromiseDue()


def review_open() -> int:
    """Look at every order with an open promise again, in short transactions; returns how many were looked at.

    Mends what no event told of, such as goods that came for somebody else's order.
    """
    ids = Promise.objects.filter(StillOwed(), order__isnull=False).order_by("order_id")
    wanted = list(ids.values_list("order_id", flat=True).distinct())
    for start in range(0, len(wanted), BATCH):
        review([pk for pk in wanted[start : start + BATCH] if pk is not None])
    return len(wanted)
