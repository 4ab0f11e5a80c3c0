"""Writing events: in the transaction of what they tell of, or not at all."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.db import transaction

from akinai.foundation.core import clock
from akinai.foundation.core.actor import Actor
from akinai.foundation.core.bulk import insert_rows
from akinai.foundation.core.db import reserve_ids
from akinai.foundation.jobs import JobSpec
from akinai.foundation.jobs.services import enqueue_fresh

from . import payload, registry
from .models import StoredEvent
from .registry import Event


def emit(*events: Event, actor: Actor) -> list[int]:
    """Write the events and one job for each (event, subscriber), in as many statements for one as for hundreds.

    Returns the keys of the events. Refuses to run outside a transaction (TransactionManagementError): an event must
    stand or fall with its fact.
    """
    if not transaction.get_connection().in_atomic_block:
        raise transaction.TransactionManagementError("an event is written in the transaction of what it tells of")
    keys = reserve_ids(StoredEvent, len(events))
    now, numbered = clock.now(), list(zip(keys, events, strict=True))
    insert_rows(StoredEvent, _COLUMNS, [_row(key, event, now, actor) for key, event in numbered])
    enqueue_fresh([spec for key, event in numbered for spec in _deliveries(key, event.name)], actor=actor)
    return keys


_COLUMNS = ("id", "name", "version", "subject", "at", "actor", "actor_label", "payload")


def _row(key: int, event: Event, now: dt.datetime, actor: Actor) -> tuple[Any, ...]:
    return key, event.name, event.version, event.subject, now, actor.key, actor.label, payload.pack(event)


def _deliveries(key: int, name: str) -> list[JobSpec]:
    return [
        JobSpec(task, {"event_id": key}, unique_key=f"event:{key}:{task}") for task in registry.subscribers_of(name)
    ]
