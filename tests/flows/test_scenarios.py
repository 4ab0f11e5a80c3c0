"""The cases that go wrong in shops, each from the order to its end: facts, goods, money, mails, and the queue it is in.

Every job runs as a worker would run it, and after each the whole house is asked (REL-16, `conftest`). What a part of a
case must also do is proved where that part lives:

| Case | Here | And |
|---|---|---|
| cancel after print | yes | `fulfillment.test_flow`: one door (ORD-12); against inspecting, `concurrency` |
| cancel while being shipped | yes | `returns.test_services`; both at once, `concurrency.test_order_pairs` |
| two orders, one deposit | yes | `payments.test_settling`: every way it can differ (PAY-24) |
| deposit for an order cancelled as unpaid | yes | `payments.test_lapsing` (T08, PAY-8) |
| COD raised over a band by an edit | yes | `orders.test_editing`: each band and the last (PAY-10) |
| ship-to is not the buyer, with COD | yes | `terms.test_charges` |
| wish date on a closed day | yes | `terms.test_dates` |
| hold until a date inside a run of holidays | yes | `orders.test_services` (ORD-6, ORD-7) |
| authorisation lapses before a preorder's release | yes | `payments.test_authorisations` (ORD-63) |
| consolidation whose second order is cancelled | yes | `fulfillment.test_together`: after papers, too (ORD-54) |
| split order un-split | yes | `orders.test_dividing`: any order, as a property (ORD-52) |
| last unit to two stores | yes | at once, `concurrency.test_racing_orders` |
| count finds less than reserved | yes | `orders.test_services`: not from printed ones |
| unknown SKU that is 3 of a set | yes | `orders.test_services` (INV-91) |
| address of 17 characters without house number | yes | `fulfillment.test_yamato_b2` (SHP-32) |
| masked mail address bounces | yes | `notifications.test_inbox` (MAIL-11, MAIL-12) |
| same buyer twice in 10 minutes | yes | `orders.test_placing` (ORD-20) |
| refused parcel comes back opened | yes | `returns.test_services` (ORD-76) |
| exchange not sent back | yes | `returns.test_services` (ORD-75) |
| remark with two wishes that contradict | yes | `orders.remarks`, `orders.test_remarks_taken` |
"""

from __future__ import annotations

import dataclasses
import datetime as dt

import pytest

from akinai.backoffice.fulfillment import services as shipping
from akinai.backoffice.fulfillment.models import Bundle, Shipment
from akinai.backoffice.fulfillment.states import BundleState, Tracking
from akinai.backoffice.orders import services
from akinai.backoffice.orders.states import HoldKind, Payment, Queue, Stage
from akinai.backoffice.orders.types import ConsentDraft
from akinai.backoffice.payments import services as payments
from akinai.backoffice.payments.models import LedgerEntry
from akinai.backoffice.payments.services import Money
from akinai.backoffice.returns import services as returns
from akinai.backoffice.returns.models import Case, Claim
from akinai.backoffice.returns.states import Cause, Kind, Reason, Result, State
from akinai.backoffice.returns.types import Found, Replacement
from akinai.foundation.core import clock as house
from akinai.foundation.core.actor import SYSTEM
from akinai.foundation.core.clock import FrozenClock
from akinai.foundation.core.errors import Refused
from akinai.shop.catalog.models import Sku
from akinai.shop.messaging import services as messaging
from akinai.shop.messaging.bounces import bounce_in
from akinai.shop.messaging.models import Message
from akinai.shop.stores.services import close_days
from tests.backoffice.fulfillment.test_yamato_b2 import stops
from tests.builders.catalog import make_sku
from tests.builders.fulfillment import parcel, party
from tests.builders.inventory import balance, stock_up
from tests.builders.mails import make_writing_shop
from tests.builders.orders import TAKA, line, make_store
from tests.builders.shipments import packed, printed, tracking
from tests.shop.messaging.test_parsing import REPORT

from .scenes import (
    BOSS,
    CLERK,
    auto,
    fresh,
    holds,
    mails,
    page,
    pay,
    press,
    queue,
    reasons,
    send,
    sleep_until,
    work,
)  # fmt: skip

pytestmark = pytest.mark.django_db
DAY = dt.timedelta(days=1)
HANAKO = dataclasses.replace(
    TAKA, name="鈴木 花子", kana="スズキ ハナコ", phone="06-1234-5678", mail="hanako@example.jp", address1="港区芝1-2-3"
)


@pytest.fixture(autouse=True)
def shop(clock: FrozenClock) -> None:
    make_writing_shop()
    stock_up(make_sku(), 5)


def order_sku() -> int:
    return Sku.objects.get(code="YN-AI-01").pk


def balance_of(sku_id: int) -> tuple[int, int]:
    row = balance(Sku.objects.get(pk=sku_id))
    return row.on_hand, row.reserved


def test_cancelled_after_print(clock: FrozenClock) -> None:
    """ORD-12, T20, T21, ORD-70: the box is pulled back by the same button; goods free, money due, one mail."""
    order = auto(method="bank", lines=[line(quantity=2)])
    pay(order, 4400)
    box = printed(order)
    assert queue(order) == Queue.PREPARING
    services.request_cancel(CLERK, order_id=order.pk)
    assert (queue(order), fresh(order).stopped) == (Queue.CHECK, True)
    assert shipping.scan(SYSTEM, shipment_id=box.pk, code="YN-AI-01").outcome == "stopped"
    assert press("orders:cancel", order, reason="customer") == 409, "the papers are out"
    assert press("fulfillment:cancel_and_pull_back", order, reason="customer", note="誤注文") == 302
    work()
    box.refresh_from_db()
    after = fresh(order)
    assert (after.queue, after.payment, box.stage) == (Queue.CANCELLED, Payment.REFUND_DUE, Stage.VOID)
    assert balance_of(order_sku()) == (5, 0)
    assert mails(order)[-1] == "M12"
    assert mails(order).count("M12") == 1
    payments.refund(SYSTEM, order_id=order.pk, money=Money(4400, house.today(), method="bank"))
    work()
    assert (fresh(order).payment, mails(order)[-1]) == (Payment.NOT_REQUIRED, "M11")
    assert "キャンセル" in page(order)


def test_cancelled_while_being_shipped() -> None:
    """ORD-71: whichever was first is the truth; the other hears the way that is left."""
    order = auto()
    box = packed(order)
    shipping.set_tracking(SYSTEM, shipment_id=box.pk, numbers=[tracking(1)])
    services.request_cancel(CLERK, order_id=order.pk)
    [left] = shipping.dispatch(SYSTEM, shipment_ids=[box.pk])
    assert not left.done
    services.refuse_cancel(CLERK, order_id=order.pk, reason="梱包済みのため")
    assert shipping.dispatch(SYSTEM, shipment_ids=[box.pk])[0].done
    with pytest.raises(Refused, match="返品"):
        services.request_cancel(CLERK, order_id=order.pk)
    work()
    assert (queue(order), balance_of(order_sku())) == (Queue.SHIPPED, (4, 0))
    assert "M07" in mails(order)
    assert "M12" not in mails(order)


def test_two_orders_and_one_deposit() -> None:
    """PAY-24, R55: one sum opens both gates, each order is thanked once, and taking a share back closes one again."""
    one = auto(method="bank")
    two = auto("A-2", method="bank", lines=[line(quantity=2)], buyer=HANAKO)
    money = Money(6600, house.today(), payer_name="ワタナベ タカコ", key="form:1")
    with pytest.raises(Refused, match="700"):
        more = Money(7300, house.today(), key="form:0")
        payments.split_deposit(SYSTEM, order_ids=[one.pk, two.pk], money=more)
    for _twice in range(2):
        made = payments.split_deposit(SYSTEM, order_ids=[one.pk, two.pk], money=money)
    work()
    assert [(fresh(o).payment, queue(o), mails(o).count("M05")) for o in (one, two)] == [
        (Payment.PAID, Queue.READY, 1),
        (Payment.PAID, Queue.READY, 1),
    ]
    payments.reverse(SYSTEM, entry_id=made.entries.get(order=two).pk, note="別の方の入金")
    work()
    assert (queue(one), queue(two)) == (Queue.READY, Queue.AWAITING_PAYMENT)
    send(one)
    assert balance_of(order_sku()) == (4, 2)


def test_a_deposit_after_the_order_was_cancelled_as_unpaid(clock: FrozenClock) -> None:
    """T08, PAY-6, PAY-8: the goods are free; money that comes later takes the order again, or goes back."""
    order = auto(method="bank")
    other = auto("A-2", method="bank", buyer=HANAKO)
    last = order.pay_cancel_on
    assert last is not None
    sleep_until(clock, last + DAY)
    with pytest.raises(Refused):
        payments.cancel_unpaid(SYSTEM, order_id=order.pk)
    sleep_until(clock, last + DAY * 5)
    payments.note_bank_check(SYSTEM, through=last + DAY * 4)
    assert [r.done for r in payments.cancel_unpaid_many(SYSTEM, order_ids=[order.pk, other.pk])] == [True, True]
    work()
    assert (queue(order), mails(order)[-1], balance_of(order_sku())) == (Queue.CANCELLED, "M12", (5, 0))
    pay(order, 2200)
    pay(other, 2200)
    assert [fresh(o).payment for o in (order, other)] == [Payment.REFUND_DUE] * 2
    assert "M05" not in mails(order), "nobody is thanked for what may have to go back"
    child = payments.take_again(SYSTEM, order_id=order.pk)
    payments.refund(SYSTEM, order_id=other.pk, money=Money(2200, house.today(), method="bank"))
    work()
    assert (queue(child), fresh(child).payment, balance_of(order_sku())) == (Queue.READY, Payment.PAID, (5, 1))
    assert [(fresh(o).payment, fresh(o).received_amount) for o in (order, other)] == [(Payment.NOT_REQUIRED, 0)] * 2
    assert ("M05" in mails(child), "M11" in mails(other)) == (True, True)
    send(child)
    assert queue(child) == Queue.SHIPPED


def test_cash_on_delivery_raised_over_a_band_by_an_edit() -> None:
    """PAY-10, ORD-42: the fee follows, the buyer agrees before, and the driver takes the new sum."""
    order = auto(method="cod", payment_fee=330, lines=[line(quantity=4)])
    assert (order.total, order.queue) == (9130, Queue.READY)
    services.change_quantity(CLERK, order_id=order.pk, line=1, to=5)
    work()
    after = fresh(order)
    assert (after.payment_fee, after.total, after.queue, holds(order)) == (440, 11_440, Queue.CHECK, ["consent"])
    consent = ConsentDraft("phone", house.today(), "渡邉 髙子")
    services.record_consent(CLERK, order_id=order.pk, consent=consent)
    work()
    assert queue(order) == Queue.READY
    assert printed(order).cod_amount == 11_440
    assert [m for m in mails(order) if m == "M03"] == ["M03", "M03"]
    assert "11,440" in Message.objects.filter(subject_key=order.subject, kind="M03").latest("id").body


def test_cash_on_delivery_to_somebody_else_than_the_buyer() -> None:
    """ORD-20, PAY-10, PAY-12: a person looks first, since the receiver will be asked for the money."""
    order = auto(method="cod", payment_fee=330, ship_to=HANAKO)
    assert (order.queue, reasons(order)) == (Queue.CHECK, ["SHIP_TO_DIFF"])
    assert press("orders:confirm", order, codes=["SHIP_TO_DIFF"]) == 302
    work()
    assert queue(order) == Queue.READY
    box = printed(order)
    assert (box.ship_name, box.cod_amount) == ("鈴木 花子", 2530)
    confirmed = Message.objects.get(subject_key=order.subject, kind="M03")
    assert (confirmed.to, "2,530" in confirmed.body) == ("taka@example.jp", True)


def test_a_wished_day_that_needs_a_closed_day_to_ship(clock: FrozenClock) -> None:
    """ORD-7, R34: it leaves on the last open day before; what cannot be met at all reaches a person."""
    close_days(SYSTEM, first=dt.date(2026, 11, 26), last=dt.date(2026, 11, 27), note="社員研修")
    order = auto(wish_date=dt.date(2026, 11, 28))
    assert (order.ship_not_before, order.queue) == (dt.date(2026, 11, 25), Queue.AWAITING_DATE)
    late = auto("A-2", wish_date=dt.date(2026, 11, 24), buyer=HANAKO)
    assert (late.queue, reasons(late)) == (Queue.CHECK, ["DATE_IMPOSSIBLE"])
    sleep_until(clock, dt.date(2026, 11, 25))
    send(order)
    told = Message.objects.get(subject_key=order.subject, kind="M07").body
    assert "11" in told and "28" in told


def test_held_until_a_date_inside_a_run_of_holidays(clock: FrozenClock) -> None:
    """ORD-6, ORD-7: on the day the hold is over; the parcel leaves on the next open day, and not in between."""
    close_days(SYSTEM, first=dt.date(2026, 12, 29), last=dt.date(2027, 1, 3), note="年末年始")
    order = auto()
    services.hold(CLERK, order_id=order.pk, kind=HoldKind.UNTIL_DATE, until=dt.date(2026, 12, 31))
    assert queue(order) == Queue.AWAITING_DATE
    sleep_until(clock, dt.date(2026, 12, 30))
    assert queue(order) == Queue.AWAITING_DATE
    sleep_until(clock, dt.date(2026, 12, 31))
    assert (holds(order), queue(order)) == ([], Queue.READY)
    sleep_until(clock, dt.date(2027, 1, 4))
    assert queue(order) == Queue.READY
    send(order)
    assert queue(order) == Queue.SHIPPED


def test_an_authorisation_lapses_before_the_preorder_is_released(clock: FrozenClock) -> None:
    """ORD-63, PAY-5: 60 days are over before the goods come; nothing leaves until the card is authorised again."""
    sku = make_sku("NEW-1", supply="preorder", release_on=dt.date(2027, 2, 1))
    order = auto(lines=[line("NEW-1", 1, 5000)], guaranteed=5000)
    sleep_until(clock, dt.date(2027, 1, 24))
    payments.end_authorisations(SYSTEM)
    work()
    after = fresh(order)
    assert (after.payment, after.queue, reasons(order)) == (Payment.GUARANTEE_FAILED, Queue.CHECK, ["AUTH_EXPIRED"])
    assert "(M17)" in mails(order)
    sleep_until(clock, dt.date(2027, 2, 1))
    services.receive_stock(SYSTEM, sku_id=sku.pk, quantity=3)
    assert queue(order) == Queue.CHECK
    assert shipping.make_batch(SYSTEM, order_ids=[order.pk], papers=False).batch is None
    payments.authorise(SYSTEM, order_id=order.pk, money=Money(5000, house.today(), reference="A-77"))
    assert reasons(order) == [], "taken on again with its last reason"
    work()
    assert (queue(order), mails(order).count("M03")) == (Queue.READY, 1)
    send(order)
    assert (queue(order), balance(sku).on_hand) == (Queue.SHIPPED, 2)


def test_shipped_together_and_the_second_order_is_cancelled() -> None:
    """ORD-53, ORD-54: the first goes its own way with its own charges; the second is free and not paid for."""
    stock_up(make_sku("SARA-2", price=3300), 5)
    first = auto(shipping_fee=600)
    second = auto("A-2", shipping_fee=600, lines=[line("SARA-2", 1, 3300)])
    shipping.bundle(CLERK, order_ids=[first.pk, second.pk])
    work()
    assert (fresh(first).total, fresh(second).total) == (2800, 3300)
    assert press("orders:cancel", second, reason="customer") == 302
    work()
    assert (queue(first), fresh(first).total, queue(second)) == (Queue.READY, 2800, Queue.CANCELLED)
    assert Bundle.objects.get().state == BundleState.APART
    planned = Shipment.objects.get(stage=Stage.PLANNED)
    assert (planned.order, planned.lines.count(), planned.bundle) == (first, 1, None)
    send(first)
    assert (mails(first).count("M07"), mails(second).count("M07"), mails(second).count("M12")) == (1, 0, 1)


def test_divided_and_put_together_again() -> None:
    """ORD-52: as if nothing had been, and the buyer hears of one order."""
    stock_up(make_sku("SARA-2", price=3300), 1)
    order = auto(
        method="bank", shipping_fee=660, coupon=101, lines=[line(quantity=2), line("SARA-2", 2, 3300, short_told=True)]
    )
    pay(order, order.total)
    was = fresh(order)
    part = services.split_order(CLERK, order_id=order.pk, quantities={2: 1})
    work()
    assert fresh(order).total + fresh(part).total == was.total
    assert (queue(order), queue(part)) == (Queue.READY, Queue.AWAITING_STOCK)
    services.unsplit_order(CLERK, part_id=part.pk)
    work()
    now = fresh(order)
    assert (now.total, now.received_amount, now.payment, now.queue) == (
        was.total, was.received_amount, was.payment, was.queue,
    )  # fmt: skip
    assert queue(part) == Queue.CANCELLED
    assert mails(part) == []
    assert "M12" not in mails(order)


def test_the_last_piece_is_sold_by_two_stores() -> None:
    """INV-70, ORD-14: who ordered first gets it; the other reaches a person, and one of both wishes comes true."""
    sku = make_sku("LAST-1")
    stock_up(sku, 1)
    mall = make_store("mall", auto_accept=True, kind="mall")
    later = house.now()
    second = auto("M-1", store=mall, lines=[line("LAST-1")], ordered_at=later - dt.timedelta(minutes=2))
    first = auto("A-1", lines=[line("LAST-1")], ordered_at=later, buyer=HANAKO)
    assert (second.queue, first.queue, reasons(first)) == (Queue.READY, Queue.CHECK, ["STOCKOUT"])
    assert (balance(sku).on_hand, balance(sku).reserved) == (1, 1)
    assert press("orders:cancel", first, reason="stockout") == 302
    work()
    assert (queue(first), mails(first)[-1], balance(sku).reserved) == (Queue.CANCELLED, "M12", 1)
    send(second)
    assert balance(sku).on_hand == 0


def test_a_count_finds_less_than_is_promised() -> None:
    """INV-70: the latest orders give back, never one whose papers are out; goods that come heal it."""
    sku = order_sku()
    early = auto("A-1", lines=[line(quantity=2)], ordered_at=house.now() - dt.timedelta(hours=3))
    out = auto("A-2", lines=[line(quantity=2)], buyer=HANAKO, ordered_at=house.now() - dt.timedelta(hours=1))
    printed(out)
    services.correct_stock(SYSTEM, sku_id=sku, counted=3, reason="count", note="棚卸")
    work()
    assert [x.allocated for x in early.lines.all()] == [1]
    assert (queue(early), reasons(early), queue(out)) == (Queue.CHECK, ["STOCKOUT"], Queue.PREPARING)
    with pytest.raises(Refused, match=out.number):
        services.correct_stock(SYSTEM, sku_id=sku, counted=1, reason="count")
    services.receive_stock(SYSTEM, sku_id=sku, quantity=1)
    assert reasons(early) == [], "taken on again with its last reason"
    work()
    assert (queue(early), mails(early).count("M03")) == (Queue.READY, 1), "confirmed once"


def test_an_unknown_item_is_three_of_a_set() -> None:
    """INV-91: named once on the page, three pieces are secured, picked and taken off; the next order knows it."""
    sku = order_sku()
    order = auto(lines=[line("RK-SET3", 1, 6000)])
    assert (order.queue, reasons(order)) == (Queue.CHECK, ["NEW_SKU"])
    assert press("orders:set_line_sku", order, line=1, q="YN-AI-01", units_per_item=3, remember="on") == 302
    assert press("orders:accept", order) == 302
    work()
    assert (queue(order), balance_of(sku)) == (Queue.READY, (5, 3))
    send(order)
    assert balance_of(sku) == (2, 0)
    again = auto("A-2", lines=[line("RK-SET3", 1, 6000)], buyer=HANAKO)
    assert (again.queue, reasons(again), again.lines.get().units_per_item) == (Queue.CHECK, ["STOCKOUT"], 3)


def test_an_address_of_seventeen_characters_without_house_number() -> None:
    """ADDRESS, SHP-32: a person asks the buyer; 17 full-width characters still fit the street of a label."""
    vague = dataclasses.replace(TAKA, address1="港区六本木ヒルズ森タワー西棟東側奥", address2="")
    assert len(vague.address1) == 17
    order = auto(buyer=vague)
    assert (order.queue, reasons(order)) == (Queue.CHECK, ["ADDRESS"])
    assert press("orders:accept", order) == 409
    good = {"name": TAKA.name, "postcode": TAKA.postcode, "prefecture": TAKA.prefecture, "phone": TAKA.phone}
    for building, asked in ((vague.address1, ["ADDRESS"]), (vague.address1[:16], [])):
        typed = {**good, "address1": "港区六本木6-10-1", "address2": building}
        assert press("orders:change_ship_to", order, **typed) == 302
        assert reasons(order) == asked, "a building has 16 full-width characters on the label"
    assert press("orders:accept", order) == 302
    work()
    assert queue(order) == Queue.READY
    assert stops(parcel(to=party(address1=vague.address1, address2=""))) == []
    [(field, _said)] = stops(parcel(to=party(address1="港区六本木6-10-1", address2=vague.address1)))
    assert field == "お届け先アパートマンション名"


def test_a_masked_mail_address_bounces() -> None:
    """MAIL-11, MAIL-12: the order says so, nothing more is written there by itself, a word by another address heals."""
    order = auto(buyer=dataclasses.replace(TAKA, mail="taka@example.jp"))
    first = Message.objects.filter(subject_key=order.subject, kind="M01").get()
    report = REPORT.format(action="failed", status="5.1.1", said="550 user unknown")
    found = bounce_in(report.replace("<m1@utsuwaya.example>", first.message_id).encode())
    assert found is not None
    messaging.note_bounce(SYSTEM, bounce=found)
    work()
    assert fresh(order).mail_failed
    send(order)
    shipped = Message.objects.get(subject_key=order.subject, kind="M07")
    assert shipped.state != "sent"
    messaging.resend(CLERK, message_id=first.pk, to="taka2@example.jp")
    work()
    assert Message.objects.filter(subject_key=order.subject, kind="M01", to="taka2@example.jp", state="sent").exists()


def test_the_same_buyer_twice_in_ten_minutes(clock: FrozenClock) -> None:
    """ORD-20: the second one waits for a question; cancelled, it costs nothing and gives its goods back."""
    first = auto()
    clock.advance(dt.timedelta(minutes=10))
    second = auto("A-2")
    assert (first.queue, second.queue, reasons(second)) == (Queue.READY, Queue.CHECK, ["DUPLICATE"])
    assert first.number in page(second)
    assert press("orders:cancel", second, reason="customer") == 302
    work()
    assert (queue(second), balance_of(order_sku())) == (Queue.CANCELLED, (5, 1))
    third = auto("A-3", ordered_at=clock.now() - dt.timedelta(minutes=1))
    assert reasons(third) == ["DUPLICATE"]
    assert press("orders:confirm", third, codes=["DUPLICATE"]) == 302
    work()
    assert (queue(third), queue(first)) == (Queue.READY, Queue.READY)


def test_a_refused_parcel_comes_back_opened(clock: FrozenClock) -> None:
    """T18, T25, ORD-73, ORD-76: sold again is what inspection says; the sale is reversed, the freights are claimed."""
    order = auto(method="cod", payment_fee=330, shipping_fee=660, lines=[line(quantity=2)])
    send(order)
    box = order.shipments.get()
    assert queue(order) == Queue.AWAITING_SETTLEMENT
    shipping.note_tracking(SYSTEM, shipment_id=box.pk, state=Tracking.RETURNING)
    work()
    case = Case.objects.get()
    assert (case.cause, case.state, balance_of(order_sku())) == (Cause.REFUSED, State.COMING, (3, 0))
    row = case.lines.get()
    found = [Found(row.pk, Result.RESELL, 1), Found(row.pk, Result.SCRAP, 1, note="開封済み")]
    returns.receive(CLERK, case_id=case.pk, found=found, key="k")
    work()
    after = fresh(order)
    assert (balance_of(order_sku()), after.credited_amount, after.payment) == (
        (4, 0), order.total, Payment.NOT_REQUIRED,
    )  # fmt: skip
    assert not LedgerEntry.objects.filter(order=order, kind="refund").exists()
    returns.close_case(CLERK, case_id=case.pk, outcome="受取拒否")
    for claim in Claim.objects.all():
        returns.waive_claim(BOSS, claim_id=claim.pk, reason="回収見込みなし")
    work()
    assert queue(order) == Queue.DONE


def test_exchanged_in_advance_and_never_sent_back(clock: FrozenClock) -> None:
    """T27, ORD-75: the new goods leave at once; after the days to send back the old ones are billed and paid."""
    order = auto(method="bank", lines=[line(quantity=2)])
    pay(order, 4400)
    send(order)
    line_id = order.lines.get().pk
    case = returns.open_case(
        CLERK, order_id=order.pk, kind=Kind.EXCHANGE, reason=Reason.DEFECT, quantities={line_id: 1}
    )
    child = returns.replace(BOSS, case_id=case.pk, goods=[Replacement("YN-AI-01", 1, 2200)])
    work()
    assert (queue(child), child.total, balance_of(order_sku())) == (Queue.READY, 0, (3, 1))
    send(child)
    clock.advance(DAY * 15)
    returns.bill_unreturned(SYSTEM)
    work()
    claim = Claim.objects.get()
    assert (claim.amount, queue(child)) == (2200, Queue.SHIPPED)
    returns.settle_claim(BOSS, claim_id=claim.pk, amount=2200, on=house.today())
    returns.give_up_goods(CLERK, case_id=case.pk, outcome="代金を受領")
    work()
    assert (fresh(order).open_cases, balance_of(order_sku())) == (0, (2, 0))


def test_a_remark_with_two_wishes_that_contradict() -> None:
    """REM-11b, ORD-20: nobody's key takes it; the clerk asks, writes what was agreed, and answers it in the mail."""
    order = auto(remark="12/20に届けてください。やっぱり土曜日に届けてください。")
    assert (order.queue, reasons(order)) == (Queue.CHECK, ["REMARK"])
    assert press("orders:accept_remark", order) == 409
    assert press("orders:change_wish", order, wish_date="2026-12-19") == 302
    assert press("orders:confirm", order, codes=["REMARK"]) == 302
    work()
    assert fresh(order).wish_date == dt.date(2026, 12, 19)
    assert "12/20に届けて" in page(order)
    assert mails(order).count("M03") == 1
