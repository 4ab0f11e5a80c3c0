"""同梱 and 分納: ORD-50, ORD-51, ORD-53, ORD-54, ORD-55 and the question to the buyer (N-16)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import replace
from itertools import count
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from akinai.backoffice.fulfillment import bundles, declared, pages, services
from akinai.backoffice.fulfillment.answers import bundle_id_of, token_for
from akinai.backoffice.fulfillment.check import violations
from akinai.backoffice.fulfillment.closing import without_mail
from akinai.backoffice.fulfillment.models import Bundle, Shipment
from akinai.backoffice.fulfillment.states import BundleState
from akinai.backoffice.orders import services as orders
from akinai.backoffice.orders.models import Order
from akinai.backoffice.orders.pricing import CHARGE_FIELDS, MONEY_FIELDS
from akinai.backoffice.orders.states import Cancel, HoldKind, Queue, Stage
from akinai.foundation.core.actor import SYSTEM, Actor
from akinai.foundation.core.clock import FrozenClock
from akinai.foundation.core.errors import Refused
from akinai.foundation.jobs.services import run_pending
from akinai.shop.stores.declared import PUBLIC_URL
from akinai.shop.stores.services import set_setting
from tests.builders.catalog import make_sku
from tests.builders.inventory import stock_up
from tests.builders.orders import TAKA, line, make_shop, make_store, place
from tests.builders.shipments import NUMBERS

pytestmark = pytest.mark.django_db
SUZUKI = Actor("staff:7", "鈴木")
SERIAL = count(1)


@pytest.fixture(autouse=True)
def shop(clock: FrozenClock) -> Iterator[None]:
    make_shop()
    yield
    assert list(violations()) == []


def fresh(order: Order) -> Order:
    return Order.objects.get(pk=order.pk)


def placed(price: int = 2200, stock: int = 1, quantity: int = 1, **fields: Any) -> Order:
    """An order of goods of its own, always by the same buyer to the same door, as it came."""
    serial = next(SERIAL)
    sku = make_sku(f"G-{serial}")
    if stock:
        stock_up(sku, stock)
    lines = fields.pop("lines", None) or [line(sku.code, quantity, price)]
    store = fields.pop("store", None) or make_store(auto_accept=True)
    return place(f"B-{serial}", store=store, lines=lines, **fields)


def one(price: int = 2200, **fields: Any) -> Order:
    """The same, looked at and accepted."""
    order = placed(price, **fields)
    if order.checks.filter(closed_at__isnull=True).exists():
        codes = list(order.checks.values_list("code", flat=True))
        orders.confirm(SYSTEM, order_id=order.pk, codes=codes)
    return fresh(order)


def money(*found: Order) -> list[dict[str, Any]]:
    return [{name: getattr(fresh(o), name) for name in (*MONEY_FIELDS, *CHARGE_FIELDS)} for o in found]


def test_ord_54_two_orders_leave_in_one_parcel_and_both_are_told(clock: FrozenClock) -> None:
    """R81: proposed, one label, and both orders get its number."""
    first, second = one(shipping_fee=600, guaranteed=2800), one(3300, shipping_fee=600, guaranteed=3900)
    assert [c.order for c in bundles.candidates(first)] == [second]
    made = services.bundle(SUZUKI, order_ids=[first.pk, second.pk])
    assert (fresh(first).total, fresh(second).total) == (2800, 3300)
    shared = Shipment.objects.get(stage=Stage.PLANNED)
    assert (shared.order, shared.bundle) == (first, made)
    assert sorted(x.order_line.order_id for x in shared.lines.all()) == [first.pk, second.pk]
    run_pending()
    batch = services.make_batch(SUZUKI, order_ids=[first.pk, second.pk], papers=False)
    assert batch.done == 2 and batch.batch is not None
    shipment = batch.batch.shipments.get()
    assert [fresh(o).queue for o in (first, second)] == [Queue.PREPARING] * 2
    notes = pages.note_pages(pages.with_papers([shipment])[0])
    assert [(n.order_number, n.total, len(n.lines), n.is_invoice) for n in notes] == [
        (first.number, 2800, 1, True),
        (second.number, 3300, 1, True),
    ]
    slip = pages.single_pages(pages.with_papers([shipment]))[0]
    assert (slip.order_number, len(slip.lines)) == (f"{first.number} {second.number}", 2)
    for row in shipment.lines.select_related("sku"):
        assert services.scan(SUZUKI, shipment_id=shipment.pk, code=row.sku.code).is_good
    services.set_tracking(SUZUKI, shipment_id=shipment.pk, numbers=[NUMBERS[0]])
    assert [r.done for r in services.dispatch(SUZUKI, shipment_ids=[shipment.pk])] == [True]
    assert [fresh(o).queue for o in (first, second)] == [Queue.SHIPPED] * 2
    assert [fresh(o).shipment_stages for o in (first, second)] == [["shipped"]] * 2
    made.refresh_from_db()
    assert made.state == BundleState.SENT
    run_pending()
    from akinai.shop.messaging.models import Message

    told = Message.objects.filter(kind="M07").order_by("id")
    assert [m.subject_key for m in told] == [first.subject, second.subject]
    assert all(NUMBERS[0] in m.body for m in told)
    assert {row.order for row in without_mail(clock.now().date())} <= {first, second}
    Message.objects.filter(pk=told[1].pk).delete()
    assert second in {row.order for row in without_mail(clock.now().date())}
    assert "G-" in told[0].body and f"湯呑 {second.lines.get().store_code}" not in told[0].body


def test_ord_54_two_cash_amounts_become_one_with_the_fee_of_their_sum() -> None:
    first = one(9000, method="cod", payment_fee=330, shipping_fee=500)
    second = one(9000, method="cod", payment_fee=330, shipping_fee=500)
    before = money(first, second)
    made = services.bundle(SUZUKI, order_ids=[first.pk, second.pk])
    assert [(o.total, o.payment_fee, o.shipping_fee) for o in map(fresh, (first, second))] == [
        (9000 + 500 + 440, 440, 500),
        (9000, 0, 0),
    ]
    batch = services.make_batch(SUZUKI, order_ids=[second.pk], papers=False).batch
    assert batch is not None
    assert batch.shipments.get().cod_amount == 18_940
    with pytest.raises(Refused):
        services.unbundle(SUZUKI, bundle_id=made.pk)
    services.pull_back(SUZUKI, order_id=first.pk, reason="住所の確認")
    assert [fresh(o).queue for o in (first, second)] == [Queue.READY] * 2
    services.unbundle(SUZUKI, bundle_id=made.pk)
    assert money(first, second) == before
    assert Shipment.objects.filter(stage=Stage.PLANNED).count() == 2


def test_ord_55_who_is_ready_waits_for_the_other_and_staff_are_asked_at_the_deadline(clock: FrozenClock) -> None:
    ready, unpaid = one(), one(3300, method="bank")
    services.bundle(SUZUKI, order_ids=[ready.pk, unpaid.pk])
    hold = ready.holds.get(closed_at__isnull=True)
    assert (hold.kind, hold.reason, hold.until) == (HoldKind.BUNDLE_WAIT, unpaid.number, dt.date(2026, 11, 27))
    assert (fresh(ready).queue, fresh(unpaid).queue) == (Queue.HOLD, Queue.AWAITING_PAYMENT)
    assert not bundles.overdue_bundles().exists()
    assert bundles.overdue_bundles(dt.date(2026, 11, 27)).count() == 1
    from akinai.backoffice.payments.services import Money, mark_deposit

    mark_deposit(SYSTEM, order_id=unpaid.pk, money=Money(3300, clock.now().date()))
    run_pending()
    assert [fresh(o).queue for o in (ready, unpaid)] == [Queue.READY] * 2
    assert Shipment.objects.get(stage=Stage.PLANNED).lines.count() == 2


def test_ord_54_cancelling_the_second_order_takes_the_parcel_apart() -> None:
    first = one(9000, method="cod", payment_fee=330, shipping_fee=500)
    second = one(9000, method="cod", payment_fee=330, shipping_fee=500)
    before = money(first)
    services.bundle(SUZUKI, order_ids=[first.pk, second.pk])
    services.make_batch(SUZUKI, order_ids=[first.pk], papers=False)
    services.cancel_and_pull_back(SUZUKI, order_id=second.pk)
    assert money(first) == before
    assert (fresh(first).queue, fresh(second).cancel) == (Queue.READY, Cancel.CANCELLED)
    assert Bundle.objects.get().state == BundleState.APART
    planned = Shipment.objects.get(stage=Stage.PLANNED)
    assert (planned.order, planned.bundle, planned.lines.count()) == (first, None, 1)


def test_ord_54_cancelling_before_papers_takes_it_apart_too() -> None:
    first, second = one(shipping_fee=600), one(3300, shipping_fee=600)
    services.bundle(SUZUKI, order_ids=[first.pk, second.pk])
    orders.approve_cancel(SUZUKI, order_id=first.pk)
    run_pending()
    assert (fresh(second).shipping_fee, fresh(second).queue) == (600, Queue.READY)
    assert Shipment.objects.get(stage=Stage.PLANNED).order == second


def test_ord_53_what_may_not_share_a_parcel() -> None:
    order = one()
    elsewhere = one(ship_to=replace(TAKA, address1="港区六本木9-9-9"))
    gift = one(is_gift=True)
    for other in (elsewhere, gift):
        with pytest.raises(Refused):
            services.bundle(SUZUKI, order_ids=[order.pk, other.pk])
    written = replace(TAKA, postcode="1060032", address1="港区六本木１－２－３", name="渡邉　高子")
    same = one(ship_to=written, store=make_store("mall", auto_accept=True, kind="mall"))
    judged = bundles.judge_together(order, [same])
    assert judged.allowed and len(judged.warnings) == 1
    set_setting(SYSTEM, key=declared.BUNDLE_STORES, value=False)
    assert not bundles.judge_together(order, [same]).allowed


AMOUNT = st.integers(300, 120_000)


@settings(max_examples=20, deadline=None, suppress_health_check=list(HealthCheck))
@given(
    prices=st.tuples(AMOUNT, AMOUNT),
    shipping=st.tuples(st.integers(0, 900), st.integers(0, 900)),
    methods=st.sampled_from([("cod", "cod"), ("cod", "card"), ("card", "card"), ("card", "cod")]),
    points=st.tuples(st.integers(0, 400), st.integers(0, 400)),
    basis=st.sampled_from(["incl", "excl"]),
    own_fee=st.booleans(),
)
def test_ord_54_taking_apart_gives_back_every_yen(
    prices: Any, shipping: Any, methods: Any, points: Any, basis: str, own_fee: bool
) -> None:
    from akinai.backoffice.fulfillment.sums import bands_of, before_fee
    from akinai.shop.terms.fees import cod_fee

    made = []
    for price, fee, method, used in zip(prices, shipping, methods, points, strict=True):
        serial = next(SERIAL)
        stock_up(make_sku(f"G-{serial}"), 1)
        lines = [line(f"G-{serial}", 1, price, price_basis=basis)]
        order = one(
            lines=lines, method=method, shipping_fee=fee, points=used, store=make_store("own", auto_accept=True)
        )
        if method == "cod":
            payment = 777 if own_fee else cod_fee(
                before_fee(order, list(order.lines.all()), shipping_fee=fee), bands_of(order)
            ) or 0  # fmt: skip
            order = orders.change_charges(
                SYSTEM, order_id=order.pk, shipping_fee=fee, payment_fee=payment, what="parts"
            )
        made.append(order)
    before = money(*made)
    joined = services.bundle(SUZUKI, order_ids=[o.pk for o in made])
    services.unbundle(SUZUKI, bundle_id=joined.pk)
    assert money(*made) == before


def parts_order() -> Order:
    tea, cup = make_sku("TEA-1"), make_sku("CUP-1", supply="backorder", lead_days=5)
    stock_up(tea, 1)
    lines = [line("TEA-1", 1, 9000), line(cup.code, 2, 8000)]
    return one(lines=lines, method="cod", shipping_fee=500, payment_fee=440, coupon=200)


@pytest.mark.parametrize(
    ("rule", "first", "second"), [("free", 9740, 16_000), ("first", 9630, 16_440), ("each", 9630, 16_940)]
)
def test_ord_50_each_parcel_collects_its_own_and_both_make_the_total(rule: str, first: int, second: int) -> None:
    """9,000 now, 16,000 later, shipping 500 and coupon 200 ride with the first; 25,740 by the whole order's fee."""
    order = parts_order()
    assert (order.queue, order.total) == (Queue.AWAITING_STOCK, 25_740)
    order = services.ship_in_parts(SUZUKI, order_id=order.pk, rule=rule, agreed=True)
    assert fresh(order).queue == Queue.READY
    batch = services.make_batch(SUZUKI, order_ids=[order.pk], papers=False).batch
    assert batch is not None
    parcel = batch.shipments.get()
    assert (parcel.cod_amount, fresh(order).total) == (first, first + second)
    services.scan(SUZUKI, shipment_id=parcel.pk, code="TEA-1")
    services.set_tracking(SUZUKI, shipment_id=parcel.pk, numbers=[NUMBERS[0]])
    assert services.dispatch(SUZUKI, shipment_ids=[parcel.pk])[0].done
    assert fresh(order).queue == Queue.AWAITING_STOCK
    orders.receive_stock(SUZUKI, sku_id=order.lines.get(number=2).sku_id or 0, quantity=2)
    batch = services.make_batch(SUZUKI, order_ids=[order.pk], papers=False).batch
    assert batch is not None
    assert batch.shipments.get().cod_amount == second


def test_ord_50_more_to_pay_without_a_word_of_the_buyer_waits_for_consent_and_can_be_taken_back() -> None:
    order = parts_order()
    services.ship_in_parts(SUZUKI, order_id=order.pk, rule="each")
    assert [h.kind for h in order.holds.filter(closed_at__isnull=True)] == [HoldKind.CONSENT]
    assert fresh(order).queue == Queue.CHECK
    services.ship_together(SUZUKI, order_id=order.pk)
    assert (fresh(order).total, fresh(order).ship_policy) == (25_740, "all")


def test_ord_50_when_all_has_come_before_the_first_papers_it_is_one_parcel_again() -> None:
    order = parts_order()
    services.ship_in_parts(SUZUKI, order_id=order.pk, rule="each", agreed=True)
    orders.receive_stock(SUZUKI, sku_id=order.lines.get(number=2).sku_id or 0, quantity=2)
    batch = services.make_batch(SUZUKI, order_ids=[order.pk], papers=False).batch
    assert batch is not None
    assert batch.shipments.get().cod_amount == 25_740


def asked() -> tuple[Order, Order, Bundle]:
    set_setting(SYSTEM, key=PUBLIC_URL, value="https://desk.example.jp/")
    first, second = one(shipping_fee=600), one(3300, shipping_fee=600)
    return first, second, services.ask(SUZUKI, order_ids=[first.pk, second.pk])


def test_n_16_the_buyer_says_yes() -> None:
    first, second, made = asked()
    assert [fresh(o).queue for o in (first, second)] == [Queue.HOLD] * 2
    run_pending()
    assert fresh(second).shipping_fee == 600
    assert bundle_id_of(token_for(made)) == made.pk
    assert bundle_id_of(f"{made.pk + 1}{token_for(made).removeprefix(str(made.pk))}") is None
    services.answer(bundle_id=made.pk, agreed=True)
    services.answer(bundle_id=made.pk, agreed=False)  # pressing again changes nothing
    assert [fresh(o).queue for o in (first, second)] == [Queue.READY] * 2
    assert fresh(second).shipping_fee == 0
    assert Shipment.objects.get(stage=Stage.PLANNED).lines.count() == 2


def test_n_16_no_and_silence_let_each_order_go_its_way(clock: FrozenClock) -> None:
    first, second, made = asked()
    services.answer(bundle_id=made.pk, agreed=False)
    assert [fresh(o).queue for o in (first, second)] == [Queue.READY] * 2
    again = services.ask(SUZUKI, order_ids=[first.pk, second.pk])
    assert services.lapse(SYSTEM) == 0
    clock.advance(dt.timedelta(hours=25))
    with pytest.raises(Refused):
        services.answer(bundle_id=again.pk, agreed=True)
    assert services.lapse(SYSTEM) == 1
    again.refresh_from_db()
    assert again.state == BundleState.LAPSED
    assert [fresh(o).queue for o in (first, second)] == [Queue.READY] * 2
    assert Shipment.objects.filter(stage=Stage.PLANNED).count() == 2


def test_n_16_while_the_buyer_is_asked_no_papers_are_printed_for_either() -> None:
    set_setting(SYSTEM, key=PUBLIC_URL, value="https://desk.example.jp/")
    first, second = one(), one(3300)
    made = services.ask(SUZUKI, order_ids=[first.pk, second.pk])
    for order in (first, second):
        [refused] = services.make_batch(SUZUKI, order_ids=[order.pk], papers=False).results
        assert not refused.done and "同梱" in str(refused.sentences[0])
    orders.release_hold(SUZUKI, order_id=second.pk, kind=HoldKind.BUNDLE_WAIT)
    batch = services.make_batch(SUZUKI, order_ids=[second.pk], papers=False).batch
    assert batch is not None and batch.shipments.get().bundle is None
    with pytest.raises(Refused):
        services.answer(bundle_id=made.pk, agreed=True)


def test_n_16_without_an_address_nobody_is_asked() -> None:
    first, second = one(), one(3300)
    with pytest.raises(Refused):
        services.ask(SUZUKI, order_ids=[first.pk, second.pk])
    assert not Bundle.objects.exists()


def test_ord_20_combine_candidates_wait_for_a_person_only_where_the_shop_asks(clock: FrozenClock) -> None:
    """COMBINE_CANDIDATE: off by default, since candidates shall not stop shipments (N-16); one parcel answers it."""
    one()
    assert "COMBINE_CANDIDATE" not in checks_of(one(3300))
    set_setting(SYSTEM, key="orders.check_combine", value=True)
    second = placed(4400)
    assert "COMBINE_CANDIDATE" in checks_of(second)
    assert "COMBINE_CANDIDATE" not in checks_of(placed(5500, is_gift=True, gift_note="包装"))
    first = Order.objects.order_by("id").first()
    assert first is not None
    services.bundle(SUZUKI, order_ids=[first.pk, second.pk])
    assert "COMBINE_CANDIDATE" not in checks_of(second)


def checks_of(order: Order) -> list[str]:
    return list(order.checks.filter(closed_at__isnull=True).values_list("code", flat=True))
