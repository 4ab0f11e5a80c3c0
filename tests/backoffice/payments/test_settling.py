"""One sum for several orders: a transfer for two orders (PAY-24), a carrier's statement (T19, PAY-20, R59)."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from akinai.backoffice.orders.models import Order
from akinai.backoffice.orders.states import Payment, Queue
from akinai.backoffice.payments import check, selectors, services
from akinai.backoffice.payments.models import LedgerEntry, Settlement
from akinai.backoffice.payments.services import Money
from akinai.backoffice.payments.sharing import fees_of, is_fee, share_out
from akinai.foundation.core.actor import SYSTEM
from akinai.foundation.core.clock import FrozenClock
from akinai.foundation.core.errors import Refused
from akinai.foundation.core.permissions import Role
from tests.builders.accounts import client_for
from tests.builders.catalog import make_sku
from tests.builders.inventory import stock_up
from tests.builders.orders import line, make_shop, make_store, place
from tests.builders.shipments import ready_order, sent, tracking

TODAY = dt.date(2026, 11, 24)


@pytest.mark.parametrize(
    ("amount", "owed", "shares"),
    [
        (6600, [2200, 4400], [2200, 4400]),
        (6160, [2200, 4400], [2200, 3960]),
        (7000, [2200, 4400], [2200, 4800]),
        (2200, [2200, 4400], [2200, 0]),
        (0, [], []),
    ],
)
def test_pay_24_one_sum_is_shared_out_in_order(amount: int, owed: list[int], shares: list[int]) -> None:
    """PAY-24 several: whole orders first; what lacks or is over meets the last."""
    assert share_out(amount, owed) == shares


def test_pay_24_short_by_a_usual_fee() -> None:
    """PAY-24 short by fee: the list of domain values."""
    fees = fees_of("110,145,165,220,275,330,440,550,660,880")
    assert [is_fee(n, fees) for n in (440, 441, 880, 0)] == [True, False, True, False]


@pytest.fixture
def pair(db: None, clock: FrozenClock) -> list[Order]:
    """Two orders of one buyer by bank transfer: 2,200 and 4,400 yen."""
    make_shop()
    stock_up(make_sku(), 50)
    store = make_store(auto_accept=True)
    return [place(f"A-{n}", method="bank", store=store, lines=[line(quantity=n)]) for n in (1, 2)]


def payments_of(orders: list[Order]) -> list[str]:
    return [Order.objects.get(pk=order.pk).payment for order in orders]


def split(orders: list[Order], amount: int, **more: Any) -> Settlement:
    money = Money(amount, TODAY, payer_name="ワタナベ タカコ", key=f"form:{amount}-together")
    return services.split_deposit(SYSTEM, order_ids=[order.pk for order in orders], money=money, **more)


def test_pay_24_two_orders_one_deposit(pair: list[Order]) -> None:
    """PAY-24 several: both are paid by one sum, once, and the ledger proves it."""
    made = split(pair, 6600)
    assert split(pair, 6600) == made
    assert payments_of(pair) == [Payment.PAID, Payment.PAID]
    assert list(made.entries.order_by("id").values_list("amount", flat=True)) == [2200, 4400]
    with pytest.raises(Refused):
        split(pair, 6601, accepted=-1)
    assert LedgerEntry.objects.count() == 2
    assert list(check.violations()) == []
    services.reverse(SYSTEM, entry_id=made.entries.first().pk, note="別のお客様")  # type: ignore[union-attr]
    assert payments_of(pair) == [Payment.UNPAID, Payment.PAID]
    assert list(check.violations()) == []


@pytest.mark.parametrize(
    ("amount", "forgive", "after"),
    [
        (6160, False, [Payment.PAID, Payment.PART_PAID]),
        (6160, True, [Payment.PAID, Payment.WRITTEN_OFF]),
        (7000, False, [Payment.PAID, Payment.OVERPAID]),
    ],
)
def test_pay_24_a_difference_is_accepted_by_a_person(
    amount: int, forgive: bool, after: list[str], pair: list[Order]
) -> None:
    """PAY-24 over, short by fee, short: nothing happens before somebody says so."""
    with pytest.raises(Refused):
        split(pair, amount)
    assert payments_of(pair) == [Payment.UNPAID, Payment.UNPAID]
    with pytest.raises(Refused):
        split(pair, amount, accepted=6600 - amount + 1, forgive=forgive)
    split(pair, amount, accepted=6600 - amount, forgive=forgive)
    assert payments_of(pair) == after
    with pytest.raises(Refused):
        split(pair, 100, accepted=6500)


def test_pay_24_double_payment_and_fee_are_pointed_out(pair: list[Order]) -> None:
    """PAY-24: 二重入金の疑い where the same amount came twice; a rest that is a transfer fee is called so."""
    once = services.mark_deposit(SYSTEM, order_id=pair[0].pk, money=Money(2200, TODAY))
    assert not selectors.order_money(pair[0].pk).maybe_twice
    services.mark_deposit(SYSTEM, order_id=pair[0].pk, money=Money(2200, TODAY))
    assert selectors.order_money(pair[0].pk).maybe_twice
    services.reverse(SYSTEM, entry_id=once.pk, note="二重に記録")
    assert not selectors.order_money(pair[0].pk).maybe_twice
    services.mark_deposit(SYSTEM, order_id=pair[1].pk, money=Money(3960, TODAY))
    assert selectors.order_money(pair[1].pk).short_by_fee


def test_one_deposit_for_two_orders_on_the_page(pair: list[Order]) -> None:
    """PAY-24: from the order to its buyer's others, the difference shown, then recorded."""
    client: Client = client_for(Role.ACCOUNTING)
    page = client.get(reverse("payments:several"), {"id": pair[0].pk}).content.decode()
    assert all(order.number in page for order in pair)
    assert client.post(reverse("payments:several"), {"q": "渡\x00邉"}).status_code == 200
    typed = {"id": [str(order.pk) for order in pair], "amount": "6,160円", "on": "2026-11-24", "record": "1"}
    draft = {name: value for name, value in typed.items() if name != "record"}
    looked = client.post(reverse("payments:several"), draft | {"look": "1", "q": "渡邉"}).content.decode()
    assert "不足しています" in looked
    assert looked.count(" checked") == 2
    assert 'value="6,160円"' in looked
    assert not Settlement.objects.exists()
    refused = client.post(reverse("payments:several"), typed)
    assert refused.status_code == 422
    said = refused.content.decode()
    assert "440" in said
    assert "振込手数料" in said
    assert 'value="6,160円"' in said
    assert "forgive" not in said
    assert 'name="seen" value="440"' in said
    accepted = {"difference": "forgive", "seen": "440"}
    services.mark_deposit(SYSTEM, order_id=pair[1].pk, money=Money(100, TODAY))
    meanwhile = client.post(reverse("payments:several"), typed | accepted)
    assert meanwhile.status_code == 422, "a colleague has recorded 100 yen: what was accepted is no longer true"
    assert 'name="seen" value="340"' in meanwhile.content.decode()
    assert client.post(reverse("payments:several"), typed | accepted | {"seen": "340"}).status_code == 302
    assert payments_of(pair) == [Payment.PAID, Payment.PART_PAID]
    url = reverse("payments:one_sum", args=[Settlement.objects.get().pk])
    assert pair[1].number in client.get(url).content.decode()


@pytest.fixture
def shipped(db: None, clock: FrozenClock) -> list[Order]:
    """Two COD orders of 2,200 yen that have left."""
    make_shop()
    orders = [ready_order(f"D-{n}", method="cod") for n in (1, 2)]
    for n, order in enumerate(orders):
        sent(order, tracking=tracking(n))
    return [Order.objects.get(pk=order.pk) for order in orders]


def test_t19_a_carriers_statement_settles_its_orders(shipped: list[Order]) -> None:
    """T19, PAY-20, R59: paid and fee make the sum to the yen, then all orders leave 後払い入金待ち at once."""
    assert {order.queue for order in shipped} == {Queue.AWAITING_SETTLEMENT}
    ids, total = [order.pk for order in shipped], sum(order.total for order in shipped)
    with pytest.raises(Refused):
        services.settle(SYSTEM, order_ids=ids, money=Money(total - 660, TODAY), fee=659)
    made = services.settle(SYSTEM, order_ids=ids, money=Money(total - 660, TODAY, reference="K-11"), fee=660)
    assert (made.paid, made.fee) == (total - 660, 660)
    after = Order.objects.filter(pk__in=ids)
    assert {(order.payment, order.queue) for order in after} == {(Payment.PAID, Queue.SHIPPED)}
    with pytest.raises(Refused):
        services.settle(SYSTEM, order_ids=ids, money=Money(total, TODAY))
    assert list(check.violations()) == []
    Settlement.objects.update(fee=0)
    assert [line.split()[0] for line in check.violations()] == ["PAY-20"]


def test_t19_what_has_not_left_cannot_be_settled(pair: list[Order]) -> None:
    """T19: only what waits for a carrier or agency; one that does not refuses the whole statement."""
    with pytest.raises(Refused):
        services.settle(SYSTEM, order_ids=[pair[0].pk], money=Money(2200, TODAY))
    assert not Settlement.objects.exists()


def test_a_statement_on_the_page(shipped: list[Order]) -> None:
    """T19: ticked in the list, typed with its fee, refused with the difference, recorded once."""
    client: Client = client_for(Role.ACCOUNTING)
    ids = [str(order.pk) for order in shipped]
    page = client.post(reverse("payments:settle"), {"id": ids}).content.decode()
    assert all(order.number in page for order in shipped)
    total = sum(order.total for order in shipped)
    typed = {
        "id": ids,
        "amount": str(total - 660),
        "fee": "600",
        "on": "2026-11-24",
        "record": "1",
        "token": "abcdefgh",
    }
    refused = client.post(reverse("payments:settle"), typed)
    assert refused.status_code == 422
    assert "60" in refused.content.decode()
    for _again in range(2):
        assert client.post(reverse("payments:settle"), typed | {"fee": "660"}).status_code == 302
    assert Settlement.objects.count() == 1
    assert client.get(reverse("payments:order", args=[ids[0]])).status_code == 200
