"""From 出荷待ち to the carrier: T12-T15, ORD-4, ORD-12, ORD-40, R55, R69, N-14."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

import pytest
from django.db import transaction

from akinai.backoffice.fulfillment import pages, services
from akinai.backoffice.fulfillment.check import violations
from akinai.backoffice.fulfillment.models import Batch, Shipment, TrackingNumber
from akinai.backoffice.fulfillment.states import BatchState
from akinai.backoffice.orders import services as orders
from akinai.backoffice.orders.models import Order
from akinai.backoffice.orders.queue import Blocker
from akinai.backoffice.orders.services.reasons import open_reason
from akinai.backoffice.orders.states import Cancel, Queue, Stage
from akinai.backoffice.orders.wording import sentence
from akinai.foundation.core.actor import SYSTEM, Actor
from akinai.foundation.core.clock import FrozenClock
from akinai.foundation.core.errors import BadInput, Refused
from akinai.foundation.events.models import StoredEvent
from akinai.foundation.jobs.services import run_pending
from akinai.shop.catalog.models import Sku
from tests.builders.accounts import client_for
from tests.builders.catalog import make_sku
from tests.builders.inventory import balance, stock_up
from tests.builders.orders import line, make_shop, make_store, place
from tests.builders.shipments import NUMBERS, packed, printed, ready_order, sent

pytestmark = pytest.mark.django_db
SUZUKI = Actor("staff:7", "鈴木")


@pytest.fixture(autouse=True)
def shop(clock: FrozenClock) -> Iterator[None]:
    make_shop()
    yield
    assert list(violations()) == []


def events_of(shipment: Shipment) -> list[str]:
    rows = StoredEvent.objects.filter(subject=shipment.subject).order_by("id")
    return list(rows.values_list("name", flat=True))


def fresh(order: Order) -> Order:
    return Order.objects.get(pk=order.pk)


def test_t12_a_clear_order_gets_a_planned_shipment() -> None:
    order = ready_order(lines=[line(quantity=2)])
    run_pending()
    shipment = order.shipments.get()
    assert (shipment.number, shipment.stage) == (f"{order.number}-1", Stage.PLANNED)
    assert [(x.quantity, x.pieces) for x in shipment.lines.all()] == [(2, 2)]
    assert services.plan_shipments(SYSTEM, order_id=order.pk) == shipment
    assert fresh(order).shipment_stages == []


def test_t12_what_blocks_an_order_voids_its_plan_and_clearing_it_brings_it_back() -> None:
    order = ready_order()
    run_pending()
    orders.hold(SYSTEM, order_id=order.pk, kind="manual")
    run_pending()
    assert order.shipments.get().stage == Stage.VOID
    orders.release_hold(SYSTEM, order_id=order.pk, kind="manual")
    run_pending()
    shipment = order.shipments.get()
    assert (shipment.number, shipment.stage) == (f"{order.number}-1", Stage.PLANNED)


def test_the_whole_way(clock: FrozenClock) -> None:
    order = ready_order(lines=[line(quantity=3)])
    sku = Sku.objects.get()
    shipment = printed(order)
    assert shipment.stage == Stage.INSTRUCTED
    assert shipment.ship_name == order.ship_name
    assert fresh(order).queue == Queue.PREPARING
    first = services.scan(SUZUKI, shipment_id=shipment.pk, code="4901234567894")
    assert (first.outcome, first.left) == ("ok", 2)
    shipment.refresh_from_db()
    assert shipment.stage == Stage.PICKING
    services.scan(SUZUKI, shipment_id=shipment.pk, code=sku.code)
    assert services.scan(SUZUKI, shipment_id=shipment.pk, code=sku.code).is_complete
    shipment.refresh_from_db()
    assert (shipment.stage, shipment.inspected_by) == (Stage.PACKED, "staff:7")
    services.set_tracking(SYSTEM, shipment_id=shipment.pk, numbers=["1234-5678-9013"])
    assert [r.done for r in services.dispatch(SYSTEM, shipment_ids=[shipment.pk])] == [True]
    order = fresh(order)
    assert (order.queue, order.shipment_stages, order.shipped_at) == (Queue.SHIPPED, ["shipped"], clock.now())
    assert order.close_wait_until == dt.date(2026, 11, 24) + dt.timedelta(days=1 + 14)
    assert (balance(sku).on_hand, balance(sku).reserved) == (47, 0)
    assert events_of(shipment)[-1] == "fulfillment.dispatched"
    assert Batch.objects.get().state == BatchState.DONE


def test_r55_an_unpaid_prepaid_order_is_refused_with_the_reason() -> None:
    stock_up(make_sku(), 5)
    unpaid = place(store=make_store(auto_accept=True), method="bank")
    paid = ready_order("A-2")
    made = services.make_batch(SYSTEM, order_ids=[unpaid.pk, paid.pk], papers=False)
    assert made.batch is not None
    results = {r.order_id: r for r in made.results}
    assert results[paid.pk].done
    assert results[unpaid.pk].sentences == (sentence(Blocker("unpaid")),)
    assert made.batch.refused[0]["number"] == unpaid.number
    assert not unpaid.shipments.exists()


def test_a_batch_in_which_nothing_can_be_printed_is_none() -> None:
    stock_up(make_sku(), 5)
    order = place(store=make_store(auto_accept=True), method="bank")
    made = services.make_batch(SYSTEM, order_ids=[order.pk])
    assert (made.batch, made.done, Batch.objects.count()) == (None, 0, 0)


def test_papers_are_printed_once() -> None:
    order = ready_order()
    printed(order)
    again = services.make_batch(SYSTEM, order_ids=[order.pk], papers=False)
    assert again.batch is None
    assert order.shipments.count() == 1


def test_r69_an_unscanned_box_cannot_leave() -> None:
    shipment = printed(ready_order(lines=[line(quantity=2)]))
    services.scan(SYSTEM, shipment_id=shipment.pk, code="YN-AI-01")
    services.set_tracking(SYSTEM, shipment_id=shipment.pk, numbers=[NUMBERS[0]])
    result = services.dispatch(SYSTEM, shipment_ids=[shipment.pk])[0]
    assert not result.done
    assert [str(s) for s in result.sentences] == ["検品が終わっていません。"]


def test_r69_a_manager_may_pass_a_box_with_a_reason() -> None:
    shipment = printed(ready_order(lines=[line(quantity=2)]))
    with pytest.raises(BadInput):
        services.pass_inspection(SYSTEM, shipment_id=shipment.pk, reason=" ")
    services.pass_inspection(SYSTEM, shipment_id=shipment.pk, reason="バーコードが読めない")
    services.set_tracking(SYSTEM, shipment_id=shipment.pk, numbers=[NUMBERS[0]])
    assert services.dispatch(SYSTEM, shipment_ids=[shipment.pk])[0].done
    shipment.refresh_from_db()
    assert shipment.override_reason == "バーコードが読めない"


def test_ord_12_a_stopped_order_is_refused_at_every_scan_and_at_dispatch() -> None:
    order = ready_order(lines=[line(quantity=2)])
    shipment = printed(order)
    services.scan(SYSTEM, shipment_id=shipment.pk, code="YN-AI-01")
    orders.request_cancel(SYSTEM, order_id=order.pk, reason="お客様都合")
    assert fresh(order).stopped
    result = services.scan(SYSTEM, shipment_id=shipment.pk, code="YN-AI-01")
    assert (result.outcome, result.is_good) == ("stopped", False)
    assert result.reasons == (sentence(Blocker("cancel_requested")),)
    assert not services.dispatch(SYSTEM, shipment_ids=[shipment.pk])[0].done
    with pytest.raises(Refused):
        services.pass_inspection(SYSTEM, shipment_id=shipment.pk, reason="急ぎ")
    assert shipment.scans.filter(result="stopped").count() == 1


def test_ord_12_the_warehouse_reads_why_a_box_is_stopped() -> None:
    """The sentence says what the reason found, as on the order's page."""
    order = ready_order()
    shipment = printed(order)
    with transaction.atomic():
        open_reason(SYSTEM, order, "RULE", {"rules": [{"id": 1, "say": "高額のため確認"}]})
        orders.refresh(SYSTEM, [order])
    assert "高額のため確認" in services.scan(SYSTEM, shipment_id=shipment.pk, code="YN-AI-01").detail


def test_ord_12_cancel_after_print_goes_through_one_door() -> None:
    order = ready_order()
    shipment = packed(order)
    services.set_tracking(SYSTEM, shipment_id=shipment.pk, numbers=[NUMBERS[0]])
    with pytest.raises(Refused):
        orders.approve_cancel(SYSTEM, order_id=order.pk)
    services.cancel_and_pull_back(SYSTEM, order_id=order.pk, note="誤注文")
    shipment.refresh_from_db()
    order = fresh(order)
    assert (shipment.stage, order.cancel, order.queue) == (Stage.VOID, Cancel.CANCELLED, Queue.CANCELLED)
    assert order.shipment_stages == []
    assert balance(Sku.objects.get()).reserved == 0
    assert not TrackingNumber.objects.exists()
    assert services.scan(SYSTEM, shipment_id=shipment.pk, code="YN-AI-01").outcome == "stopped"


def test_a_shipped_order_cannot_be_cancelled_and_nothing_of_it_is_pulled_back() -> None:
    order = ready_order()
    shipment = sent(order)
    with pytest.raises(Refused):
        services.cancel_and_pull_back(SYSTEM, order_id=order.pk)
    shipment.refresh_from_db()
    assert shipment.stage == Stage.SHIPPED


def test_ord_40_papers_come_back_before_an_order_is_edited() -> None:
    order = ready_order()
    shipment = printed(order)
    with pytest.raises(Refused):
        orders.change_wish(SYSTEM, order_id=order.pk, wish_date=None, wish_window="14-16")
    services.pull_back(SYSTEM, order_id=order.pk, reason="時間帯の変更")
    orders.change_wish(SYSTEM, order_id=order.pk, wish_date=None, wish_window="14-16")
    again = printed(order)
    assert again.number == f"{order.number}-2"
    assert (again.wish_window, again.window_code) == ("14-16", "1416")
    shipment.refresh_from_db()
    assert (shipment.stage, shipment.void_reason) == (Stage.VOID, "時間帯の変更")
    with pytest.raises(Refused):
        services.pull_back(SYSTEM, order_id=ready_order("A-9").pk, reason="x")


def test_ord_11_what_is_there_goes_first_and_the_rest_gets_its_own_shipment() -> None:
    stock_up(make_sku("A"), 5)
    late = make_sku("B")
    store = make_store(auto_accept=True, ship_policy="partial")
    order = place(store=store, lines=[line("A", 2), line("B", 1, short_told=True)])
    first = sent(order)
    assert fresh(order).queue == Queue.AWAITING_STOCK
    orders.receive_stock(SYSTEM, sku_id=late.pk, quantity=1)
    second = sent(order, tracking=NUMBERS[1])
    assert (first.number, second.number) == (f"{order.number}-1", f"{order.number}-2")
    assert fresh(order).shipment_stages == ["shipped", "shipped"]
    assert fresh(order).queue == Queue.SHIPPED


def test_pay_12_cod_is_what_the_buyer_owes_at_the_door() -> None:
    order = ready_order(method="cod", shipping_fee=660, payment_fee=330, lines=[line(quantity=2)])
    shipment = printed(order)
    assert shipment.cod_amount == order.total == 5390
    assert shipment.cod_tax == sum(r["tax"] for r in order.tax_lines)


def test_ord_50_cod_of_two_parcels_makes_the_total() -> None:
    stock_up(make_sku("A"), 5)
    late = make_sku("B")
    store = make_store(auto_accept=True, ship_policy="partial")
    lines = [line("A", 1, 1000), line("B", 1, 3000, short_told=True)]
    order = place(store=store, method="cod", shipping_fee=500, payment_fee=330, lines=lines)
    first = sent(order)
    orders.receive_stock(SYSTEM, sku_id=late.pk, quantity=1)
    second = printed(order)
    assert (first.cod_amount, second.cod_amount) == (1830, 3000)
    assert first.cod_amount + second.cod_amount == order.total


def test_n_14_nothing_says_shipped_before_inspection_and_handover() -> None:
    shipment = packed(ready_order())
    assert "fulfillment.dispatched" not in events_of(shipment)
    refused = services.dispatch(SYSTEM, shipment_ids=[shipment.pk])[0]
    assert [str(s) for s in refused.sentences] == ["送り状番号がありません。"]
    assert "fulfillment.dispatched" not in events_of(shipment)
    services.set_tracking(SYSTEM, shipment_id=shipment.pk, numbers=[NUMBERS[0]])
    services.dispatch(SYSTEM, shipment_ids=[shipment.pk])
    services.dispatch(SYSTEM, shipment_ids=[shipment.pk])
    assert events_of(shipment).count("fulfillment.dispatched") == 1


def test_shp_50_and_shp_51_numbers_are_checked() -> None:
    first, second = printed(ready_order()), printed(ready_order("A-2"))
    with pytest.raises(BadInput):
        services.set_tracking(SYSTEM, shipment_id=first.pk, numbers=["123456789012"])
    for number in NUMBERS:
        services.set_tracking(SYSTEM, shipment_id=first.pk, numbers=[number])
    services.set_tracking(SYSTEM, shipment_id=first.pk, numbers=["１２３４－５６７８－９０１３", NUMBERS[1]])
    assert set(first.tracking.values_list("number", flat=True)) == {NUMBERS[0], NUMBERS[1]}
    with pytest.raises(Refused):
        services.set_tracking(SYSTEM, shipment_id=second.pk, numbers=[NUMBERS[0]])
    assert not second.tracking.exists()


def test_r37_wrapping_stands_on_the_picking_list_at_the_packing_table_and_on_the_delivery_note() -> None:
    order = ready_order(is_gift=True, gift_note="藍の包装紙・リボン赤")
    shipment = printed(order)
    loaded = pages.with_papers([shipment])[0]
    slip = pages.single_pages([loaded])[0]
    assert slip.gift is not None and slip.gift.wrap == "藍の包装紙・リボン赤"
    note = pages.note_pages(loaded)[0]
    assert note.notices == ("ラッピング・のし等: 藍の包装紙・リボン赤",)
    table = client_for("warehouse").get(f"/shipping/inspect/{shipment.pk}/").content.decode()
    assert "藍の包装紙・リボン赤" in table
    plain = pages.note_pages(pages.with_papers([printed(ready_order("A-2"))])[0])[0]
    assert plain.notices == ()


def test_t14_a_scan_that_is_not_the_expected_item_changes_nothing() -> None:
    """T14: SKU and quantity are those of the box; what was picked is no longer to be picked."""
    make_sku("OTHER-1", jan="4901234567900")
    stock_up(make_sku("YN-AI-01", jan="4901234567894"), 5)
    order = ready_order(lines=[line(quantity=2)])
    shipment = printed(order)
    for code in ("4901234567900", "NO-SUCH"):
        assert not services.scan(SUZUKI, shipment_id=shipment.pk, code=code).is_good
    assert services.scan(SUZUKI, shipment_id=shipment.pk, code="4901234567894").is_good
    shipment.refresh_from_db()
    assert shipment.stage == Stage.PICKING
    assert services.scan(SUZUKI, shipment_id=shipment.pk, code="4901234567894").is_good
    shipment.refresh_from_db()
    assert shipment.stage in (Stage.INSPECTED, Stage.PACKED)
    assert not services.scan(SUZUKI, shipment_id=shipment.pk, code="4901234567894").is_good, "one piece too many"
