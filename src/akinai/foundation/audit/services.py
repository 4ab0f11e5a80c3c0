"""Writing down who did what. Called by use cases inside their own transaction."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from typing import Any, TypeAlias

from akinai.foundation.core import clock
from akinai.foundation.core.actor import Actor
from akinai.foundation.core.bulk import insert_rows
from akinai.foundation.core.text import mask_cards

from .models import AuditEntry

Detail: TypeAlias = Mapping[str, Any] | None
#: (action, subject, detail)
Deed: TypeAlias = tuple[str, str, Detail]


def record(actor: Actor, action: str, subject: str, *, detail: Detail = None, reason: str = "") -> AuditEntry:
    """Append one deed: `action` is `app.verb`, `subject` such as `order:12`; `detail` holds JSON (dates allowed).

    `reason` is a person's own words; card numbers in it are masked. Call it in the use case's transaction, so that
    the deed and its trace stand or fall together.
    """
    entry = AuditEntry(**dict(zip(_COLUMNS, _row(clock.now(), actor, (action, subject, detail), reason), strict=True)))
    entry.save()
    return entry


def record_many(actor: Actor, deeds: Iterable[Deed], *, reason: str = "") -> None:
    """Append many deeds of one actor in one statement (or a few, where the database limits its parameters)."""
    now = clock.now()
    insert_rows(AuditEntry, _COLUMNS, [_row(now, actor, deed, reason) for deed in deeds])


_COLUMNS = ("at", "actor", "actor_label", "action", "subject", "detail", "reason")


def _row(now: dt.datetime, actor: Actor, deed: Deed, reason: str) -> tuple[Any, ...]:
    action, subject, detail = deed
    return now, actor.key, actor.label, action, subject, dict(detail or {}), mask_cards(reason)
