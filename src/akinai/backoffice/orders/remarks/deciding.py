"""From the wishes found to one interpretation: rank, certainty, evidence (REM-2 to REM-5, REM-11b)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from dataclasses import replace

from . import changes, gifts, papers, parcels, talk
from .courtesy import is_harmless, without_greetings
from .forms import without_blanks
from .habits import resemblance
from .normal import Normal, normalise
from .second import courtesy_ahead, weighed
from .sentences import Sentences
from .thanks import WRITING, without_thanks
from .timing import find_timing
from .types import DATED, FAR_AWAY_DAYS, RANK, Confidence, Found, Interpretation, Kind, Span

_FINDERS = (
    changes.cancelling,
    changes.complaining,
    changes.moving,
    changes.swapping,
    changes.paying,
    parcels.combining,
    parcels.separating,
    parcels.waiting_for_all,
    parcels.leaving,
    papers.transferring,
    papers.hiding_prices,
    papers.receipting,
    papers.documenting,
    gifts.nosing,
    gifts.wrapping,
    gifts.greeting_card,
    talk.calling,
    talk.handling,
)
#: Wishes that make a note or a question of the same remark pointless to name besides.
_WEAK = frozenset({Kind.HANDLING_NOTE, Kind.QUESTION})


#: What a kind that only the second opinion knows is told of, as far as it can be found.
_DETAILS: dict[Kind, Callable[[Normal], str]] = {
    Kind.CHANGE_ADDRESS: changes.new_address,
    Kind.CHANGE_PAYMENT: changes.method,
    Kind.COMBINE: parcels.order_number,
    Kind.PAYER_NAME: papers.payer,
    Kind.RECEIPT: papers.made_out,
    Kind.NOSHI: gifts.noshi_words,
    Kind.MESSAGE_CARD: gifts.card_words,
    Kind.CONTACT_REQUEST: talk.phone,
    Kind.PLACE_DROP: parcels.place_named,
}


def _detailed(found: Found, normal: Normal) -> Found:
    detail = _DETAILS.get(found.kind)
    return found if found.text or found.is_sure or detail is None else replace(found, text=detail(normal))


def interpret(text: str, ordered_at: dt.date | dt.datetime) -> Interpretation:
    """What a remark asks for, counted from the day of the order (JST). Proposes only: a person decides (REM-1)."""
    return interpret_all(text, ordered_at)[0]


def interpret_all(text: str, ordered_at: dt.date | dt.datetime) -> tuple[Interpretation, tuple[Found, ...]]:
    """The interpretation, and every wish with its own fields: the first of each kind, in order of rank."""
    ordered = ordered_at.date() if isinstance(ordered_at, dt.datetime) else ordered_at
    normal = normalise(text)
    normal = replace(normal, text=without_blanks(normal.text))
    sentences = Sentences(normal.text)
    said = normal.text
    bare = without_thanks(said, sentences)
    if bare != said:
        normal, sentences = replace(normal, text=bare), Sentences(bare)
    wishing = normal if WRITING.search(bare) else replace(normal, text=without_greetings(bare))
    found = sorted(_found(wishing, Sentences(wishing.text), ordered), key=lambda f: RANK[f.kind])
    likely = resemblance(said)
    is_mere = all(f.kind in _WEAK for f in found) and is_harmless(sentences, courtesy_ahead(likely))
    found = [] if is_mere else [_detailed(f, normal) for f in weighed(found, likely, len(said))]
    firsts = {f.kind: f for f in reversed(found)}
    dated = any(kind in DATED for kind in firsts)
    wishes = [f for f in found if firsts[f.kind] is f and not (dated and f.kind is Kind.TIME_ONLY)]
    return _interpretation(normal, found, ordered, is_mere=is_mere), tuple(wishes)


def _interpretation(normal: Normal, found: list[Found], ordered: dt.date, *, is_mere: bool) -> Interpretation:
    if is_mere:
        return Interpretation(Kind.HARMLESS)
    return _decided(normal, found, ordered) if found else Interpretation(Kind.OTHER_CHECK, confidence=Confidence.LOW)


def _found(normal: Normal, sentences: Sentences, ordered: dt.date) -> Iterator[Found]:
    wishes = [f for finder in _FINDERS for f in finder(normal)]
    wishes += find_timing(normal.text, ordered, sentences)
    wishes = _without_echoes(normal.text, wishes)
    strong = [f for f in wishes if f.kind not in _WEAK]
    yield from strong
    if strong:
        return
    yield from wishes
    if not wishes:
        yield from talk.asking(normal, sentences)


def _without_echoes(text: str, wishes: list[Found]) -> list[Found]:
    """One word read twice counts once: the day of a change or a cancelled order is no wish date."""
    kinds = {f.kind for f in wishes}
    dropped: set[Kind] = set()
    if Kind.COMBINE in kinds:
        dropped |= {Kind.WAIT_ALL, Kind.SPLIT_SHIP, Kind.NO_COMBINE}
    if Kind.PLACE_DROP in kinds:
        wishes = [f for f in wishes if f.kind is not Kind.TIME_ONLY or f.is_sure]
    if Kind.SPLIT_SHIP in kinds:
        dropped |= {Kind.WAIT_ALL, Kind.NO_COMBINE}
    if Kind.WAIT_ALL in kinds:
        dropped |= {Kind.NO_COMBINE}
    if Kind.DOCUMENT_REQUEST in kinds and not any(w in text for w in ("注文", "梱包", "箱", "同梱")):
        dropped.add(Kind.NO_COMBINE)
    if Kind.NOSHI in kinds and not any(w in text for w in ("ラッピング", "リボン", "包装", "包ん")):
        dropped.add(Kind.GIFT_WRAP)
    if Kind.MESSAGE_CARD in kinds and not any(w in text for w in ("ラッピング", "リボン", "包装", "包ん")):
        dropped.add(Kind.GIFT_WRAP)
    return [f for f in wishes if f.kind not in dropped]


def _decided(normal: Normal, found: list[Found], ordered: dt.date) -> Interpretation:
    first = found[0]
    same = [f for f in found if f.kind is first.kind]
    also = tuple(dict.fromkeys(f.kind for f in found if f.kind is not first.kind))
    if first.kind in DATED:
        also = tuple(kind for kind in also if kind is not Kind.TIME_ONLY)
    return Interpretation(
        first.kind,
        hold_until=first.hold_until,
        deliver_on=first.deliver_on,
        time_window=first.time_window,
        text=first.text,
        also=also,
        evidence=_evidence(normal, [f.span for f in (*same, *found)]),
        confidence=_confidence(first, ordered),
    )


def _confidence(first: Found, ordered: dt.date) -> Confidence:
    """Low for days far away, dates that contradict themselves, and guesses (REM-11b)."""
    days = [d for d in (first.hold_until, first.deliver_on) if d is not None]
    is_near = all((d - ordered).days <= FAR_AWAY_DAYS for d in days)
    return Confidence.HIGH if first.is_sure and is_near else Confidence.LOW


def _evidence(normal: Normal, spans: list[Span]) -> tuple[Span, ...]:
    """The spans in the buyer's own text, in order, touching ones joined."""
    joined: list[Span] = []
    for start, end in sorted({normal.original_span(span) for span in spans}):
        if joined and start <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        elif end > start:
            joined.append((start, end))
    return tuple(joined)
