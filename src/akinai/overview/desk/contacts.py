"""Reading whom to reach: open tasks with their sentences, and what came of the latest ones (R34)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import QuerySet

from akinai.backoffice.orders import wording
from akinai.backoffice.orders.queue import Blocker

from . import links
from .models import ContactTask, Promise
from .states import Outcome

MOST = 100
#: How many ended ones are shown, on the page and beside an order.
RECENT = 20


@dataclass(frozen=True, slots=True)
class Contact:
    """One task as drawn: the sentence says why, `write_url` leads to the free mail on the order."""

    task: ContactTask
    why: str
    write_url: str


def open_contacts(most: int = MOST) -> list[Contact]:
    """Whom to reach now, the longest waiting first; one query."""
    return _drawn(_rows().filter(closed_at__isnull=True).order_by("opened_at", "id")[:most])


def closed_contacts(most: int = RECENT) -> list[Contact]:
    """What came of the latest ones; one query."""
    return _drawn(_rows().filter(closed_at__isnull=False).order_by("-closed_at")[:most])


def of_order(order_id: int) -> list[Contact]:
    """Every task of one order, the open ones first; one query."""
    return _drawn(_rows().filter(order_id=order_id).order_by("ending", "-opened_at")[:RECENT])


def promises_of(order_id: int) -> list[Promise]:
    """What the buyer of an order was promised: what is open by its time, then what ended, the latest first."""
    rows = list(Promise.objects.filter(order_id=order_id))
    still = sorted((r for r in rows if r.outcome == Outcome.OPEN), key=lambda r: r.due_at)
    return still + sorted((r for r in rows if r.ended_at), key=lambda r: r.ended_at or r.due_at, reverse=True)


def _rows() -> QuerySet[ContactTask]:
    return ContactTask.objects.select_related("order__store", "check_reason")


def _drawn(rows: Iterable[ContactTask]) -> list[Contact]:
    return [Contact(row, why(row), links.page("notifications:order_write", row.order_id)) for row in rows]


def why(task: ContactTask) -> str:
    """The sentence why somebody must be reached."""
    reason = task.check_reason
    return wording.sentence(Blocker(f"check.{reason.code}"), reason.detail) if reason else task.reason
