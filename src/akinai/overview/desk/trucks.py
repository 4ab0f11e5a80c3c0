"""今日の集荷: per carrier what is done, what is left, and whether it will be there when the truck comes.

The speed is that of today's inspections; before there are enough of them nothing is forecast.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TypedDict

from django.db.models import Count, Min, Q

from akinai.backoffice.fulfillment.models import Shipment
from akinai.backoffice.orders.models import Order
from akinai.backoffice.orders.states import IN_WORK, Queue, Stage
from akinai.foundation.core import clock
from akinai.shop.stores.selectors import business_calendar
from akinai.shop.terms import selectors as terms
from akinai.shop.terms.types import CarrierTerms

#: A speed is taken from at least so many inspections over at least so long.
ENOUGH, LONG_ENOUGH = 5, dt.timedelta(minutes=20)


@dataclass(frozen=True, slots=True)
class Truck:
    """One carrier today (JST). `pickup` is None where it does not come (any more) today."""

    code: str
    name: str
    waiting: int = 0
    in_work: int = 0
    packed: int = 0
    shipped: int = 0
    pickup: dt.datetime | None = None
    comes_today: bool = False
    ready_at: dt.datetime | None = None
    too_late: int = 0

    @property
    def rest(self) -> int:
        """Boxes that are not packed yet."""
        return self.waiting + self.in_work

    @property
    def done(self) -> int:
        """Boxes that can go or have gone."""
        return self.packed + self.shipped

    @property
    def total(self) -> int:
        return self.rest + self.done


class Boxes(TypedDict, total=False):
    """How many boxes of a carrier stand where."""

    in_work: int
    packed: int
    shipped: int


@dataclass(frozen=True, slots=True)
class Pace:
    """Inspections of today: how many, since when."""

    number: int = 0
    since: dt.datetime | None = None

    def per_hour(self, now: dt.datetime) -> float | None:
        """Boxes an hour, or None while too little is known."""
        if self.since is None or self.number < ENOUGH or now - self.since < LONG_ENOUGH:
            return None
        return self.number / ((now - self.since) / dt.timedelta(hours=1))


@dataclass(frozen=True, slots=True)
class Pickups:
    """All trucks of today, the earliest first, and the pace of the day in boxes an hour."""

    trucks: Sequence[Truck] = ()
    per_hour: int | None = None

    @property
    def is_forecast(self) -> bool:
        """True if something said about these trucks rests on the pace."""
        return any(t.pickup is not None and t.ready_at is not None for t in self.trucks)


def load(now: dt.datetime) -> Pickups:
    """How far the boxes of each carrier are; three queries."""
    midnight = dt.datetime.combine(now.date(), dt.time(), tzinfo=clock.JST)
    waiting = _waiting()
    boxes = _boxes(midnight)
    pace = _pace(midnight)
    shop_open = business_calendar().is_open(now.date())
    carriers = {s.carrier.code: s.carrier for s in terms.snapshot().services.values()}
    usual = terms.snapshot().default()
    found = []
    for code, carrier in carriers.items():
        truck = Truck(code, carrier.name, waiting=waiting.get(code, 0), **boxes.get(code, Boxes()))
        if truck.total or (usual is not None and usual.carrier.code == code):
            found.append(_with_pickup(truck, carrier, now, shop_open=shop_open))
    return forecast(sorted(found, key=lambda t: (t.pickup is None, t.pickup or now, t.code)), pace, now)


def _waiting() -> dict[str, int]:
    """Orders in 出荷待ち by carrier."""
    rows = Order.objects.still_open().filter(queue=Queue.READY).order_by()
    return dict(rows.values_list("delivery_service__carrier__code").annotate(n=Count("id")))


def _boxes(midnight: dt.datetime) -> dict[str, Boxes]:
    """Boxes with papers by carrier: in work, packed, gone today."""
    rows = Shipment.objects.filter(Q(stage__in=IN_WORK) | Q(shipped_at__gte=midnight)).order_by()
    counted = rows.values("service__carrier__code").annotate(
        packed=Count("id", filter=Q(stage=Stage.PACKED)),
        shipped=Count("id", filter=Q(shipped_at__gte=midnight)),
        in_work=Count("id", filter=Q(stage__in=IN_WORK) & ~Q(stage=Stage.PACKED)),
    )
    return {
        row["service__carrier__code"]: Boxes(in_work=row["in_work"], packed=row["packed"], shipped=row["shipped"])
        for row in counted
    }


def _pace(midnight: dt.datetime) -> Pace:
    today = Q(inspected_at__gte=midnight)
    rows = Shipment.objects.filter(Q(stage__in=IN_WORK) | Q(shipped_at__gte=midnight))
    found = rows.aggregate(n=Count("id", filter=today), since=Min("inspected_at", filter=today))
    return Pace(found["n"], clock.aware(found["since"]) if found["since"] else None)


def _with_pickup(truck: Truck, carrier: CarrierTerms, now: dt.datetime, *, shop_open: bool) -> Truck:
    comes = shop_open and carrier.pickup_time is not None and carrier.pickup_calendar.is_open(now.date())
    if not comes or carrier.pickup_time is None:
        return truck
    at = dt.datetime.combine(now.date(), carrier.pickup_time, tzinfo=clock.JST)
    return replace(truck, comes_today=True, pickup=at if at > now else None)


def forecast(trucks: Sequence[Truck], pace: Pace, now: dt.datetime) -> Pickups:
    """When each carrier's boxes are packed at today's pace, one carrier after the other, and how many miss the truck.

    Pure. Trucks come in the order given; what has no truck today is packed last.
    """
    speed = pace.per_hour(now)
    if speed is None:
        return Pickups(trucks)
    judged, before = [], 0
    for truck in trucks:
        before += truck.rest
        ready_at = now + dt.timedelta(hours=before / speed) if truck.rest else None
        late = 0
        if truck.pickup is not None and ready_at is not None and ready_at > truck.pickup:
            possible = speed * ((truck.pickup - now) / dt.timedelta(hours=1))
            late = min(truck.rest, max(1, before - int(possible)))
        judged.append(replace(truck, ready_at=ready_at, too_late=late))
    return Pickups(judged, round(speed))


def next_pickup(pickups: Pickups) -> Truck | None:
    """The truck that comes next today and for which something is left to do."""
    return next((t for t in pickups.trucks if t.pickup is not None and t.rest), None)
