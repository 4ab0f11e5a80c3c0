"""What can be done to an order: guards, effects on stock and money, and what others hear of it."""

from __future__ import annotations

import dataclasses
import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest

from akinai.backoffice.inventory.check import violations
from akinai.backoffice.orders import services
from akinai.backoffice.orders.edits import AddedLine, Changes
from akinai.backoffice.orders.models import Order, OrderVersion
from akinai.backoffice.orders.states import Cancel, CancelReason, Confirmation, Payment, Queue
from akinai.foundation import audit
from akinai.foundation.core.actor import SYSTEM, Actor
from akinai.foundation.core.clock import FrozenClock
from akinai.foundation.core.errors import BadInput, Conflict, NotFound, Refused
from akinai.foundation.core.permissions import Role, permissions_of
from akinai.foundation.events.models import StoredEvent
from tests.builders.catalog import make_product, make_sku
from tests.builders.inventory import balance, stock_up
from tests.builders.orders import TAKA, draft, line, make_shop, make_store, place

pytestmark = pytest.mark.django_db

SATO, YAMADA = Actor("staff:1", "佐藤"), Actor("staff:2", "山田")


@pytest.fixture(autouse=True)
def shop(clock: FrozenClock) -> None:
    make_shop()


def auto(number: str = "A-1", **fields: Any) -> Order:
    """An order that is accepted by itself."""
    return place(number, store=make_store("auto", auto_accept=True), **fields)


def fresh(order: Order) -> Order:
    return Order.objects.get(pk=order.pk)


def events_of(order: Order) -> list[str]:
    return list(StoredEvent.objects.filter(subject=order.subject).order_by("id").values_list("name", flat=True))


def reasons(order: Order) -> list[str]:
    return sorted(order.checks.filter(closed_at__isnull=True).values_list("code", flat=True))


# -- looking and accepting


def test_who_looked_first_is_kept_and_the_version_stays() -> None:
    """R19"""
    stock_up(make_sku(), 5)
    order = place()
    assert services.mark_seen(SATO, order_id=order.pk)
    assert not services.mark_seen(YAMADA, order_id=order.pk)
    assert (fresh(order).seen_by, fresh(order).version) == (SATO.key, order.version)


def test_t03_the_last_answer_leaves_an_order_ready_to_be_accepted() -> None:
    stock_up(make_sku(), 5)
    order = place(remark="のし", ship_to=dataclasses.replace(TAKA, name="別の人"))
    assert reasons(order) == ["REMARK", "SHIP_TO_DIFF"]
    with pytest.raises(Refused) as refused:
        services.accept(SATO, order_id=order.pk)
    assert [str(r) for r in refused.value.reasons] == [
        "「備考」がまだ確認されていません。", "「送り先ちがい」がまだ確認されていません。"
    ]  # fmt: skip
    for code in reasons(order):
        services.clear_check(SATO, order_id=order.pk, code=code, answer="電話した")
    assert (fresh(order).queue, fresh(order).badges) == (Queue.CHECK, ["not_accepted"])
    services.accept(SATO, order_id=order.pk)
    assert (fresh(order).queue, fresh(order).accepted_by) == (Queue.READY, SATO.key)
    assert events_of(order)[-2:] == ["orders.accepted", "orders.cleared"]


def test_t03_a_reason_can_be_answered_once_and_an_unknown_item_only_by_naming_it() -> None:
    order = place(lines=[line("RK-7")], remark="のし")
    services.clear_check(SATO, order_id=order.pk, code="REMARK")
    with pytest.raises(Refused, match="すでに確認"):
        services.clear_check(SATO, order_id=order.pk, code="REMARK")
    with pytest.raises(Refused, match="SKU"):
        services.clear_check(SATO, order_id=order.pk, code="NEW_SKU")


@pytest.mark.parametrize("who", ["nobody", "a person", "one press"])
def test_t03_an_accepted_order_is_accepted_again_with_its_last_reason(who: str) -> None:
    """T03: 受注確定 was pressed; once no reason is open, nothing is left for a person."""
    sku = make_sku()
    stock_up(sku, 1)
    order = auto()
    accepted = (fresh(order).accepted_at, fresh(order).accepted_by)
    services.correct_stock(SATO, sku_id=sku.pk, counted=0, reason="count")
    assert (fresh(order).queue, reasons(order)) == (Queue.CHECK, ["STOCKOUT"])
    if who == "one press":
        services.confirm(SATO, order_id=order.pk, codes=["STOCKOUT"])
    elif who == "a person":
        services.clear_check(SATO, order_id=order.pk, code="STOCKOUT", answer="お客様了承")
    else:
        services.receive_stock(SATO, sku_id=sku.pk, quantity=1)
    healed = who == "nobody"
    assert fresh(order).queue == (Queue.READY if healed else Queue.AWAITING_STOCK)
    assert fresh(order).badges == ([] if healed else ["short:1"])
    assert (fresh(order).accepted_at, fresh(order).accepted_by) == accepted
    services.receive_stock(SATO, sku_id=sku.pk, quantity=1)
    assert fresh(order).queue == Queue.READY
    assert list(violations()) == []


def test_t03_it_is_accepted_again_only_when_everything_is_judged() -> None:
    """T03: an edit that answers one reason and raises another tells nobody in between that the order is taken on."""
    sku, sake = make_sku(), make_sku("SAKE", product=make_product("P-SAKE", name="純米酒", is_alcohol=True))
    stock_up(sku, 2)
    stock_up(sake, 1)
    order = auto(lines=[line(quantity=2)])
    services.correct_stock(SATO, sku_id=sku.pk, counted=1, reason="count")
    told = events_of(order).count("orders.accepted")
    services.edit_order(SATO, order_id=order.pk, changes=Changes(quantities={1: 1}, added=(AddedLine(sake.pk),)))
    assert (reasons(order), events_of(order).count("orders.accepted")) == (["AGE"], told)
    services.clear_check(SATO, order_id=order.pk, code="AGE", answer="免許証の写しで確認")
    assert (fresh(order).confirmation, events_of(order).count("orders.accepted")) == ("accepted", told + 1)


def test_confirm_answers_what_was_on_the_screen_and_nothing_else() -> None:
    stock_up(make_sku(), 5)
    order = place(remark="のし")
    services.place_orders(SYSTEM, [_again(order, shipping_fee=500)])
    with pytest.raises(Refused, match="店舗側で変更"):
        services.confirm(SATO, order_id=order.pk, codes=["REMARK"])
    assert reasons(order) == ["CHANNEL_CHANGED", "REMARK"]
    services.confirm(SATO, order_id=order.pk, codes=["REMARK", "CHANNEL_CHANGED"])
    assert fresh(order).confirmation == Confirmation.ACCEPTED


def _again(order: Order, **changes: Any) -> Any:
    return dataclasses.replace(draft("A-1", remark="のし"), store_id=order.store_id, **changes)


def test_an_incomplete_address_cannot_be_accepted() -> None:
    stock_up(make_sku(), 5)
    order = place(ship_to=dataclasses.replace(TAKA, postcode="", address1=""))
    for code in reasons(order):
        services.clear_check(SATO, order_id=order.pk, code=code)
    with pytest.raises(Refused, match="住所"):
        services.accept(SATO, order_id=order.pk)


# -- holding


def test_ord_5_a_hold_keeps_the_goods_unless_told_otherwise() -> None:
    sku = make_sku()
    stock_up(sku, 5)
    order = auto()
    services.hold(SATO, order_id=order.pk, kind="manual", reason="色を確認")
    assert (fresh(order).queue, balance(sku).reserved) == (Queue.HOLD, 1)
    services.hold(SATO, order_id=order.pk, kind="bundle_wait", free_stock=True)
    assert balance(sku).reserved == 0
    services.release_hold(SATO, order_id=order.pk, kind="manual")
    services.release_hold(SATO, order_id=order.pk, kind="bundle_wait")
    assert fresh(order).queue == Queue.AWAITING_STOCK
    services.allocate(SATO, order_id=order.pk)
    assert fresh(order).queue == Queue.READY


@pytest.mark.parametrize("kind", ["fraud", "address", "blacklist", "consent"])
def test_ord_5_holds_that_ask_for_a_look_stand_in_the_queue_of_checks(kind: str) -> None:
    stock_up(make_sku(), 5)
    order = auto()
    services.hold(SATO, order_id=order.pk, kind=kind)
    assert fresh(order).queue == Queue.CHECK


def test_a_hold_needs_a_kind_a_date_where_it_has_one_and_opens_once() -> None:
    stock_up(make_sku(), 5)
    order = auto()
    with pytest.raises(BadInput):
        services.hold(SATO, order_id=order.pk, kind="nonsense")
    with pytest.raises(BadInput):
        services.hold(SATO, order_id=order.pk, kind="until_date")
    services.hold(SATO, order_id=order.pk, kind="manual")
    with pytest.raises(Refused):
        services.hold(SATO, order_id=order.pk, kind="manual")
    with pytest.raises(Refused):
        services.release_hold(SATO, order_id=order.pk, kind="fraud")


def test_ord_6_a_date_hold_opens_on_its_day_also_after_days_of_sleep(clock: FrozenClock) -> None:
    stock_up(make_sku(), 5)
    order = auto()
    services.hold(SATO, order_id=order.pk, kind="until_date", until=dt.date(2026, 12, 1))
    assert fresh(order).queue == Queue.AWAITING_DATE
    clock.move_to(dt.datetime(2026, 11, 30, 0, 0))
    services.tick(dt.date(2026, 11, 30))
    assert fresh(order).queue == Queue.AWAITING_DATE
    clock.move_to(dt.datetime(2026, 12, 4, 9, 0))
    for day in (1, 2, 3, 4):
        services.tick(dt.date(2026, 12, day))
    assert fresh(order).queue == Queue.READY
    assert order.holds.get().closed_by == SYSTEM.key
    assert events_of(order)[-1] == "orders.cleared"


def test_ord_6_the_midnight_job_runs_for_its_date(clock: FrozenClock) -> None:
    from akinai.backoffice.orders.tasks import tick

    stock_up(make_sku(), 5)
    order = auto()
    services.hold(SATO, order_id=order.pk, kind="release_date", until=dt.date(2026, 11, 25))
    clock.move_to(dt.datetime(2026, 11, 25, 0, 1))
    assert tick(on="2026-11-25") == 1
    assert fresh(order).queue == Queue.READY


def test_ord_7_a_delivery_date_becomes_the_day_on_which_the_goods_must_leave() -> None:
    """Tokyo to Tokyo takes a day: to arrive on Mon 11-30 or later it leaves on Fri 11-27 (28 and 29 are closed)."""
    stock_up(make_sku(), 5)
    order = auto()
    services.hold(SATO, order_id=order.pk, kind="until_date", until=dt.date(2026, 11, 30), is_delivery_date=True)
    assert fresh(order).ship_not_before in (dt.date(2026, 11, 27), dt.date(2026, 11, 30))
    assert fresh(order).queue == Queue.AWAITING_DATE


# -- cancelling


def test_t20_to_t22_a_wish_to_cancel_stops_the_parcel_and_may_be_refused() -> None:
    """ORD-12: the order was printed when the buyer called."""
    stock_up(make_sku(), 5)
    order = auto()
    services.instruct(SATO, order_id=order.pk, stages=["instructed"])
    services.request_cancel(SATO, order_id=order.pk, reason="やめたい")
    assert (fresh(order).queue, fresh(order).stopped) == (Queue.CHECK, True)
    with pytest.raises(Refused):
        services.request_cancel(YAMADA, order_id=order.pk)
    with pytest.raises(BadInput):
        services.refuse_cancel(SATO, order_id=order.pk, reason=" ")
    services.refuse_cancel(SATO, order_id=order.pk, reason="もう出た")
    assert (fresh(order).queue, fresh(order).stopped) == (Queue.PREPARING, False)
    with pytest.raises(Refused):
        services.refuse_cancel(SATO, order_id=order.pk, reason="また")


def test_ord_70_cancelling_gives_the_goods_back_at_once_and_money_becomes_refund_due() -> None:
    sku = make_sku()
    stock_up(sku, 5)
    order = auto(paid=2200)
    services.approve_cancel(SATO, order_id=order.pk, reason=CancelReason.CUSTOMER, note="4111 1111 1111 1111")
    after = fresh(order)
    assert (after.queue, after.payment, balance(sku).reserved) == (Queue.CANCELLED, Payment.REFUND_DUE, 0)
    assert after.lines.get().cancelled == 1
    assert "orders.cancelled" in events_of(order)
    assert "4111 1111" not in str(audit.selectors.for_subject(order.subject).values_list("reason", flat=True))
    for act in (services.approve_cancel, services.reject):
        with pytest.raises(Refused):
            act(SATO, order_id=order.pk, reason=CancelReason.SHOP)


def test_t05_turning_an_order_down_closes_what_was_open() -> None:
    stock_up(make_sku(), 5)
    order = place(remark="のし")
    services.hold(SATO, order_id=order.pk, kind="manual")
    services.reject(SATO, order_id=order.pk, reason=CancelReason.SHOP, note="転売")
    assert (fresh(order).cancel, reasons(order)) == (Cancel.CANCELLED, [])
    assert not order.holds.filter(closed_at__isnull=True).exists()
    with pytest.raises(BadInput):
        services.reject(SATO, order_id=order.pk, reason="because")


def test_printed_orders_are_pulled_back_before_they_end_or_change() -> None:
    """ORD-40"""
    stock_up(make_sku(), 5)
    order = auto(lines=[line(quantity=2)])
    services.instruct(SATO, order_id=order.pk, stages=["instructed"])
    attempts: list[Callable[[], object]] = [
        lambda: services.approve_cancel(SATO, order_id=order.pk),
        lambda: services.reject(SATO, order_id=order.pk),
        lambda: services.change_ship_to(SATO, order_id=order.pk, ship_to=TAKA),
        lambda: services.change_wish(SATO, order_id=order.pk, wish_date=dt.date(2026, 11, 30)),
        lambda: services.lower_quantity(SATO, order_id=order.pk, line=1, to=1),
    ]
    for attempt in attempts:
        with pytest.raises(Refused, match="出荷指示を取り消して"):
            attempt()
    services.take_back(SATO, order_id=order.pk, stages=[])
    services.lower_quantity(SATO, order_id=order.pk, line=1, to=1)
    assert fresh(order).queue == Queue.READY


def test_ord_70b_the_last_line_ends_the_order() -> None:
    sku = make_sku()
    stock_up(sku, 9)
    order = auto(lines=[line(quantity=3), line(quantity=2)])
    services.lower_quantity(SATO, order_id=order.pk, line=1, to=1, reason="電話")
    assert (fresh(order).total, balance(sku).reserved) == (2200 * 3, 3)
    services.cancel_line(SATO, order_id=order.pk, line=2)
    assert fresh(order).queue == Queue.READY
    services.cancel_line(SATO, order_id=order.pk, line=1)
    assert (fresh(order).queue, balance(sku).reserved) == (Queue.CANCELLED, 0)
    assert list(violations()) == []


# -- editing


def test_ord_41_each_edit_is_an_edition_with_before_after_who_and_why() -> None:
    stock_up(make_sku(), 5)
    order = auto()
    moved = dataclasses.replace(TAKA, address1="港区六本木9-9-9")
    services.change_ship_to(SATO, order_id=order.pk, ship_to=moved, reason="引越し")
    services.change_ship_to(SATO, order_id=order.pk, ship_to=moved, reason="同じ")
    version = OrderVersion.objects.get(edition=2)
    assert (version.edition, version.by_label, version.reason) == (2, "佐藤", "引越し")
    assert (version.before, version.after) == (
        {"ship_address1": "港区六本木1-2-3"},
        {"ship_address1": "港区六本木9-9-9"},
    )
    assert fresh(order).source["ship_address1"] == "港区六本木1-2-3"


def test_a_better_address_closes_its_reason_and_a_worse_one_opens_it() -> None:
    stock_up(make_sku(), 5)
    order = place(ship_to=dataclasses.replace(TAKA, address1="港区六本木", phone="123"))
    assert {"ADDRESS", "PHONE"} <= set(reasons(order))
    services.change_ship_to(SATO, order_id=order.pk, ship_to=TAKA)
    assert {"ADDRESS", "PHONE"} & set(reasons(order)) == set()
    services.change_ship_to(SATO, order_id=order.pk, ship_to=dataclasses.replace(TAKA, postcode="900-0001"))
    assert "ADDRESS" in reasons(order)


def test_an_accepted_order_goes_back_to_a_person_when_an_edit_raises_a_question() -> None:
    stock_up(make_sku(), 5)
    order = auto()
    services.change_wish(SATO, order_id=order.pk, wish_date=dt.date(2026, 11, 24))
    assert (fresh(order).queue, reasons(order)) == (Queue.CHECK, ["DATE_IMPOSSIBLE"])
    services.change_wish(SATO, order_id=order.pk, wish_date=dt.date(2026, 12, 1), wish_window="14-16")
    assert (reasons(order), fresh(order).queue) == ([], Queue.AWAITING_DATE)
    assert events_of(order).count("orders.accepted") == 2, "so that the changed confirmation leaves"
    with pytest.raises(BadInput):
        services.change_wish(SATO, order_id=order.pk, wish_date=None, wish_window="25-26")


def test_pay_10_a_cod_fee_of_ours_follows_its_band_and_a_stores_own_stays() -> None:
    """Bands by the amount the driver takes: under 10,000 yen 330, under 30,000 yen 440."""
    stock_up(make_sku(), 50)
    ours = auto("A-1", method="cod", payment_fee=440, lines=[line(quantity=5)])
    services.lower_quantity(SATO, order_id=ours.pk, line=1, to=2)
    assert (fresh(ours).payment_fee, fresh(ours).total) == (330, 4730)
    own = auto("A-2", method="cod", payment_fee=500, lines=[line(quantity=5)], buyer=_other(2))
    services.lower_quantity(SATO, order_id=own.pk, line=1, to=2)
    assert (fresh(own).payment_fee, fresh(own).total) == (500, 4900)


def _other(number: int) -> Any:
    return dataclasses.replace(TAKA, name=f"客{number}", mail=f"k{number}@example.jp", phone=f"090-1234-{number:04d}")


def test_a_set_of_three_is_named_and_secured_whole() -> None:
    """INV-91"""
    sku = make_sku()
    stock_up(sku, 7)
    order = place(lines=[line("RK-3", quantity=3)])
    services.set_line_sku(SATO, order_id=order.pk, line=1, sku_id=sku.pk, units_per_item=3)
    row = order.lines.get()
    assert (row.allocated, row.short, balance(sku).reserved) == (2, 1, 6)
    assert reasons(order) == ["STOCKOUT"]
    with pytest.raises(Refused):
        services.set_line_sku(SATO, order_id=order.pk, line=1, sku_id=sku.pk)
    assert place("A-2", lines=[line("RK-3")], buyer=_other(2)).lines.get().sku == sku
    for bad in ({"line": 9, "sku_id": sku.pk}, {"line": 1, "sku_id": 999}):
        with pytest.raises(BadInput):
            services.set_line_sku(SATO, order_id=order.pk, **bad)


def test_inv_91_a_code_is_applied_to_all_who_wait_and_to_nobody_else() -> None:
    sku = make_sku()
    stock_up(sku, 9)
    store, other = make_store(), make_store("other")
    waiting = [place(f"A-{i}", lines=[line("RK-7")], buyer=_other(i)) for i in range(3)]
    cancelled = place("A-8", lines=[line("RK-7")], buyer=_other(8))
    services.reject(SATO, order_id=cancelled.pk)
    elsewhere = place("A-9", store=other, lines=[line("RK-7")], buyer=_other(9))
    assert services.apply_store_code(SATO, store_id=store.pk, code="RK-7") == []
    services.set_line_sku(SATO, order_id=waiting[0].pk, line=1, sku_id=sku.pk)
    results = services.apply_store_code(SATO, store_id=store.pk, code="RK-7")
    assert [(r.number, r.done) for r in results] == [(o.number, True) for o in waiting[1:]]
    assert {o.lines.get().sku for o in waiting} == {sku}
    assert (cancelled.lines.get().sku, elsewhere.lines.get().sku) == (None, None)


# -- stock


def test_inv_70_goods_go_to_the_earliest_and_the_last_piece_closes_the_reason() -> None:
    sku = make_sku()
    orders = [place(f"A-{i}", lines=[line(quantity=2)], buyer=_other(i)) for i in range(3)]
    _movement, served = services.receive_stock(SATO, sku_id=sku.pk, quantity=5)
    assert [o.pk for o in served] == [o.pk for o in orders]
    assert [o.lines.get().allocated for o in orders] == [2, 2, 1]
    assert [reasons(o) for o in orders] == [[], [], ["STOCKOUT"]]
    with pytest.raises(Refused):
        services.allocate(SATO, order_id=orders[2].pk)
    services.receive_stock(SATO, sku_id=sku.pk, quantity=1)
    assert orders[2].lines.get().allocated == 2
    assert list(violations()) == []


def test_a_count_takes_from_the_latest_orders_that_are_not_printed() -> None:
    sku = make_sku()
    stock_up(sku, 6)
    orders = [
        auto(f"A-{i}", lines=[line(quantity=2)], buyer=_other(i), ordered_at=dt.datetime(2026, 11, 23, 8 + i))
        for i in range(3)
    ]
    services.instruct(SATO, order_id=orders[2].pk, stages=["instructed"])
    movement, losers = services.correct_stock(SATO, sku_id=sku.pk, counted=3, reason="count", note="棚卸")
    assert movement is not None and movement.on_hand_after == 3
    assert [o.number for o in losers] == [orders[1].number, orders[0].number]
    assert [o.lines.get().allocated for o in orders] == [1, 0, 2]
    assert [reasons(o) for o in orders] == [["STOCKOUT"], ["STOCKOUT"], []]
    with pytest.raises(Refused, match=orders[2].number):
        services.correct_stock(SATO, sku_id=sku.pk, counted=1, reason="count")
    assert (balance(sku).on_hand, [o.lines.get().allocated for o in orders]) == (3, [1, 0, 2])
    assert list(violations()) == []


# -- two at once, many at once


def test_ord_31_the_second_of_two_is_told_who_did_what() -> None:
    stock_up(make_sku(), 5)
    order = place()
    seen = order.version
    services.accept(YAMADA, order_id=order.pk, seen_version=seen)
    with pytest.raises(Conflict) as told:
        services.hold(SATO, order_id=order.pk, kind="manual", seen_version=seen)
    assert [str(c) for c in told.value.changes] == ["09:50 山田: 受注を確定"]
    assert not order.holds.exists()


def test_ord_33_one_failure_does_not_stop_the_others() -> None:
    stock_up(make_sku(), 5)
    orders = [place(f"A-{i}", buyer=_other(i), remark="のし" if i == 1 else "") for i in range(3)]
    results = services.accept_many(SATO, order_ids=[*(o.pk for o in orders), 999])
    assert [r.done for r in results] == [True, False, True, False]
    assert all(r.sentences for r in results if not r.done)
    held = services.hold_many(SATO, order_ids=[orders[0].pk, orders[0].pk], kind="manual")
    assert [r.done for r in held] == [True, False]


def test_history_is_not_worked_on() -> None:
    """ORD-34"""
    order = place(is_shipped=True)
    for attempt in (services.accept, services.request_cancel, services.approve_cancel):
        with pytest.raises(Refused):
            attempt(SATO, order_id=order.pk)
    with pytest.raises(NotFound):
        services.accept(SATO, order_id=987654321)


def test_pay_4_a_note_keeps_no_card_number() -> None:
    stock_up(make_sku(), 5)
    order = place()
    note = services.write_note(SATO, order_id=order.pk, text="4111 1111 1111 1111 で払うとのこと")
    assert "411111******1111" in note.text
    with pytest.raises(BadInput):
        services.write_note(SATO, order_id=order.pk, text=" ")
    with pytest.raises(NotFound):
        services.write_note(SATO, order_id=987654321, text="x")


def test_r55_nothing_leaves_while_something_blocks_it() -> None:
    stock_up(make_sku(), 5)
    order = auto(method="bank")
    with pytest.raises(Refused):
        services.instruct(SATO, order_id=order.pk, stages=["instructed"])
    with pytest.raises(Refused):
        services.ship_lines(
            SATO, order_id=order.pk, quantities={order.lines.get().pk: 1}, stages=["shipped"], close_wait_until=None
        )
    services.record(SYSTEM, order.pk, received_amount=2200)
    services.instruct(SATO, order_id=order.pk, stages=["instructed"])
    services.ship_lines(
        SATO,
        order_id=order.pk,
        quantities={order.lines.get().pk: 1},
        stages=["shipped"],
        close_wait_until=dt.date(2026, 12, 10),
    )
    assert fresh(order).queue == Queue.SHIPPED


def test_ord_16_no_news_means_it_arrived(clock: FrozenClock) -> None:
    stock_up(make_sku(), 5)
    order = auto()
    services.instruct(SATO, order_id=order.pk, stages=["instructed"])
    services.ship_lines(
        SATO,
        order_id=order.pk,
        quantities={order.lines.get().pk: 1},
        stages=["shipped"],
        close_wait_until=dt.date(2026, 12, 10),
    )
    clock.move_to(dt.datetime(2026, 12, 9, 0, 0))
    services.tick(dt.date(2026, 12, 9))
    assert fresh(order).queue == Queue.SHIPPED
    clock.move_to(dt.datetime(2026, 12, 10, 0, 0))
    services.tick(dt.date(2026, 12, 10))
    assert (fresh(order).queue, fresh(order).badges) == (Queue.DONE, [])
    assert events_of(order)[-1] == "orders.closed", "T28"
    _reopened_by_a_hold(fresh(order))


def _reopened_by_a_hold(order: Order) -> None:
    """T29: the manager opens a closed order again by a hold with its reason; let go, it is closed again."""
    boss = Actor("staff:9", "店長", permissions_of(Role.MANAGER))
    clerk = Actor("staff:2", "受注係", permissions_of(Role.ORDER))
    for actor, kind, reason, error in (
        (clerk, "manual", "連絡待ち", Refused), (boss, "until_date", "連絡待ち", Refused),
        (boss, "manual", " ", BadInput),
    ):  # fmt: skip
        with pytest.raises(error):
            services.hold(actor, order_id=order.pk, kind=kind, reason=reason, until=dt.date(2026, 12, 20))
    assert fresh(order).queue == Queue.DONE
    services.hold(boss, order_id=order.pk, kind="customer_wait", reason="使い方のお問い合わせ")
    assert (fresh(order).queue, fresh(order).badges) == (Queue.SHIPPED, ["hold.customer_wait"])
    services.change_hold(clerk, order_id=order.pk, kind="customer_wait", reason="お返事待ち")
    services.tick(dt.date(2026, 12, 11))
    assert fresh(order).queue == Queue.SHIPPED
    services.release_hold(clerk, order_id=order.pk, kind="customer_wait")
    assert (fresh(order).queue, fresh(order).badges) == (Queue.DONE, [])
    assert list(violations()) == []
