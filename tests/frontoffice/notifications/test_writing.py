"""Mails a person writes: reminder, delay, change of payment, free words, many at once, drafts on request."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest
from django.test import Client

from akinai.backoffice.orders import services as orders
from akinai.backoffice.orders.events import MailDraftRequested
from akinai.backoffice.orders.models import Order
from akinai.backoffice.payments import services as payments
from akinai.backoffice.payments.services import Money
from akinai.foundation import events
from akinai.foundation.core.clock import FrozenClock
from akinai.foundation.core.errors import BadInput, Refused
from akinai.frontoffice.notifications import facts, services
from akinai.frontoffice.notifications.forms import DelayForm
from akinai.frontoffice.notifications.services import Wanted
from akinai.shop.messaging.models import Message
from akinai.shop.messaging.services import BadTemplate
from akinai.shop.messaging.states import State
from tests.builders import orders as build
from tests.builders.accounts import client_for
from tests.builders.catalog import make_sku
from tests.builders.inventory import stock_up
from tests.builders.mails import CLERK, mail_of, make_writing_shop, run_jobs

pytestmark = pytest.mark.django_db

TOKEN = "a" * 32
DELAY = Wanted(
    "M09", {"reason": "製造が遅れております。", "old_date": "11月25日(水)", "new_date": "12月3日(木)",
            "reply_due": "11月27日(金)"}, token=TOKEN,
)  # fmt: skip


@pytest.fixture(autouse=True)
def shop(clock: FrozenClock) -> None:
    make_writing_shop()
    stock_up(make_sku("YN-AI-01"), 50)


def unpaid(number: str = "A-1") -> Order:
    order = build.place(number, method="bank")
    for check in order.checks.all():
        orders.clear_check(CLERK, order_id=order.pk, code=check.code)
    return orders.accept(CLERK, order_id=order.pk)


def test_a_reminder_names_amount_account_and_due_date() -> None:
    order = unpaid()
    message = services.write(CLERK, order_id=order.pk, wanted=Wanted("M06", step="R1"))
    assert (message.occasion, message.state) == ("R1", State.WAITING)
    for part in ("■お振込金額 2,200円", "あおば銀行 本店", "■期限 12月1日(火)", "行き違い"):
        assert part in message.body
    assert "取り消させていただきます" not in message.body
    last = services.write(CLERK, order_id=order.pk, wanted=Wanted("M06", step="R3"))
    assert "12月8日(火)までに確認できない場合" in last.body


def test_mail_4_each_reminder_goes_once_and_none_to_who_has_paid(clock: FrozenClock) -> None:
    order = unpaid()
    services.write(CLERK, order_id=order.pk, wanted=Wanted("M06", step="R1"))
    with pytest.raises(Refused):
        services.write(CLERK, order_id=order.pk, wanted=Wanted("M06", step="R1"))
    payments.mark_deposit(CLERK, order_id=order.pk, money=Money(2200, clock.now().date()))
    with pytest.raises(Refused):
        services.write(CLERK, order_id=order.pk, wanted=Wanted("M06", step="R2"))


def test_a_delay_says_cause_dates_and_until_when_to_answer() -> None:
    order = build.place()
    body = services.write(CLERK, order_id=order.pk, wanted=DELAY).body
    for part in (
        "製造が遅れております。",
        "当初の予定 11月25日(水) → 新しい予定 12月3日(木)",
        "11月27日(金)までにご返信",
    ):
        assert part in body
    assert "・湯呑 YN-AI-01 × 1" in body


def test_r33_missing_goods_and_an_impossible_day_are_asked_about_in_one_click() -> None:
    """R33: blocked with its reason, and the question to the buyer stands ready behind one button."""
    orders = [
        build.place("A-1", lines=[build.line(quantity=99)]),
        build.place("A-2", buyer=replace(build.TAKA, mail="b@example.jp"), wish_date=dt.date(2026, 11, 24)),
    ]
    client: Client = client_for("order")
    for order, said in zip(orders, ("在庫が不足して", "最短のお届けは11月25日(水)となります"), strict=True):
        assert order.queue == "check"
        ask = f"/mail/orders/{order.pk}/ask/"
        assert ask in client.get(f"/orders/{order.pk}/").content.decode()
        page = client.post(ask, follow=True).content.decode()
        assert said in page and "お詫びとご相談" in page
        form = services.preview(CLERK, order_id=order.pk, wanted=_as_offered(order))
        assert not form.missing, "nothing is left to type"
    assert client_for("warehouse").post(f"/mail/orders/{orders[0].pk}/ask/").status_code == 403


def _as_offered(order: Order) -> Wanted:
    offered = DelayForm.fresh(facts.load(order.pk), CLERK)
    form = DelayForm({name: value for name, value in offered.initial.items() if value is not None})
    assert form.is_valid(), form.errors
    return form.wanted()


def test_mail_2_a_mail_with_a_blank_is_refused_at_its_field_and_kept_as_draft() -> None:
    order = build.place()
    half = replace(DELAY, values={**DELAY.values, "reason": " "})
    with pytest.raises(BadInput) as refused:
        services.write(CLERK, order_id=order.pk, wanted=half)
    assert refused.value.field == "reason"
    draft = services.write(CLERK, order_id=order.pk, wanted=half, as_draft=True)
    assert (draft.state, draft.missing) == (State.DRAFT, ["reason"])


def test_pressing_twice_sends_once() -> None:
    order = build.place()
    first = services.write(CLERK, order_id=order.pk, wanted=DELAY)
    assert services.write(CLERK, order_id=order.pk, wanted=DELAY).pk == first.pk


def test_free_words_may_use_variables_and_only_known_ones() -> None:
    order = build.place()
    free = Wanted("FREE", subject="ご連絡({{order_no}})", body="{{customer_name}} 様\n{{signature}}", token=TOKEN)
    assert services.write(CLERK, order_id=order.pk, wanted=free).subject == "ご連絡(A-1)"
    with pytest.raises(BadTemplate):
        services.write(CLERK, order_id=order.pk, wanted=replace(free, body="{{nothing}}"))


def test_a_buyer_without_address_cannot_be_written_to() -> None:
    order = build.place(buyer=replace(build.TAKA, mail=""))
    with pytest.raises(BadInput):
        services.write(CLERK, order_id=order.pk, wanted=DELAY)


def test_ord_33_many_are_written_each_for_itself() -> None:
    good = build.place("A-1")
    mute = build.place("A-2", buyer=replace(build.TAKA, mail="", name="別人"))
    free = Wanted("FREE", subject="ご連絡", body="{{customer_name}} 様", token=TOKEN)
    results = services.write_many(CLERK, order_ids=[good.pk, mute.pk, good.pk], wanted=free)
    assert [(r.number, r.done) for r in results] == [(good.number, True), (mute.number, False)]
    assert [s for r in results for s in r.sentences]
    services.write_many(CLERK, order_ids=[good.pk], wanted=free)
    assert Message.objects.filter(kind="FREE").count() == 1


def test_a_requested_draft_waits_for_a_person() -> None:
    order = build.place()
    event = MailDraftRequested(order.pk, order.number, kind="M09", note="入荷が遅れます")
    (key,) = events.emit(event, actor=CLERK)
    run_jobs()
    draft = mail_of("M09", f"draft:{key}")
    assert draft.state == State.DRAFT
    assert "入荷が遅れます" in draft.body
    assert set(draft.missing) >= {"reply_due", "new_date"}
