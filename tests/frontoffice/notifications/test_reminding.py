"""T07: payment reminders by themselves, and never to who has paid (PAY-6)."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest

from akinai.backoffice.orders import services as orders
from akinai.backoffice.orders.models import Order
from akinai.backoffice.payments import services as payments
from akinai.backoffice.payments.coverage import coverage
from akinai.backoffice.payments.services import Money
from akinai.foundation.core.actor import SYSTEM
from akinai.foundation.core.clock import JST, FrozenClock
from akinai.foundation.core.errors import BadInput, Refused
from akinai.frontoffice.notifications import facts, services
from akinai.shop.messaging import services as messaging
from akinai.shop.messaging.models import Message
from akinai.shop.stores.models import Setting
from tests.builders import orders as build
from tests.builders.catalog import make_sku
from tests.builders.inventory import stock_up
from tests.builders.mails import CLERK, make_writing_shop, run_jobs

pytestmark = pytest.mark.django_db


@pytest.fixture
def order(clock: FrozenClock) -> Order:
    """Accepted Fri 2026-11-13 by bank transfer: due 11-20, reminders 11-18, 11-24, 11-26, lapse 11-27 (PAY-7)."""
    clock.move_to(dt.datetime(2026, 11, 13, 9, 0, tzinfo=JST))
    make_writing_shop()
    stock_up(make_sku(), 50)
    return build.place(method="bank", store=build.make_store(auto_accept=True))


def at(clock: FrozenClock, day: int, hour: int = 10, *, checked: int | None = None) -> list[str]:
    """What `remind` writes on that day of November, after the passbook was read up to `checked`."""
    clock.move_to(dt.datetime(2026, 11, day, hour, 0, tzinfo=JST))
    if checked is not None:
        payments.note_bank_check(SYSTEM, through=dt.date(2026, 11, checked))
    before = set(Message.objects.filter(kind="M06").values_list("pk", flat=True))
    services.remind(SYSTEM)
    return list(Message.objects.filter(kind="M06").exclude(pk__in=before).values_list("occasion", flat=True))


def test_t07_three_reminders_each_once(order: Order, clock: FrozenClock) -> None:
    """PAY-7, MAIL-4, R66: on their days from ten o'clock, the last one names the day of cancellation."""
    assert at(clock, 17, checked=16) == []
    assert at(clock, 18, hour=9, checked=17) == []
    assert (at(clock, 18), at(clock, 18), at(clock, 19, checked=18)) == (["R1"], [], [])
    assert at(clock, 24, checked=20) == ["R2"]
    assert at(clock, 26, checked=25) == ["R3"]
    assert at(clock, 27, checked=26) == []
    first, second, last = Message.objects.filter(kind="M06").order_by("pk")
    for mail in (first, second, last):
        assert "行き違いにお手続きがお済みでしたら" in mail.body
        assert "2,200円" in mail.body
        assert "11月20日(金)" in mail.body
    assert "11月27日(金)までに確認できない場合" in last.body
    assert "11月27日" not in first.body + second.body


def test_pay_6_nobody_is_reminded_until_the_passbook_was_read(order: Order, clock: FrozenClock) -> None:
    """PAY-6: what waited goes out when somebody has read it, and a payment found on the way stops it."""
    other = build.place("A-2", method="bank", store=build.make_store(auto_accept=True), lines=[build.line(quantity=2)])
    assert at(clock, 24) == []
    assert at(clock, 24, checked=19) == []
    payments.mark_deposit(SYSTEM, order_id=other.pk, money=Money(4400, dt.date(2026, 11, 20)))
    payments.note_bank_check(SYSTEM, through=dt.date(2026, 11, 20))
    run_jobs()
    assert list(Message.objects.filter(kind="M06").values_list("subject_key", flat=True)) == [order.subject]


def test_an_order_that_fails_keeps_no_other_waiting_and_is_named(
    order: Order, clock: FrozenClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    """T07, ORD-33: the others are reminded; the job fails with the order's number, and is tried again."""
    buyer = replace(build.TAKA, name="加藤 花", mail="kato@example.com", phone="03-1111-2222")
    other = build.place("A-2", method="bank", store=build.make_store(auto_accept=True), buyer=buyer)
    load = facts.load

    def broken(order_id: int) -> facts.OrderFacts:
        if order_id == order.pk:
            raise Refused("この注文の文面は書けません。")
        return load(order_id)

    monkeypatch.setattr(facts, "load", broken)
    with pytest.raises(Refused, match=rf"^{order.number}: この注文の文面は書けません。$"):
        at(clock, 18, checked=17)
    assert list(Message.objects.filter(kind="M06").values_list("subject_key", flat=True)) == [other.subject]
    monkeypatch.undo()
    assert at(clock, 18) == ["R1"]


def test_a_reminder_still_waiting_is_stopped_by_the_money(order: Order, clock: FrozenClock) -> None:
    """N-13: paid while the mail could still be taken back."""
    mail = services.write(CLERK, order_id=order.pk, wanted=services.Wanted("M06", step="R1"))
    payments.mark_deposit(CLERK, order_id=order.pk, money=Money(2200, dt.date(2026, 11, 13)))
    entry = order.ledger.get()
    services.on_deposit(CLERK, order_id=order.pk, entry_id=entry.pk)
    mail.refresh_from_db()
    assert mail.state == "stopped"


@pytest.mark.parametrize("what", ["paid", "hold", "cancel", "by_hand", "stopped", "off"])
def test_who_is_not_reminded(what: str, order: Order, clock: FrozenClock) -> None:
    """T07: who has paid, talks with the shop, or was written to already; nobody where the shop has switched it off."""
    clock.move_to(dt.datetime(2026, 11, 18, 9, 30, tzinfo=JST))
    if what == "paid":
        payments.mark_deposit(SYSTEM, order_id=order.pk, money=Money(2200, dt.date(2026, 11, 17)))
    elif what == "hold":
        orders.hold(CLERK, order_id=order.pk, kind="customer_wait", reason="ご相談中")
    elif what == "cancel":
        orders.request_cancel(CLERK, order_id=order.pk)
    elif what == "by_hand":
        services.write(CLERK, order_id=order.pk, wanted=services.Wanted("M06", step="R1"))
    elif what == "stopped":
        mail = services.write(CLERK, order_id=order.pk, wanted=services.Wanted("M06", step="R1"))
        messaging.stop(CLERK, message_id=mail.pk)
    else:
        Setting.objects.create(key="mail.remind_on", value=False, effective_from=dt.date(2026, 1, 1))
    assert at(clock, 18, checked=17) == []


def test_the_passbook_is_read_up_to_a_day_that_is_over(order: Order, clock: FrozenClock) -> None:
    """PAY-6: money may come until midnight; the latest word counts, also to put a slip right."""
    clock.move_to(dt.datetime(2026, 11, 24, 18, 0, tzinfo=JST))
    assert (coverage().through, coverage().is_current) == (None, False)
    with pytest.raises(BadInput):
        payments.note_bank_check(SYSTEM, through=dt.date(2026, 11, 24))
    payments.note_bank_check(SYSTEM, through=dt.date(2026, 11, 23))
    assert coverage().is_current
    payments.note_bank_check(CLERK, through=dt.date(2026, 11, 13))
    assert (coverage().is_current, coverage().days_open, coverage().by_label) == (False, 10, CLERK.label)
