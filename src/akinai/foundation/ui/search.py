"""Search over everything: every kind of thing answers for itself."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from akinai.foundation.core.actor import Actor
from akinai.foundation.core.fulltext import GAP
from akinai.foundation.core.fulltext import wanted as wanted_words

from .registry import Hit, SearchProvider, search_providers

#: Longer texts are pasted by accident; no number, name or code is that long.
LONGEST = 200


@dataclass(frozen=True, slots=True)
class Found:
    """What one provider found."""

    provider: SearchProvider
    hits: Sequence[Hit]
    #: there may be more than was asked for
    is_full: bool = False
    #: the list that holds all of them, if there is one
    more: str = ""


def find(text: str, actor: Actor, limit: int = 20) -> list[Found]:
    """Ask every provider the actor may use; those that found nothing are left out. Blank text finds nothing."""
    wanted = text.strip()[:LONGEST]
    if not wanted:
        return []
    answers = (_ask(provider, wanted, actor, limit) for provider in search_providers.for_actor(actor))
    return [a for a in answers if a.hits]


def the_one(found: Sequence[Found]) -> Hit | None:
    """The thing that is meant without a doubt: the only one found, or the only one of exactly that number or code."""
    hits = [hit for answer in found for hit in answer.hits]
    exact = [hit for hit in hits if hit.exact]
    if len(hits) == 1:
        return hits[0]
    return exact[0] if len(exact) == 1 else None


def is_short(text: str) -> bool:
    """True if some word is so short that only beginnings are looked for."""
    return any(writing.startswith(GAP) for writings in wanted_words(text) for writing in writings)


def _ask(provider: SearchProvider, text: str, actor: Actor, limit: int) -> Found:
    hits = provider.find(text, actor, limit)
    return Found(provider, hits, len(hits) >= limit, provider.more(text) if provider.more else "")
