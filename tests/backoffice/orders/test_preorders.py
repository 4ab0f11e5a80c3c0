"""予約・取寄・指定日まで: ORD-60 to ORD-62, ORD-64."""

from __future__ import annotations

import datetime as dt

import pytest

from akinai.backoffice.orders import services
from akinai.backoffice.orders.models import Order
from akinai.backoffice.orders.states import HoldKind, Queue
from akinai.foundation.core.actor import SYSTEM, Actor
from akinai.foundation.core.clock import JST, FrozenClock
from akinai.foundation.core.errors import BadInput
from akinai.foundation.jobs.services import run_pending
from akinai.shop.messaging.models import Message
from tests.builders.accounts import client_for
from tests.builders.catalog import make_sku
from tests.builders.inventory import stock_up
from tests.builders.orders import line, make_shop, make_store, place

pytestmark = pytest.mark.django_db
SUZUKI = Actor("staff:7", "鈴木")
RELEASE = dt.date(2026, 12, 10)


@pytest.fixture(autouse=True)
def shop(clock: FrozenClock) -> None:
    make_shop()


def fresh(order: Order) -> Order:
    return Order.objects.get(pk=order.pk)


def test_ord_60b_what_is_promised_counts_as_short_until_it_is_received(clock: FrozenClock) -> None:
    sku = make_sku("NEW-1", supply="preorder", release_on=RELEASE)
    order = place(store=make_store(auto_accept=True), lines=[line("NEW-1", 2)])
    assert (order.queue, order.ship_not_before, order.confirmation) == (Queue.AWAITING_STOCK, RELEASE, "accepted")
    assert [(x.short, x.allocated) for x in order.lines.all()] == [(2, 0)]
    assert [(h.kind, h.until) for h in order.holds.all()] == [(HoldKind.RELEASE_DATE, RELEASE)]
    services.receive_stock(SYSTEM, sku_id=sku.pk, quantity=5)
    assert fresh(order).queue == Queue.AWAITING_DATE  # Q23
    clock.move_to(dt.datetime.combine(RELEASE, dt.time(0, 1), tzinfo=JST))
    services.tick()
    assert fresh(order).queue == Queue.READY


def test_ord_60_moving_the_release_moves_every_order_lists_them_and_drafts_the_mails() -> None:
    sku = make_sku("NEW-1", supply="preorder", release_on=RELEASE)
    stock_up(make_sku("TEA-1"), 9)
    store = make_store(auto_accept=True)
    waiting = [place(f"P-{i}", store=store, lines=[line("NEW-1", i)]) for i in (1, 2)]
    place("T-1", store=store, lines=[line("TEA-1")])
    gone = place("P-9", store=store, lines=[line("NEW-1", 9)])
    services.approve_cancel(SYSTEM, order_id=gone.pk)
    for to, reason in ((dt.date(2026, 11, 1), "遅れ"), (dt.date(2026, 12, 24), " ")):
        with pytest.raises(BadInput):
            services.move_release_date(SUZUKI, sku_id=sku.pk, to=to, reason=reason)
    moved = services.move_release_date(SUZUKI, sku_id=sku.pk, to=dt.date(2026, 12, 24), reason="メーカーの製造遅れ")
    assert moved == waiting
    assert [fresh(o).ship_not_before for o in waiting] == [dt.date(2026, 12, 24)] * 2
    run_pending()
    drafts = Message.objects.filter(kind="M09")
    assert {m.subject_key for m in drafts} == {o.subject for o in waiting}
    assert all(m.state == "draft" and "メーカーの製造遅れ" in m.body for m in drafts)


def test_ord_60_a_day_changed_in_the_master_data_is_followed() -> None:
    sku = make_sku("NEW-1", supply="preorder", release_on=RELEASE)
    order = place(store=make_store(auto_accept=True), lines=[line("NEW-1", 1)])
    assert services.follow_release_dates(SYSTEM) == 0
    type(sku).objects.filter(pk=sku.pk).update(release_on=dt.date(2026, 12, 3))
    assert services.follow_release_dates(SYSTEM) == 1
    assert fresh(order).ship_not_before == dt.date(2026, 12, 3)


def test_ord_62_a_mixed_basket_waits_unless_somebody_ships_what_is_there_first() -> None:
    make_sku("NEW-1", supply="preorder", release_on=RELEASE)
    stock_up(make_sku("TEA-1"), 9)
    order = place(store=make_store(auto_accept=True), lines=[line("TEA-1"), line("NEW-1", 1)])
    assert (order.queue, order.ship_not_before) == (Queue.AWAITING_STOCK, RELEASE)
    services.set_ship_policy(SUZUKI, order_id=order.pk, policy="partial")
    assert (fresh(order).queue, fresh(order).ship_not_before) == (Queue.READY, None)
    services.ship_lines(
        SYSTEM, order_id=order.pk, quantities={order.lines.get(number=1).pk: 1}, stages=[], close_wait_until=None
    )
    assert (fresh(order).queue, fresh(order).ship_not_before) == (Queue.AWAITING_STOCK, RELEASE)


def test_ord_61_goods_on_order_were_told_of_and_need_nobody() -> None:
    make_sku("ORD-1", supply="backorder", lead_days=7)
    order = place(store=make_store(auto_accept=True), lines=[line("ORD-1")])
    assert (order.queue, order.confirmation) == (Queue.AWAITING_STOCK, "accepted")
    assert not order.checks.exists()
    run_pending()
    assert "12月3日" in Message.objects.get(kind="M03", subject_key=order.subject).body


def test_ord_64_an_order_held_until_a_date_comes_back_by_itself(clock: FrozenClock) -> None:
    """The day lies in the holidays: it ships on the first day on which the shop works."""
    stock_up(make_sku(), 9)
    order = place(store=make_store(auto_accept=True))
    services.hold(SUZUKI, order_id=order.pk, kind=HoldKind.UNTIL_DATE, until=dt.date(2026, 12, 1))
    assert (fresh(order).queue, fresh(order).ship_not_before) == (Queue.AWAITING_DATE, dt.date(2026, 12, 1))
    clock.move_to(dt.datetime(2026, 12, 1, 0, 1, tzinfo=JST))
    services.tick()
    assert fresh(order).queue == Queue.READY


def test_ord_60_the_page_lists_who_waits_and_moves_them() -> None:
    sku = make_sku("NEW-1", supply="preorder", release_on=RELEASE)
    order = place(store=make_store(auto_accept=True), lines=[line("NEW-1", 1)])
    client = client_for("order")
    url = f"/orders/release/{sku.pk}/"
    assert order.number in client.get(url).content.decode()
    wrong = client.post(url, {"to": "2026-12-24", "reason": ""})
    assert wrong.status_code == 422
    done = client.post(url, {"to": "2026-12-24", "reason": "製造の遅れ", "tell": "on"})
    assert done.status_code == 200 and order.number in done.content.decode()
    assert fresh(order).ship_not_before == dt.date(2026, 12, 24)
