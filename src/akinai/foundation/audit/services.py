"""Writing down who did what. Called by use cases inside their own transaction."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, TypeAlias

from akinai.foundation.core import clock
from akinai.foundation.core.actor import Actor
from akinai.foundation.core.bulk import insert_many
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
    entry = _entry(actor, (action, subject, detail), reason)
    entry.save()
    return entry


def record_many(actor: Actor, deeds: Iterable[Deed], *, reason: str = "") -> None:
    """Append many deeds of one actor in one statement (or a few, where the database limits its parameters)."""
    insert_many([_entry(actor, deed, reason) for deed in deeds])


def _entry(actor: Actor, deed: Deed, reason: str) -> AuditEntry:
    action, subject, detail = deed
    return AuditEntry(
        at=clock.now(),
        actor=actor.key,
        actor_label=actor.label,
        action=action,
        subject=subject,
        detail=dict(detail or {}),
        reason=mask_cards(reason),
    )
