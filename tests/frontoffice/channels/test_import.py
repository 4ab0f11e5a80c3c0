"""From a store's file to orders: checked, corrected, taken in, each order once."""

from __future__ import annotations

import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from akinai.backoffice.orders.models import Order
from akinai.backoffice.orders.states import Cancel, Check, Payment
from akinai.backoffice.payments.models import LedgerEntry
from akinai.foundation.core.actor import SYSTEM
from akinai.foundation.core.clock import FrozenClock
from akinai.foundation.core.errors import BadInput, Refused
from akinai.frontoffice.channels import selectors, services
from akinai.frontoffice.channels.models import ImportCorrection, ImportRun
from akinai.frontoffice.channels.services import taking
from akinai.frontoffice.channels.states import Outcome, RunState
from tests.builders import order_files
from tests.builders.channels import check, imported, orders_file, shop_and_store, take_in, template_file
from tests.builders.order_files import nextengine, nextengine_row

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _now(clock: FrozenClock) -> None:
    """Tuesday 2026-11-24."""


def outcomes(run: ImportRun) -> dict[str, str]:
    return dict(run.results.values_list("store_number", "outcome"))


def reasons(order: Order) -> set[str]:
    return set(order.checks.filter(closed_at__isnull=True).values_list("code", flat=True))


def test_the_template_shows_each_fault_then_comes_in_corrected() -> None:
    run = check(shop_and_store(), template_file())
    found = {(f.problem.code, f.problem.row, f.problem.as_json()["column"]) for f in selectors.faults(run)}
    assert found == {("surplus_empty", 2, "AN"), ("bad_date", 2, "受注日"), ("goods_do_not_add_up", 2, "商品計")}
    assert (run.state, run.refused, Order.objects.count()) == (RunState.CHECKED, 1, 0)

    run = services.correct_cells(SYSTEM, run, row=2, cells={1: "2026/11/20 10:15"})
    assert (run.refused, run.report["outcomes"]["created"]) == (0, 1)
    fix = ImportCorrection.objects.get()
    assert (fix.row, fix.column, fix.old, fix.new) == (2, 1, "JYUCHU_BI", "2026/11/20 10:15")

    take_in(run)
    order = Order.objects.get()
    assert order.store_number == "DENPYO_NO"
    assert {Check.NEW_SKU, Check.PRICE_DIFF} <= reasons(order)
    assert bytes(run.files.get().content) == template_file()  # the file stays as it came


def test_sound_orders_come_in_and_bad_rows_become_visible() -> None:
    bad = nextengine_row(店舗伝票番号="NE-2", 受注数量="0")
    run = imported(shop_and_store(), nextengine(nextengine_row(店舗伝票番号="NE-1"), bad))
    assert outcomes(run) == {"NE-1": Outcome.CREATED, "NE-2": Outcome.REFUSED}
    assert (run.state, run.taken, run.refused) == (RunState.DONE, 1, 1)
    assert run.results.get(store_number="NE-2").faults[0]["row"] == 3
    assert list(selectors.unfinished()) == [run]

    run = services.correct_cells(SYSTEM, run, row=3, cells={order_files.NEXTENGINE.index("受注数量"): "1"})
    run = take_in(run)
    assert outcomes(run) == {"NE-1": Outcome.CREATED, "NE-2": Outcome.CREATED}
    assert (Order.objects.count(), run.refused, list(selectors.unfinished())) == (2, 0, [])


def test_ord_32_the_same_file_again_does_nothing() -> None:
    store = shop_and_store()
    imported(store, orders_file(3))
    before = sorted(Order.objects.values_list("number", "version", "queue"))
    again = imported(store, orders_file(3))
    assert set(outcomes(again).values()) == {Outcome.UNCHANGED}
    assert sorted(Order.objects.values_list("number", "version", "queue")) == before


def test_ord_32_the_dry_run_foresees_what_the_import_then_does() -> None:
    store = shop_and_store()
    rows = {n: nextengine_row(店舗伝票番号=n, 支払方法="銀行振込") for n in ("A", "B")}
    imported(store, nextengine(*rows.values()))
    changed = nextengine_row(店舗伝票番号="B", 支払方法="銀行振込", 受注数量="3", 商品計="3600", 合計金額="4200")
    run = check(store, nextengine(rows["A"], changed, nextengine_row(店舗伝票番号="C")))
    foreseen = {number: n for number, n in run.report["outcomes"].items() if n}
    assert foreseen == {Outcome.UNCHANGED: 1, Outcome.CHANGED: 1, Outcome.CREATED: 1}
    assert outcomes(take_in(run)) == {"A": Outcome.UNCHANGED, "B": Outcome.CHANGED, "C": Outcome.CREATED}
    assert Check.CHANNEL_CHANGED in reasons(Order.objects.get(store_number="B"))


def test_ord_32_newly_paid_and_otherwise_changed_at_once_records_the_money() -> None:
    store = shop_and_store(kind="own")
    row = {"支払方法(名称)": "銀行振込"}
    imported(store, order_files.eccube4(order_files.eccube4_row(**row)), preset="eccube4")
    later = order_files.eccube4_row(**row, **{"対応状況(ID)": "6", "配達用メモ": "玄関前に置いてください"})
    run = imported(store, order_files.eccube4(later), preset="eccube4")
    order = Order.objects.get()
    assert outcomes(run) == {"EC-7": Outcome.CHANGED}
    assert (order.payment, LedgerEntry.objects.get().amount) == (Payment.PAID, 3252)


@pytest.mark.parametrize("what", [{"出荷済フラグ": "1"}, {"受注日": "2026/10/31 23:59:59"}])
def test_ord_34_shipped_or_before_the_take_over_is_history(what: dict[str, str]) -> None:
    run = imported(shop_and_store(take_over_from=dt.date(2026, 11, 1)), nextengine(nextengine_row(**what)))
    order = Order.objects.get()
    assert outcomes(run) == {"NE-1001": Outcome.HISTORY}
    assert (order.is_history, reasons(order)) == (True, set())


def test_an_unknown_word_waits_for_its_meaning() -> None:
    store = shop_and_store()
    run = check(store, nextengine(nextengine_row(支払方法="お店カード", 発送方法="特急便", 時間帯指定="夜")))
    assert run.report["words"] == {
        "payment_word": {"お店カード": 1},
        "delivery_word": {"特急便": 1},
        "wish_window": {"夜": 1},
    }
    assert {(f.problem.code, f.problem.column) for f in selectors.faults(run)} >= {
        ("unknown_payment", "支払方法"),
        ("unknown_delivery", "発送方法"),
    }
    services.map_words(SYSTEM, store, field="payment_word", words={"お店カード": "card"})
    services.map_words(SYSTEM, store, field="delivery_word", words={"特急便": "takkyubin"})
    services.map_words(SYSTEM, store, field="wish_window", words={"夜": "18-20"})
    services.examine_run(run)
    assert run.report["words"] == {}
    take_in(run)
    order = Order.objects.get()
    assert (order.payment_method.code, order.delivery_service.code, order.wish_window) == ("card", "takkyubin", "18-20")
    assert Check.REMARK not in reasons(order)


def test_a_meaning_that_does_not_exist_is_refused() -> None:
    with pytest.raises(BadInput):
        services.map_words(SYSTEM, shop_and_store(), field="payment_word", words={"カード": "nothing"})
    with pytest.raises(BadInput):
        services.map_words(SYSTEM, shop_and_store(), field="wish_window", words={"夜": "sometime"})


def test_wishes_nobody_understands_reach_a_person() -> None:
    """Neither a word for a time nor one for a day is dropped, also where plain orders are accepted by themselves."""
    row = nextengine_row(時間帯指定="夜", 日付指定="なるべく早く")
    imported(shop_and_store(auto_accept=True), nextengine(row))
    order = Order.objects.get()
    assert order.remark == "お届け希望日：なるべく早く\nお届け希望時間帯：夜"
    assert Check.REMARK in reasons(order)


def test_an_address_the_recipient_has_not_entered_yet_reaches_a_person() -> None:
    waiting = {"発送先名": "入力待ち", "発送先住所１": "東京都港区六本木1-2-4"}
    imported(shop_and_store(auto_accept=True), nextengine(nextengine_row(**waiting)))
    order = Order.objects.get()
    assert Check.ADDRESS in reasons(order)
    assert ["dummy", ""] in order.checks.get(code=Check.ADDRESS).detail["reasons"]


def _to_cancel() -> bytes:
    """A file whose order the buyer wants cancelled (Rakuten: status 800)."""
    return order_files.rakuten(order_files.rakuten_row(ステータス="800"))


def test_a_wish_to_cancel_is_asked_once() -> None:
    store = shop_and_store()
    imported(store, _to_cancel(), preset="rakuten")
    order = Order.objects.get()
    assert order.cancel == Cancel.REQUESTED
    from akinai.backoffice.orders import services as orders

    orders.refuse_cancel(SYSTEM, order_id=order.pk, reason="発送準備済み")
    imported(store, _to_cancel(), preset="rakuten")
    order.refresh_from_db()
    assert order.cancel == Cancel.NONE


def test_a_store_that_vouches_for_cards_guarantees_the_money() -> None:
    store = shop_and_store()
    run = check(store, nextengine())
    assert selectors.asks_to_vouch(run) == {"card": 1}
    services.answer_vouching(SYSTEM, store, answers={"card": True})
    assert selectors.asks_to_vouch(run) == {}
    take_in(run)
    assert Order.objects.get().payment == Payment.GUARANTEED


def test_mail_13_files_of_many_carts_ask_who_mails() -> None:
    store = shop_and_store(mail_senders={})
    run = check(store, nextengine())
    assert selectors.asks_who_mails(run)
    services.answer_who_mails(SYSTEM, store, answer="reply")
    assert not selectors.asks_who_mails(selectors.run(run.pk))
    store.refresh_from_db()
    assert (store.mail_senders["M01"], store.mail_senders["M07"]) == ("store", "us")
    with pytest.raises(BadInput):
        services.answer_who_mails(SYSTEM, store, answer="nobody")


def test_without_a_store_nothing_is_taken_in() -> None:
    run = check(None, nextengine())
    assert run.report["outcomes"]["created"] == 1
    with pytest.raises(Refused):
        services.take_in(SYSTEM, run)


def test_a_file_is_taken_in_once() -> None:
    run = check(shop_and_store(), orders_file(2))
    services.take_in(SYSTEM, run)
    with pytest.raises(Refused):
        services.take_in(SYSTEM, selectors.run(run.pk))
    with pytest.raises(Refused):
        services.correct_cells(SYSTEM, selectors.run(run.pk), row=2, cells={1: "2026/11/21 10:00"})


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04x", '"注文'.encode(), b"\xff\xff\x81"])
def test_a_broken_file_is_kept_and_refused_whole(content: bytes) -> None:
    run = check(shop_and_store(), content)
    assert (run.state, run.report["orders"]) == (RunState.REFUSED, 0)
    assert [f.problem.row for f in selectors.faults(run) if f.is_error] == [0]
    assert bytes(run.files.get().content) == content
    with pytest.raises(Refused):
        services.take_in(SYSTEM, run)


def test_a_surplus_cell_is_taken_out() -> None:
    row = nextengine_row(店舗伝票番号="NE-5", 出荷予定日="2026/11/26")
    row.insert(5, "余分")
    run = check(shop_and_store(), nextengine(row))
    assert [f.problem.code for f in selectors.faults(run)] == ["surplus_data"]
    run = services.remove_cell(SYSTEM, run, row=2, column=5)
    assert selectors.faults(run) == []
    assert outcomes(take_in(run)) == {"NE-5": Outcome.CREATED}


@pytest.mark.parametrize(("row", "column"), [(2, 900), (99, 1), (2, -1)])
def test_a_cell_that_does_not_exist_is_refused(row: int, column: int) -> None:
    run = check(shop_and_store(), nextengine(nextengine_row(受注日="x")))
    with pytest.raises(BadInput):
        services.correct_cells(SYSTEM, run, row=row, cells={column: "x"})


def test_a_crash_in_the_middle_and_another_try_double_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    run = check(shop_and_store(), orders_file(120))
    services.begin(SYSTEM, run)
    place, calls = taking.orders.place_orders, []

    def crash(*args: object) -> object:
        calls.append(1)
        if len(calls) == 2:
            raise KeyboardInterrupt
        return place(*args)  # type: ignore[arg-type]

    monkeypatch.setattr(taking.orders, "place_orders", crash)
    with pytest.raises(KeyboardInterrupt):
        services.work_off(run)
    some = Order.objects.count()
    assert 0 < some < 120
    services.work_off(selectors.run(run.pk))
    assert Order.objects.count() == 120
    assert set(outcomes(run).values()) == {Outcome.CREATED}


def test_one_order_the_database_refuses_harms_no_other(monkeypatch: pytest.MonkeyPatch) -> None:
    """A text no rule foresaw: here a name that folding makes longer than its column."""
    run = check(shop_and_store(), orders_file(5))
    place = taking.orders.place_orders

    def refuse(actor: object, drafts: list[object]) -> object:
        if any(draft.store_number == "NE-3" for draft in drafts):  # type: ignore[attr-defined]
            from django.db import DataError

            raise DataError("value too long")
        return place(actor, drafts)  # type: ignore[arg-type]

    monkeypatch.setattr(taking.orders, "place_orders", refuse)
    run = take_in(run)
    assert Order.objects.count() == 4
    assert outcomes(run)["NE-3"] == Outcome.REFUSED


def test_a_batch_takes_as_many_queries_for_few_orders_as_for_many() -> None:
    run = check(shop_and_store(), orders_file(60))
    services.begin(SYSTEM, run)
    judged = taking.judge_run(run, taking.read_run(run))
    counts = []
    for batch in (judged[:5], judged[5:10], judged[10:60]):
        with CaptureQueriesContext(connection) as queries:
            taking._attempt(run, batch)
        counts.append(len(queries))
    assert counts[1] == counts[2]


EVERY_PRESET = {
    "nextengine": (order_files.nextengine(),),
    "rakuten": (order_files.rakuten(),),
    "shopify": (order_files.shopify(),),
    "colorme": (order_files.colorme(),),
    "base": (order_files.base(),),
    "eccube4": (order_files.eccube4(),),
    "yahoo": (order_files.yahoo(), order_files.yahoo_items()),
    "amazon-jp": (order_files.amazon(),),
}


@pytest.mark.parametrize("preset", EVERY_PRESET)
def test_every_preset_becomes_an_order_of_the_right_amount(preset: str) -> None:
    store = shop_and_store()
    services.map_words(SYSTEM, store, field="delivery_word", words={"Standard": "takkyubin"})
    run = imported(store, *EVERY_PRESET[preset], preset=preset)
    assert [f.problem.message for f in selectors.faults(run) if f.is_error] == []
    order = Order.objects.get()
    assert order.store_total is None or order.total == order.store_total
    assert (order.ship_prefecture, order.lines.get().quantity) == ("東京都", 2)


def test_every_preset_is_tried() -> None:
    from akinai.frontoffice.channels.adapters.presets import PRESETS

    assert set(EVERY_PRESET) == set(PRESETS)
