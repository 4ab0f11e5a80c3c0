"""Proof that promises are right: what `akinai check` asks of the desk. No line means that all is well."""

from __future__ import annotations

from collections.abc import Iterator

from akinai.backoffice.orders.models import Order
from akinai.backoffice.orders.services import PromiseDue

from .models import Promise, StillOwed
from .services.promises import next_due


def violations() -> Iterator[str]:
    """One line for each order that tells of another next promise than its open ones give (N-2)."""
    owed: dict[int, list[Promise]] = {}
    for row in Promise.objects.filter(StillOwed(), order__isnull=False):
        owed.setdefault(row.order_id or 0, []).append(row)
    told = Order.objects.filter(promise_due_at__isnull=False)
    stored = {pk: (number, PromiseDue(kind, at)) for pk, number, kind, at in
              told.values_list("pk", "number", "promise_kind", "promise_due_at")}  # fmt: skip
    for pk, rows in owed.items():
        number, has = stored.pop(pk, (f"order:{pk}", PromiseDue()))
        gives = next_due(rows)
        if has != gives:
            yield f"N-2 {number}: next promise is {_said(has)}, the open ones give {_said(gives)}"
    for number, has in stored.values():
        yield f"N-2 {number}: next promise is {_said(has)}, but nothing is owed"


def _said(due: PromiseDue) -> str:
    return f"{due.kind} by {due.due_at:%Y-%m-%d %H:%M}" if due.due_at else "none"
