"""Making the demo shop: three months of trade up to this moment, by the real use cases with the clock moved."""

from __future__ import annotations

import datetime as dt
import gc
from collections.abc import Callable
from dataclasses import dataclass
from random import Random

from django.db import connection

from akinai.backoffice.orders.models import Order
from akinai.foundation.core import clock
from akinai.foundation.core.actor import job_actor
from akinai.foundation.core.clock import JST, FrozenClock, use_clock
from akinai.foundation.jobs.services import run_pending
from akinai.shop.stores import services as stores
from akinai.shop.stores.models import Store
from akinai.shop.stores.selectors import business_calendar
from akinai.shop.terms.fees import FeeBand
from akinai.shop.terms.models import PaymentFeeBand

from . import history, shop, today
from .goods import Article
from .trade import Trade
from .working import Days, People

Told = Callable[[str, int, int], None]
ACTOR = job_actor("demo")


@dataclass(frozen=True, slots=True)
class Plan:
    """How much to make. The last `worked` days run through every step; what came before is taken over as finished."""

    days: int = 90
    orders: int = 3000
    worked: int = 7
    seed: int = 20
    goods: int | None = None

    @property
    def average(self) -> float:
        """Orders a day."""
        return self.orders / self.days


def seed(plan: Plan, told: Told) -> int:
    """Fill an empty database; returns how many orders there are. The same plan at the same moment gives the same shop.

    `told(what, done, total)` hears how far it is.
    """
    now = clock.now()
    first = now.date() - dt.timedelta(days=plan.days)
    frozen = FrozenClock(dt.datetime.combine(first, dt.time(9), tzinfo=JST))
    with _hurried(), use_clock(frozen):
        shop.open_shop(ACTOR)
        goods = shop.stock_shelves(ACTOR, lambda done, total: told("goods", done, total), most=plan.goods)
        days = Days(_trade(plan, goods), frozen, business_calendar(), People.load())
        _past(plan, days, first, now.date(), told)
        _last_days(plan, days, now, told)
    return Order.objects.count()


def _trade(plan: Plan, goods: dict[str, Article]) -> Trade:
    bands = [FeeBand(b.up_to, b.fee, b.inclusive) for b in PaymentFeeBand.objects.filter(method__code="cod")]
    return Trade(Random(plan.seed), list(goods.values()), dict(Store.objects.values_list("code", "pk")), bands)


def _past(plan: Plan, days: Days, first: dt.date, today_is: dt.date, told: Told) -> None:
    """Finished orders, and between them those that were never paid."""
    begun = today_is - dt.timedelta(days=plan.worked)
    lost = max(first, begun - dt.timedelta(days=4))

    def count(done: int) -> None:
        told("history", min(Order.objects.count(), plan.orders), plan.orders)

    for since, until in ((first, lost - dt.timedelta(days=1)), (lost, begun - dt.timedelta(days=1))):
        history.take_over(ACTOR, days.trade, days.clock, first=since, last=until, average=plan.average, told=count)
        if since == first:
            today.forgotten(days, lost)
    for store in Store.objects.all():
        stores.save_store(ACTOR, store_id=store.pk, changes={"take_over_from": lost})


def _last_days(plan: Plan, days: Days, now: dt.datetime, told: Told) -> None:
    """Day by day up to now; the note of the last evening at work is left where it was written."""
    last_open = days.calendar.open_on_or_before(now.date() - dt.timedelta(days=1))
    for back in range(plan.worked, -1, -1):
        day = now.date() - dt.timedelta(days=back)
        told("days", plan.worked - back, plan.worked)
        days.live(day, plan.average, until=now if back == 0 else None, evening=lambda d: _note(days, d, last_open))
    today.begin(days, now)
    days.clock.move_to(now)
    run_pending(limit=10_000)


def _note(days: Days, day: dt.date, last_open: dt.date) -> None:
    if day == last_open:
        today.leave_note(days, day)


class _hurried:  # noqa: N801 - reads as a word in a with statement
    """While the demo is made a crash costs nothing but making it again, so SQLite need not wait for the disk."""

    def __enter__(self) -> None:
        self._gc = gc.get_threshold()
        gc.set_threshold(100_000, 50, 50)  # thousands of short-lived rows: a tenth less time
        self._set("OFF")

    def __exit__(self, *_error: object) -> None:
        gc.set_threshold(*self._gc)
        self._set("FULL")

    @staticmethod
    def _set(mode: str) -> None:
        if connection.vendor == "sqlite" and not connection.in_atomic_block:
            with connection.cursor() as cursor:
                cursor.execute(f"PRAGMA synchronous={mode}")
