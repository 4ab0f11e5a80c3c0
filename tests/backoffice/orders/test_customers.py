"""What orders know of a customer: figures, what they asked, what a merge moves (AN-10)."""

from __future__ import annotations

import dataclasses

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from akinai.backoffice.orders import customers, page, services
from akinai.foundation.core.actor import SYSTEM, Actor
from akinai.foundation.core.clock import FrozenClock
from akinai.shop.customers.selectors import ids_of, what_moves
from akinai.shop.customers.services import list_customer, merge, unmerge
from tests.builders.accounts import client_for
from tests.builders.catalog import make_sku
from tests.builders.inventory import stock_up
from tests.builders.orders import TAKA, line, make_shop, place

pytestmark = pytest.mark.django_db
OTHER = dataclasses.replace(TAKA, name="渡辺 たか", phone="090-1111-2222", mail="other@example.jp")


@pytest.fixture(autouse=True)
def shop(clock: FrozenClock) -> None:
    make_shop()
    stock_up(make_sku(), 50)


def test_an_10_figures_and_latest_orders_hold_those_of_merged_customers(actor: Actor) -> None:
    one, two = place("A-1", remark="のしは可能ですか"), place("A-2", lines=[line(quantity=2)])
    services.reject(actor, order_id=two.pk, reason="customer")
    theirs = place("B-1", buyer=OTHER, lines=[line(quantity=3)])
    known = customers.figures(ids_of(one.customer_id))
    assert (known.count, known.cancelled, known.spent, known.average) == (1, 1, 2200, 2200)
    list_customer(SYSTEM, customer_id=theirs.customer_id, level="attention", reason="確認")
    assert what_moves(theirs.customer) == ["受注 1件（合計 6,600円）", "要注意リスト 1件"]
    merge(actor, customer=theirs.customer, into=one.customer)
    known = customers.figures(ids_of(one.customer_id))
    assert (known.count, known.spent, known.still_open, known.average) == (2, 8800, 2, 4400)
    theirs.refresh_from_db()
    assert page.history(theirs).count == page.history(one).count == 2
    shown = client_for("order").get(f"/orders/of-customer/{one.customer_id}/").content.decode()
    assert theirs.number in shown and "8,800" in shown and "のしは可能ですか" in shown
    listed = client_for("order").get(f"/orders/?queue=all&customer={one.customer_id}").content.decode()
    assert theirs.number in listed and "渡邉 髙子" in listed
    unmerge(actor, customer=theirs.customer)
    assert customers.figures(ids_of(one.customer_id)) == dataclasses.replace(
        known, count=1, spent=2200, still_open=1, last=one.ordered_at
    )
    assert (
        theirs.number not in client_for("order").get(f"/orders/?queue=all&customer={one.customer_id}").content.decode()
    )
    for nonsense in ("x", "-1", "9" * 30, "987654321"):
        assert client_for("order").get(f"/orders/?queue=all&customer={nonsense}").status_code == 200


def test_a_customers_panel_costs_the_same_for_one_order_and_for_three() -> None:
    order = place("A-1")
    client = client_for("order")
    with CaptureQueriesContext(connection) as one:
        client.get(f"/orders/of-customer/{order.customer_id}/")
    place("A-2")
    place("A-3")
    with CaptureQueriesContext(connection) as three:
        client.get(f"/orders/of-customer/{order.customer_id}/")
    assert len(one) == len(three)
