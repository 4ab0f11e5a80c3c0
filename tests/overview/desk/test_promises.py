"""Promises in the database: opened and kept from events, shown on the order, proved by the check."""

from __future__ import annotations

import datetime as dt

import pytest

from akinai.backoffice.fulfillment import services as fulfillment
from akinai.backoffice.orders import cells, services, tables
from akinai.backoffice.orders.models import Order
from akinai.backoffice.orders.selectors import is_overdue, order_rows
from akinai.backoffice.orders.states import Promised
from akinai.backoffice.payments import services as payments
from akinai.foundation.core.clock import JST, FrozenClock
from akinai.foundation.core.permissions import Role
from akinai.overview.desk import check, promises, situation
from akinai.overview.desk import services as desk
from akinai.overview.desk.models import Promise
from tests.builders.accounts import client_for, make_staff
from tests.builders.catalog import make_sku
from tests.builders.inventory import stock_up
from tests.builders.mails import CLERK, make_writing_shop, run_jobs
from tests.builders.orders import TAKA, line, make_store, place
from tests.builders.shipments import NUMBERS, packed, ready_order, sent

pytestmark = pytest.mark.django_db

FRIDAY = dt.datetime(2026, 11, 20, 18, 0, tzinfo=JST)
TUESDAY = dt.datetime(2026, 11, 24, 9, 0, tzinfo=JST)


@pytest.fixture(autouse=True)
def shop(clock: FrozenClock) -> FrozenClock:
    make_writing_shop()
    stock_up(make_sku(), 100)
    clock.move_to(FRIDAY)
    return clock


def open_kinds(order: Order) -> list[str]:
    return sorted(Promise.objects.filter(order=order, outcome="open").values_list("kind", flat=True))


def until_mails_leave(shop: FrozenClock) -> None:
    """Write them, wait until nobody can stop them any more, send them, hear of it."""
    for _turn in range(2):
        run_jobs()
        shop.advance(dt.timedelta(minutes=3))
    run_jobs()


def fresh(order: Order) -> Order:
    return order_rows().get(pk=order.pk)


def test_ord_22_r27_the_confirmation_from_event_to_mail(shop: FrozenClock) -> None:
    """ORD-22 R27 Opened when the order comes in, red at 12:01 of Tuesday, kept late by the mail, and recorded as such.

    The order's version stays: a mail that leaves turns no clerk away.
    """
    order = place(remark="のし希望")
    run_jobs()
    assert open_kinds(order) == ["confirm", "reply"]
    row = Promise.objects.get(order=order, kind="confirm")
    assert row.due_at == dt.datetime(2026, 11, 24, 12, 0, tzinfo=JST)
    assert (fresh(order).promise_kind, fresh(order).promise_due_at) == (Promised.CONFIRM, row.due_at)
    assert fresh(order).version == order.version
    shop.move_to(dt.datetime(2026, 11, 24, 12, 0, tzinfo=JST))
    assert not order_rows().filter(is_overdue()).exists()
    shop.move_to(dt.datetime(2026, 11, 24, 12, 1, tzinfo=JST))
    assert order_rows().filter(is_overdue()).count() == 1
    assert 'ak-st plain stop"' in cells.promise(fresh(order))
    assert promises.breaking_next(situation.load())[0].tone == "stop"
    services.confirm(CLERK, order_id=order.pk, codes=["REMARK"])
    run_jobs()
    assert open_kinds(order) == ["confirm", "reply"]  # the mail can still be stopped
    shop.advance(dt.timedelta(minutes=3))
    run_jobs()
    row.refresh_from_db()
    assert (row.outcome, row.kept_by[:5], row.ended_at is not None and row.ended_at > row.due_at) == (
        "kept", "mail:", True,
    )  # fmt: skip
    assert (open_kinds(order), fresh(order).promise_due_at) == ([], None)
    assert [*check.violations()] == []


def test_r56_r76_money_and_parcels_are_answered_the_same_day(shop: FrozenClock) -> None:
    """R56 R76 Both mails are automatic; one that does not leave by midnight is flagged and stands in the record."""
    shop.move_to(TUESDAY)
    bank = place("bank", store=make_store("auto", auto_accept=True), method="bank")
    run_jobs()
    money = payments.Money(bank.total, dt.date(2026, 11, 24), key="k1")
    payments.mark_deposit(CLERK, order_id=bank.pk, money=money)
    desk.review([bank.pk])
    assert (fresh(bank).promise_kind, open_kinds(bank)) == ("paid", ["paid"])
    until_mails_leave(shop)
    assert open_kinds(bank) == []
    paid = place("paid with the order", store=make_store("auto", auto_accept=True), paid=2200)
    desk.review([paid.pk])
    assert "paid" not in open_kinds(paid)  # the buyer has just paid: no news
    parcel = sent(ready_order("card"))
    desk.review([parcel.order_id])
    assert open_kinds(parcel.order) == ["confirm", "shipped"]
    assert Promise.objects.get(kind="shipped").occasion == parcel.subject
    shop.move_to(dt.datetime(2026, 11, 25, 0, 0, tzinfo=JST))
    row = Promise.objects.get(kind="shipped")
    assert row.due_at < shop.now()
    assert order_rows().filter(is_overdue(), pk=parcel.order_id).exists()
    client = client_for(Role.ORDER)
    assert "期限を過ぎた約束が 1件" in client.get("/").content.decode()
    late = client.get("/promises/list/?how=late&sort=-due").content.decode()
    assert parcel.order.number in late and "発送メール" in late


def test_shp_73_a_parcel_handed_over_again_owes_a_mail_of_its_own(shop: FrozenClock) -> None:
    """SHP-73 T16 What was promised for the hand-over that was undone is dropped, the second is kept by its own mail."""
    shop.move_to(TUESDAY)
    box = sent(ready_order("card"))
    desk.review([box.order_id])
    fulfillment.undo_dispatch(CLERK, shipment_id=box.pk, reason="別の箱と取り違えた")
    desk.review([box.order_id])
    assert "shipped" not in open_kinds(box.order)
    assert fulfillment.dispatch(CLERK, shipment_ids=[box.pk])[0].done
    desk.review([box.order_id])
    assert "shipped" in open_kinds(box.order)
    until_mails_leave(shop)
    rows = Promise.objects.filter(kind="shipped").order_by("id").values_list("occasion", "outcome")
    assert list(rows) == [(box.subject, "dropped"), (f"{box.subject}#2", "kept")]


def test_ord_54_a_shared_parcel_owes_its_mail_to_each_of_its_orders(shop: FrozenClock) -> None:
    shop.move_to(TUESDAY)
    first, second = (ready_order(number, buyer=TAKA) for number in ("A-1", "A-2"))
    codes = list(second.checks.filter(closed_at__isnull=True).values_list("code", flat=True))
    services.confirm(CLERK, order_id=second.pk, codes=codes)
    fulfillment.bundle(CLERK, order_ids=[first.pk, second.pk])
    box = packed(fresh(first))
    fulfillment.set_tracking(CLERK, shipment_id=box.pk, numbers=[NUMBERS[0]])
    assert fulfillment.dispatch(CLERK, shipment_ids=[box.pk])[0].done
    until_mails_leave(shop)
    rows = Promise.objects.filter(kind="shipped").order_by("order_id").values_list("order_id", "occasion", "outcome")
    assert list(rows) == [(first.pk, box.mail_occasion, "kept"), (second.pk, box.mail_occasion, "kept")]


def test_a_cancelled_order_owes_its_cancellation_notice_only(shop: FrozenClock) -> None:
    """T20, T21 The wish to cancel opens a promise, the notice keeps it, everything else is dropped."""
    order = place(remark="急ぎ")
    services.request_cancel(CLERK, order_id=order.pk)
    run_jobs()
    assert open_kinds(order) == ["cancel", "confirm", "reply"]
    services.approve_cancel(CLERK, order_id=order.pk)
    desk.review([order.pk])
    assert open_kinds(order) == ["cancel"]
    until_mails_leave(shop)
    outcomes = dict(Promise.objects.filter(order=order).values_list("kind", "outcome"))
    assert outcomes == {"cancel": "kept", "confirm": "dropped", "reply": "dropped"}
    assert desk.review([order.pk]) == 0
    assert [*check.violations()] == []


def test_m09_goods_that_come_after_all_take_the_promise_away(shop: FrozenClock) -> None:
    """M09 Opened with STOCKOUT by the next open day; the hourly look drops it when the goods are there."""
    order = place("short", lines=[line(quantity=19), line("YN-99", 1)])
    assert order.checks.exists()
    big = place("big", lines=[line(quantity=200)])
    run_jobs()
    assert "stockout" in open_kinds(big)
    row = Promise.objects.get(order=big, kind="stockout")
    assert row.due_at == dt.datetime(2026, 11, 24, 23, 59, 59, tzinfo=JST)
    stock_up(big.lines.get().sku, 400)
    services.allocate(CLERK, order_id=big.pk)
    assert desk.review_open() >= 1
    assert "stockout" not in open_kinds(big)


def test_the_list_sorts_by_what_breaks_next(shop: FrozenClock) -> None:
    """N-2 An order promised sooner stands above one that came earlier; `akinai check` sees a figure that is wrong."""
    old = place("old", remark="急ぎ")
    new = place("new", remark="急ぎ", ordered_at=FRIDAY - dt.timedelta(days=3))
    run_jobs()
    client = client_for(make_staff(Role.ORDER))
    page = client.get("/orders/?queue=check").content.decode()
    assert page.index(new.number) < page.index(old.number)
    assert tables.BULK
    Order.objects.filter(pk=old.pk).update(promise_due_at=FRIDAY, promise_kind="paid")
    [said] = check.violations()
    assert said.startswith("N-2 ") and old.number in said
