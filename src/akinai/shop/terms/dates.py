"""When goods can leave and when they arrive. Pure: calendars, cut-off and days come in, dates go out."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field

from akinai.foundation.core.clock import aware
from akinai.shop.stores.calendar import ONE_DAY, BusinessCalendar, seek

from .types import Transit

#: 午前中, by its canonical code (`windows`).
MORNING = "08-12"


@dataclass(frozen=True)
class ShippingDays:
    """The days on which goods can leave: the shop works and the carrier collects."""

    shop: BusinessCalendar
    pickup: BusinessCalendar = field(default_factory=BusinessCalendar)

    def can_ship(self, day: dt.date) -> bool:
        return self.shop.is_open(day) and self.pickup.is_open(day)

    def on_or_after(self, day: dt.date) -> dt.date:
        """The first day from `day` on when goods can leave; raises NoOpenDay."""
        return seek(day, ONE_DAY, self.can_ship)

    def on_or_before(self, day: dt.date) -> dt.date:
        """The last day up to `day` when goods can leave; raises NoOpenDay."""
        return seek(day, -ONE_DAY, self.can_ship)


@dataclass(frozen=True, slots=True)
class Earliest:
    """The soonest way of an order: day it counts for, day it ships, day it arrives.

    `morning`: whether 08-12 may be offered on the day of arrival.
    """

    base: dt.date
    ship: dt.date
    deliver: dt.date
    morning: bool = True


@dataclass(frozen=True, slots=True)
class HoldPlan:
    """What a wished or held date means: not shipped before `ship_on`, arrives on `deliver_on`.

    `label_date` is the delivery date to print, where the label has to say it.
    """

    ship_on: dt.date
    deliver_on: dt.date
    label_date: dt.date | None = None


@dataclass(frozen=True, slots=True)
class WishJudgement:
    """Whether a wished delivery date can be met, and by when goods must leave for it.

    An impossible wish is shown with `earliest`; the wish itself stays stored and unmet.
    """

    possible: bool
    ship_by: dt.date
    earliest: Earliest


def base_day(at: dt.datetime, shop: BusinessCalendar, cutoff: dt.time) -> dt.date:
    """The business day an order (or its money) counts for; exactly at cut-off is late."""
    moment = aware(at)
    if shop.is_open(moment.date()) and moment.time() < cutoff:
        return moment.date()
    return shop.next_open(moment.date())


def earliest(at: dt.datetime, *, days: ShippingDays, cutoff: dt.time, transit: Transit, handling: int = 0) -> Earliest:
    """The earliest ship and delivery day of an order placed (or, if prepaid by transfer, paid) at `at`.

    `handling` are the shop's business days, the maximum over the lines; 0 ships the same day. Transit and island
    days are calendar days.
    """
    base = base_day(at, days.shop, cutoff)
    ship = days.on_or_after(days.shop.add_open_days(base, handling))
    return Earliest(base, ship, transit.arrives(ship), morning=not transit.afternoon)


def ship_for(wanted: dt.date, *, days: ShippingDays, transit: Transit) -> dt.date:
    """The last day goods can leave to arrive on `wanted`, also while a carrier says that it takes longer (SHP-42)."""
    day = days.on_or_before(wanted - dt.timedelta(days=transit.total))
    while transit.arrives(day) > wanted:
        day = days.on_or_before(day - ONE_DAY)
    return day


def judge_wish(
    wanted: dt.date, soonest: Earliest, *, days: ShippingDays, transit: Transit, window: str = ""
) -> WishJudgement:
    """Whether a delivery on `wanted` is possible (SHP-41: if not, the check reason is DATE_IMPOSSIBLE).

    On the first day of a route that arrives in the afternoon a `window` in the morning is not.
    """
    ship_by = ship_for(wanted, days=days, transit=transit)
    too_early = wanted == soonest.deliver and window == MORNING and not soonest.morning
    return WishJudgement(ship_by >= soonest.ship and not too_early, ship_by, soonest)


def ship_not_before(
    wanted: dt.date, *, or_later: bool, days: ShippingDays, transit: Transit, label_takes_date: bool = False
) -> HoldPlan:
    """From when goods may leave for a delivery exactly on `wanted`, or on it or later (SHP-39).

    An exact date moves back to the last day goods can leave; "or later" moves forward, so that nothing arrives
    early. `label_takes_date` (a service that takes a date, and the shop's setting) lets "or later" leave on the
    last day before, with the date on the label.
    """
    target = wanted - dt.timedelta(days=transit.total)
    if not or_later or label_takes_date:
        return HoldPlan(ship_for(wanted, days=days, transit=transit), wanted, wanted)
    ship = days.on_or_after(target)
    return HoldPlan(ship, max(wanted, transit.arrives(ship)))


def later_of(*dates: dt.date | None) -> dt.date | None:
    """A wish and a hold together: the later one decides."""
    return max((date for date in dates if date is not None), default=None)


def printable_from(wanted: dt.date, max_days_ahead: int) -> dt.date:
    """From when a carrier's label takes this delivery date (SHP-40)."""
    return wanted - dt.timedelta(days=max_days_ahead)
