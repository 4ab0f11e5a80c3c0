"""Today's pickups: counts that add up, and a forecast only where today's inspections carry it."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest

from akinai.backoffice.fulfillment import services as fulfillment
from akinai.backoffice.fulfillment.models import Shipment
from akinai.backoffice.orders.models import Order
from akinai.foundation.core.actor import SYSTEM, Actor
from akinai.foundation.core.clock import JST, FrozenClock
from akinai.overview.desk import next_thing, situation, tiles, trucks
from akinai.overview.desk.trucks import Pace, Truck, forecast
from akinai.shop.terms.models import Carrier
from tests.builders.catalog import make_sku
from tests.builders.inventory import stock_up
from tests.builders.orders import TAKA, make_shop, make_store, place

NOON = dt.datetime(2026, 11, 24, 12, 0, tzinfo=JST)
FIVE = NOON.replace(hour=17)


def at(hour: int, minute: int = 0) -> dt.datetime:
    return NOON.replace(hour=hour, minute=minute)


def test_nothing_is_forecast_before_there_is_a_pace() -> None:
    waiting = [Truck("y", "ヤマト", waiting=40, pickup=FIVE, comes_today=True)]
    for pace in (Pace(), Pace(4, at(9)), Pace(30, at(11, 50))):
        found = forecast(waiting, pace, NOON)
        assert (found.per_hour, found.trucks[0].ready_at, found.trucks[0].too_late) == (None, None, 0)
        assert not found.is_forecast


def test_at_todays_pace_the_rest_is_packed_one_carrier_after_the_other() -> None:
    """42 boxes in two hours are 21 an hour: 21 for the first truck until 13:00, 105 more until 18:00."""
    first = Truck("s", "佐川", waiting=21, packed=8, pickup=at(16, 30), comes_today=True)
    second = Truck("y", "ヤマト", waiting=100, in_work=5, pickup=FIVE, comes_today=True)
    found = forecast([first, second], Pace(42, at(10)), NOON)
    assert found.per_hour == 21 and found.is_forecast
    assert (found.trucks[0].ready_at, found.trucks[0].too_late) == (at(13), 0)
    assert (found.trucks[1].ready_at, found.trucks[1].too_late) == (at(18), 21)
    assert (first.done, first.total, second.rest) == (8, 29, 105)


def test_a_truck_that_came_is_no_deadline() -> None:
    gone = Truck("y", "ヤマト", waiting=100, pickup=None, comes_today=True)
    assert forecast([gone], Pace(42, at(10)), NOON).trucks[0].too_late == 0


@pytest.fixture
def shop(db: None, clock: FrozenClock) -> FrozenClock:
    make_shop()
    stock_up(make_sku(jan="2000010480012"), 50)
    make_store("auto", auto_accept=True)
    Carrier.objects.filter(code="yamato").update(pickup_time=dt.time(17, 0))
    from akinai.shop.stores.revisions import bump

    bump("terms")
    return clock


def test_each_box_is_counted_once_wherever_it_stands(shop: FrozenClock, actor: Actor) -> None:
    store = make_store("auto", auto_accept=True)
    buyers = [replace(TAKA, name=f"客 {n}", mail=f"t{n}@example.jp", phone=f"090-0000-000{n}") for n in range(6)]
    ids = [place(f"t{n}", store=store, buyer=who).pk for n, who in enumerate(buyers)]
    made = fulfillment.make_batch(SYSTEM, order_ids=ids[:4], papers=False)
    boxes = list(Shipment.objects.filter(batch=made.batch).values_list("pk", flat=True))
    for pk, number in zip(boxes[:2], ("476200000013", "476200000024"), strict=True):
        fulfillment.scan(SYSTEM, shipment_id=pk, code="YN-AI-01")
        if Shipment.objects.get(pk=pk).stage == "inspected":
            fulfillment.pack(SYSTEM, shipment_id=pk)
        body = int(number[:11])
        fulfillment.set_tracking(SYSTEM, shipment_id=pk, numbers=[f"{body}{body % 7}"])
    assert all(r.done for r in fulfillment.dispatch(SYSTEM, shipment_ids=boxes[:1]))
    [yamato] = trucks.load(shop.now()).trucks
    assert (yamato.waiting, yamato.in_work, yamato.packed, yamato.shipped) == (2, 2, 1, 1)
    assert (yamato.total, yamato.pickup) == (6, at(17))
    now = situation.load()
    assert yamato.waiting == now.queues["ready"].number
    assert yamato.in_work + yamato.packed == now.queues["preparing"].number
    assert next(t.note for t in tiles.big(now) if t.key == "ready") == ("act", "truck", "ヤマト運輸 あと7時間10分")
    assert Order.objects.count() == yamato.total
    thing = next_thing.choose(now, actor)
    assert (thing.icon, thing.url) == ("truck", "/shipping/")


def test_no_truck_comes_on_a_closed_day_or_after_its_hour(shop: FrozenClock) -> None:
    place("t", store=make_store("auto", auto_accept=True))
    shop.move_to(at(17, 1))
    [yamato] = trucks.load(shop.now()).trucks
    assert (yamato.pickup, yamato.comes_today) == (None, True)
    shop.move_to(dt.datetime(2026, 11, 23, 10, 0, tzinfo=JST))
    [yamato] = trucks.load(shop.now()).trucks
    assert (yamato.pickup, yamato.comes_today) == (None, False)
