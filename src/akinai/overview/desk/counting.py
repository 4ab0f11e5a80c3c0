"""Counting screens and presses at orders (N-9): kept in the process, written with the next press in one statement.

Nothing is written while people only look: reading must not wait for a writer. What a process has not written when it
ends is lost; these are figures to learn from, not to account by.
"""

from __future__ import annotations

import datetime as dt
import logging
import threading
from collections import Counter
from typing import NamedTuple

from django.db import DatabaseError, connection

from akinai.backoffice.orders.models import CheckReason

from .models import EffortCount

log = logging.getLogger(__name__)

#: So many different counts are written even if nobody presses anything.
MOST_PENDING = 500
PLAIN, MIXED, MANY = "plain", "mixed", "many"

#: What kind of order it is stands in the reasons it ever had; the database looks it up while it writes.
_WRITE = """
WITH p(day, staff, order_id, views, presses) AS (VALUES {rows})
INSERT INTO {table} (day, staff, kind, views, presses)
SELECT day, staff, kind, SUM(views), SUM(presses) FROM (
    SELECT p.day, p.staff, p.views, p.presses, CASE
        WHEN p.order_id = 0 THEN 'many'
        ELSE COALESCE((
            SELECT CASE WHEN COUNT(DISTINCT c.code) > 1 THEN 'mixed' ELSE MIN(c.code) END
            FROM {reasons} AS c WHERE c.order_id = p.order_id
        ), 'plain') END AS kind
    FROM p
) AS counted WHERE true GROUP BY day, staff, kind
ON CONFLICT (day, staff, kind) DO UPDATE
SET views = {table}.views + excluded.views, presses = {table}.presses + excluded.presses
"""


class Spot(NamedTuple):
    """Where something was counted: day (JST), who, and the order; 0 for work on many at once."""

    day: dt.date
    staff: str
    order_id: int


class Tally:
    """What this process has counted and not written yet; safe for threads."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._views: Counter[Spot] = Counter()
        self._presses: Counter[Spot] = Counter()

    def view(self, spot: Spot) -> None:
        """A screen was opened."""
        with self._lock:
            self._views[spot] += 1

    def press(self, spot: Spot) -> None:
        """Something was pressed."""
        with self._lock:
            self._presses[spot] += 1

    @property
    def is_full(self) -> bool:
        return len(self._views) + len(self._presses) >= MOST_PENDING

    def take(self) -> list[tuple[Spot, int, int]]:
        """Everything pending as (spot, views, presses); nothing is pending afterwards."""
        with self._lock:
            views, presses = self._views, self._presses
            self._views, self._presses = Counter(), Counter()
        return [(spot, views[spot], presses[spot]) for spot in dict.fromkeys([*views, *presses])]


tally = Tally()


def flush() -> int:
    """Write what is pending: one statement. A database that refuses costs the figures, never the page."""
    pending = tally.take()
    if not pending:
        return 0
    row = "(CAST(%s AS date), %s, CAST(%s AS bigint), CAST(%s AS bigint), CAST(%s AS bigint))"
    if connection.vendor == "sqlite":
        row = "(%s, %s, %s, %s, %s)"
    values: list[str | int] = []
    for spot, views, presses in pending:
        values += [spot.day.isoformat(), spot.staff, spot.order_id, views, presses]
    quote = connection.ops.quote_name
    statement = _WRITE.format(
        rows=", ".join([row] * len(pending)),
        table=quote(EffortCount._meta.db_table),
        reasons=quote(CheckReason._meta.db_table),
    )
    try:
        with connection.cursor() as cursor:
            cursor.execute(statement, values)
    except DatabaseError:
        log.warning("effort counts could not be written", exc_info=True)
    return len(pending)
