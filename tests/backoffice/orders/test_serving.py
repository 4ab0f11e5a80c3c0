"""What becomes free goes to whoever waits longest (ORD-21), without anybody pressing a button."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest

from akinai.backoffice.orders import services
from akinai.backoffice.orders.models import Order
from akinai.backoffice.orders.states import Queue
from akinai.foundation.core.actor import SYSTEM
from akinai.foundation.core.clock import FrozenClock
from tests.builders.catalog import make_sku
from tests.builders.inventory import balance, stock_up
from tests.builders.orders import TAKA, make_shop, make_store, place

pytestmark = pytest.mark.django_db


def test_ord_21_goods_of_a_cancelled_order_go_to_the_first_who_waits(clock: FrozenClock) -> None:
    make_shop()
    sku = make_sku(supply="backorder", lead_days=3)
    stock_up(sku, 1)
    store = make_store(auto_accept=True)
    holder = place("A-1", store=store)
    clock.advance(dt.timedelta(minutes=1))
    first, second = (
        place(number, store=store, buyer=replace(TAKA, name=name, mail=f"{number}@example.jp", phone=phone))
        for number, name, phone in (("A-2", "田中 花", "03-1111-2222"), ("A-3", "林 一", "03-1111-3333"))
    )
    assert services.serve_waiting(SYSTEM) == 0
    services.approve_cancel(SYSTEM, order_id=holder.pk)
    assert services.serve_waiting(SYSTEM) == 1
    assert Order.objects.get(pk=first.pk).queue == Queue.READY
    assert Order.objects.get(pk=second.pk).queue == Queue.AWAITING_STOCK
    assert (balance(sku).on_hand, balance(sku).reserved) == (1, 1)
