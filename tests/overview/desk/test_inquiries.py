"""Mails that came in: the promise of a first answer, with and without an order."""

from __future__ import annotations

import datetime as dt

import pytest

from akinai.backoffice.orders.models import Order
from akinai.foundation.core import clock as time
from akinai.foundation.core.actor import SYSTEM
from akinai.foundation.core.clock import JST, FrozenClock
from akinai.foundation.core.permissions import Role
from akinai.overview.desk import check, silence
from akinai.overview.desk import services as desk
from akinai.overview.desk.models import Promise
from akinai.shop.messaging import services as messaging
from akinai.shop.messaging.models_inbox import Thread
from tests.builders.accounts import client_for
from tests.builders.catalog import make_sku
from tests.builders.inventory import stock_up
from tests.builders.mails import CLERK, make_writing_shop, run_jobs
from tests.builders.orders import place

pytestmark = pytest.mark.django_db

FRIDAY = dt.datetime(2026, 11, 20, 18, 0, tzinfo=JST)


def conversation(order: Order | None = None) -> Thread:
    """Somebody wrote just now."""
    now = time.now()
    return Thread.objects.create(
        subject_key=order.subject if order else "", address="taka@example.jp", name="渡邉 髙子", waits_since=now,
        started_at=now, last_at=now,
    )  # fmt: skip


def test_r101_a_mail_is_answered_by_the_next_business_day(clock: FrozenClock) -> None:
    """R101 N-2 Written on Friday evening: due by the end of Tuesday; the order counts down, closing keeps it."""
    clock.move_to(FRIDAY)
    make_writing_shop()
    stock_up(make_sku(), 9)
    order = place(method="bank")
    run_jobs()
    thread = conversation(order)
    assert desk.review_thread(thread.pk) == 1 and desk.review_thread(thread.pk) == 0
    row = Promise.objects.get(kind="inquiry")
    assert (row.due_at, row.order_id) == (dt.datetime(2026, 11, 24, 23, 59, 59, tzinfo=JST), order.pk)
    desk.review([order.pk])  # the order's own facts say nothing of it
    row.refresh_from_db()
    assert row.outcome == "open" and [*check.violations()] == []
    clock.move_to(dt.datetime(2026, 11, 25, 9, 0, tzinfo=JST))
    assert any("お問い合わせに返事がまだです" in map(str, s.why) for s in silence.silent_customers())
    messaging.close_thread(CLERK, thread_id=thread.pk)
    run_jobs()
    row.refresh_from_db()
    assert (row.outcome, row.kept_by, row.ended_at is not None and row.ended_at > row.due_at) == (
        "kept", CLERK.key, True,
    )  # fmt: skip
    messaging.reopen_thread(SYSTEM, thread_id=thread.pk)
    run_jobs()
    assert Promise.objects.filter(kind="inquiry", outcome="open").count() == 1
    assert [*check.violations()] == []


def test_n_3_a_mail_about_no_order_is_listed_by_itself(clock: FrozenClock) -> None:
    """N-3 Inquiries stand beside orders; linked to an order later, the promise goes along."""
    clock.move_to(FRIDAY)
    make_writing_shop()
    stock_up(make_sku(), 9)
    thread = conversation()
    desk.review_thread(thread.pk)
    assert silence.unanswered() == []
    clock.move_to(dt.datetime(2026, 11, 24, 19, 0, tzinfo=JST))
    [waiting] = silence.unanswered()
    assert (waiting.name, waiting.number, waiting.url) == (
        "渡邉 髙子", f"Q-{thread.pk}", f"/mail/threads/{thread.pk}/",
    )  # fmt: skip
    page = client_for(Role.ORDER).get("/contacts/").content.decode()
    assert waiting.url in page
    assert waiting.number in client_for(Role.ORDER).get("/promises/list/?how=open").content.decode()
    order = place(method="bank")
    messaging.link_thread(CLERK, thread_id=thread.pk, subject_key=order.subject)
    run_jobs()
    assert Promise.objects.get(kind="inquiry").order_id == order.pk
    assert silence.unanswered() == [] and [*check.violations()] == []
