"""Reading new events for the live stream, without missing those that become visible out of order.

PostgreSQL gives ids out when a row is written, not when it is committed: a lower id may appear later. A hole in the
ids is therefore looked at again for a while, instead of reading everything again.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Max, Q, QuerySet

from akinai.foundation.core import clock

from .models import StoredEvent

#: How long a hole may still be filled: longer than any transaction that writes events should last
HOLE_PATIENCE = dt.timedelta(seconds=60)
MOST_HOLES = 2000
#: How much one look brings at most; who is further behind reloads the page instead
MOST = 500


@dataclass(frozen=True, slots=True)
class LiveEvent:
    """What a browser may know of an event: that it happened, to what, by whom. Its payload stays here."""

    id: int
    name: str
    subject: str
    at: dt.datetime
    actor: str


class Reader:
    """Where one process stands in the event table."""

    def __init__(self) -> None:
        self.last = newest_id()
        self._holes: dict[int, dt.datetime] = {}

    def read(self) -> list[LiveEvent]:
        """Events that became visible since last asked, at most MOST, in the order of their ids."""
        self._forget_old_holes()
        new = Q(pk__gt=self.last)
        wanted = new | Q(pk__in=list(self._holes)) if self._holes else new
        found = _live(StoredEvent.objects.filter(wanted))
        for event in found:
            self._note(event.id)
        return found

    def _note(self, event_id: int) -> None:
        self._holes.pop(event_id, None)
        if event_id > self.last:
            until = clock.now() + HOLE_PATIENCE
            missing = range(max(self.last + 1, event_id - MOST_HOLES), event_id)
            self._holes.update(dict.fromkeys(missing, until))
            self.last = event_id

    def _forget_old_holes(self) -> None:
        now = clock.now()
        kept = [(hole, until) for hole, until in self._holes.items() if until > now]
        self._holes = dict(kept[-MOST_HOLES:])


def newest_id() -> int:
    """The highest event id that is visible now; 0 without any."""
    newest: int | None = StoredEvent.objects.aggregate(newest=Max("pk"))["newest"]
    return newest or 0


def missed_since(last_id: int) -> list[LiveEvent] | None:
    """What a browser that saw `last_id` has missed; None if that is more than MOST.

    Recent lower ids are among them, for they may have become visible late; the browser drops what it knows.
    """
    late = Q(pk__gt=last_id - MOST, pk__lte=last_id, at__gte=clock.now() - HOLE_PATIENCE)
    if StoredEvent.objects.filter(pk__gt=last_id)[MOST : MOST + 1].exists():
        return None
    return _live(StoredEvent.objects.filter(Q(pk__gt=last_id) | late), most=2 * MOST)


def _live(rows: QuerySet[StoredEvent], most: int = MOST) -> list[LiveEvent]:
    fields: Iterable[tuple[int, str, str, dt.datetime, str, str]] = rows.order_by("pk").values_list(
        "pk", "name", "subject", "at", "actor", "actor_label"
    )[:most]
    return [
        LiveEvent(pk, name, subject, clock.aware(at), label or actor) for pk, name, subject, at, actor, label in fields
    ]
