"""`akinai check` for orders finds what was bent behind the use cases' back, and nothing else (REL-16)."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from akinai.backoffice.inventory.models import Reservation
from akinai.backoffice.orders import services
from akinai.backoffice.orders.check import violations
from akinai.backoffice.orders.models import Order, OrderLine
from akinai.foundation.core.actor import SYSTEM
from akinai.foundation.core.clock import FrozenClock
from akinai.foundation.jobs.services import run_pending
from akinai.shop.stores.services import close_day
from tests.builders.catalog import make_sku
from tests.builders.inventory import stock_up
from tests.builders.orders import line, make_shop, make_store, place

pytestmark = pytest.mark.django_db


@pytest.fixture
def order(clock: FrozenClock) -> Order:
    make_shop()
    stock_up(make_sku(), 9)
    return place(store=make_store(auto_accept=True))


def test_rel_16_a_life_through_the_use_cases_leaves_no_violation(order: Order, clock: FrozenClock) -> None:
    """Accepted, held, edited, partly cancelled, cancelled, history, short, seen: all of it agrees."""
    services.mark_seen(SYSTEM, order_id=order.pk)
    services.hold(SYSTEM, order_id=order.pk, kind="until_date", until=dt.date(2026, 12, 1))
    short = place("A-2", lines=[line(quantity=20), line("TEA", 2)], store_tax=400)
    services.lower_quantity(SYSTEM, order_id=short.pk, line=1, to=3)
    services.change_wish(SYSTEM, order_id=short.pk, wish_date=dt.date(2026, 12, 3))
    cancelled = place("A-3", method="bank")
    services.approve_cancel(SYSTEM, order_id=cancelled.pk)
    emptied = place("A-4", method="cod", payment_fee=330)
    services.cancel_line(SYSTEM, order_id=emptied.pk, line=1)
    place("A-5", is_shipped=True, paid=2200)
    place("A-6", is_cancelled=True)
    assert list(violations()) == []


def test_ord_6_an_order_whose_day_came_before_the_tick_is_no_violation(order: Order, clock: FrozenClock) -> None:
    services.hold(SYSTEM, order_id=order.pk, kind="until_date", until=dt.date(2026, 12, 1))
    clock.advance(dt.timedelta(days=9))
    assert list(violations()) == []
    services.tick()
    assert list(violations()) == []


def test_ord_7_a_day_closed_later_moves_the_orders_it_concerns(order: Order, clock: FrozenClock) -> None:
    """The wish is 12/3, one day on the way: 12/2 is closed afterwards, so the goods leave on 12/1."""
    services.change_wish(SYSTEM, order_id=order.pk, wish_date=dt.date(2026, 12, 3))
    assert Order.objects.get(pk=order.pk).ship_not_before == dt.date(2026, 12, 2)
    close_day(SYSTEM, date=dt.date(2026, 12, 2), note="棚卸")
    run_pending()
    assert Order.objects.get(pk=order.pk).ship_not_before == dt.date(2026, 12, 1)
    assert list(violations()) == []


@pytest.mark.parametrize(
    ("changes", "rule"),
    [
        ({"queue": "done"}, "ORD-1"),
        ({"payment": "paid"}, "PAY-0"),
        ({"badges": ["short:2"]}, "ORD-1"),
        ({"stopped": True}, "ORD-1"),
        ({"total": 1}, "TAX-10"),
        ({"tax_lines": []}, "TAX-10"),
        ({"ship_not_before": dt.date(2027, 1, 4)}, "ORD-7"),
        ({"edition": 3}, "ORD-41"),
        ({"seen_by": "staff:9"}, "seen"),
        ({"accepted_by": "staff:9"}, "accepted"),
        ({"cancel": "cancelled", "cancel_reason": "shop"}, "cancelled"),
    ],
)
def test_rel_16_a_bent_order_is_found(order: Order, changes: dict[str, Any], rule: str) -> None:
    Order.objects.filter(pk=order.pk).update(**changes)
    assert any(rule in said and order.number in said for said in violations())


def test_ord_2_pieces_without_a_promise_and_a_promise_without_pieces_are_found(order: Order) -> None:
    Reservation.objects.filter(reference=f"{order.number}/1").update(reference="UW-9/9")
    assert {said.split(":")[0] for said in violations()} == {"ORD-2 UW-9/9", f"ORD-2 {order.number}/1"}


def test_rel_16_batches_ask_no_more_for_three_orders_than_for_one(order: Order) -> None:
    def asked() -> int:
        list(violations())  # what is known of shop and terms is fetched once and kept
        with CaptureQueriesContext(connection) as queries:
            assert list(violations()) == []
        return len(queries)

    one = asked()
    place("A-2")
    place("A-3", method="bank")
    assert asked() == one
    assert OrderLine.objects.count() == 3
