"""What an order would become if its remark were taken as the reader took it: facts, and warnings (N-1)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import Any

from django.utils.translation import gettext as _

from akinai.foundation.core import clock
from akinai.foundation.ui import html
from akinai.shop.terms.windows import CANONICAL

from .models import Hold, Order, OrderLine
from .remarks import Confidence, Found, Interpretation, Kind, interpret_all
from .states import HoldKind, ShipPolicy
from .timing import Timetable
from .wording import REMARK_ICONS, remark_kind

#: A person has to act first; no key does it alone: what is to be changed is judged in the form made for it.
NEEDS_A_PERSON = frozenset(
    {
        Kind.COMPLAINT,
        Kind.CHANGE_ADDRESS,
        Kind.CHANGE_ITEM,
        Kind.CHANGE_PAYMENT,
        Kind.AMBIGUOUS_DATE,
        Kind.QUESTION,
        Kind.OTHER_CHECK,
    }
)
#: Nothing of these could be lost by accepting the order: whoever reads them knows what to do.
JUST_READ = frozenset({Kind.HARMLESS, Kind.OTHER_CHECK, Kind.QUESTION, Kind.COMPLAINT})
_GIFT = frozenset({Kind.GIFT_WRAP, Kind.NOSHI, Kind.MESSAGE_CARD, Kind.NO_PRICE_SLIP})
_FOR_THE_WAREHOUSE = frozenset({Kind.PLACE_DROP, Kind.HANDLING_NOTE, Kind.NO_COMBINE})
_HOLDS = frozenset({Kind.HOLD_DELIVERY, Kind.HOLD_SHIP, Kind.AVOID_PERIOD})
WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
#: A weekday is looked for within two weeks from the first possible day.
SEARCH_DAYS = 14


class Deed(StrEnum):
    """Which use case a proposal comes down to."""

    HOLD = "hold"
    WISH = "wish"
    GIFT = "gift"
    POLICY = "policy"
    CANCEL = "cancel"
    BUNDLE = "bundle"  # only where the buyer names the other order
    WAREHOUSE = "warehouse"
    NOTE = "note"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class Proposal:
    """One thing to do; `sentence` says it, `more` what follows from it, `warning` why no key does it alone.

    `day` and `window` are as the order would hold them (JST, canonical window); `value` is the text or word to keep.
    """

    kind: Kind
    deed: Deed
    sentence: str
    more: str = ""
    warning: str = ""
    day: dt.date | None = None
    window: str = ""
    value: str = ""
    is_delivery_date: bool = False
    #: The part of the page where the same thing is done by hand.
    edit: str = ""

    @property
    def icon(self) -> str:
        return REMARK_ICONS.get(self.kind, "calendar-event")


@dataclass(frozen=True)
class Reading:
    """A remark, what it was read as, and what would be done; `marked` are pieces of the remark, True where evidence."""

    read: Interpretation
    proposals: list[Proposal]
    marked: list[tuple[str, bool]] = field(default_factory=list)

    @property
    def warnings(self) -> list[str]:
        """Why a person has to decide (REM-11b); none where one key may accept all of it."""
        found = [p.warning for p in self.proposals if p.warning]
        if self.read.confidence is Confidence.LOW and not found:
            found = [_("This was not understood for certain. Read it yourself.")]
        return list(dict.fromkeys(found))

    @property
    def rivals(self) -> list[Proposal]:
        """Days of which only one can hold: a person chooses (REM-11b). Empty where no more than one is wished."""
        days = [p for p in self.proposals if p.deed is Deed.WISH and p.day is not None]
        return days if len(days) > 1 else []

    @property
    def by_one_key(self) -> bool:
        """Whether everything may be accepted with one key."""
        return not self.warnings


def read_remark(order: Order, lines: Sequence[OrderLine], timetable: Timetable) -> Reading:
    """The reading of an order's remark with the days that follow from it; asks the database nothing."""
    read, wishes = interpret_all(order.remark, clock.aware(order.ordered_at))
    table = _Table(order, lines, timetable)
    proposals = [table.propose(wish) for wish in wishes] or [_nothing(read)]
    return Reading(read, _without_doubles(proposals), _pieces(order.remark, read))


def _nothing(read: Interpretation) -> Proposal:
    if read.kind is Kind.HARMLESS:
        return Proposal(read.kind, Deed.NONE, _("Greetings and thanks only"))
    return Proposal(
        read.kind, Deed.NONE, _("Not understood"), warning=_("This was not understood for certain. Read it yourself.")
    )


def _without_doubles(proposals: list[Proposal]) -> list[Proposal]:
    """One hold and one wish day at most: the first in rank is done, a second one is a person's matter."""
    seen: set[Deed] = set()
    kept = []
    for proposal in proposals:
        if proposal.deed in (Deed.HOLD, Deed.WISH) and proposal.deed in seen:
            proposal = replace(proposal, warning=_("Two wishes about the day: decide yourself which one holds."))
        seen.add(proposal.deed)
        kept.append(proposal)
    return kept


def _pieces(remark: str, read: Interpretation) -> list[tuple[str, bool]]:
    pieces: list[tuple[str, bool]] = []
    at = 0
    for start, end in read.evidence:
        pieces += [(remark[at:start], False), (remark[start:end], True)]
        at = end
    pieces.append((remark[at:], False))
    return [piece for piece in pieces if piece[0]]


def canonical_window(window: str) -> str:
    """The widest window of the labels that lies inside what the buyer wrote (REM-18, SHP-30); "" if none does."""
    if window in CANONICAL or not window:
        return window
    first, last = (int(part) for part in window.split("-"))
    inside = [w for w in CANONICAL if w and first <= int(w[:2]) and int(w[3:]) <= last]
    return max(inside, key=lambda w: int(w[3:]) - int(w[:2]), default="")


@dataclass(frozen=True)
class _Table:
    """An order with what its days depend on."""

    order: Order
    lines: Sequence[OrderLine]
    timetable: Timetable

    def propose(self, wish: Found) -> Proposal:
        """What a wish comes down to on this order."""
        if wish.kind in _HOLDS:
            return self._hold(wish)
        if wish.kind in (Kind.DELIVER_ON, Kind.DELIVER_BY, Kind.WEEKDAY_PREF, Kind.TIME_ONLY):
            return self._wish(wish)
        return _other(self.order, wish)

    def _hold(self, wish: Found) -> Proposal:
        until = wish.hold_until
        assert until is not None
        is_delivery = wish.kind is not Kind.HOLD_SHIP
        ship = self._ships(until, is_delivery=is_delivery)
        words = _("Deliver on %(day)s or later") if is_delivery else _("Ship on %(day)s or later")
        more = _("Ships on %(day)s") % {"day": html.day(ship)} if ship else ""
        window = canonical_window(wish.time_window)
        return Proposal(
            wish.kind, Deed.HOLD, " ".join(filter(None, (words % {"day": html.day(until)}, window))),
            more=more, warning=self._doubt(until, wish), day=until, window=window, is_delivery_date=is_delivery,
            edit="hold",
        )  # fmt: skip

    def _ships(self, until: dt.date, *, is_delivery: bool) -> dt.date | None:
        """The day the parcel would leave with this hold (4.5)."""
        hold = Hold(kind=HoldKind.UNTIL_DATE, until=until, is_delivery_date=is_delivery)
        first = self.timetable.ship_not_before(self.order, [hold])
        soonest = self.timetable.earliest(self.order, self.lines, at=max(clock.now(), self.order.ordered_at))
        return max(first, soonest.ship) if first and soonest else first

    def _doubt(self, day: dt.date, wish: Found) -> str:
        """REM-11b, and a day that has gone by."""
        if (day - clock.aware(self.order.ordered_at).date()).days > 90:
            return _("The day is more than 90 days ahead. Make sure that it is meant.")
        if day < clock.today():
            return _("The day has gone by.")
        if wish.kind is Kind.AVOID_PERIOD and wish.text:
            soonest = self._soonest()
            begins = dt.date.fromisoformat(wish.text.split("/")[0])
            if soonest is not None and soonest < begins:
                return _("The parcel could arrive before, on %(day)s: ask the buyer, or hold it.") % {
                    "day": html.day(soonest)
                }
        return ""

    def _soonest(self) -> dt.date | None:
        found = self.timetable.earliest(self.order, self.lines, at=max(clock.now(), self.order.ordered_at))
        return found.deliver if found else None

    def _wish(self, wish: Found) -> Proposal:
        window = canonical_window(wish.time_window)
        if wish.kind is Kind.TIME_ONLY:
            return Proposal(
                wish.kind, Deed.WISH, _("Deliver at %(window)s") % {"window": window}, day=self.order.wish_date,
                window=window, edit="wish", warning="" if window else _("No time window of the carriers fits."),
            )  # fmt: skip
        if wish.kind is Kind.WEEKDAY_PREF:
            return self._weekday(wish, window)
        day, soonest = wish.deliver_on, self._soonest()
        assert day is not None
        if wish.kind is Kind.DELIVER_BY and soonest is not None and soonest <= day:
            said = _("Must be there by %(day)s") % {"day": html.day(day)}
            more = _("Earliest arrival %(day)s") % {"day": html.day(soonest)}
            return Proposal(
                wish.kind, Deed.WAREHOUSE, said, more=more, day=day, window=window, value=f"{html.day(day)} 必着",
                warning=self._doubt(day, wish), edit="wish",
            )  # fmt: skip
        late = soonest is not None and soonest > day
        more = _("Not possible: the earliest arrival is %(day)s") % {"day": html.day(soonest)} if late else ""
        words = " ".join(filter(None, (_("Deliver on %(day)s") % {"day": html.day(day)}, window)))
        doubt = self._doubt(day, wish) or (more if late else "")
        return Proposal(wish.kind, Deed.WISH, words, more="" if late else more, warning=doubt, day=day, window=window,
                        edit="wish")  # fmt: skip

    def _weekday(self, wish: Found, window: str) -> Proposal:
        """The first fitting day from the earliest arrival on."""
        names = wish.text.lstrip("!").split(",")
        wanted = {i for i, name in enumerate(WEEKDAYS) if (name in names) != wish.text.startswith("!")}
        soonest = self._soonest()
        days = [soonest + dt.timedelta(days=n) for n in range(SEARCH_DAYS)] if soonest else []
        day = next((d for d in days if d.weekday() in wanted), None)
        said = remark_kind(wish.kind)
        if day is None:
            return Proposal(wish.kind, Deed.NONE, said, warning=_("No fitting day was found."), edit="wish")
        words = _("Deliver on %(day)s, the first day that fits") % {"day": html.day(day)}
        return Proposal(wish.kind, Deed.WISH, " ".join(filter(None, (words, window))), day=day, window=window,
                        edit="wish")  # fmt: skip


def _other(order: Order, wish: Found) -> Proposal:
    """Wishes that name no day."""
    name, text = remark_kind(wish.kind), "・".join(part for part in wish.text.split("|") if part)
    sentence = f"{name}: {text}" if text else name
    base = Proposal(wish.kind, Deed.NOTE, sentence, value=sentence)
    if wish.kind in NEEDS_A_PERSON:
        edit = {Kind.CHANGE_ADDRESS: "ship-to", Kind.AMBIGUOUS_DATE: "wish"}.get(wish.kind, "")
        return replace(
            base, deed=Deed.NONE, edit=edit, warning=_("%(what)s: a person has to do this.") % {"what": name}
        )
    if wish.kind in _GIFT:
        return replace(base, deed=Deed.GIFT)
    if wish.kind in (Kind.SPLIT_SHIP, Kind.WAIT_ALL):
        policy = ShipPolicy.PARTIAL if wish.kind is Kind.SPLIT_SHIP else ShipPolicy.ALL
        return replace(base, deed=Deed.NONE if order.ship_policy == policy else Deed.POLICY, value=policy)
    if wish.kind is Kind.CANCEL_REQUEST:
        return replace(base, deed=Deed.CANCEL)
    if wish.kind is Kind.COMBINE:
        return replace(base, deed=Deed.BUNDLE if text else Deed.WAREHOUSE)
    if wish.kind in _FOR_THE_WAREHOUSE:
        return replace(base, deed=Deed.WAREHOUSE, value=_excerpt(order, wish, sentence))
    return base


def _excerpt(order: Order, wish: Found, sentence: str) -> str:
    """What the packer reads: the place, or for a handling note the buyer's own words."""
    return sentence if wish.kind is not Kind.HANDLING_NOTE else " ".join(order.remark.split())[:200]


def initial_of(reading: Reading | None, part: str) -> dict[str, Any]:
    """What a form of the page is filled with beforehand: the hold or wish that was read."""
    for proposal in reading.proposals if reading else ():
        if part == "hold" and proposal.deed is Deed.HOLD:
            return {
                "kind": HoldKind.UNTIL_DATE, "until": proposal.day,
                "is_delivery_date": "1" if proposal.is_delivery_date else "",
            }  # fmt: skip
        if part == "wish" and proposal.deed is Deed.WISH:
            return {"wish_date": proposal.day, "wish_window": proposal.window}
    return {}
