"""Orders by API: the same use cases as the pages, errors in words, and no order twice (REL-5)."""

from __future__ import annotations

import datetime as dt
import json
from typing import Any

import pytest
from django.test import Client

from akinai.backoffice.inventory.models import Reservation
from akinai.backoffice.orders.models import Order
from akinai.backoffice.payments.models import LedgerEntry
from akinai.foundation.core.clock import FrozenClock
from tests.builders.accounts import api_client
from tests.builders.catalog import make_sku
from tests.builders.inventory import stock_up
from tests.builders.orders import make_shop, make_store, place

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def shop(clock: FrozenClock) -> None:
    make_shop()
    make_store("own", auto_accept=True)
    stock_up(make_sku(), 500)


@pytest.fixture
def client() -> Client:
    return api_client("orders.place", "orders.view", "inventory.view")


def body(number: str = "W-1", **changes: Any) -> dict[str, Any]:
    """A plain order, paid by card."""
    party = {
        "name": "渡邉 髙子", "phone": "03-1234-5678", "mail": "taka@example.jp", "postcode": "106-0032",
        "prefecture": "東京都", "address1": "港区六本木1-2-3", "address2": "コーポ藍 203",
    }  # fmt: skip
    return {
        "store": "own", "store_number": number, "ordered_at": "2026-11-24T09:00:00+09:00", "buyer": party,
        "lines": [{"code": "YN-AI-01", "quantity": 2, "unit_price": 2200, "name": "湯呑"}],
        "payment": {"method": "card", "guaranteed_amount": 5060}, "charges": {"shipping_fee": 660}, **changes,
    }  # fmt: skip


def post(client: Client, data: Any, key: str = "") -> Any:
    headers = {"Idempotency-Key": key} if key else {}
    return client.post("/api/v1/orders", json.dumps(data), content_type="application/json", headers=headers)


def test_an_order_comes_in_with_number_queue_and_total(client: Client) -> None:
    answer = post(client, body())
    assert answer.status_code == 201, answer.content
    order = Order.objects.get()
    said = answer.json()
    assert said == {
        "id": order.pk, "number": order.number, "store_number": "W-1", "queue": "ready", "total": 5060,
        "outcome": "created",
    }  # fmt: skip
    read = client.get(f"/api/v1/orders/{order.number}").json()
    assert read["ship_to"]["address1"] == "港区六本木1-2-3"
    assert read["lines"][0] | {"allocated": 2, "short": 0} == read["lines"][0]
    assert read["rates"] == [{"rate": 10, "gross": 5060, "tax": 460, "discount": 0}]


def test_money_of_the_order_is_in_the_ledger(client: Client) -> None:
    """The ledger is written in the transaction that places the order."""
    post(client, body(payment={"method": "card", "paid_amount": 5060}))
    order = Order.objects.get()
    assert [(e.order_id, e.amount) for e in LedgerEntry.objects.all()] == [(order.pk, 5060)]
    assert order.payment == "paid"


def test_rel_5_the_same_key_two_hundred_times_is_one_order(client: Client) -> None:
    answers = [post(client, body(), key="k-1") for _ in range(200)]
    assert {a.status_code for a in answers} == {201}
    assert len({a.content for a in answers}) == 1
    assert Order.objects.count() == 1
    assert Reservation.objects.get().quantity == 2


def test_rel_5_two_keys_with_the_same_number_are_one_order(client: Client) -> None:
    first, second, third = post(client, body(), key="k-1"), post(client, body(), key="k-2"), post(client, body())
    assert [first.status_code, second.status_code, third.status_code] == [201, 200, 200]
    assert second.json()["outcome"] == "unchanged"
    assert {a.json()["number"] for a in (first, second, third)} == {Order.objects.get().number}


def test_rel_5_a_key_with_another_body_is_refused(client: Client) -> None:
    post(client, body(), key="k-1")
    assert post(client, body("W-2"), key="k-1").status_code == 422
    assert Order.objects.count() == 1


def test_what_differs_about_a_known_order_waits_for_a_person(client: Client) -> None:
    """ORD-32 by API as by file."""
    post(client, body())
    again = post(client, body(charges={"shipping_fee": 0}))
    assert (again.status_code, again.json()["outcome"], again.json()["queue"]) == (200, "changed", "check")


def test_what_cannot_be_an_order_is_said_in_sentences(client: Client) -> None:
    answer = post(client, body(payment={"method": "まほう"}), key="k-1")
    assert answer.status_code == 422
    error = answer.json()["error"]
    assert error["code"] == "rejected"
    assert any("まほう" in reason for reason in error["reasons"])
    assert Order.objects.count() == 0
    unknown = post(client, body(store="nowhere"))
    assert (unknown.status_code, unknown.json()["error"]["field"]) == (422, "store")


@pytest.mark.parametrize(
    "change",
    [
        {"lines": []},
        {"lines": [{"code": "A", "quantity": 0, "unit_price": 1}]},
        {"lines": [{"code": "A", "quantity": 1, "unit_price": -1}]},
        {"lines": [{"code": "A", "quantity": 1, "unit_price": 10**18}]},
        {"ordered_at": "9999-12-31T23:59:59+09:00"},
        {"ordered_at": "0001-01-01T00:00:00"},
        {"ordered_at": "gestern"},
        {"store_number": ""},
        {"store_number": "9" * 61},
        {"remark": "a\x00b"},
        {"buyer": {"name": ""}},
        {"delivery": {"wish_date": "9999-12-31"}},
        {"delivery": {"wish_window": "25-26"}},
        {"charges": {"coupon": -5}},
        {"store_total": 10**30},
    ],
)
def test_nonsense_is_4xx_and_stores_nothing(client: Client, change: dict[str, Any]) -> None:
    answer = post(client, body(**change))
    assert 400 <= answer.status_code < 500, answer.content
    assert Order.objects.count() == 0


def test_pages_follow_each_other_by_cursor_while_orders_come_in(client: Client, clock: FrozenClock) -> None:
    store = make_store("own")
    for i in range(5):
        place(f"A-{i}", store=store, ordered_at=dt.datetime(2026, 11, 24, 8, i))
    first = client.get("/api/v1/orders?limit=2").json()
    place("A-9", store=store, ordered_at=dt.datetime(2026, 11, 24, 9, 0))
    second = client.get("/api/v1/orders", {"limit": 2, "after": first["next"]}).json()
    third = client.get("/api/v1/orders", {"limit": 2, "after": second["next"]}).json()
    numbers = [o["store_number"] for page in (first, second, third) for o in page["orders"]]
    assert numbers == ["A-4", "A-3", "A-2", "A-1", "A-0"]
    assert third["next"] is None


def test_orders_are_narrowed_by_queue_store_number_and_day(client: Client) -> None:
    other = make_store("other")
    place("A-1", store=make_store("own", auto_accept=True), ordered_at=dt.datetime(2026, 11, 23, 8, 0))
    place("B-1", store=other, remark="のし", ordered_at=dt.datetime(2026, 11, 24, 8, 0))

    def found(**query: str) -> list[str]:
        return [o["store_number"] for o in client.get("/api/v1/orders", query).json()["orders"]]

    assert found(queue="check") == ["B-1"]
    assert found(store="own") == ["A-1"]
    assert found(store_number="B-1") == ["B-1"]
    assert found(ordered_to="2026-11-23") == ["A-1"]
    assert found(ordered_from="2026-11-24", ordered_to="2026-11-24") == ["B-1"]


@pytest.mark.parametrize("query", ["after=x", "after=MjAyNg==", "limit=0", "limit=201", "queue=x", "ordered_to=x"])
def test_a_query_that_means_nothing_is_refused(client: Client, query: str) -> None:
    assert client.get(f"/api/v1/orders?{query}").status_code == 422


def test_stock_can_be_read_sku_by_sku_and_page_by_page(client: Client) -> None:
    stock_up(make_sku("A/1"), 7)
    post(client, body())
    mine = {"sku": "YN-AI-01", "on_hand": 500, "blocked": 0, "reserved": 2, "free": 498, "sellable": 498}
    assert client.get("/api/v1/stock/YN-AI-01").json() == mine
    assert client.get("/api/v1/stock/A/1").json()["on_hand"] == 7
    first = client.get("/api/v1/stock?limit=1").json()
    assert ([s["sku"] for s in first["stock"]], first["next"]) == (["A/1"], "A/1")
    assert client.get("/api/v1/stock?limit=1&after=A/1").json() == {"stock": [mine], "next": None}
    assert client.get("/api/v1/stock/NO").status_code == 404
    assert client.get("/api/v1/orders/NO").status_code == 404


def test_a_token_without_the_scope_may_not(client: Client) -> None:
    assert post(api_client("orders.view"), body()).status_code == 403
    assert api_client("orders.place").get("/api/v1/orders").status_code == 403
