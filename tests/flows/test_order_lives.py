"""Whole lives of orders through the use cases, with the clock moved; after each the house is in order (REL-16)."""

from __future__ import annotations

import dataclasses
import datetime as dt

import pytest
from django.db import transaction

from akinai.backoffice.fulfillment import services as shipping
from akinai.backoffice.orders import services
from akinai.backoffice.orders.models import Order
from akinai.backoffice.orders.selectors import order_page
from akinai.backoffice.orders.states import Check, HoldKind, Payment, Queue
from akinai.backoffice.orders.types import OrderDraft, Placed
from akinai.backoffice.payments import services as payments
from akinai.backoffice.payments.services import Money
from akinai.foundation.core import clock as house_clock
from akinai.foundation.core.actor import SYSTEM
from akinai.foundation.core.clock import JST, FrozenClock
from akinai.foundation.core.errors import Refused
from akinai.foundation.events.models import StoredEvent
from tests.builders.catalog import make_sku
from tests.builders.inventory import balance, stock_up
from tests.builders.orders import TAKA, draft, line, make_shop, make_store
from tests.builders.shipments import NUMBERS, packed, sent, tracking

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def shop(clock: FrozenClock) -> None:
    make_shop()


def take_in(*drafts: OrderDraft) -> list[Placed]:
    """As an import does it: orders and the store's word on money, together."""
    with transaction.atomic():
        placed = [r for r in services.place_orders(SYSTEM, list(drafts)) if isinstance(r, Placed)]
        payments.record_from_store(SYSTEM, placed)
    return placed


def begin(number: str = "A-1", **fields: object) -> Order:
    fields.setdefault("store", make_store(auto_accept=True))
    return take_in(draft(number, **fields))[0].order  # type: ignore[arg-type]


def fresh(order: Order) -> Order:
    return Order.objects.get(pk=order.pk)


def queue(order: Order) -> str:
    return fresh(order).queue


def pay(order: Order, amount: int) -> None:
    payments.mark_deposit(SYSTEM, order_id=order.pk, money=Money(amount, house_clock.today()))


def send(order: Order) -> None:
    """Papers, inspection, tracking number, and everything that is secured leaves."""
    sent(order, tracking=tracking(order.pk * 10 + order.shipments.count()))


def told(order: Order) -> list[str]:
    return list(StoredEvent.objects.filter(subject=order.subject).order_by("id").values_list("name", flat=True))


def test_bank_transfer_from_the_order_to_done(clock: FrozenClock) -> None:
    """T01, T04, PAY-7, T06, T13, T15, ORD-16: the money, the parcel, then fourteen quiet days."""
    stock_up(make_sku(), 3)
    order = begin(method="bank", lines=[line(quantity=2)], shipping_fee=660)
    assert (order.queue, order.total, order.pay_due) == (Queue.AWAITING_PAYMENT, 5060, dt.date(2026, 12, 1))
    clock.advance(dt.timedelta(days=2))
    pay(order, 5000)
    assert (queue(order), fresh(order).payment) == (Queue.AWAITING_PAYMENT, Payment.PART_PAID)
    assert shipping.make_batch(SYSTEM, order_ids=[order.pk], papers=False).batch is None
    pay(order, 60)
    assert queue(order) == Queue.READY
    send(order)
    assert queue(order) == Queue.SHIPPED
    assert (balance(order.lines.get().sku).on_hand, balance(order.lines.get().sku).reserved) == (1, 0)
    clock.advance(dt.timedelta(days=14))
    services.tick()
    assert queue(order) == Queue.SHIPPED
    clock.advance(dt.timedelta(days=1))
    services.tick()
    assert queue(order) == Queue.DONE


def test_cash_on_delivery_leaves_at_once_and_waits_for_its_money(clock: FrozenClock) -> None:
    """Q08, Q16, PAY-10: the fee follows its band when a line goes; the carrier's money ends it."""
    stock_up(make_sku("BIG"), 1)
    stock_up(make_sku("SMALL"), 1)
    order = begin(
        method="代金引換", payment_fee=440, lines=[line("BIG", unit_price=12000), line("SMALL", unit_price=3000)]
    )
    assert (order.queue, order.total) == (Queue.READY, 15_440)
    services.cancel_line(SYSTEM, order_id=order.pk, line=1)
    assert (fresh(order).payment_fee, fresh(order).total) == (330, 3330)
    send(order)
    assert queue(order) == Queue.AWAITING_SETTLEMENT
    pay(order, 3330)
    assert queue(order) == Queue.SHIPPED
    clock.advance(dt.timedelta(days=15))
    services.tick()
    assert queue(order) == Queue.DONE


def test_a_backorder_is_served_before_later_ones_when_goods_come(clock: FrozenClock) -> None:
    """Q04, Q05, T10, ORD-21, INV-70: told of the wait, it asks for money first and stock second."""
    sku = make_sku(supply="backorder", lead_days=5)
    first = begin("A-1", method="bank")
    clock.advance(dt.timedelta(hours=1))
    second = begin("A-2", buyer=dataclasses.replace(TAKA, name="佐藤 花", mail="hana@example.jp", phone="03-9999-0000"))
    assert (first.queue, second.queue) == (Queue.AWAITING_PAYMENT, Queue.AWAITING_STOCK)
    pay(first, 2200)
    assert queue(first) == Queue.AWAITING_STOCK
    _movement, served = services.receive_stock(SYSTEM, sku_id=sku.pk, quantity=1)
    assert [o.pk for o in served] == [first.pk]
    assert (queue(first), queue(second)) == (Queue.READY, Queue.AWAITING_STOCK)
    services.approve_cancel(SYSTEM, order_id=first.pk)
    assert fresh(first).payment == Payment.REFUND_DUE
    services.allocate(SYSTEM, order_id=second.pk)
    assert queue(second) == Queue.READY


def test_a_preorder_waits_for_its_day_by_itself(clock: FrozenClock) -> None:
    """Q23, ORD-6: secured beforehand, opened by the tick at 00:00 of the day, also after days without a tick."""
    stock_up(make_sku(supply="preorder", release_on=dt.date(2026, 12, 10)), 1)
    order = begin()
    assert queue(order) == Queue.AWAITING_DATE
    clock.move_to(dt.datetime(2026, 12, 9, 23, 59, tzinfo=JST))
    services.tick()
    assert queue(order) == Queue.AWAITING_DATE
    clock.move_to(dt.datetime(2026, 12, 12, 0, 0, tzinfo=JST))
    services.tick()
    assert queue(order) == Queue.READY
    send(order)
    assert queue(order) == Queue.SHIPPED


def test_a_day_that_has_come_is_no_longer_told_of_beside_another_hold(clock: FrozenClock) -> None:
    """ORD-13 The badge of the day goes at midnight, although a person still keeps the order back."""
    stock_up(make_sku(), 1)
    order = begin(wish_date=dt.date(2026, 12, 8))
    services.hold(SYSTEM, order_id=order.pk, kind=HoldKind.MANUAL)
    assert "not_before" in fresh(order).badges
    clock.move_to(dt.datetime(2026, 12, 8, 0, 0, tzinfo=JST))
    services.tick()
    assert queue(order) == Queue.HOLD
    assert "not_before" not in fresh(order).badges


def test_until_a_date_it_may_not_leave_and_the_wish_says_when(clock: FrozenClock) -> None:
    """Q11, ORD-7: the later of the hold's day and of what the wished delivery day asks for."""
    stock_up(make_sku(), 1)
    order = begin(wish_date=dt.date(2026, 12, 8))
    wished = fresh(order).ship_not_before
    assert wished is not None and dt.date(2026, 12, 4) <= wished <= dt.date(2026, 12, 7)
    services.hold(SYSTEM, order_id=order.pk, kind=HoldKind.UNTIL_DATE, until=dt.date(2026, 12, 1))
    assert fresh(order).ship_not_before == wished
    clock.move_to(dt.datetime.combine(wished - dt.timedelta(days=1), dt.time(12), tzinfo=JST))
    services.tick()
    assert queue(order) == Queue.AWAITING_DATE
    clock.move_to(dt.datetime.combine(wished, dt.time(0, 0), tzinfo=JST))
    services.tick()
    assert queue(order) == Queue.READY
    assert order_page(order.pk).blockers == []


def test_cancelled_after_paying_and_refunded() -> None:
    """T20, T21, T26, Q20, ORD-74: the goods are free at once, the money is owed until it is given back."""
    sku = make_sku()
    stock_up(sku, 1)
    order = begin(method="bank")
    pay(order, 2200)
    services.request_cancel(SYSTEM, order_id=order.pk)
    assert queue(order) == Queue.CHECK
    services.approve_cancel(SYSTEM, order_id=order.pk)
    assert (queue(order), fresh(order).payment, balance(sku).free) == (Queue.CANCELLED, Payment.REFUND_DUE, 1)
    money = Money(2200, house_clock.today(), method="bank")
    payments.refund(SYSTEM, order_id=order.pk, money=money)
    with pytest.raises(Refused):
        payments.refund(SYSTEM, order_id=order.pk, money=money)
    assert fresh(order).payment != Payment.REFUND_DUE
    assert told(order).count("orders.cancelled") == told(order).count("payments.refund_recorded") == 1


def test_what_is_in_stock_goes_first_and_the_rest_follows() -> None:
    """Q06, Q18, ORD-11, ORD-2: ship policy partial; what has left can be neither cancelled nor lowered (T21)."""
    stock_up(make_sku("HERE"), 2)
    late = make_sku("LATE", supply="backorder")
    order = begin(store=make_store(auto_accept=True, ship_policy="partial"), lines=[line("HERE", 2), line("LATE")])
    assert order.queue == Queue.READY
    send(order)
    assert queue(order) == Queue.AWAITING_STOCK
    for refused in (services.approve_cancel, services.reject, services.request_cancel):
        with pytest.raises(Refused):
            refused(SYSTEM, order_id=order.pk)  # type: ignore[operator]
    with pytest.raises(Refused):
        services.cancel_line(SYSTEM, order_id=order.pk, line=2)
    services.receive_stock(SYSTEM, sku_id=late.pk, quantity=1)
    assert queue(order) == Queue.READY
    send(order)
    assert queue(order) == Queue.SHIPPED
    assert [(x.shipped, x.short) for x in fresh(order).lines.all()] == [(2, 0), (1, 0)]


def test_ord_12_changed_at_the_store_while_papers_are_out_stops_the_parcel() -> None:
    """ORD-12, ORD-32: the stop flag stands until a person has compared; nothing leaves and nothing ends meanwhile."""
    stock_up(make_sku(), 2)
    order = begin()
    shipment = packed(order)
    shipping.set_tracking(SYSTEM, shipment_id=shipment.pk, numbers=[NUMBERS[0]])
    store = make_store(auto_accept=True)
    [again] = take_in(draft("A-1", store=store, ordered_at=order.ordered_at, lines=[line(quantity=2)]))
    assert again.outcome == "changed"
    now = fresh(order)
    assert (now.queue, now.stopped) == (Queue.CHECK, True)
    with pytest.raises(Refused):
        shipping.dispatch_one(SYSTEM, shipment_id=shipment.pk)
    for refused in (services.approve_cancel, services.reject):
        with pytest.raises(Refused):  # the parcel must be pulled back first
            refused(SYSTEM, order_id=order.pk)  # type: ignore[operator]
    with pytest.raises(Refused):
        services.hold(SYSTEM, order_id=order.pk, kind=HoldKind.MANUAL, free_stock=True)
    services.clear_check(SYSTEM, order_id=order.pk, code=Check.CHANNEL_CHANGED, answer="一つで確認済み")
    assert (queue(order), fresh(order).stopped) == (Queue.PREPARING, False)
    shipping.dispatch_one(SYSTEM, shipment_id=shipment.pk)
    assert queue(order) == Queue.SHIPPED


def test_ord_32_two_changes_at_the_store_are_shown_together_and_one_taken_back_is_not() -> None:
    stock_up(make_sku(), 2)
    order = begin(remark="")
    store = make_store(auto_accept=True)

    def again(**changes: object) -> str:
        return take_in(draft("A-1", store=store, ordered_at=order.ordered_at, **changes))[0].outcome  # type: ignore[arg-type]

    assert again(shipping_fee=500) == "changed"
    assert again(shipping_fee=500, remark="急ぎ") == "changed"
    shown = fresh(order).checks.get(code=Check.CHANNEL_CHANGED, closed_at__isnull=True).detail["changes"]
    assert shown == {"shipping_fee": [0, 500], "remark": ["", "急ぎ"]}
    again(remark="急ぎ")
    shown = fresh(order).checks.get(code=Check.CHANNEL_CHANGED, closed_at__isnull=True).detail["changes"]
    assert shown == {"remark": ["", "急ぎ"]}
    assert again() == "unchanged"
    assert not fresh(order).checks.filter(closed_at__isnull=True).exists()


def test_ord_32_paid_and_changed_in_one_file_is_both() -> None:
    """The money is written down whatever else the file says; less money than before is for a person to see."""
    stock_up(make_sku(), 2)
    order = begin(method="bank")
    store = make_store(auto_accept=True)
    take_in(draft("A-1", store=store, method="bank", ordered_at=order.ordered_at, paid=2200, remark="急ぎ"))
    assert (fresh(order).received_amount, queue(order)) == (2200, Queue.CHECK)
    take_in(draft("A-1", store=store, method="bank", ordered_at=order.ordered_at, paid=0, remark="急ぎ"))
    shown = fresh(order).checks.get(code=Check.CHANNEL_CHANGED, closed_at__isnull=True).detail["changes"]
    assert shown["paid_amount"] == [2200, 0]
    assert fresh(order).received_amount == 2200


def test_ord_32_a_card_that_was_pending_is_authorised_later() -> None:
    stock_up(make_sku(), 1)
    order = begin(guaranteed=0)
    assert order.queue == Queue.AWAITING_PAYMENT
    [again] = take_in(draft("A-1", store=make_store(auto_accept=True), ordered_at=order.ordered_at, guaranteed=2200))
    assert again.outcome == "paid"
    assert (queue(order), fresh(order).payment) == (Queue.READY, Payment.GUARANTEED)


def test_ord_32_cancelled_at_the_store_after_a_part_has_left_is_shown() -> None:
    """T20 is closed then; a person sees it as long as anything is left to send (ORD-18)."""
    stock_up(make_sku("HERE"), 1)
    make_sku("LATE", supply="backorder")
    store = make_store(auto_accept=True, ship_policy="partial")
    lines = [line("HERE"), line("LATE")]
    order = begin(store=store, lines=lines)
    send(order)
    take_in(draft("A-1", store=store, ordered_at=order.ordered_at, lines=lines, is_cancelled=True))
    assert (fresh(order).cancel, queue(order)) == ("none", Queue.CHECK)
    shown = fresh(order).checks.get(code=Check.CHANNEL_CHANGED, closed_at__isnull=True).detail["changes"]
    assert shown["is_cancelled"] == [False, True]
