"""The second opinion on what the rules read: where a remark resembles another kind by far, that kind, never for sure."""

from __future__ import annotations

from .types import DATED, RANK, Found, Kind

#: How far another kind must lie ahead to outweigh what the rules read, what they read with a text, and that they read nothing.
_AGAINST_A_READING = 3.0
_AGAINST_NOTHING = 1.5
_AGAINST_DETAIL = 5.0
#: How near courtesy must lie to leave a remark that nothing was read of to a person.
_NEAR_COURTESY = 1.0
#: Days and hours mean nothing without what only the rules can find.
_NEVER = DATED | {Kind.TIME_ONLY, Kind.HARMLESS}


def weighed(found: list[Found], likely: dict[Kind, float], end: int) -> list[Found]:
    """What was read, or before it the kind that a remark of `end` characters resembles by far.

    Of several kinds read the rank alone decides (REM-4); courtesy is never a matter of resemblance (REM-2).
    """
    if len({f.kind for f in found}) > 1:
        return found
    read = found[0].kind if found else Kind.OTHER_CHECK
    scores = {kind: score for kind, score in likely.items() if kind not in _NEVER}
    scores[read] = likely.get(read, 0.0) + _trust(found)
    best = max(scores, key=lambda kind: (scores[kind], -RANK[kind]))
    if best in (read, Kind.OTHER_CHECK) or (
        not found and likely.get(Kind.HARMLESS, 0.0) + _NEAR_COURTESY > scores[best]
    ):
        return found
    return [Found(best, (0, end), is_sure=False), *found]


def _trust(found: list[Found]) -> float:
    if not found:
        return _AGAINST_NOTHING
    return _AGAINST_DETAIL if found[0].text else _AGAINST_A_READING


def courtesy_ahead(likely: dict[Kind, float]) -> float:
    """How far courtesy lies ahead of every kind that asks for something; below 0 where it lies behind."""
    others = max((score for kind, score in likely.items() if kind is not Kind.HARMLESS), default=0.0)
    return likely.get(Kind.HARMLESS, 0.0) - others
