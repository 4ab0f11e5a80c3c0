"""The Money page: finding, recording, refusing, giving back, taking back."""

from __future__ import annotations

import dataclasses
import datetime as dt

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from akinai.backoffice.orders.models import Order
from akinai.backoffice.orders.services import approve_cancel
from akinai.backoffice.orders.states import CancelReason, Payment, Queue
from akinai.backoffice.orders.types import PartyDraft
from akinai.backoffice.payments import selectors, services
from akinai.backoffice.payments.models import LedgerEntry
from akinai.backoffice.payments.services import Money
from akinai.foundation.core.actor import SYSTEM
from akinai.foundation.core.clock import FrozenClock
from akinai.foundation.core.permissions import Role
from akinai.foundation.jobs.services import run_pending
from tests.builders.accounts import client_for
from tests.builders.catalog import make_sku
from tests.builders.inventory import stock_up
from tests.builders.orders import TAKA, make_shop, make_store, place

pytestmark = pytest.mark.django_db
TODAY = dt.date(2026, 11, 24)
LISTS = ("waiting", "part_paid", "lapsed", "to_return", "settlement", "history")
HTMX = {"HTTP_HX_REQUEST": "true"}


@pytest.fixture
def order(clock: FrozenClock) -> Order:
    make_shop()
    stock_up(make_sku(), 99)
    return unpaid("A-1")


def unpaid(number: str, **fields: object) -> Order:
    return place(number, method="bank", store=make_store(auto_accept=True), **fields)


@pytest.fixture
def client(clock: FrozenClock) -> Client:
    return client_for(Role.ACCOUNTING)


def url(name: str, *args: object) -> str:
    return reverse(f"payments:{name}", args=args)


def fresh(order: Order) -> Order:
    return Order.objects.get(pk=order.pk)


def typed(order: Order, **changes: str) -> dict[str, str]:
    form = {"amount": "2200", "on": "2026-11-24", "version": str(order.version), "token": f"token-{order.pk}-abcdef"}
    return form | changes


def test_every_list_shows_its_orders_and_adds_up(order: Order, client: Client) -> None:
    part = unpaid("A-2", buyer=_named("南 優斗", "ミナミ ユウト"))
    cancelled = unpaid("A-3", buyer=_named("伊藤 蓮", "イトウ レン"))
    services.mark_deposit(SYSTEM, order_id=part.pk, money=Money(200, TODAY))
    services.mark_deposit(SYSTEM, order_id=cancelled.pk, money=Money(2200, TODAY))
    approve_cancel(SYSTEM, order_id=cancelled.pk)
    pages = {name: client.get(url(name)).content.decode() for name in LISTS}
    assert order.number in pages["waiting"]
    assert part.number in pages["waiting"]
    assert part.number in pages["part_paid"]
    assert cancelled.number in pages["to_return"]
    assert cancelled.number in pages["history"]
    figures = selectors.figures()
    assert (figures.waiting, figures.part_paid, figures.to_return, figures.overdue) == (2, 1, 1, 0)
    assert figures.waiting == Order.objects.filter(queue=Queue.AWAITING_PAYMENT).count()


@pytest.mark.parametrize("name", LISTS)
def test_a_list_asks_as_often_for_three_orders_as_for_one(name: str, order: Order, client: Client) -> None:
    def asked(number: str) -> int:
        bank, cod = unpaid(f"{number}-1"), place(f"{number}-2", method="cod")
        Order.objects.filter(pk=cod.pk).update(queue=Queue.AWAITING_SETTLEMENT)
        services.mark_deposit(SYSTEM, order_id=bank.pk, money=Money(200, TODAY))
        over = unpaid(f"{number}-3")
        services.mark_deposit(SYSTEM, order_id=over.pk, money=Money(2500, TODAY))
        with CaptureQueriesContext(connection) as queries:
            assert client.get(url(name)).status_code == 200
        return len(queries)

    asked("W")
    one = asked("X")
    asked("Y")
    assert asked("Z") == one


@pytest.mark.parametrize("text", ["ﾜﾀﾅﾍﾞ ﾀｶｺ", "わたなべ", "渡辺", "2,200", "２２００円", "A-1"])
def test_a_search_that_finds_one_order_opens_its_form_with_the_amount(text: str, order: Order, client: Client) -> None:
    """PAY-23: names are compared as folded; kana in half width, numbers and amounts as people type them."""
    page = client.get(url("waiting"), {"q": text}).content.decode()
    assert f'action="{url("deposit", order.pk)}"' in page
    assert 'value="2200"' in page
    assert 'value="2026-11-24"' in page


def test_an_unpaid_order_that_is_still_checked_is_found_too(order: Order, client: Client) -> None:
    checked = place("B-1", method="bank", store=make_store(), remark="急ぎ", buyer=_named("南 優斗", "ミナミ ユウト"))
    assert checked.queue == Queue.CHECK
    assert checked.number not in client.get(url("waiting")).content.decode()
    assert checked.number in client.get(url("waiting"), {"q": "ミナミ"}).content.decode()


def test_pay_8_money_for_a_cancelled_order_finds_the_order(order: Order, client: Client) -> None:
    approve_cancel(SYSTEM, order_id=order.pk)
    page = client.get(url("waiting"), {"q": "ワタナベ"}).content.decode()
    assert order.number in page
    assert "キャンセル済み" in client.get(url("order", order.pk)).content.decode(), "said before it is recorded"
    client.post(url("deposit", order.pk), typed(fresh(order)))
    assert fresh(order).payment == Payment.REFUND_DUE
    assert "−2,200" in client.get(url("waiting"), {"q": "ワタナベ"}).content.decode(), "owed by the shop, not to it"


def test_pay_8_the_order_itself_says_what_became_of_the_money(order: Order, client: Client) -> None:
    approve_cancel(SYSTEM, order_id=order.pk, reason=CancelReason.UNPAID)
    client.post(url("deposit", order.pk), typed(fresh(order)))
    for who in (client, client_for(Role.ORDER)):
        panel = who.get(url("panel", order.pk), **HTMX).content.decode()
        assert "受注し直す" in panel


def _named(name: str, kana: str) -> PartyDraft:
    return dataclasses.replace(TAKA, name=name, kana=kana, phone=f"03-1234-{ord(name[0]) % 10000:04d}", mail="")


def test_t06_a_deposit_is_recorded_and_can_be_undone_from_the_toast(order: Order, client: Client) -> None:
    answer = client.post(
        url("deposit", order.pk), typed(order, next="/money/", payer_name="ワタナベ タカコ"), follow=True
    )
    assert answer.redirect_chain[0][0] == "/money/"
    entry = LedgerEntry.objects.get()
    assert (entry.amount, entry.payer_name, fresh(order).queue) == (2200, "ワタナベ タカコ", Queue.READY)
    assert url("undo", entry.pk) in answer.content.decode()
    client.post(url("undo", entry.pk))
    assert fresh(order).queue == Queue.AWAITING_PAYMENT


def test_undo_is_for_oneself_and_for_a_moment(order: Order, client: Client, clock: FrozenClock) -> None:
    client.post(url("deposit", order.pk), typed(order))
    entry = LedgerEntry.objects.get()
    assert client_for(Role.ACCOUNTING).post(url("undo", entry.pk)).status_code == 409
    clock.advance(dt.timedelta(minutes=6))
    assert client.post(url("undo", entry.pk)).status_code == 409
    assert fresh(order).payment == Payment.PAID


def test_the_same_form_sent_twice_records_once(order: Order, client: Client) -> None:
    for _again in range(2):
        assert client.post(url("deposit", order.pk), typed(order)).status_code == 302
    assert LedgerEntry.objects.count() == 1


def test_paid_at_the_store_is_its_own_word(order: Order, client: Client) -> None:
    client.post(url("deposit", order.pk), typed(order, kind="store"))
    assert LedgerEntry.objects.get().kind == "store_paid"


@pytest.mark.parametrize(
    "changes",
    [
        {"amount": ""}, {"amount": "abc"}, {"amount": "-5"}, {"amount": "0"}, {"amount": "99999999999999999999999"},
        {"on": "2026-11-25"}, {"on": "2016-01-01"}, {"on": "2026-02-31"}, {"on": ""}, {"payer_name": "あ" * 201},
        {"note": "a\x00b"}, {"version": "abc"}, {"version": "99999999999999"},
    ],
)  # fmt: skip
def test_what_cannot_be_comes_back_as_typed(changes: dict[str, str], order: Order, client: Client) -> None:
    answer = client.post(url("deposit", order.pk), typed(order, **{"payer_name": "ワタナベ", **changes}))
    assert answer.status_code == 422
    assert "ak-err" in answer.content.decode() or "ak-say stop" in answer.content.decode()
    assert not LedgerEntry.objects.exists()


def test_ord_31_who_is_late_is_told_and_nothing_is_recorded(order: Order, client: Client) -> None:
    services.mark_deposit(SYSTEM, order_id=order.pk, money=Money(200, TODAY))
    answer = client.post(url("deposit", order.pk), typed(order, amount="1234"), **HTMX)
    assert answer.status_code == 422
    page = answer.content.decode()
    assert 'value="1234"' in page
    assert "<html" not in page
    assert f'name="version" value="{fresh(order).version}"' in page
    assert LedgerEntry.objects.count() == 1


def test_a_refund_is_offered_with_what_is_owed_and_never_more_is_taken(order: Order, client: Client) -> None:
    """ORD-74, T26."""
    services.mark_deposit(SYSTEM, order_id=order.pk, money=Money(2200, TODAY))
    approve_cancel(SYSTEM, order_id=order.pk)
    page = client.get(url("order", order.pk)).content.decode()
    assert url("refund", order.pk) in page
    assert 'value="2200"' in page
    too_much = typed(fresh(order), amount="2201", method="bank")
    assert client.post(url("refund", order.pk), too_much).status_code == 422
    sound = typed(fresh(order), method="bank", reference="振込 001", token="another-token")
    assert client.post(url("refund", order.pk), sound).status_code == 302
    assert fresh(order).received_amount == 0


def test_gen_4_taking_back_needs_a_reason(order: Order, client: Client) -> None:
    entry = services.mark_deposit(SYSTEM, order_id=order.pk, money=Money(2200, TODAY))
    assert client.post(url("reverse", entry.pk), {"note": ""}).status_code == 422
    assert client.post(url("reverse", entry.pk), {"note": "別の方の入金"}).status_code == 302
    assert fresh(order).received_amount == 0


def test_the_rest_is_written_off_by_the_manager_alone(order: Order, client: Client) -> None:
    services.mark_deposit(SYSTEM, order_id=order.pk, money=Money(1980, TODAY))
    form = {"note": "振込手数料ぶん", "version": str(fresh(order).version), "token": "token-write-off"}
    assert client.post(url("write_off", order.pk), form).status_code == 403
    manager = client_for(Role.MANAGER)
    assert manager.post(url("write_off", order.pk), form | {"note": ""}).status_code == 422
    assert manager.post(url("write_off", order.pk), form).status_code == 302
    assert (fresh(order).payment, fresh(order).queue) == (Payment.WRITTEN_OFF, Queue.READY)


def test_r59_postpaid_orders_are_listed_without_a_button(order: Order, client: Client) -> None:
    cod = place("C-1", method="cod", store=make_store(auto_accept=True))
    page = client.get(url("order", cod.pk)).content.decode()
    assert url("deposit", cod.pk) not in page
    assert client.post(url("deposit", cod.pk), typed(cod)).status_code == 422


def test_the_panel_is_a_fragment_for_htmx_and_a_page_without(order: Order, client: Client) -> None:
    assert "<html" not in client.get(url("panel", order.pk), **HTMX).content.decode()
    assert "<html" in client.get(url("panel", order.pk)).content.decode()


def test_a_list_without_saved_views_sends_none_when_it_refreshes_itself(client: Client) -> None:
    assert "views-money" not in client.get(url("waiting"), **HTMX).content.decode()


def test_a_viewer_sees_and_cannot_touch(order: Order) -> None:
    page = client_for(Role.VIEWER).get(url("order", order.pk)).content.decode()
    assert url("deposit", order.pk) not in page


def test_ord_33_many_are_confirmed_each_for_itself(order: Order, client: Client) -> None:
    second, paid = unpaid("A-2"), unpaid("A-3")
    services.mark_deposit(SYSTEM, order_id=paid.pk, money=Money(2200, TODAY))
    answer = client.post(url("mark_paid"), {"id": [order.pk, second.pk, paid.pk], "next": "/money/"})
    assert answer.status_code == 200
    assert [fresh(o).payment for o in (order, second, paid)] == [Payment.PAID] * 3
    assert LedgerEntry.objects.count() == 3
    assert paid.number in answer.content.decode()


def test_one_is_confirmed_in_passing(order: Order, client: Client) -> None:
    answer = client.post(url("mark_paid"), {"id": order.pk, "next": f"/money/orders/{order.pk}/"})
    assert (answer.status_code, fresh(order).payment) == (302, Payment.PAID)


def test_all_that_match_means_the_list_they_were_ticked_in(order: Order, client: Client) -> None:
    other = unpaid("A-2", buyer=_named("南 優斗", "ミナミ ユウト"))
    form = {"all": "1", "query": "q=ミナミ", "next": "/orders/?queue=awaiting_payment"}
    client.post(url("mark_paid"), form)
    assert not LedgerEntry.objects.exists()
    client.post(url("mark_paid"), form | {"next": "/money/?q=ミナミ"})
    assert list(LedgerEntry.objects.values_list("order_id", flat=True)) == [other.pk]


@pytest.mark.parametrize("form", [{}, {"id": "x"}, {"id": "99999999"}, {"id": "1", "on": "31.02"}])
def test_nothing_typed_into_the_bulk_form_breaks_it(form: dict[str, str], order: Order, client: Client) -> None:
    assert client.post(url("mark_paid"), form).status_code in (200, 302, 422)


def test_very_many_are_confirmed_in_the_background(
    order: Order, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("akinai.backoffice.payments.views.many.AT_ONCE", 1)
    second = unpaid("A-2")
    answer = client.post(url("mark_paid"), {"id": [order.pk, second.pk]})
    assert answer.status_code == 302
    run_pending()
    assert [fresh(o).payment for o in (order, second)] == [Payment.PAID] * 2
    assert LedgerEntry.objects.first().actor.startswith("staff:")  # type: ignore[union-attr]


def test_the_menu_counts_what_waits_for_us(order: Order, client: Client, clock: FrozenClock) -> None:
    clock.advance(dt.timedelta(days=30))
    order_list = client_for(Role.ACCOUNTING).get(url("waiting")).content.decode()
    assert '<b class="late"' in order_list


def test_the_list_goes_out_as_csv(order: Order, client: Client) -> None:
    got = client.get(url("waiting"), {"format": "csv"})
    text = b"".join(got.streaming_content).decode("cp932") if got.streaming else got.content.decode("utf-8-sig")
    assert order.number in text
    assert "2200" in text
