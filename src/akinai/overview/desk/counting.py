"""Counting screens, presses, keys and words at orders (N-9): kept in the process, written with the next press at once.

Nothing is written while people only look: reading must not wait for a writer. What a process has not written when it
ends is lost; these are figures to learn from, not to account by.
"""

from __future__ import annotations

import datetime as dt
import logging
import threading
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
WITH p(day, staff, order_id, views, presses, keystrokes, words) AS (VALUES {rows})
INSERT INTO {table} (day, staff, kind, views, presses, keystrokes, words)
SELECT day, staff, kind, SUM(views), SUM(presses), SUM(keystrokes), SUM(words) FROM (
    SELECT p.day, p.staff, p.views, p.presses, p.keystrokes, p.words, CASE
        WHEN p.order_id = 0 THEN 'many'
        ELSE COALESCE((
            SELECT CASE WHEN COUNT(DISTINCT c.code) > 1 THEN 'mixed' ELSE MIN(c.code) END
            FROM {reasons} AS c WHERE c.order_id = p.order_id
        ), 'plain') END AS kind
    FROM p
) AS counted WHERE true GROUP BY day, staff, kind
ON CONFLICT (day, staff, kind) DO UPDATE
SET views = {table}.views + excluded.views, presses = {table}.presses + excluded.presses,
    keystrokes = {table}.keystrokes + excluded.keystrokes, words = {table}.words + excluded.words
"""


class Spot(NamedTuple):
    """Where something was counted: day (JST), who, and the order; 0 for work on many at once."""

    day: dt.date
    staff: str
    order_id: int


class Taken(NamedTuple):
    """What somebody had to do at one spot."""

    views: int = 0
    presses: int = 0
    keystrokes: int = 0
    words: int = 0


class Tally:
    """What this process has counted and not written yet; safe for threads."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._taken: dict[Spot, Taken] = {}

    def add(self, spot: Spot, *, views: int = 0, presses: int = 0, keystrokes: int = 0, words: int = 0) -> None:
        """Screens opened, presses that change something, keys pressed, words to read."""
        with self._lock:
            before = self._taken.get(spot, Taken())
            more = Taken(views, presses, keystrokes, words)
            self._taken[spot] = Taken(*(a + b for a, b in zip(before, more, strict=True)))

    @property
    def is_full(self) -> bool:
        return len(self._taken) >= MOST_PENDING

    def take(self) -> dict[Spot, Taken]:
        """Everything pending; nothing is pending afterwards."""
        with self._lock:
            taken, self._taken = self._taken, {}
        return taken


tally = Tally()


def flush() -> int:
    """Write what is pending: one statement. A database that refuses costs the figures, never the page."""
    pending = tally.take()
    if not pending:
        return 0
    row = f"(CAST(%s AS date), %s{', CAST(%s AS bigint)' * 5})"
    if connection.vendor == "sqlite":
        row = f"(%s, %s{', %s' * 5})"
    values: list[str | int] = []
    for spot, taken in pending.items():
        values += [spot.day.isoformat(), spot.staff, spot.order_id, *taken]
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
