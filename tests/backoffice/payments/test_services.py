"""The money ledger: T06, T26, PAY-0, ORD-74, GEN-4."""

from __future__ import annotations

import datetime as dt

import pytest
from django.db import transaction

from akinai.backoffice.orders.models import Order
from akinai.backoffice.orders.services import approve_cancel, place_orders
from akinai.backoffice.orders.states import Payment, Queue
from akinai.backoffice.orders.types import Placed
from akinai.backoffice.payments import selectors, services
from akinai.backoffice.payments.models import LedgerEntry
from akinai.backoffice.payments.services import Money
from akinai.foundation import audit
from akinai.foundation.core.actor import SYSTEM, Actor
from akinai.foundation.core.clock import FrozenClock
from akinai.foundation.core.errors import BadInput, Conflict, Refused
from akinai.foundation.core.permissions import Role, permissions_of
from akinai.foundation.events.models import StoredEvent
from akinai.shop.stores.services import set_setting
from tests.builders.accounts import client_for
from tests.builders.catalog import make_sku
from tests.builders.inventory import stock_up
from tests.builders.orders import draft, line, make_shop, make_store, place

pytestmark = pytest.mark.django_db
TODAY = dt.date(2026, 11, 24)


@pytest.fixture
def order(clock: FrozenClock) -> Order:
    make_shop()
    stock_up(make_sku(), 9)
    return place(method="bank", store=make_store(auto_accept=True))


def pay(order: Order, amount: int, **more: str) -> LedgerEntry:
    return services.mark_deposit(SYSTEM, order_id=order.pk, money=Money(amount, TODAY, **more))


def fresh(order: Order) -> Order:
    return Order.objects.get(pk=order.pk)


def test_t06_the_whole_amount_opens_the_gate(order: Order) -> None:
    assert order.queue == Queue.AWAITING_PAYMENT
    pay(order, 2200)
    assert (fresh(order).payment, fresh(order).queue) == (Payment.PAID, Queue.READY)
    assert StoredEvent.objects.filter(name="payments.deposit_recorded").count() == 1


def test_r55_part_of_it_does_not(order: Order) -> None:
    pay(order, 2000)
    assert (fresh(order).payment, fresh(order).queue) == (Payment.PART_PAID, Queue.AWAITING_PAYMENT)
    pay(order, 200)
    assert fresh(order).queue == Queue.READY


def test_pay_0_too_much_is_shown_as_such(order: Order) -> None:
    pay(order, 2300)
    assert fresh(order).payment == Payment.OVERPAID


def test_the_same_form_twice_is_one_entry(order: Order) -> None:
    money = Money(2200, TODAY, key="form:1")
    first = services.mark_deposit(SYSTEM, order_id=order.pk, money=money, seen_version=order.version)
    second = services.mark_deposit(SYSTEM, order_id=order.pk, money=money, seen_version=order.version)
    assert first == second
    assert LedgerEntry.objects.count() == 1
    with pytest.raises(Conflict):
        services.mark_deposit(SYSTEM, order_id=order.pk, money=Money(1, TODAY), seen_version=order.version)


def test_ord_74_never_more_back_than_was_received(order: Order) -> None:
    pay(order, 2200)
    approve_cancel(SYSTEM, order_id=order.pk)
    assert (fresh(order).payment, fresh(order).queue) == (Payment.REFUND_DUE, Queue.CANCELLED)
    with pytest.raises(Refused):
        services.refund(SYSTEM, order_id=order.pk, money=Money(2201, TODAY, method="bank"))
    services.refund(SYSTEM, order_id=order.pk, money=Money(2200, TODAY, method="bank", reference="1234"))
    assert fresh(order).received_amount == 0
    with pytest.raises(Refused):
        services.refund(SYSTEM, order_id=order.pk, money=Money(1, TODAY, method="bank"))


def test_gen_4_a_mistake_is_taken_back_by_its_opposite(order: Order) -> None:
    entry = pay(order, 2200)
    services.reverse(SYSTEM, entry_id=entry.pk, note="別のお客様の入金でした")
    assert fresh(order).queue == Queue.AWAITING_PAYMENT
    assert LedgerEntry.objects.count() == 2
    with pytest.raises(Refused):
        services.reverse(SYSTEM, entry_id=entry.pk, note="もう一度")


def test_a_deposit_cannot_be_taken_back_under_a_refund(order: Order) -> None:
    entry = pay(order, 2200)
    services.refund(SYSTEM, order_id=order.pk, money=Money(500, TODAY, method="bank"))
    with pytest.raises(Refused):
        services.reverse(SYSTEM, entry_id=entry.pk, note="間違い")
    assert fresh(order).received_amount == 1700


@pytest.mark.parametrize(
    ("amount", "on"), [(0, TODAY), (-5, TODAY), (10**12, TODAY), (1, TODAY + dt.timedelta(days=1))]
)
def test_what_cannot_be_is_refused_with_a_sentence(order: Order, amount: int, on: dt.date) -> None:
    with pytest.raises(BadInput):
        services.mark_deposit(SYSTEM, order_id=order.pk, money=Money(amount, on))


def test_money_that_came_with_the_order_agrees_with_the_ledger(order: Order) -> None:
    with transaction.atomic():
        results = place_orders(SYSTEM, [draft("A-2", method="bank", paid=2200)])
        services.record_from_store(SYSTEM, [r for r in results if isinstance(r, Placed)])
    paid = Order.objects.get(store_number="A-2")
    assert (paid.payment, services.ledger_balance(paid).received) == (Payment.PAID, 2200)
    assert not StoredEvent.objects.filter(name="payments.deposit_recorded").exists()


def test_ord_32_newly_paid_at_the_store_is_recorded_once(order: Order) -> None:
    for _again in range(2):
        with transaction.atomic():
            results = place_orders(SYSTEM, [draft(method="bank", paid=2200, store=make_store(auto_accept=True))])
            services.record_from_store(SYSTEM, [r for r in results if isinstance(r, Placed)])
    assert fresh(order).payment == Payment.PAID
    assert LedgerEntry.objects.count() == 1
    assert StoredEvent.objects.filter(name="payments.deposit_recorded").count() == 1


# -- T26: two people


@pytest.fixture
def dear(clock: FrozenClock) -> Order:
    """Paid 60,000 yen by transfer and cancelled: all of it goes back."""
    make_shop()
    stock_up(make_sku(), 9)
    made = place(method="bank", store=make_store(auto_accept=True), lines=[line(quantity=1, unit_price=60_000)])
    pay(made, 60_000)
    approve_cancel(SYSTEM, order_id=made.pk)
    return made


BOSS, BOOKS = (Actor(f"staff:{n}", label, permissions_of(Role.ACCOUNTING)) for n, label in ((7, "店長"), (8, "経理")))


def give(order: Order, amount: int) -> LedgerEntry:
    return services.refund(BOOKS, order_id=order.pk, money=Money(amount, TODAY, method="bank"))


def test_t26_from_the_shops_amount_on_another_person_approves_first(dear: Order) -> None:
    with pytest.raises(Refused, match="別の担当者の承認"):
        give(dear, 60_000)
    asked = services.ask_for_refund(BOOKS, order_id=dear.pk, amount=60_000, note="全額キャンセル")
    with pytest.raises(Refused, match="承認待ち"):
        services.ask_for_refund(BOSS, order_id=dear.pk, amount=60_000)
    with pytest.raises(Refused, match="ご自身"):
        services.approve_refund(BOOKS, request_id=asked.pk)
    with pytest.raises(Refused):
        give(dear, 60_000)
    services.approve_refund(BOSS, request_id=asked.pk)
    with pytest.raises(Refused, match="処理済み"):
        services.approve_refund(BOSS, request_id=asked.pk)
    give(dear, 60_000)
    assert (fresh(dear).received_amount, fresh(dear).payment) == (0, Payment.NOT_REQUIRED)
    deeds = [e.action for e in audit.selectors.for_subject(dear.subject)]
    assert deeds[:3] == ["payments.refund", "payments.refund_approved", "payments.refund_asked"]


def test_t26_a_sum_in_parts_is_no_way_around_and_less_needs_one_person(dear: Order) -> None:
    with pytest.raises(Refused, match="承認不要"):
        services.ask_for_refund(BOOKS, order_id=dear.pk, amount=49_999)
    give(dear, 30_000)
    with pytest.raises(Refused):
        give(dear, 20_000)
    asked = services.ask_for_refund(BOOKS, order_id=dear.pk, amount=30_000)
    services.decline_refund(BOSS, request_id=asked.pk, answer="口座名義を確認")
    with pytest.raises(Refused):
        give(dear, 30_000)
    services.approve_refund(BOSS, request_id=services.ask_for_refund(BOOKS, order_id=dear.pk, amount=30_000).pk)
    give(dear, 30_000)
    with pytest.raises(Refused):
        services.ask_for_refund(BOOKS, order_id=dear.pk, amount=1)


def test_t26_the_shop_says_from_what_amount_on(dear: Order) -> None:
    set_setting(SYSTEM, key="payments.approval_from", value=0)
    give(dear, 60_000)
    assert fresh(dear).received_amount == 0


def test_t26_a_request_can_be_declined_when_no_money_is_left(dear: Order) -> None:
    asked = services.ask_for_refund(BOOKS, order_id=dear.pk, amount=60_000)
    services.reverse(BOSS, entry_id=dear.ledger.get().pk, note="別のご注文の入金")
    boss, decline = client_for("manager"), f"/money/refunds/{asked.pk}/decline/"
    assert decline in boss.get(f"/money/orders/{dear.pk}/").content.decode()
    assert boss.post(decline, {"answer": "入金の誤り"}).status_code == 302
    assert not selectors.to_approve().exists()


def test_t26_the_page_asks_shows_and_approves(dear: Order) -> None:
    books, boss = client_for("accounting"), client_for("manager")
    page, refund = (f"/money/orders/{dear.pk}/{part}" for part in ("", "refund/"))
    assert "承認を依頼" in books.get(page).content.decode()
    typed = {"amount": "60000", "on": "2026-11-24", "method": "bank", "version": str(fresh(dear).version)}
    told = books.post(refund, typed)
    assert (told.status_code, "先に承認を依頼" in told.content.decode()) == (422, True)
    assert books.post(refund, {**typed, "ask": "1", "note": "全額"}).status_code == 302
    request_id = dear.refund_requests.get().pk
    assert "返金承認待ち" in boss.get("/money/refunds/").content.decode()
    assert "返金の承認待ち 1件" in boss.get("/money/").content.decode()
    approve, decline = (f"/money/refunds/{request_id}/{deed}/" for deed in ("approve", "decline"))
    assert approve not in books.get(page).content.decode() and decline in books.get(page).content.decode()
    assert approve in boss.get(page).content.decode()
    assert client_for("order").post(approve).status_code == 403
    assert boss.post(decline, {"answer": " "}).status_code == 422
    assert boss.post(approve).status_code == 302
    assert "承認済み" in books.get(page).content.decode()
    assert books.post(refund, {**typed, "version": str(fresh(dear).version)}).status_code == 302
    assert fresh(dear).received_amount == 0
