"""Writing events: in the transaction of what they tell of, or not at all."""

from __future__ import annotations

from django.db import transaction

from akinai.foundation.core import clock
from akinai.foundation.core.actor import Actor
from akinai.foundation.core.bulk import insert_many
from akinai.foundation.core.db import reserve_ids
from akinai.foundation.jobs import JobSpec
from akinai.foundation.jobs.services import enqueue_many

from . import payload, registry
from .models import StoredEvent
from .registry import Event


def emit(*events: Event, actor: Actor) -> list[StoredEvent]:
    """Write the events and one job for each (event, subscriber), in as many statements for one as for hundreds.

    Refuses to run outside a transaction (TransactionManagementError): an event must stand or fall with its fact.
    """
    if not transaction.get_connection().in_atomic_block:
        raise transaction.TransactionManagementError("an event is written in the transaction of what it tells of")
    keys = reserve_ids(StoredEvent, len(events))
    rows = [_row(key, event, actor) for key, event in zip(keys, events, strict=True)]
    insert_many(rows)
    enqueue_many([spec for row in rows for spec in _deliveries(row)], actor=actor, fresh=True)
    return rows


def _row(key: int, event: Event, actor: Actor) -> StoredEvent:
    return StoredEvent(
        id=key,
        name=event.name,
        version=event.version,
        subject=event.subject,
        at=clock.now(),
        actor=actor.key,
        actor_label=actor.label,
        payload=payload.pack(event),
    )


def _deliveries(row: StoredEvent) -> list[JobSpec]:
    return [
        JobSpec(task, {"event_id": row.pk}, unique_key=f"event:{row.pk}:{task}")
        for task in registry.subscribers_of(row.name)
    ]
