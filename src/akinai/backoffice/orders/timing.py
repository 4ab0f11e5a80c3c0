"""When an order may leave and when it arrives: the terms' date rules applied to orders (ORD-7, 4.5)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from akinai.foundation.core import clock
from akinai.foundation.core.text import digits
from akinai.shop.stores import selectors as stores
from akinai.shop.stores import settings
from akinai.shop.stores.calendar import BusinessCalendar
from akinai.shop.terms import dates, declared
from akinai.shop.terms import selectors as terms
from akinai.shop.terms.types import CarrierTerms, Service, TermsSnapshot, Transit

from .models import Hold, Order, OrderLine
from .states import DATE_HOLDS, ShipPolicy, Supply


@dataclass(frozen=True, slots=True)
class Plan:
    """The day an order ships and arrives if nothing changes (JST); None arrival where the prefecture is unknown."""

    ship_on: dt.date
    arrive_on: dt.date | None


@dataclass(frozen=True)
class Timetable:
    """Everything dates depend on, taken once for a batch; asks the database nothing."""

    terms: TermsSnapshot
    stores: stores.StoresSnapshot
    settings: settings.Settings
    services: dict[int, Service]

    @classmethod
    def load(cls) -> Timetable:
        """As of now; cheap while nothing changes."""
        snapshot = terms.snapshot()
        by_id = {service.id: service for service in snapshot.services.values()}
        return cls(snapshot, stores.snapshot(), settings.snapshot(), by_id)

    def service_of(self, order: Order) -> Service:
        """The delivery service of an order, as terms."""
        return self.services[order.delivery_service_id]

    def shipping_days(self, service: Service) -> dates.ShippingDays:
        """Days on which the shop works and the carrier collects."""
        return dates.ShippingDays(self.stores.calendar, _pickup(service.carrier))

    def transit(self, order: Order) -> Transit | None:
        """Days on the way; None where the prefecture is unknown."""
        service = self.service_of(order)
        return self.terms.transit(
            origin=self.stores.shop.prefecture or "東京都",
            prefecture=order.ship_prefecture,
            service=service.code,
            postcode=digits(order.ship_postcode),
        )

    def earliest(
        self, order: Order, lines: Iterable[OrderLine], at: dt.datetime | None = None
    ) -> dates.Earliest | None:
        """The soonest way of an order counted from `at` (default: when ordered), preorders from their release."""
        transit, at, lines = self.transit(order), at or order.ordered_at, list(lines)
        if transit is None:
            return None
        days, cutoff = self.shipping_days(self.service_of(order)), self.settings.time("stores.cutoff")
        soonest = dates.earliest(at, days=days, cutoff=cutoff, transit=transit, handling=handling_days(lines))
        released = release_day(order, lines, clock.aware(at).date(), only_missing=True)
        if released is None or released <= soonest.ship:
            return soonest
        ship = days.on_or_after(released)
        return replace(soonest, ship=ship, deliver=transit.arrives(ship))

    def ship_not_before(self, order: Order, holds: Sequence[Hold]) -> dt.date | None:
        """ORD-7: the latest of open date holds and of what the wished delivery day asks for."""
        transit = self.transit(order)
        found: list[dt.date | None] = []
        if order.wish_date is not None and transit is not None:
            found.append(self._plan(order, order.wish_date, transit, or_later=False))
            found.append(self._label_takes(order, order.wish_date))
        for hold in holds:
            if hold.kind not in DATE_HOLDS or hold.until is None:
                continue
            if hold.is_delivery_date and transit is not None:
                found.append(self._plan(order, hold.until, transit, or_later=True))
            else:
                found.append(self.shipping_days(self.service_of(order)).on_or_after(hold.until))
        return dates.later_of(*found)

    def _label_takes(self, order: Order, wish: dt.date) -> dt.date | None:
        """SHP-40: from when on the carrier's label takes this delivery date."""
        service = self.service_of(order)
        return dates.printable_from(wish, service.max_days_ahead) if service.date_ok else None

    def _plan(self, order: Order, wanted: dt.date, transit: Transit, *, or_later: bool) -> dt.date:
        service = self.service_of(order)
        takes = service.date_ok and self.settings[declared.HOLD_PRINTS_DATE]
        plan = dates.ship_not_before(
            wanted, or_later=or_later, days=self.shipping_days(service), transit=transit, label_takes_date=takes
        )
        return plan.ship_on

    def plan(self, order: Order, lines: Iterable[OrderLine], now: dt.datetime | None = None) -> Plan | None:
        """When the order ships and arrives if everything else is clear, counted from now. None without a prefecture."""
        transit = self.transit(order)
        soonest = self.earliest(order, lines, at=max(now or clock.now(), order.ordered_at))
        if transit is None or soonest is None:
            return None
        days = self.shipping_days(self.service_of(order))
        ship = days.on_or_after(max(soonest.ship, order.ship_not_before or soonest.ship))
        arrive = transit.arrives(ship)
        if order.wish_date is not None:
            arrive = max(arrive, order.wish_date)
        return Plan(ship, arrive)


def release_day(
    order: Order, lines: Iterable[OrderLine], today: dt.date, *, only_missing: bool = False
) -> dt.date | None:
    """Until when the order waits for the release of preordered goods (JST); None if it need not.

    Under `all` the whole basket waits for its last day (ORD-62). Under `partial` what is there goes first, and only
    what is left in the end waits for its release. `only_missing` leaves out goods that are secured already.
    """
    open_lines = [line for line in lines if line.remaining > 0]
    days = [
        line.sku.release_on
        for line in open_lines
        if line.sku is not None
        and line.supply == Supply.PREORDER
        and line.sku.release_on is not None
        and line.sku.release_on > today
        and (line.short > 0 or not only_missing)
    ]
    if not days or (order.ship_policy == ShipPolicy.PARTIAL and len(days) < len(open_lines)):
        return None
    return max(days)


def handling_days(lines: Iterable[OrderLine]) -> int:
    """The shop's own business days before goods can leave: the longest over the lines; 0 for goods in stock."""
    waits = [
        line.sku.lead_days or 0
        for line in lines
        if line.sku is not None and line.supply != Supply.STOCK and line.remaining > 0
    ]
    return max(waits, default=0)


@lru_cache(maxsize=64)
def _pickup(carrier: CarrierTerms) -> BusinessCalendar:
    return BusinessCalendar(closed_weekdays=carrier.pickup_closed_weekdays, closed=carrier.pickup_closed_days)
