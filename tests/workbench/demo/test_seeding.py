"""The demo shop in small: every queue has something, every number adds up, nothing goes to the network."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.test import Client

from akinai.backoffice.fulfillment.models import Shipment
from akinai.backoffice.orders.models import Order
from akinai.backoffice.orders.states import Queue
from akinai.config.commands import demo
from akinai.config.invariants import violations
from akinai.foundation.core.clock import JST, FrozenClock, use_clock
from akinai.foundation.core.errors import Refused
from akinai.foundation.core.permissions import Role
from akinai.overview.desk import situation
from akinai.shop.messaging.models import Message
from akinai.shop.messaging.selectors import mailbox
from akinai.workbench.demo import live
from akinai.workbench.demo.history import place
from akinai.workbench.demo.seeding import Plan, seed
from akinai.workbench.demo.shop import PASSWORD, STAFF
from akinai.workbench.demo.working import STORES
from tests.builders.accounts import client_for

SMALL = Plan(days=16, orders=64, worked=4, goods=40)
#: Wednesday 15:30, in the middle of a day's work
NOON = dt.datetime(2026, 11, 18, 15, 30, tzinfo=JST)


def _told(_what: str, _done: int, _total: int) -> None:
    pass


@pytest.fixture
def shop(db: None, settings: object, tmp_path: Path) -> Iterator[FrozenClock]:
    """A demo of forty-odd orders, made at noon of a Wednesday."""
    settings.MEDIA_ROOT = tmp_path  # type: ignore[attr-defined]
    clock = FrozenClock(NOON)
    with use_clock(clock):
        seed(SMALL, _told)
        yield clock


@pytest.mark.slow
def test_the_demo_shop_is_whole(shop: FrozenClock) -> None:
    """ORD-17 and every other invariant hold after seeding; each part of the day has something to see."""
    assert [f"{area}: {said}" for area, said in violations()] == []
    queues = {queue for queue, count in situation.load().queues.items() if count.number}
    assert {"check", "hold", "awaiting_payment", "awaiting_stock", "awaiting_date", "preparing", "shipped"} <= queues
    assert Order.objects.filter(queue=Queue.DONE).exists()
    assert Order.objects.filter(stopped=True).count() == 1
    assert situation.load().unpaid_late >= 2
    assert Shipment.objects.filter(stage="packed").exists()
    assert Message.objects.filter(state="failed").count() == 1
    assert mailbox().filter(kind="M07").exists()
    assert not Message.objects.exclude(transport__in=["", "mailbox"]).exists()
    for page in ("/", "/orders/", "/jobs/", "/notices/", "/shipping/", "/money/", "/stock/", "/products/"):
        assert client_for(Role.OWNER).get(page).status_code == 200, page


@pytest.mark.slow
def test_the_log_ins_that_are_printed_work(shop: FrozenClock, client: Client) -> None:
    for who in STAFF:
        answer = client.post("/login/", {"login": who.login, "password": PASSWORD})
        assert (answer.status_code, answer["Location"]) == (302, "/"), who.login
        client.post("/logout/")


@pytest.mark.slow
def test_the_live_stores_sell_up_to_their_number_over_all_starts(shop: FrozenClock, tmp_path: Path) -> None:
    before = Order.objects.count()
    assert live.sell(tmp_path, most=3, pause=(0, 0)) == 3
    assert live.sell(tmp_path, most=5, pause=(0, 0)) == 5
    assert Order.objects.count() == before + 5
    assert live.sell(tmp_path, most=5, pause=(0, 0)) == 5
    assert json.loads((tmp_path / "live.json").read_text())["sold"] == 5


def test_an_invented_order_that_is_refused_is_a_mistake_of_ours(db: None) -> None:
    from tests.builders.orders import draft

    with pytest.raises(ValueError, match="refused"):
        place(STORES, [draft("A-1", lines=[])])


def test_a_folder_that_holds_another_shop_is_never_touched(tmp_path: Path) -> None:
    (tmp_path / "akinai.sqlite3").write_bytes(b"somebody's shop")
    with pytest.raises(Refused):
        demo._prepare(tmp_path, reset=True, plan=SMALL)
    assert (tmp_path / "akinai.sqlite3").read_bytes() == b"somebody's shop"
