"""The record of promises: numbers that add up and lead to the orders behind them."""

from __future__ import annotations

import datetime as dt

import pytest

from akinai.foundation.core.clock import JST, FrozenClock
from akinai.foundation.core.permissions import Role
from akinai.overview.desk import record
from akinai.overview.desk.models import Promise
from tests.builders.accounts import client_for
from tests.builders.catalog import make_sku
from tests.builders.inventory import stock_up
from tests.builders.orders import make_shop, place

pytestmark = pytest.mark.django_db


def promise(occasion: str, *, due: dt.datetime, ended: dt.datetime | None = None, outcome: str = "") -> None:
    order = Promise.objects.first()
    assert order is not None
    Promise.objects.create(
        subject=order.subject, order=order.order, kind="confirm", occasion=occasion, due_at=due,
        opened_at=due - dt.timedelta(hours=3), ended_at=ended, outcome=outcome or ("kept" if ended else "open"),
    )  # fmt: skip


def at(day: int, hour: int) -> dt.datetime:
    return dt.datetime(2026, 11, day, hour, tzinfo=JST)


def test_n_2_the_record_of_day_and_month_adds_up_and_leads_to_the_orders(clock: FrozenClock) -> None:
    """N-2 In time, broken (late, or past and still open) and open are counted by the day of the deadline, in JST."""
    clock.move_to(at(18, 10))
    make_shop()
    stock_up(make_sku(), 9)
    order = place()
    Promise.objects.create(
        subject=order.subject, order=order, kind="shipped", occasion="shipment:1", due_at=at(20, 23),
        opened_at=at(20, 15), ended_at=at(20, 16), outcome="kept",
    )  # fmt: skip
    promise("in time", due=at(24, 12), ended=at(24, 11))
    promise("late", due=at(24, 12), ended=at(24, 13))
    promise("past", due=at(24, 8))
    promise("still", due=at(24, 23))
    promise("dropped", due=at(24, 23), ended=at(24, 9), outcome="dropped")
    promise("too late", due=at(23, 12), ended=at(24, 9), outcome="dropped")
    clock.move_to(at(24, 15))
    found = record.load(dt.date(2026, 11, 3), dt.date(2026, 11, 24))
    [day] = found.of_day
    assert (day.due, day.kept, day.late, day.open, day.share) == (4, 1, 2, 1, 33)
    month = {line.kind: (line.due, line.kept, line.late, line.open) for line in found.of_month}
    assert month == {"confirm": (5, 1, 3, 1), "shipped": (1, 1, 0, 0)}
    assert found.most == 4 and len(found.bars) == 30
    bar = found.bars[23]
    assert [(part.how, part.height) for part in bar.parts] == [("kept", 27), ("late", 54), ("open", 27)]
    assert sum(part.height for part in bar.parts) <= record.HEIGHT and bar.is_today
    client = client_for(Role.ORDER)
    page = client.get("/promises/?month=2026-11&day=2026-11-24").content.decode()
    assert bar.says in page and day.urls["late"].replace("&", "&amp;") in page
    listed = client.get(day.urls["late"]).content.decode()
    assert listed.count(f'/orders/{order.pk}/"') >= 2
    assert client.get("/promises/?month=2026-13&day=no").status_code == 200
    assert client.get("/promises/list/?how=nonsense").status_code == 200
