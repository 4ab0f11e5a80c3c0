"""Today: every number adds up, leads somewhere, and names what breaks first."""

from __future__ import annotations

import dataclasses
import datetime as dt

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from akinai.backoffice.orders import services
from akinai.backoffice.orders.models import Order
from akinai.backoffice.orders.states import OPEN, HoldKind, Queue
from akinai.foundation.core.actor import SYSTEM, Actor
from akinai.foundation.core.clock import JST, FrozenClock
from akinai.foundation.core.permissions import Role, permissions_of
from akinai.overview.desk import next_thing, promises, situation, tiles
from tests.builders.accounts import client_for, make_staff
from tests.builders.catalog import make_sku
from tests.builders.inventory import stock_up
from tests.builders.orders import line, make_store, place
from tests.builders.orders import make_shop as make_order_shop

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def shop(clock: FrozenClock) -> FrozenClock:
    make_order_shop()
    stock_up(make_sku(), 100)
    return clock


def some_of_everything() -> None:
    """One order in most queues, one cancelled."""
    auto = make_store("auto", auto_accept=True)
    place("ready", store=auto)
    place("unpaid", store=auto, method="bank")
    place("check", remark="27日以降に届けてください")
    place("short", store=auto, lines=[line(quantity=19), line("YN-99", 1, short_told=True)], method="cod")
    held = place("held", store=auto)
    services.hold(SYSTEM, order_id=held.pk, kind=HoldKind.MANUAL)
    later = place("later", store=auto)
    services.hold(SYSTEM, order_id=later.pk, kind=HoldKind.UNTIL_DATE, until=dt.date(2026, 12, 10))
    gone = place("gone")
    services.reject(SYSTEM, order_id=gone.pk)
    place("old", is_shipped=True)


def test_ord_17_the_queues_add_up_to_the_unfinished_orders() -> None:
    """ORD-17 What Today shows sums up to all orders that are neither done nor cancelled, each counted once."""
    some_of_everything()
    now = situation.load()
    shown = {tile.key: tile.number for tile in (*tiles.big(now), *tiles.small(now))}
    assert set(shown) == {queue.value for queue in OPEN}
    unfinished = Order.objects.exclude(queue__in=[Queue.DONE, Queue.CANCELLED])
    assert sum(shown.values()) == now.open_orders == unfinished.count()
    assert Order.objects.filter(queue__in=[Queue.DONE, Queue.CANCELLED]).count() + now.open_orders == 8
    for queue, number in shown.items():
        assert number == Order.objects.filter(queue=queue).count(), queue


def test_the_page_costs_the_same_for_one_order_and_for_many(
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    client = client_for(Role.OWNER)
    place("a", remark="急ぎ")
    client.get("/")
    with django_assert_num_queries(_queries(client)):
        client.get("/")
    before = _queries(client)
    for number in range(3):
        place(f"b{number}", remark="急ぎ")
        place(f"c{number}", store=make_store("auto", auto_accept=True), method="bank")
    assert _queries(client) == before


def _queries(client: Client) -> int:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    with CaptureQueriesContext(
        connection,
    ) as seen:
        assert client.get("/").status_code == 200
    return len(seen)


def test_ord_22_the_next_thing_is_the_confirmation_that_breaks_first(shop: FrozenClock, actor: Actor) -> None:
    """ORD-22 Ordered on Friday evening before a holiday: noon of Tuesday; at 12:01 it is overdue."""
    shop.move_to(dt.datetime(2026, 11, 20, 18, 0, tzinfo=JST))
    place("fri", remark="のし希望")
    shop.move_to(dt.datetime(2026, 11, 24, 9, 50, tzinfo=JST))
    now = situation.load()
    assert now.confirmations.next_by == dt.datetime(2026, 11, 24, 12, 0, tzinfo=JST)
    assert (now.days_closed, now.came_while_closed, now.is_open) == (3, 0, True)
    thing = next_thing.choose(now, actor)
    assert (thing.tone, thing.badge, thing.detail) == ("warn", "あと 2時間10分", "備考 1")
    assert thing.url == "/orders/?queue=check"
    shop.move_to(dt.datetime(2026, 11, 24, 12, 1, tzinfo=JST))
    late = situation.load()
    assert late.confirmations.late == 1
    assert [t.note and t.note[0] for t in tiles.big(late) if t.key == "check"] == ["stop"]
    assert promises.breaking_next(late)[0].tone == "stop"


def test_ord_22_an_order_that_came_back_to_be_checked_was_confirmed_in_its_time(shop: FrozenClock) -> None:
    """ORD-22 The promise was kept when it was taken on; what is asked later breaks none."""
    place("back", store=make_store("auto", auto_accept=True))
    Order.objects.update(confirmation="needs_check", queue=Queue.CHECK)
    shop.advance(dt.timedelta(days=9))
    now = situation.load()
    assert (now.confirmations.late, now.queues["check"].number, now.queues["check"].overdue) == (0, 1, 0)


def test_an_unpaid_order_past_its_day_is_loud(shop: FrozenClock) -> None:
    place("unpaid", store=make_store("auto", auto_accept=True), method="bank")
    due = Order.objects.get().pay_due
    assert due is not None
    assert situation.load().next_due == due
    shop.move_to(dt.datetime.combine(due + dt.timedelta(days=1), dt.time(9), tzinfo=JST))
    now = situation.load()
    assert (now.unpaid_late, now.next_due) == (1, None)
    [promise] = promises.breaking_next(now)
    assert (promise.tone, "1" in promise.left) == ("stop", True)
    assert client_for(Role.ORDER).get("/").status_code == 200
    assert [t.note and t.note[0] for t in tiles.big(now) if t.key == "awaiting_payment"] == ["stop"]


def test_ord_12_what_stopped_is_told_to_whoever_packs_and_money_to_whoever_sees_it(shop: FrozenClock) -> None:
    """ORD-12 The packer has the box in hand; a payment that is late is nothing a packer can do anything about."""
    now = dataclasses.replace(situation.load(), unpaid_late=2, stopped=2)
    packer, clerk, books = (
        Actor("staff:1", permissions=permissions_of(role)) for role in (Role.WAREHOUSE, Role.ORDER, Role.ACCOUNTING)
    )
    quiet = dataclasses.replace(now, stopped=0)
    assert [next_thing.choose(now, who).icon for who in (packer, clerk, books)] == ["hand-stop", "hand-stop", "cash"]
    assert [next_thing.choose(quiet, who).icon for who in (packer, clerk)] == ["circle-check", "cash"]


@pytest.mark.parametrize("role", list(Role))
@pytest.mark.parametrize("language", ["ja", "en"])
def test_everybody_sees_today_with_and_without_orders(role: Role, language: str) -> None:
    client = client_for(make_staff(role, language=language))
    assert client.get("/").status_code == 200
    some_of_everything()
    part = client.get("/", headers={"HX-Request": "true"}).content.decode()
    assert "<html" not in part and "ak-tiles" in part
    assert part.count("btn-primary") <= 1
    assert client.get("/notices/").status_code == 200


def test_a_live_part_is_no_sign_of_a_person(clock: FrozenClock) -> None:
    """Today fetches itself again all night; the session must end all the same."""
    staff = make_staff(Role.OWNER)
    client = client_for(staff)
    for _n in range(5):
        clock.advance(dt.timedelta(minutes=50))
        answer = client.get("/", headers={"HX-Request": "true", "X-Akinai-Live": "1"})
    assert answer.status_code in (302, 401)
