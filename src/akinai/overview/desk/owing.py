"""What is owed to the buyer of one order, from its facts alone: pure, so that any event may ask, in any order (N-2).

A mail keeps a promise when it has left; a store's own mail is no promise of ours (MAIL-13).
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field

from akinai.backoffice.orders.states import Cancel, Check, Confirmation, Promised, Timing
from akinai.foundation.core import clock
from akinai.shop.stores.calendar import BusinessCalendar

#: Mails that answer a buyer, whoever set them off. A person's own words do, too.
ANSWERS = frozenset({"M03", "M09", "M12", "FREE"})
#: Reasons for which a buyer must be reached at once (R34): a wish that cannot be met.
CALLS = frozenset({Check.DATE_IMPOSSIBLE})
_END_OF_DAY = dt.time(23, 59, 59)


@dataclass(frozen=True, slots=True)
class Mail:
    """A mail to the buyer that has left. `occasion` is that of the first one where it was sent again."""

    id: int
    kind: str
    occasion: str
    sent_at: dt.datetime


@dataclass(frozen=True, slots=True)
class Reason:
    """A check reason of the order, open or answered."""

    id: int
    code: str
    opened_at: dt.datetime


@dataclass(frozen=True, slots=True)
class Happening:
    """Something that asks for a mail of its own: a deposit, a parcel, a wish to cancel."""

    occasion: str
    at: dt.datetime


@dataclass(frozen=True, slots=True)
class OrderFacts:
    """One order as the promises see it. `ours` are the kinds of mail we send for its store (MAIL-13).

    `told_at` are the times at which a person told the buyer by phone or otherwise, by who it was.
    """

    is_history: bool
    ordered_at: dt.datetime
    confirm_by: dt.datetime | None
    confirmation: str
    accepted_at: dt.datetime | None
    cancel: str
    has_mail: bool
    timing: str
    shipped_at: dt.datetime | None
    short: bool
    ours: frozenset[str]
    mails: Sequence[Mail] = ()
    reasons: Sequence[Reason] = ()
    deposits: Sequence[Happening] = ()
    parcels: Sequence[Happening] = ()
    cancel_wishes: Sequence[Happening] = ()
    told: Sequence[tuple[str, dt.datetime]] = field(default=())


@dataclass(frozen=True, slots=True)
class Owed:
    """A promise as the facts have it: kept at a time by something, or `dropped` because nothing is owed any more."""

    kind: Promised
    occasion: str
    opened_at: dt.datetime
    due_at: dt.datetime
    kept_at: dt.datetime | None = None
    kept_by: str = ""
    dropped: bool = False


@dataclass(frozen=True, slots=True)
class Terms:
    """By what dates are counted: the shop's open days, and how many of them an answer may take."""

    calendar: BusinessCalendar
    answer_days: int = 1

    def answer_by(self, at: dt.datetime) -> dt.datetime:
        """The end of the last open day on which an answer to something of `at` is in time."""
        day = clock.aware(at).date()
        for _day in range(self.answer_days):
            day = self.calendar.next_open(day)
        return end_of_day(day)


def end_of_day(day: dt.date) -> dt.datetime:
    """The last second of a JST day."""
    return dt.datetime.combine(day, _END_OF_DAY, tzinfo=clock.JST)


def owed(facts: OrderFacts, terms: Terms) -> list[Owed]:
    """Every promise of this order, kept or not. History owes nothing (ORD-34)."""
    if facts.is_history:
        return []
    return [promise for source in _SOURCES for promise in source(facts, terms)]


@dataclass(frozen=True, slots=True)
class Call:
    """A buyer to reach because of a check reason; `mailed_at` says when a mail told them after all."""

    reason_id: int
    opened_at: dt.datetime
    mailed_at: dt.datetime | None = None


def calls(facts: OrderFacts) -> list[Call]:
    """R34: whom to reach because a wish cannot be met. Nobody once the goods have left or the order is cancelled."""
    if facts.is_history:
        return []
    return [
        Call(reason.id, reason.opened_at, _answer_after(facts, reason.opened_at)[0])
        for reason in facts.reasons
        if reason.code in CALLS
    ]


def _confirmation(facts: OrderFacts, terms: Terms) -> Iterator[Owed]:
    """R27, ORD-22: the confirmation, by the noon that the order keeps; a buyer without mail is served by acceptance."""
    if facts.confirm_by is None or "M03" not in facts.ours:
        return
    kept_at, kept_by = _first(facts, lambda mail: mail.kind == "M03")
    if kept_at is None and not facts.has_mail and facts.confirmation == Confirmation.ACCEPTED:
        kept_at, kept_by = facts.accepted_at, "accepted"
    gone = facts.cancel == Cancel.CANCELLED
    yield Owed(Promised.CONFIRM, "", facts.ordered_at, facts.confirm_by, kept_at, kept_by, dropped=gone)


def _payments(facts: OrderFacts, terms: Terms) -> Iterator[Owed]:
    """R56, PAY-9: money of a prepaid order is confirmed on the day it was found, with the day the goods leave."""
    if facts.timing != Timing.PREPAID or "M05" not in facts.ours or not facts.has_mail:
        return
    for deposit in facts.deposits:
        if facts.shipped_at is not None and facts.shipped_at < deposit.at:
            continue
        kept = _told_of(facts, "M05", deposit)
        due = end_of_day(clock.aware(deposit.at).date())
        gone = facts.cancel == Cancel.CANCELLED
        yield Owed(Promised.PAID, deposit.occasion, deposit.at, due, *kept, dropped=gone)


def _parcels(facts: OrderFacts, terms: Terms) -> Iterator[Owed]:
    """R76, SHP-73: the shipping mail of each parcel leaves on the day of the parcel."""
    if "M07" not in facts.ours or not facts.has_mail:
        return
    for parcel in facts.parcels:
        kept = _told_of(facts, "M07", parcel)
        yield Owed(Promised.SHIPPED, parcel.occasion, parcel.at, end_of_day(clock.aware(parcel.at).date()), *kept)


def _remarks(facts: OrderFacts, terms: Terms) -> Iterator[Owed]:
    """R32: whoever wrote a remark that a person had to read hears from us, at the latest with the confirmation."""
    for reason in facts.reasons:
        if reason.code == Check.REMARK:
            due = facts.confirm_by or terms.answer_by(reason.opened_at)
            gone = facts.cancel == Cancel.CANCELLED or facts.shipped_at is not None
            yield _answered(facts, Promised.REPLY, f"check:{reason.id}", reason.opened_at, due, gone=gone)


def _cancels(facts: OrderFacts, terms: Terms) -> Iterator[Owed]:
    """Who asks to cancel gets an answer, yes or no; where the store tells of it, the decision is the answer."""
    for wish in facts.cancel_wishes:
        silent = "M12" not in facts.ours or not facts.has_mail
        gone = silent and facts.cancel != Cancel.REQUESTED
        yield _answered(facts, Promised.CANCEL, wish.occasion, wish.at, terms.answer_by(wish.at), gone=gone)


def _shortages(facts: OrderFacts, terms: Terms) -> Iterator[Owed]:
    """M09: a buyer whose goods are missing is told within the day; nothing is owed once they are there after all."""
    for reason in facts.reasons:
        if reason.code == Check.STOCKOUT:
            gone = not facts.short or facts.cancel == Cancel.CANCELLED
            due = terms.answer_by(reason.opened_at)
            yield _answered(facts, Promised.STOCKOUT, f"check:{reason.id}", reason.opened_at, due, gone=gone)


def _answered(
    facts: OrderFacts, kind: Promised, occasion: str, since: dt.datetime, due: dt.datetime, *, gone: bool
) -> Owed:
    """A promise that any answer after `since` keeps: a mail that answers, or a word by phone."""
    kept_at, kept_by = _answer_after(facts, since)
    for by, at in facts.told:
        if at >= since and (kept_at is None or at < kept_at):
            kept_at, kept_by = at, by
    return Owed(kind, occasion, since, due, kept_at, kept_by, dropped=gone)


def _told_of(facts: OrderFacts, kind: str, happening: Happening) -> tuple[dt.datetime | None, str]:
    """When and by which mail of this kind the buyer heard of just this."""
    return _first(facts, lambda mail: mail.kind == kind and mail.occasion == happening.occasion)


def _answer_after(facts: OrderFacts, since: dt.datetime) -> tuple[dt.datetime | None, str]:
    """The first mail after `since` that answers a buyer."""
    return _first(facts, lambda mail: mail.kind in ANSWERS and mail.sent_at > since)


def _first(facts: OrderFacts, fits: Callable[[Mail], bool]) -> tuple[dt.datetime | None, str]:
    """When and by which mail it was said first."""
    found = min((mail for mail in facts.mails if fits(mail)), key=lambda mail: mail.sent_at, default=None)
    return (found.sent_at, f"mail:{found.id}") if found else (None, "")


_SOURCES: tuple[Callable[[OrderFacts, Terms], Iterator[Owed]], ...] = (
    _confirmation, _payments, _parcels, _remarks, _cancels, _shortages,
)  # fmt: skip
