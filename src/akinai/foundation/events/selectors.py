"""Reading events: one for its subscriber, all of a thing for its timeline."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any, Generic, TypeVar, overload

from django.db.models import QuerySet

from akinai.foundation.core import clock
from akinai.foundation.core.actor import Actor

from . import payload, registry
from .errors import UnreadableEvent
from .models import StoredEvent
from .registry import Event

E = TypeVar("E", bound=Event)


@dataclass(frozen=True, slots=True)
class Loaded(Generic[E]):
    """An event with its circumstances. `at` is JST; `actor` carries no permissions."""

    id: int
    event: E
    at: dt.datetime
    actor: Actor


@overload
def load(event_id: int) -> Loaded[Event]: ...
@overload
def load(event_id: int, kind: type[E]) -> Loaded[E]: ...
def load(event_id: int, kind: type[Any] = Event) -> Loaded[Any]:
    """The event of that id as its dataclass; with `kind`, of that class or UnreadableEvent."""
    row = StoredEvent.objects.get(pk=event_id)
    known = registry.kind(row.name)
    if known is None or not issubclass(known, kind):
        raise UnreadableEvent(f"event {event_id} is a {row.name}")
    event = payload.unpack(known, row.payload)
    return Loaded(row.pk, event, clock.aware(row.at), Actor(row.actor, row.actor_label))


def for_subject(subject: str) -> QuerySet[StoredEvent]:
    """Everything that happened to one thing (`order:12`), newest first."""
    return StoredEvent.objects.filter(subject=subject).order_by("-id")
