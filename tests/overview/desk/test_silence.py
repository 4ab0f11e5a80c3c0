"""Silent customers and calls: who is listed, why, and what ends it."""

from __future__ import annotations

import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from akinai.backoffice.orders import services
from akinai.backoffice.orders.models import CheckReason, Hold, Order, OrderNote
from akinai.backoffice.orders.states import HoldKind
from akinai.foundation.core.clock import JST, FrozenClock
from akinai.foundation.core.permissions import Role
from akinai.overview.desk import contacts, silence
from akinai.overview.desk import services as desk
from akinai.overview.desk.models import ContactTask, Promise
from akinai.shop.stores.calendar import BusinessCalendar
from tests.builders.accounts import client_for
from tests.builders.catalog import make_sku
from tests.builders.inventory import stock_up
from tests.builders.mails import CLERK, make_message, make_writing_shop, run_jobs
from tests.builders.orders import line, make_store, place

TUESDAY = dt.datetime(2026, 11, 24, 9, 0, tzinfo=JST)
CALENDAR = BusinessCalendar(closed_weekdays=frozenset({5, 6}), closed_on_holidays=True)


@pytest.mark.parametrize(
    ("hours", "calendar", "wanted"),
    [
        (24, None, dt.datetime(2026, 11, 23, 9, 0, tzinfo=JST)),
        (24, CALENDAR, dt.datetime(2026, 11, 20, 9, 0, tzinfo=JST)),
        (9, CALENDAR, dt.datetime(2026, 11, 24, 0, 0, tzinfo=JST)),
        (10, CALENDAR, dt.datetime(2026, 11, 20, 23, 0, tzinfo=JST)),
        (48, CALENDAR, dt.datetime(2026, 11, 19, 9, 0, tzinfo=JST)),
    ],
)
def test_n_3_hours_without_a_word_are_counted_on_open_days(
    hours: int, calendar: BusinessCalendar | None, wanted: dt.datetime
) -> None:
    """N-3 Back from Tuesday 9:00 over Saturday, Sunday and a holiday Monday; every day only where the shop says so."""
    assert silence.back(TUESDAY, hours, calendar) == wanted
    monday = dt.datetime(2026, 11, 23, 15, 0, tzinfo=JST)
    assert silence.back(monday, 1, CALENDAR) == dt.datetime(2026, 11, 20, 23, 0, tzinfo=JST)


@pytest.fixture
def shop(clock: FrozenClock) -> FrozenClock:
    make_writing_shop()
    stock_up(make_sku(), 100)
    clock.move_to(dt.datetime(2026, 11, 18, 10, 0, tzinfo=JST))
    return clock


def reasons() -> dict[str, list[str]]:
    return {person.order.number: [str(why) for why in person.why] for person in silence.silent_customers()}


@pytest.mark.django_db
def test_n_3_who_paid_asked_or_waits_and_heard_nothing(shop: FrozenClock) -> None:
    """N-3 R32 Each with the sentence why; a mail or a call takes them off; the same queries for one and for many."""
    auto = make_store("auto", auto_accept=True)
    asked = place("asked", remark="27日以降に届けてください")
    held = place("held", store=auto)
    services.hold(CLERK, order_id=held.pk, kind=HoldKind.MANUAL)
    short = place("short", store=auto, lines=[line(), line("YN-99", 1, short_told=True)], method="cod")
    plain = place("plain", method="bank")  # waits to be confirmed, not paid, asked nothing: promised, but not silent
    run_jobs()
    assert reasons() == {}
    shop.advance(dt.timedelta(hours=25))
    first = reasons()
    assert first[asked.number] == ["ご入金済みで、正式確認がまだです", "備考のご要望に返事がまだです"]
    assert "保留のまま連絡がありません" in first[held.number]
    assert plain.number not in first
    with CaptureQueriesContext(connection) as few:
        silence.silent_customers()
    for number in range(3):
        place(f"more{number}", remark="至急")
    run_jobs()
    shop.advance(dt.timedelta(hours=25))
    with CaptureQueriesContext(connection) as many:
        assert len(silence.silent_customers()) > len(first)
    assert len(many) <= len(few)
    make_message("hand:9", subject_key=held.subject, kind="FREE", store_id=held.store_id)
    run_jobs()
    assert "保留のまま連絡がありません" not in reasons()[held.number]  # looks like a double, so not confirmed
    desk.log_call(CLERK, order_id=asked.pk, outcome="reached", text="27日で了承")
    run_jobs()
    assert reasons()[asked.number] == ["ご入金済みで、正式確認がまだです"]
    assert Promise.objects.get(order=asked, kind="reply").kept_by == CLERK.key
    Order.objects.filter(pk=short.pk).update(queue="awaiting_stock", queue_since=shop.now())
    CheckReason.objects.filter(order=short).delete()
    Promise.objects.filter(order=short).delete()
    shop.advance(dt.timedelta(days=8))
    assert "入荷待ちのまま連絡が途切れています" in reasons()[short.number]
    assert Hold.objects.filter(closed_at__isnull=True).exists()
    client = client_for(Role.ORDER)
    page = client.get("/contacts/").content.decode()
    assert asked.number in page and "03-1234-5678" in page and f"/mail/orders/{asked.pk}/write/" in page
    assert client.get("/").status_code == 200


@pytest.mark.django_db
def test_r34_r109_a_wish_that_cannot_be_met_asks_for_a_call(shop: FrozenClock) -> None:
    """R34 R109 The task opens by itself with the sentence; no answer keeps it open, a result ends it."""
    order = place("soon", wish_date=dt.date(2026, 11, 18))
    run_jobs()
    assert order.checks.filter(code="DATE_IMPOSSIBLE").exists()
    [found] = contacts.open_contacts()
    assert found.why and found.task.order_id == order.pk
    client = client_for(Role.ORDER)
    address = f"/contacts/orders/{order.pk}/call/"
    refused = client.post(address, {"outcome": "reached", "text": "  "})
    assert (refused.status_code, ContactTask.objects.get().closed_at) == (422, None)
    assert client.post(address, {"outcome": "what", "text": "x"}).status_code == 422
    assert client.post(address, {"outcome": "missed", "text": "留守番電話"}).status_code == 302
    assert (ContactTask.objects.get().tries, ContactTask.objects.get().closed_at) == (1, None)
    client.post(address, {"outcome": "reached", "text": "20日に変更で了承", "next": "/contacts/"})
    task = ContactTask.objects.get()
    assert (task.ending, task.result, task.closed_by_label) == ("reached", "20日に変更で了承", "佐藤 美咲")
    assert list(OrderNote.objects.values_list("text", flat=True).order_by("id")) == [
        "電話(応答なし): 留守番電話", "電話(伝えた): 20日に変更で了承",
    ]  # fmt: skip
    assert contacts.open_contacts() == []
    by_hand = f"/contacts/orders/{order.pk}/open/"
    assert client.post(by_hand, {"text": ""}).status_code == 422
    assert client.post(by_hand, {"text": "色の希望を確かめる"}).status_code == 302
    assert [c.why for c in contacts.open_contacts()] == ["色の希望を確かめる"]
    part = client.get(f"/contacts/orders/{order.pk}/", headers={"HX-Request": "true"}).content.decode()
    assert "色の希望を確かめる" in part and "正式確認" in part and "<html" not in part
    assert client.get("/contacts/orders/999999/").status_code == 404
    assert client_for(Role.VIEWER).post(by_hand, {"text": "x"}).status_code == 403


@pytest.mark.django_db
def test_a_mail_that_answers_ends_the_task_and_so_does_the_end_of_the_order(shop: FrozenClock) -> None:
    """R34 Told by mail is told; a cancelled order needs no call."""
    one, two = (place(number, wish_date=dt.date(2026, 11, 18)) for number in ("one", "two"))
    run_jobs()
    assert ContactTask.objects.filter(closed_at__isnull=True).count() == 2
    make_message("hand:3", subject_key=one.subject, kind="FREE", store_id=one.store_id)
    services.reject(CLERK, order_id=two.pk)
    shop.advance(dt.timedelta(seconds=1))
    desk.review([one.pk, two.pk])
    shop.advance(dt.timedelta(minutes=5))
    run_jobs()
    desk.review([one.pk, two.pk])
    assert dict(ContactTask.objects.values_list("order_id", "ending")) == {one.pk: "mailed", two.pk: "needless"}
