"""Search over everything: every kind of thing answers for itself."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from akinai.foundation.core.actor import Actor

from .registry import Hit, SearchProvider, search_providers

#: Longer texts are pasted by accident; no number, name or code is that long.
LONGEST = 200


@dataclass(frozen=True, slots=True)
class Found:
    """What one provider found."""

    provider: SearchProvider
    hits: Sequence[Hit]


def find(text: str, actor: Actor, limit: int = 20) -> list[Found]:
    """Ask every provider the actor may use; those that found nothing are left out. Blank text finds nothing."""
    wanted = text.strip()[:LONGEST]
    if not wanted:
        return []
    answers = (Found(p, p.find(wanted, actor, limit)) for p in search_providers.for_actor(actor))
    return [a for a in answers if a.hits]
