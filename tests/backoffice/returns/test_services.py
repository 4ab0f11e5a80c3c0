"""1.9 end to end: T24-T29, ORD-72 to ORD-79, R93, R94."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Any

import pytest

from akinai.backoffice.fulfillment import services as shipping
from akinai.backoffice.fulfillment.states import Tracking
from akinai.backoffice.inventory.models import Movement, Stock
from akinai.backoffice.orders import services as orders
from akinai.backoffice.orders.models import Order
from akinai.backoffice.orders.states import Payment, Queue, Stage
from akinai.backoffice.orders.types import PartyDraft
from akinai.backoffice.payments import services as payments
from akinai.backoffice.returns import permissions, services
from akinai.backoffice.returns.models import Case, Claim, SaleReversal
from akinai.backoffice.returns.states import Cause, ClaimState, Kind, Reason, Result, State
from akinai.backoffice.returns.types import Found, Replacement
from akinai.config.invariants import violations
from akinai.foundation.core import clock as house
from akinai.foundation.core.actor import SYSTEM, Actor
from akinai.foundation.core.clock import FrozenClock
from akinai.foundation.core.errors import BadInput, Refused
from akinai.foundation.events.models import StoredEvent
from akinai.foundation.jobs.models import Job
from akinai.foundation.jobs.services import run_pending
from akinai.shop.catalog.models import Product, Sku
from akinai.shop.customers.models import Attention
from akinai.shop.stores.services import set_setting
from tests.builders.catalog import make_sku
from tests.builders.inventory import balance, stock_up
from tests.builders.orders import line, make_shop
from tests.builders.shipments import packed, ready_order, sent, tracking

pytestmark = pytest.mark.django_db
CLERK = Actor("staff:7", "鈴木", frozenset({permissions.WORK, permissions.RECEIVE}))
BOSS = Actor("staff:1", "佐藤", frozenset({permissions.WORK, permissions.APPROVE, permissions.EXCEPT}))
DAY = dt.timedelta(days=1)


@pytest.fixture(autouse=True)
def shop(clock: FrozenClock) -> Iterator[None]:
    make_shop()
    yield
    assert list(violations()) == []


def fresh(order: Order) -> Order:
    return Order.objects.get(pk=order.pk)


def shipped(number: str = "A-1", **fields: Any) -> Order:
    """An order of two cups at 2,200 and shipping 660 that has left; paid by bank unless told otherwise."""
    values: dict[str, Any] = {"lines": [line(quantity=2)], "shipping_fee": 660, "method": "bank", "paid": 5060}
    order = ready_order(number, **(values | fields))
    serial = Order.objects.count()
    sent(order, tracking=tracking(serial))
    return fresh(order)


def opened(order: Order, kind: str = Kind.RETURN, reason: str = Reason.DEFECT, n: int = 2, **more: Any) -> Case:
    return services.open_case(
        more.pop("actor", CLERK), order_id=order.pk, kind=kind, reason=reason,
        quantities={order.lines.get(number=1).pk: n}, **more,
    )  # fmt: skip


def returned(case: Case, *results: tuple[str, int], key: str = "k", **more: Any) -> Case:
    row = case.lines.get()
    found = [Found(row.pk, result, n, **more) for result, n in results]
    return services.receive(CLERK, case_id=case.pk, found=found, key=key)


def test_t16_goods_in_a_case_have_left_whatever_a_manager_says() -> None:
    """T16, T24: a dispatch with a case on its goods cannot be undone; without the case it can."""
    order = shipped()
    case = opened(order, n=1)
    [box] = order.shipments.all()
    with pytest.raises(Refused, match=case.number):
        shipping.undo_dispatch(SYSTEM, shipment_id=box.pk, reason="積み残し")
    assert shipping.obstacles_to_undo(box)
    services.withdraw_case(CLERK, case_id=case.pk, reason="やはり使う")
    shipping.undo_dispatch(SYSTEM, shipment_id=box.pk, reason="積み残し")
    assert fresh(order).queue == Queue.PREPARING


def test_t24_what_has_not_left_or_is_in_a_case_cannot_come_back() -> None:
    order = ready_order(lines=[line(quantity=2)])
    with pytest.raises(Refused, match="キャンセル"):
        opened(order)
    order = shipped("A-2")
    with pytest.raises(BadInput) as caught:
        opened(order, reason=Reason.UNDELIVERABLE)
    assert caught.value.field == "reason"
    with pytest.raises(BadInput):
        opened(order, n=0)
    opened(order, n=1)
    assert fresh(order).open_cases == 1
    with pytest.raises(Refused):
        opened(order)
    assert Case.objects.count() == 1


def test_ord_72_a_buyers_wish_only_inside_the_posted_rule_but_a_defect_later_too(clock: FrozenClock) -> None:
    order = shipped()
    clock.advance(DAY * (1 + 8))
    case = opened(order, reason=Reason.CUSTOMER, n=1)
    services.withdraw_case(CLERK, case_id=case.pk, reason="やはり使う")
    clock.advance(DAY)
    with pytest.raises(Refused, match="期限"):
        opened(order, reason=Reason.CUSTOMER)
    with pytest.raises(Refused, match="理由"):
        opened(order, reason=Reason.CUSTOMER, actor=BOSS)
    assert opened(order, reason=Reason.CUSTOMER, actor=BOSS, exception="常連のお客様", n=1).state == State.AWAITING
    assert opened(order, reason=Reason.DEFECT, n=1).is_shop_fault


def test_t25_each_result_goes_its_own_way_and_twice_the_same_form_counts_once() -> None:
    """ORD-73, R94: A to the shelf, B to the outlet article, C written off, D to the supplier."""
    order = shipped(lines=[line(quantity=4)], paid=9460)
    sku, outlet = Sku.objects.get(), make_sku("YN-OUT", product=Product.objects.get())
    before = balance(sku).on_hand
    case = opened(order, n=4)
    assert balance(sku).on_hand == before, "nothing is stock before inspection"
    row = case.lines.get()
    found = [Found(row.pk, Result.RESELL, 1), Found(row.pk, Result.OUTLET, 1, sku="YN-OUT"),
             Found(row.pk, Result.SCRAP, 1), Found(row.pk, Result.SUPPLIER, 1)]  # fmt: skip
    for _twice in range(2):
        services.receive(CLERK, case_id=case.pk, found=found, key="form-1")
    assert (balance(sku).on_hand, balance(outlet).on_hand) == (before + 1, 1)
    assert Stock.objects.get(sku=sku, place__code="supplier-returns").on_hand == 1
    assert [m.on_hand for m in Movement.objects.filter(sku=sku, kind="adjust")] == [-1]
    assert Case.objects.get().state == State.RECEIVED
    with pytest.raises(Refused):
        services.receive(CLERK, case_id=case.pk, found=found, key="form-2")
    assert StoredEvent.objects.filter(name="returns.received").count() == 1


def test_ord_73_some_goods_are_never_sold_again() -> None:
    order = shipped()
    Product.objects.update(never_resell=True)
    case = opened(order)
    with pytest.raises(Refused, match="再販"):
        returned(case, (Result.RESELL, 2))
    with pytest.raises(Refused, match="アウトレット"):
        returned(case, (Result.OUTLET, 2), sku="NONE")
    assert returned(case, (Result.SCRAP, 2)).state == State.RECEIVED


def test_ord_74_ord_79_a_defect_gives_back_all_and_the_sale_is_reversed_today(clock: FrozenClock) -> None:
    order = shipped()
    case = opened(order)
    clock.advance(DAY * 5)
    returned(case, (Result.SCRAP, 2))
    proposed = services.propose(fresh(order), Case.objects.get())
    assert (proposed.goods, proposed.fees, proposed.money) == (4400, 660, 5060)
    case = services.request_refund(CLERK, case_id=case.pk, with_fees=True)
    assert case.state == State.REFUND, "below the shop's amount nobody else is asked"
    note = SaleReversal.objects.get()
    assert (note.on, note.rates) == (house.today(), [{"rate": 10, "gross": 5060, "tax": 460}])
    order = fresh(order)
    assert (order.payment, order.credited_amount, order.queue) == (Payment.REFUND_DUE, 5060, Queue.SHIPPED)
    money = payments.Money(5060, house.today(), method="bank")
    payments.refund(BOSS, order_id=order.pk, money=money)
    run_pending()
    assert Case.objects.get().state == State.CLOSED
    assert fresh(order).payment == Payment.NOT_REQUIRED


def test_ord_74_a_buyers_wish_gives_no_fees_and_part_of_an_order_is_paid_after_its_refund(clock: FrozenClock) -> None:
    order = shipped()
    case = opened(order, reason=Reason.CUSTOMER, n=1)
    returned(case, (Result.RESELL, 1))
    assert services.propose(fresh(order), Case.objects.get()).money == 2200
    services.request_refund(CLERK, case_id=case.pk, with_fees=False)
    payments.refund(BOSS, order_id=order.pk, money=payments.Money(2200, house.today(), method="bank"))
    assert fresh(order).payment == Payment.PAID


def test_ord_74_a_card_that_was_only_authorised_counts_as_captured_when_goods_have_left() -> None:
    order = shipped(method="card", paid=0)
    case = returned(opened(order), (Result.RESELL, 2))
    services.request_refund(CLERK, case_id=case.pk, with_fees=True)
    order = fresh(order)
    assert (order.received_amount, order.payment) == (5060, Payment.REFUND_DUE)


def test_t26_above_the_shops_amount_somebody_else_approves() -> None:
    set_setting(SYSTEM, key="payments.approval_from", value=5000)
    order = shipped()
    case = returned(opened(order), (Result.RESELL, 2))
    case = services.request_refund(BOSS, case_id=case.pk, with_fees=True)
    assert (case.state, fresh(order).credited_amount) == (State.APPROVAL, 0)
    with pytest.raises(Refused, match="別の"):
        services.approve_refund(BOSS, case_id=case.pk)
    services.decline_refund(Actor("staff:2"), case_id=case.pk, reason="金額を確認")
    services.request_refund(BOSS, case_id=case.pk, with_fees=False)
    assert fresh(order).credited_amount == 4400, "below it one is enough"


def test_t26_several_cases_are_no_way_around_the_second_person() -> None:
    set_setting(SYSTEM, key="payments.approval_from", value=4000)
    order = shipped()
    [goods] = order.lines.all()
    for state in (State.REFUND, State.APPROVAL):
        case = services.open_case(CLERK, order_id=order.pk, kind="return", reason="defect", quantities={goods.pk: 1})
        case = services.request_refund(CLERK, case_id=returned(case, (Result.RESELL, 1)).pk, with_fees=False)
        assert (case.state, case.refund_amount) == (state, 2200)
    with pytest.raises(Refused, match="別の"):
        services.approve_refund(CLERK, case_id=case.pk)
    services.approve_refund(BOSS, case_id=case.pk)
    assert fresh(order).credited_amount == 4400


def test_ord_76_a_refused_cash_on_delivery_parcel_comes_back_opened(clock: FrozenClock) -> None:
    """Refused parcel comes back opened: stock by inspection only, the sale is reversed, what it cost is claimed."""
    order = shipped(method="cod", paid=0, payment_fee=330)
    sku = Sku.objects.get()
    box = order.shipments.get()
    assert order.queue == Queue.AWAITING_SETTLEMENT
    shipping.note_tracking(SYSTEM, shipment_id=box.pk, state=Tracking.RETURNING)
    run_pending()
    case = Case.objects.get()
    assert (case.kind, case.cause, case.state) == (Kind.NON_DELIVERY, Cause.REFUSED, State.COMING)
    run_pending()
    assert services.open_returning(SYSTEM, shipment_id=box.pk) is None, "once"
    returned(case, (Result.RESELL, 1), (Result.SCRAP, 1))
    box.refresh_from_db()
    assert (box.stage, balance(sku).on_hand) == (Stage.RETURNED, 49)
    order = fresh(order)
    assert (order.credited_amount, order.payment) == (order.total, Payment.NOT_REQUIRED)
    assert order.queue == Queue.SHIPPED, "case and claims keep it open"
    assert {c.kind: c.amount for c in Claim.objects.all()} == {"freight": 660 + 800, "cod_fee": 330}
    with pytest.raises(Refused, match="残っていません"):
        services.request_refund(CLERK, case_id=case.pk, with_fees=False)
    services.close_case(CLERK, case_id=case.pk, outcome="受取拒否として処理")
    for claim in Claim.objects.all():
        services.waive_claim(BOSS, claim_id=claim.pk, reason="回収見込みなし")
    assert fresh(order).queue == Queue.DONE
    assert services.offences(order) == 1
    assert not Attention.objects.exists(), "once is no habit"


def test_ord_76_the_second_parcel_not_taken_in_proposes_the_attention_list_once() -> None:
    """ORD-76, CS-40: a proposal of 前払いのみ, which only a manager approves; no order is held by it."""
    sold = [shipped(number) for number in ("A-2", "A-3", "A-4")]
    buyer = sold[0].customer_id
    Order.objects.update(customer_id=buyer)
    for n, order in enumerate(sold, 1):
        case = services.open_case(
            CLERK, order_id=order.pk, kind=Kind.NON_DELIVERY, reason=Reason.UNDELIVERABLE, cause=Cause.ABSENT
        )
        returned(case, (Result.RESELL, 2), key=order.number)
        assert Attention.objects.count() == (0 if n == 1 else 1)
    entry = Attention.objects.get()
    assert (entry.customer_id, entry.level, entry.state) == (buyer, "prepaid", "proposed")
    assert "2回" in entry.reason


def test_ord_79_what_a_parcel_back_has_reversed_is_not_reversed_again_for_its_points() -> None:
    order = shipped(method="cod", paid=0, payment_fee=330, points=300)
    shipping.note_tracking(SYSTEM, shipment_id=order.shipments.get().pk, state=Tracking.RETURNING)
    run_pending()
    case = returned(Case.objects.get(), (Result.RESELL, 2))
    with pytest.raises(Refused):
        services.request_refund(CLERK, case_id=case.pk, with_fees=True)
    assert SaleReversal.objects.count() == 1


def test_ord_76_a_prepaid_parcel_that_nobody_took_in_gives_back_goods_less_freights() -> None:
    order = shipped()
    case = services.open_case(
        CLERK, order_id=order.pk, kind=Kind.NON_DELIVERY, reason=Reason.UNDELIVERABLE, cause=Cause.ABSENT
    )
    assert order.shipments.get().stage == Stage.RETURNING
    returned(case, (Result.RESELL, 2))
    proposed = services.propose(fresh(order), Case.objects.get())
    assert (proposed.goods, proposed.fees, proposed.withheld, proposed.money) == (4400, 0, 660, 3740)


def test_t18_goods_that_were_to_come_back_anyway_make_no_second_case() -> None:
    """A return was announced, then the parcel is refused: one case for each piece, and the job never fails."""
    order = shipped()
    opened(order, n=1)
    box = order.shipments.get()
    shipping.note_tracking(SYSTEM, shipment_id=box.pk, state=Tracking.RETURNING)
    run_pending()
    case = Case.objects.get(kind=Kind.NON_DELIVERY)
    assert [line.quantity for line in case.lines.all()] == [1]
    other = shipped("A-2")
    opened(other, n=2)
    box = other.shipments.get()
    shipping.note_tracking(SYSTEM, shipment_id=box.pk, state=Tracking.RETURNING)
    run_pending()
    assert Case.objects.filter(order=other).count() == 1
    assert not Job.objects.filter(failures__gt=0).exists()
    with pytest.raises(Refused, match="別の案件"):
        services.open_case(
            CLERK, order_id=other.pk, kind=Kind.NON_DELIVERY, reason=Reason.UNDELIVERABLE, cause=Cause.REFUSED
        )


def test_tax_52_a_piece_of_a_complaint_comes_back_once() -> None:
    order = shipped()
    talk = opened(order, kind=Kind.COMPLAINT, n=1)
    returned(opened(order, n=2), (Result.RESELL, 2))
    with pytest.raises(Refused, match="別の案件"):
        returned(talk, (Result.SCRAP, 1))
    services.close_case(CLERK, case_id=talk.pk, outcome="お詫び")


def test_ord_77_an_unknown_address_is_sent_again_to_another_one() -> None:
    order = shipped()
    case = services.open_case(
        CLERK, order_id=order.pk, kind=Kind.NON_DELIVERY, reason=Reason.UNDELIVERABLE, cause=Cause.ADDRESS
    )
    again = [Replacement("YN-AI-01", 2, 2200)]
    with pytest.raises(Refused, match="検品"):
        services.replace(CLERK, case_id=case.pk, goods=again)
    returned(case, (Result.RESELL, 2))
    to = PartyDraft("渡邉 髙子", "", "", "03-1234-5678", "", "106-0032", "東京都", "港区六本木9-9-9")
    child = services.replace(CLERK, case_id=case.pk, goods=again, ship_to=to)
    assert (child.total, child.ship_address1, fresh(order).ship_address1) == (0, "港区六本木9-9-9", "港区六本木1-2-3")


def test_t27_an_exchange_is_an_order_for_the_difference_and_reserves(clock: FrozenClock) -> None:
    order = shipped()
    other = stock_up(make_sku("YN-KAI-02", product=Product.objects.get(), price=3000), 5)
    case = opened(order, kind=Kind.EXCHANGE, reason=Reason.WRONG, n=1)
    with pytest.raises(Refused, match="店長"):
        services.replace(CLERK, case_id=case.pk, goods=[Replacement("YN-KAI-02", 1, 3000)])
    returned(case, (Result.RESELL, 1))
    child = services.replace(CLERK, case_id=case.pk, goods=[Replacement("YN-KAI-02", 1, 3000)])
    assert (child.total, child.store.code, child.store_number) == (800, "exchange", case.number)
    assert balance(Sku.objects.get(code="YN-KAI-02")).reserved == 1
    assert other is not None
    with pytest.raises(Refused):
        services.replace(CLERK, case_id=case.pk, goods=[Replacement("YN-KAI-02", 1, 3000)])
    services.close_case(CLERK, case_id=case.pk, outcome="交換品を手配")
    same = opened(order, kind=Kind.EXCHANGE, reason=Reason.DEFECT, n=1)
    returned(same, (Result.SCRAP, 1), key="b")
    free = services.replace(CLERK, case_id=same.pk, goods=[Replacement("YN-AI-01", 1, 2200)])
    assert (free.total, free.payment) == (0, Payment.NOT_REQUIRED)


def test_ord_75_goods_exchanged_in_advance_and_not_sent_back_are_billed(clock: FrozenClock) -> None:
    order = shipped()
    case = opened(order, kind=Kind.EXCHANGE, n=1)
    child = services.replace(BOSS, case_id=case.pk, goods=[Replacement("YN-AI-01", 1, 2200)])
    clock.advance(DAY * 14)
    assert services.bill_unreturned(SYSTEM) == 0, "fourteen days are not over"
    clock.advance(DAY)
    assert (services.bill_unreturned(SYSTEM), services.bill_unreturned(SYSTEM)) == (1, 0)
    claim = Claim.objects.get()
    assert (claim.order_id, claim.amount, fresh(child).open_followups) == (child.pk, 2200, 1)
    returned(case, (Result.RESELL, 1))
    claim.refresh_from_db()
    assert (claim.state, fresh(child).open_followups) == (ClaimState.WAIVED, 0), "they came after all"
    services.close_case(CLERK, case_id=case.pk, outcome="遅れて到着")


def test_ord_75_the_bill_is_paid_and_the_case_is_over(clock: FrozenClock) -> None:
    order = shipped()
    case = opened(order, kind=Kind.EXCHANGE, n=1)
    services.replace(BOSS, case_id=case.pk, goods=[Replacement("YN-AI-01", 1, 2200)])
    with pytest.raises(Refused):
        services.withdraw_case(CLERK, case_id=case.pk, reason="x")
    with pytest.raises(Refused):
        services.give_up_goods(CLERK, case_id=case.pk, outcome="早すぎる")
    clock.advance(DAY * 15)
    services.bill_unreturned(SYSTEM)
    services.settle_claim(BOSS, claim_id=Claim.objects.get().pk, amount=2200, on=house.today())
    services.give_up_goods(CLERK, case_id=case.pk, outcome="代金を受領")
    assert fresh(order).open_cases == 0


def test_ord_78_lost_on_the_way_is_replaced_at_no_price_and_claimed_from_the_carrier(clock: FrozenClock) -> None:
    order = shipped()
    case = opened(order, kind=Kind.CARRIER_CLAIM, reason=Reason.DAMAGE)
    assert Claim.objects.get().amount == 4400
    child = services.replace(CLERK, case_id=case.pk, goods=[Replacement("YN-AI-01", 2, 2200)])
    assert child.total == 0
    with pytest.raises(Refused, match="運送会社"):
        services.close_case(CLERK, case_id=case.pk, outcome="代替品")
    services.settle_claim(BOSS, claim_id=Claim.objects.get().pk, amount=4000, on=house.today())
    services.close_case(CLERK, case_id=case.pk, outcome="補償受領")
    assert fresh(order).open_cases == 0


def test_r88_no_news_closes_an_order_unless_a_case_is_open(clock: FrozenClock) -> None:
    """R88, ORD-16: sent on 11-24, a day on the way, 14 days: 12-09 closes the one; the other waits for its case."""
    quiet, disputed = shipped("A-1"), shipped("A-2")
    case = opened(disputed)
    assert fresh(quiet).close_wait_until == dt.date(2026, 12, 9)
    for day, expected in ((8, Queue.SHIPPED), (9, Queue.DONE)):
        clock.move_to(dt.datetime(2026, 12, day, 0, 0, tzinfo=clock.now().tzinfo))
        orders.tick()
        assert (fresh(quiet).queue, fresh(disputed).queue) == (expected, Queue.SHIPPED)
    services.withdraw_case(BOSS, case_id=case.pk, reason="使い方のご案内で解決")
    assert fresh(disputed).queue == Queue.DONE


def test_t29_a_closed_order_is_reopened_by_the_manager_only(clock: FrozenClock) -> None:
    order = shipped()
    clock.advance(DAY * 15)
    orders.tick()
    assert fresh(order).queue == Queue.DONE
    with pytest.raises(Refused, match="店長"):
        services.reopen(CLERK, order_id=order.pk, text="欠けていたとのお電話")
    with pytest.raises(BadInput):
        services.reopen(BOSS, order_id=order.pk, text=" ")
    case = services.reopen(BOSS, order_id=order.pk, text="欠けていたとのお電話")
    assert (fresh(order).queue, case.state) == (Queue.SHIPPED, State.TALKING)
    services.close_case(BOSS, case_id=case.pk, outcome="使い方をご案内")
    assert fresh(order).queue == Queue.DONE


def test_cancel_while_being_shipped_ends_in_one_truth() -> None:
    """T20 after T15 is refused with the way to a return; T15 after T20 is refused at the table (ORD-71)."""
    gone = shipped()
    with pytest.raises(Refused, match="返品"):
        orders.request_cancel(CLERK, order_id=gone.pk)
    box = packed(ready_order("A-9"))
    orders.request_cancel(CLERK, order_id=box.order_id)
    assert not shipping.dispatch(SYSTEM, shipment_ids=[box.pk])[0].done


def test_r94_cancelling_twice_restores_stock_once() -> None:
    order = ready_order(lines=[line(quantity=3)])
    sku = Sku.objects.get()
    orders.approve_cancel(CLERK, order_id=order.pk)
    with pytest.raises(Refused):
        orders.approve_cancel(CLERK, order_id=order.pk)
    assert (balance(sku).on_hand, balance(sku).reserved, balance(sku).free) == (50, 0, 50)
