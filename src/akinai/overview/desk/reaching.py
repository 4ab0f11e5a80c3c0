"""Whom to reach, for Today: the tasks first, then who has heard nothing; a few of them and how many there are."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.utils.functional import Promise as Lazy

from akinai.backoffice.orders.models import Order
from akinai.foundation.core import clock

from . import contacts, silence

SHOWN = 5


@dataclass(frozen=True, slots=True)
class Row:
    """One buyer: the sentence why, for how long, and how loud."""

    key: str
    order: Order
    why: str | Lazy
    lasted: dt.timedelta
    write_url: str
    tone: str
    icon: str


@dataclass(frozen=True, slots=True)
class Reach:
    """The first of them, and the number of all."""

    rows: tuple[Row, ...]
    number: int


def load() -> Reach:
    """Five queries, whatever the number."""
    now, rows = clock.now(), []
    for found in contacts.open_contacts():
        task = found.task
        rows.append(
            Row(f"task-{task.pk}", task.order, found.why, now - task.opened_at, found.write_url, "stop", "phone")
        )
    called = {row.order.pk for row in rows}
    for person in silence.silent_customers():
        if person.order.pk not in called:
            key = f"order-{person.order.pk}"
            rows.append(Row(key, person.order, person.why[0], person.lasted, person.write_url, "warn", "message-2"))
    return Reach(tuple(rows[:SHOWN]), len(rows))
