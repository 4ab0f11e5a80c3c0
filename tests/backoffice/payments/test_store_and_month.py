"""What a store says again, what a month closes, and who may open the gate without the money."""

from __future__ import annotations

import datetime as dt

import pytest

from akinai.backoffice.orders.models import Order
from akinai.backoffice.orders.services.intake import take_in
from akinai.backoffice.orders.states import Cancel, Payment
from akinai.backoffice.payments import services
from akinai.backoffice.payments.check import violations
from akinai.backoffice.payments.models import LedgerEntry
from akinai.backoffice.payments.services import Money
from akinai.foundation.core.actor import SYSTEM
from akinai.foundation.core.clock import FrozenClock
from akinai.foundation.core.errors import BadInput, Refused
from tests.builders.catalog import make_sku
from tests.builders.inventory import stock_up
from tests.builders.orders import draft, make_shop, make_store, place

pytestmark = pytest.mark.django_db
TODAY = dt.date(2026, 11, 24)


@pytest.fixture
def order(clock: FrozenClock) -> Order:
    make_shop()
    stock_up(make_sku(), 9)
    return place(method="bank", store=make_store(auto_accept=True))


def again(**fields: object) -> None:
    """The same order in a later file."""
    take_in(SYSTEM, [draft(method="bank", store=make_store(auto_accept=True), **fields)])


def fresh(order: Order) -> Order:
    return Order.objects.get(pk=order.pk)


def deposit(order: Order, amount: int) -> LedgerEntry:
    return services.mark_deposit(SYSTEM, order_id=order.pk, money=Money(amount, TODAY))


def test_ord_32_a_deposit_confirmed_here_and_then_told_by_the_store_is_the_same_money(order: Order) -> None:
    deposit(order, 2200)
    again(paid=2200)
    assert (fresh(order).received_amount, fresh(order).payment) == (2200, Payment.PAID)
    assert LedgerEntry.objects.count() == 1


def test_ord_32_what_a_person_took_back_does_not_come_again(order: Order) -> None:
    again(paid=2200)
    services.reverse(SYSTEM, entry_id=LedgerEntry.objects.get().pk, note="店の誤り")
    again(paid=2200, remark="追伸")
    assert fresh(order).received_amount == 0
    assert list(violations()) == []


def test_ord_32_paid_and_cancelled_in_one_file_are_both_heard(order: Order) -> None:
    again(paid=2200, is_cancelled=True)
    assert (fresh(order).received_amount, fresh(order).cancel) == (2200, Cancel.REQUESTED)


def test_pay_25_an_entry_of_an_earlier_month_stays(order: Order, clock: FrozenClock) -> None:
    entry = deposit(order, 2200)
    clock.advance(dt.timedelta(days=6))
    services.reverse(SYSTEM, entry_id=entry.pk, note="30日ならまだ")
    late = deposit(order, 2200)
    clock.advance(dt.timedelta(days=1))
    with pytest.raises(Refused):
        services.reverse(SYSTEM, entry_id=late.pk, note="12月では遅い")


def test_only_a_rest_is_written_off_and_it_can_be_taken_back(order: Order) -> None:
    with pytest.raises(Refused):
        services.write_off(SYSTEM, order_id=order.pk, note="全額")
    deposit(order, 1980)
    with pytest.raises(BadInput):
        services.write_off(SYSTEM, order_id=order.pk, note=" ")
    entry = services.write_off(SYSTEM, order_id=order.pk, note="手数料ぶん", key="form:1")
    assert services.write_off(SYSTEM, order_id=order.pk, note="手数料ぶん", key="form:1") == entry
    assert (fresh(order).payment, services.open_amount(fresh(order))) == (Payment.WRITTEN_OFF, 0)
    services.reverse(SYSTEM, entry_id=entry.pk, note="やはり請求")
    assert fresh(order).payment == Payment.PART_PAID
    assert list(violations()) == []


def test_gen_4_the_ledger_is_only_added_to(order: Order) -> None:
    entry = deposit(order, 2200)
    for change in (entry.save, entry.delete):
        with pytest.raises(TypeError):
            change()


def test_pay_4_a_card_number_is_kept_nowhere(order: Order) -> None:
    money = Money(2200, TODAY, payer_name="4242 4242 4242 4242", reference="4242424242424242", note="4242424242424242")
    entry = services.mark_deposit(SYSTEM, order_id=order.pk, money=money)
    for kept in (entry.payer_name, entry.reference, entry.note):
        assert "*****" in kept


def test_rel_16_a_bent_ledger_is_found(order: Order) -> None:
    deposit(order, 2200)
    LedgerEntry.objects.update(amount=2300)
    assert [said.split(":")[0] for said in violations()] == [f"PAY-0 {order.number}"]
