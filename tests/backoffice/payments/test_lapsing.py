"""T08: orders not paid in time, and money that comes after that (PAY-6, PAY-8, R66)."""

from __future__ import annotations

import datetime as dt

import pytest
from django.test import Client
from django.urls import reverse

from akinai.backoffice.inventory.selectors import free
from akinai.backoffice.orders import services as orders
from akinai.backoffice.orders.models import Order
from akinai.backoffice.orders.states import CancelReason, Confirmation, Payment, Queue
from akinai.backoffice.payments import check, services
from akinai.backoffice.payments.services import Money
from akinai.foundation.core.actor import SYSTEM
from akinai.foundation.core.clock import JST, FrozenClock
from akinai.foundation.core.errors import Refused
from akinai.foundation.core.permissions import Role
from akinai.shop.catalog.models import Sku
from akinai.shop.messaging.models import Message
from akinai.shop.stores.models import Setting
from tests.builders import orders as build
from tests.builders.accounts import client_for
from tests.builders.catalog import make_sku
from tests.builders.inventory import stock_up
from tests.builders.mails import make_writing_shop, run_jobs

pytestmark = pytest.mark.django_db


@pytest.fixture
def sku(clock: FrozenClock) -> Sku:
    clock.move_to(dt.datetime(2026, 11, 13, 9, 0, tzinfo=JST))
    make_writing_shop()
    sku = make_sku()
    stock_up(sku, 3)
    return sku


@pytest.fixture
def order(sku: Sku) -> Order:
    """Accepted Fri 2026-11-13 by bank transfer: due 11-20, may be paid until 11-27 (PAY-7)."""
    return build.place(method="bank", store=build.make_store(auto_accept=True))


def on(clock: FrozenClock, day: int, checked: int | None = None) -> None:
    clock.move_to(dt.datetime(2026, 11, day, 11, 0, tzinfo=JST))
    if checked is not None:
        services.note_bank_check(SYSTEM, through=dt.date(2026, 11, checked))


def fresh(order: Order) -> Order:
    return Order.objects.get(pk=order.pk)


def automatic() -> None:
    Setting.objects.create(key="payments.auto_cancel", value="automatic", effective_from=dt.date(2026, 1, 1))


def test_t08_an_unpaid_order_ends_after_its_last_day(order: Order, sku: Sku, clock: FrozenClock) -> None:
    """R66, PAY-6: not on 11-27, not before the passbook was read past it; then stock is free and M12 says why."""
    on(clock, 27, checked=26)
    with pytest.raises(Refused, match="11/27"):
        services.cancel_unpaid(SYSTEM, order_id=order.pk)
    on(clock, 30)
    with pytest.raises(Refused, match="11/27"):
        services.cancel_unpaid(SYSTEM, order_id=order.pk)
    on(clock, 30, checked=29)
    assert free([sku.pk])[sku.pk] == 2
    services.cancel_unpaid(SYSTEM, order_id=order.pk)
    assert (fresh(order).queue, fresh(order).cancel_reason) == (Queue.CANCELLED, CancelReason.UNPAID)
    assert free([sku.pk])[sku.pk] == 3
    run_jobs()
    assert "ご入金を確認できなかったため" in Message.objects.get(kind="M12").body


@pytest.mark.parametrize("mode", ["propose", "automatic"])
def test_t08_by_itself_only_where_the_shop_wants_it(mode: str, order: Order, clock: FrozenClock) -> None:
    """Whoever paid a part waits for a person, whoever paid or is on hold is no case for it."""
    part, paid, held = _three()
    if mode == "automatic":
        automatic()
    on(clock, 28, checked=27)
    run_jobs()
    ended = fresh(order).cancel_reason == CancelReason.UNPAID
    assert ended == (mode == "automatic")
    assert [fresh(one).cancel for one in (part, paid, held)] == ["none"] * 3
    assert services.lapse_orders(SYSTEM) == 0


def _three() -> tuple[Order, Order, Order]:
    stock_up(Sku.objects.get(), 5)
    store = build.make_store(auto_accept=True)
    part, paid, held = (build.place(f"A-{n}", method="bank", store=store) for n in (2, 3, 4))
    services.mark_deposit(SYSTEM, order_id=part.pk, money=Money(200, dt.date(2026, 11, 13)))
    services.mark_deposit(SYSTEM, order_id=paid.pk, money=Money(2200, dt.date(2026, 11, 13)))
    orders.hold(SYSTEM, order_id=held.pk, kind="customer_wait", reason="ご相談中")
    return part, paid, held


def ended(order: Order, clock: FrozenClock) -> Order:
    on(clock, 28, checked=27)
    services.cancel_unpaid(SYSTEM, order_id=order.pk)
    return fresh(order)


def test_pay_8_money_after_that_takes_the_order_again_if_the_goods_are_there(
    order: Order, sku: Sku, clock: FrozenClock
) -> None:
    """PAY-8: never by itself; as a new order with the same sum, its money and its own M05, and no second M01."""
    old = ended(order, clock)
    services.mark_deposit(SYSTEM, order_id=old.pk, money=Money(2200, dt.date(2026, 11, 28)))
    assert (fresh(old).queue, fresh(old).payment) == (Queue.CANCELLED, Payment.REFUND_DUE)
    new = services.take_again(SYSTEM, order_id=old.pk)
    assert (new.total, new.payment, new.queue, new.confirmation) == (2200, "paid", "ready", Confirmation.ACCEPTED)
    assert (new.ship_address, new.store_number) == (old.ship_address, "A-1-R")
    assert (fresh(old).received_amount, fresh(old).queue, free([sku.pk])[sku.pk]) == (0, Queue.CANCELLED, 2)
    run_jobs()
    kinds = Message.objects.filter(subject_key=new.subject).values_list("kind", flat=True)
    assert sorted(kinds) == ["M03", "M05"]
    with pytest.raises(Refused):
        services.take_again(SYSTEM, order_id=old.pk)
    assert list(check.violations()) == []


def test_pay_8_without_the_goods_the_money_goes_back(order: Order, clock: FrozenClock) -> None:
    """PAY-8: what others have bought since is not there; nothing is half done, and the refund is open."""
    old = ended(order, clock)
    with pytest.raises(Refused):
        services.take_again(SYSTEM, order_id=old.pk)
    services.mark_deposit(SYSTEM, order_id=old.pk, money=Money(2200, dt.date(2026, 11, 28)))
    build.place("B-1", lines=[build.line(quantity=3)])
    with pytest.raises(Refused, match="湯呑 YN-AI-01"):
        services.take_again(SYSTEM, order_id=old.pk)
    assert not Order.objects.filter(store_number="A-1-R").exists()
    services.refund(SYSTEM, order_id=old.pk, money=Money(2200, dt.date(2026, 11, 28), method="bank"))
    run_jobs()
    assert fresh(old).received_amount == 0
    assert Message.objects.filter(subject_key=old.subject, kind="M11").count() == 1


def test_the_pages_propose_cancel_and_take_again(order: Order, clock: FrozenClock) -> None:
    """T08, PAY-6, PAY-8 as a clerk does it: read the passbook, cancel, record the late money, take the order again."""
    on(clock, 28)
    client: Client = client_for(Role.MANAGER)
    page = client.get(reverse("payments:lapsed")).content.decode()
    assert order.number in page
    sent = {"id": [str(order.pk)]}
    assert client.post(reverse("payments:cancel_unpaid"), sent).status_code == 422
    wrong = client.post(reverse("payments:note_bank_check"), {"through": "2026-11-28"})
    assert wrong.status_code == 422
    assert "2026-11-28" in wrong.content.decode()
    assert client.post(reverse("payments:note_bank_check"), {"through": "2026-11-27"}).status_code == 302
    assert "11/27" in client.get(reverse("payments:waiting")).content.decode()
    assert client.post(reverse("payments:cancel_unpaid"), sent).status_code == 302
    assert fresh(order).cancel_reason == CancelReason.UNPAID
    services.mark_deposit(SYSTEM, order_id=order.pk, money=Money(2200, dt.date(2026, 11, 28)))
    assert "取消後入金" in client.get(reverse("payments:to_return")).content.decode()
    url = reverse("payments:take_again", args=[order.pk])
    assert url in client.get(reverse("payments:order", args=[order.pk])).content.decode()
    assert client.post(url, {"version": str(fresh(order).version)}).status_code == 302
    assert Order.objects.filter(store_number="A-1-R", payment=Payment.PAID).exists()
    assert client.post(url, {"version": str(fresh(order).version)}).status_code == 422
