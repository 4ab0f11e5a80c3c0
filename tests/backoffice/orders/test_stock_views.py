"""Goods in and counting on the stock pages: waiting orders get theirs, promises that cannot be kept are taken back."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from akinai.backoffice.orders import services
from akinai.foundation.core.actor import SYSTEM
from akinai.foundation.core.clock import FrozenClock
from akinai.foundation.core.permissions import Role
from tests.builders.accounts import client_for
from tests.builders.catalog import make_sku
from tests.builders.inventory import balance, stock_up
from tests.builders.orders import line, make_shop, make_store, place

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def shop(clock: FrozenClock) -> None:
    make_shop()


@pytest.fixture
def client() -> Client:
    return client_for(Role.WAREHOUSE)


def received(quantity: int, note: str = "") -> dict[str, str | int]:
    """What the form of the stock page sends."""
    return {"receive-quantity": quantity, "receive-reason": "purchase", "receive-note": note}


def counted(number: int) -> dict[str, str | int]:
    """As above."""
    return {"correct-counted": number, "correct-reason": "count", "correct-note": ""}


def test_the_forms_of_the_stock_page_send_what_is_read_here(client: Client) -> None:
    page = client.get(reverse("inventory:sku", args=[make_sku().pk])).content.decode()
    assert [name for name in (*received(1), *counted(1)) if f'name="{name}"' not in page] == []


def test_goods_in_go_to_who_waited_longest_and_the_page_says_to_whom(client: Client) -> None:
    sku = make_sku()
    orders = [place(f"A-{i}", lines=[line(quantity=2)]) for i in range(2)]
    data = received(3, note="朝の便")
    told = client.post(reverse("orders:receive_stock", args=[sku.pk]), data).headers["Location"]
    page = client.get(told).content.decode()
    assert [order.number in page for order in orders] == [True, True]
    client.get(told)  # loaded again, it receives nothing again
    assert balance(sku).on_hand == 3
    assert [o.lines.get().allocated for o in orders] == [2, 1]
    assert balance(sku).reserved == 3


def test_a_count_below_the_promises_takes_from_the_latest(client: Client) -> None:
    sku = make_sku()
    stock_up(sku, 4)
    first, second = (place(f"A-{i}", lines=[line(quantity=2)]) for i in range(2))
    answer = client.post(reverse("orders:correct_stock", args=[sku.pk]), counted(3))
    page = client.get(answer.headers["Location"]).content.decode()
    assert second.number in page
    assert first.number not in page
    assert [o.lines.get().allocated for o in (first, second)] == [2, 1]
    assert second.checks.filter(code="STOCKOUT", closed_at__isnull=True).exists()
    assert balance(sku).on_hand == 3


def test_a_count_that_would_take_printed_goods_is_refused_and_changes_nothing(client: Client) -> None:
    sku = make_sku()
    stock_up(sku, 2)
    order = place(lines=[line(quantity=2)], store=make_store("auto", auto_accept=True))
    services.instruct(SYSTEM, order_id=order.pk, stages=["instructed"])
    answer = client.post(reverse("orders:correct_stock", args=[sku.pk]), counted(1))
    assert answer.status_code == 409
    assert order.number in answer.content.decode()
    assert 'value="1"' in answer.content.decode()
    assert (balance(sku).on_hand, order.lines.get().allocated) == (2, 2)


@pytest.mark.parametrize(
    "data",
    [{}, {"%": "-1", "reason": "count"}, {"%": "１億", "reason": "x"}, {"%": "99999999999"}, {"%": "<b>茶</b>" * 2000}],
)
def test_what_cannot_be_is_refused_on_the_same_page_as_typed(client: Client, data: dict[str, str]) -> None:
    sku = make_sku()
    stock_up(sku, 4)
    for name, form, number in (("receive_stock", "receive", "quantity"), ("correct_stock", "correct", "counted")):
        typed = {f"{form}-{key.replace('%', number)}": value for key, value in data.items()}
        answer = client.post(reverse(f"orders:{name}", args=[sku.pk]), {**typed, f"{form}-note": "朝の便"})
        assert answer.status_code == 422
        assert 'value="朝の便"' in answer.content.decode()
    assert balance(sku).on_hand == 4


def test_the_page_of_what_goods_did_takes_any_address(client: Client) -> None:
    here = reverse("orders:stock_touched", args=[make_sku().pk])
    asked = ("", "?got=abc&got=-1&got=99999999999999999999", "?lost=１", "?got=<b>")
    assert [client.get(here + query).status_code for query in asked] == [200] * 4
    assert client.get(reverse("orders:stock_touched", args=[987654])).status_code == 404


def test_a_right_count_and_goods_nobody_waits_for_go_back_to_where_one_was(client: Client) -> None:
    sku = make_sku()
    stock_up(sku, 4)
    here = reverse("inventory:sku", args=[sku.pk])
    same = client.post(reverse("orders:correct_stock", args=[sku.pk]), counted(4))
    assert same.headers["Location"] == here
    more = client.post(reverse("orders:receive_stock", args=[sku.pk]), received(1))
    assert more.headers["Location"] == here
    assert balance(sku).on_hand == 5
