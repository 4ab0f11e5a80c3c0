"""What rules would have done to the orders of the last days; nothing is changed by finding out (N-10).

Orders are judged by what is known of them today: stock, payment and address as they stand now, the buyer's history as
it was when they ordered. What the rule itself has done already is not seen by it.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

from akinai.backoffice.orders.models import Order
from akinai.foundation.core import clock

from .again import own_deeds
from .gathering import load_facts
from .judging import Ready, judge
from .matching import pack_seen
from .models import RuleDeed
from .states import DeedState

DAYS = 30
BATCH = 1000
#: The result page shows so many orders, the newest.
MOST_ROWS = 200
#: Told after each batch: how many orders are done, of how many.
Progress = Callable[[int, int], None]


@dataclass
class Result:
    """What one rule would have done: orders it would have hit, how often each action, the newest of these orders."""

    hits: int = 0
    counts: Counter[str] = field(default_factory=Counter)
    rows: list[dict[str, Any]] = field(default_factory=list)


def run(rules: Sequence[Ready], since: dt.date, *, progress: Progress | None = None) -> tuple[int, dict[int, Result]]:
    """Judge every order since a day by each rule for itself; returns how many orders there were and a result a rule."""
    start = dt.datetime.combine(since, dt.time(), tzinfo=clock.JST)
    rows = Order.objects.filter(ordered_at__gte=start, is_history=False)
    ids = list(rows.order_by("-ordered_at", "-pk").values_list("pk", flat=True))
    found = {rule.id: Result() for rule in rules}
    for first in range(0, len(ids), BATCH):
        _batch(rules, ids[first : first + BATCH], found)
        if progress is not None:
            progress(min(first + BATCH, len(ids)), len(ids))
    return len(ids), found


def _batch(rules: Sequence[Ready], ids: Sequence[int], found: dict[int, Result]) -> None:
    deeds: dict[int, list[RuleDeed]] = {}
    known = RuleDeed.objects.filter(order_id__in=ids, rule_id__in=[r.id for r in rules], state=DeedState.STANDS)
    for deed in known:
        deeds.setdefault(deed.order_id, []).append(deed)
    for order, facts in load_facts(Order.objects.filter(pk__in=ids).order_by("-ordered_at", "-pk")):
        own = own_deeds(deeds[order.pk]) if order.pk in deeds else None
        for rule in rules:
            for hit in judge((rule,), facts, own=own):
                result = found[rule.id]
                result.hits += 1
                result.counts.update(action.kind for action in rule.spec.actions)
                if len(result.rows) < MOST_ROWS:
                    result.rows.append(_row(order, pack_seen(hit.seen)))


def _row(order: Order, seen: list[dict[str, Any]]) -> dict[str, Any]:
    at = order.ordered_at.isoformat()
    return {
        "order": order.pk, "number": order.number, "name": order.buyer_name, "total": order.total, "at": at, "why": seen
    }  # fmt: skip
