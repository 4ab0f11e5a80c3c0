"""The list of orders and the page of one order, as a browser gets them."""

from __future__ import annotations

import dataclasses
import datetime as dt
import re
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from akinai.backoffice.orders import services
from akinai.backoffice.orders.models import Order
from akinai.backoffice.orders.states import Cancel, Confirmation, HoldKind, Queue
from akinai.backoffice.orders.types import PartyDraft
from akinai.foundation.core.actor import SYSTEM, Actor
from akinai.foundation.core.clock import FrozenClock
from akinai.foundation.core.permissions import Role
from akinai.shop.customers.services import merge
from tests.builders.accounts import client_for
from tests.builders.catalog import make_sku
from tests.builders.inventory import stock_up
from tests.builders.orders import TAKA, line, make_shop, make_store, place

pytestmark = pytest.mark.django_db

YAMADA = Actor("staff:99", "山田")


@pytest.fixture(autouse=True)
def shop(clock: FrozenClock) -> None:
    make_shop()


@pytest.fixture
def client() -> Client:
    return client_for(Role.ORDER)


def checked(number: str = "A-1", **fields: Any) -> Order:
    """An order with a remark, which waits in 確認待ち."""
    return place(number, remark=fields.pop("remark", "27日以降に届けてください"), **fields)


def another(number: int) -> PartyDraft:
    """A buyer of their own, so that nothing looks ordered twice."""
    return dataclasses.replace(TAKA, name=f"客{number}", mail=f"k{number}@example.jp", phone=f"090-1234-000{number}")


def url(name: str, order: Order) -> str:
    return reverse(f"orders:{name}", args=[order.pk])


def post(client: Client, name: str, order: Order, /, **data: Any) -> Any:
    order.refresh_from_db()
    return client.post(url(name, order), {"version": order.version, **data})


# -- the list --------------------------------------------------------------------------------------------------


def test_the_list_opens_on_what_waits_for_a_person(client: Client) -> None:
    stock_up(make_sku(), 9)
    waiting, ready = checked(), place("A-2", buyer=another(2), store=make_store("auto", auto_accept=True))
    page = client.get("/orders/").content.decode()
    assert waiting.number in page
    assert ready.number not in page
    assert "確認待ち<b" in page


def test_r17_orders_of_two_stores_stand_in_one_list_with_their_badges_and_counts(client: Client) -> None:
    stock_up(make_sku(), 9)
    ours = checked("A-1")
    theirs = checked("A-2", store=make_store("rakuten", short_name="楽天", kind="mall"))
    page = client.get("/orders/?queue=check").content.decode()
    for order, badge in ((ours, "自社"), (theirs, "楽天")):
        row = page[page.index(f">{order.number}<") :]
        assert badge in row[: row.index("</tr>")], badge
    assert re.search(r"確認待ち<b[^>]*>2<", page), "one count for both"
    only = client.get(f"/orders/?queue=check&store={theirs.store_id}").content.decode()
    assert theirs.number in only and ours.number not in only


def test_every_tab_and_filter_answers(client: Client) -> None:
    stock_up(make_sku(), 9)
    order = checked(is_gift=True)
    queries = ["queue=all", "queue=check&q=渡邉", "queue=check&q=ワタ", "queue=check&q=0312", "queue=check&only=gift",
               "queue=check&only=remark", "queue=check&only=unseen", "queue=check&reason=check.REMARK",
               "queue=check&amount_from=1000", "queue=check&ordered_from=2026-11-24", "queue=nonsense",
               f"queue=check&store={order.store_id}", "queue=check&sort=total", "queue=all&sort=-number"]  # fmt: skip
    for query in queries:
        answer = client.get(f"/orders/?{query}")
        assert (query, answer.status_code) == (query, 200)
        assert order.number in answer.content.decode(), query
    nothing = ["queue=ready", "queue=check&only=overdue", "queue=check&only=island", "queue=check&q=いない人",
               "queue=check&reason=hold.manual", "queue=all&ended=done", "queue=check&only=stopped"]  # fmt: skip
    for query in nothing:
        answer = client.get(f"/orders/?{query}")
        assert answer.status_code == 200
        assert order.number not in answer.content.decode(), query


@pytest.mark.parametrize(
    "query", ["page=99999999999", "ordered_from=9999-12-31&ordered_to=9999-12-31", "amount_from=９", "only=x", "sort=;",
              "store=1e9", "q=%F0%9F%98%80", "reason=check.", "queue=done&q=" + "あ" * 201],
)  # fmt: skip
def test_nonsense_in_the_address_never_breaks_the_list(client: Client, query: str) -> None:
    assert client.get(f"/orders/?{query}").status_code == 200


def test_what_breaks_first_stands_first(client: Client, clock: FrozenClock) -> None:
    """ORD-22 The confirmation that is due earliest is at the top."""
    stock_up(make_sku(), 9)
    late = checked("A-2", ordered_at=dt.datetime(2026, 11, 23, 18, 0))
    early = checked("A-1", ordered_at=dt.datetime(2026, 11, 20, 18, 0))
    page = client.get("/orders/?queue=check").content.decode()
    assert page.index(early.number) < page.index(late.number)
    assert "正式確認 2時間10分" in page
    clock.move_to(dt.datetime(2026, 11, 24, 12, 25))
    page = client.get("/orders/?queue=check").content.decode()
    assert "正式確認 25分 超過" in page
    assert 'class="late"' in page


def test_the_list_asks_the_database_as_often_for_three_orders_as_for_one(client: Client) -> None:
    stock_up(make_sku(), 9)

    def queries() -> int:
        with CaptureQueriesContext(connection) as captured:
            client.get("/orders/?queue=check")
        return len(captured)

    checked("A-1")
    queries()
    one = queries()
    checked("A-2")
    checked("A-3", store=make_store("second", short_name="二号"))
    assert queries() == one <= 20  # each app in the rail counts its own once


def test_the_order_page_asks_as_often_for_three_lines_as_for_one(client: Client) -> None:
    for code in "ABC":
        stock_up(make_sku(code), 9)
    one = checked("A-1", lines=[line("A")])
    three = checked("A-2", lines=[line(c) for c in "ABC"], ship_to=dataclasses.replace(TAKA, address1="港区六本木"))

    def queries(order: Order) -> int:
        with CaptureQueriesContext(connection) as captured:
            assert client.get(url("order", order)).status_code == 200
        return len(captured)

    queries(one)
    assert queries(three) == queries(one) <= 26


def test_the_preview_is_a_fragment_and_without_script_the_page(client: Client) -> None:
    stock_up(make_sku(), 9)
    order = checked()
    fragment = client.get(url("preview", order), headers={"HX-Request": "true"})
    assert fragment.status_code == 200
    assert "<html" not in fragment.content.decode()
    assert "備考をまだ確かめていません。" in fragment.content.decode()
    assert client.get(url("preview", order)).headers["Location"] == url("order", order)


# -- the order page --------------------------------------------------------------------------------------------


def test_n_4_the_page_says_what_blocks_and_gives_the_one_next_step(client: Client) -> None:
    stock_up(make_sku(), 9)
    order = checked()
    page = client.get(url("order", order)).content.decode()
    assert "<mark>27日</mark>以降に届けてください" in page
    assert "備考をまだ確かめていません。" in page
    assert page.count('data-key="e"') == 1
    answer = post(client, "accept_remark", order)
    assert answer.headers["Location"] == url("order", order)
    order.refresh_from_db()
    assert (order.confirmation, order.queue) == (Confirmation.ACCEPTED, Queue.AWAITING_DATE)


def test_ord_6_letting_an_order_go_before_its_day_is_never_the_next_step(client: Client) -> None:
    """ORD-6 The day opens the hold by itself; the button stands beside the reason, not under the key."""
    stock_up(make_sku(), 9)
    order = place(store=make_store("auto", auto_accept=True))
    services.hold(YAMADA, order_id=order.pk, kind=HoldKind.UNTIL_DATE, until=dt.date(2026, 12, 10))
    page = client.get(url("order", order)).content.decode()
    assert page.count(url("release_hold", order)) == 1
    assert page.index("blockers") < page.index(url("release_hold", order))


def test_opening_marks_as_seen_by_post_and_looking_changes_nothing(client: Client) -> None:
    """R19 GET is safe; the page asks for `seen` by itself."""
    stock_up(make_sku(), 9)
    order = checked()
    page = client.get(url("order", order)).content.decode()
    assert url("seen", order) in page
    order.refresh_from_db()
    assert order.seen_at is None
    assert client.post(url("seen", order)).status_code == 204
    order.refresh_from_db()
    assert order.seen_at is not None
    assert url("seen", order) not in client.get(url("order", order)).content.decode()


def test_a_red_flag_stands_over_a_stopped_order(client: Client) -> None:
    """ORD-12 Papers are out and the buyer cancels."""
    stock_up(make_sku(), 9)
    order = place(store=make_store("auto", auto_accept=True))
    services.instruct(SYSTEM, order_id=order.pk, stages=["instructed"])
    services.request_cancel(YAMADA, order_id=order.pk, reason="電話で")
    page = client.get(url("order", order)).content.decode()
    assert "出荷停止" in page
    assert page.count(f"/shipping/orders/{order.pk}/cancel/") == 2, "the one thing to do, and beside the reason"
    refused = post(client, "cancel", order, reason="customer")
    assert refused.status_code == 409
    assert "出荷指示を取り消してください" in refused.content.decode()


def test_ord_31_the_slower_of_two_sees_who_did_what_and_keeps_the_words(client: Client) -> None:
    stock_up(make_sku(), 9)
    order = checked()
    seen = order.version
    moved = dataclasses.replace(TAKA, address1="港区六本木9-9-9")
    services.change_ship_to(YAMADA, order_id=order.pk, ship_to=moved, reason="電話")
    typed = {"name": "渡邉 髙子", "postcode": "106-0032", "prefecture": "東京都", "address1": "港区六本木7-7-7",
             "phone": "03-1234-5678", "version": seen}  # fmt: skip
    answer = client.post(url("change_ship_to", order), typed)
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "他の担当者が更新しました" in page
    assert "山田" in page
    assert "港区六本木1-2-3 → 港区六本木9-9-9" in page
    assert 'value="港区六本木7-7-7"' in page
    order.refresh_from_db()
    assert order.ship_address1 == "港区六本木9-9-9"
    # sent again as the page now stands, it holds
    assert client.post(url("change_ship_to", order), {**typed, "version": order.version}).status_code == 302
    order.refresh_from_db()
    assert (order.ship_address1, order.edition) == ("港区六本木7-7-7", 3)


def test_refused_forms_come_back_as_typed(client: Client) -> None:
    stock_up(make_sku(), 9)
    order = checked()
    hold = post(client, "hold", order, kind="until_date", reason="留守")
    assert hold.status_code == 422
    assert 'value="留守"' in hold.content.decode()
    assert post(client, "change_wish", order, wish_date="2099-01-01").status_code == 422
    assert post(client, "change_wish", order, wish_date="31.02.2026").status_code == 422
    assert post(client, "change_ship_to", order, name="").status_code == 422
    assert post(client, "lower_quantity", order, line="1", to="5").status_code == 422
    assert post(client, "lower_quantity", order, line="7", to="0").status_code == 422
    assert post(client, "refuse_cancel", order, reason="").status_code == 422
    assert post(client, "note", order, text="   ").status_code == 422
    assert post(client, "release_hold", order, kind="x").status_code == 422
    assert post(client, "accept", order).status_code == 409
    order.refresh_from_db()
    assert order.edition == 1


def test_a_date_out_of_this_world_is_refused_not_a_fault(client: Client) -> None:
    stock_up(make_sku(), 9)
    order = checked()
    assert post(client, "hold", order, kind="until_date", until="2026-01-01").status_code == 422
    for day in ("9999-12-31", "0001-01-01", "2026-02-30", "x"):
        assert post(client, "hold", order, kind="until_date", until=day).status_code == 422
        assert post(client, "change_wish", order, wish_date=day).status_code == 422


def test_what_is_typed_is_shown_as_text(client: Client) -> None:
    stock_up(make_sku(), 9)
    evil = "<script>alert(1)</script>"
    order = checked(remark=evil, gift_note=evil, buyer=dataclasses.replace(TAKA, name=evil))
    services.write_note(YAMADA, order_id=order.pk, text=evil)
    for address in (url("order", order), "/orders/?queue=check"):
        assert evil not in client.get(address).content.decode()


def test_the_whole_way_of_an_order_by_its_buttons(client: Client) -> None:
    stock_up(make_sku(), 9)
    order = checked(lines=[line(quantity=3)])
    assert post(client, "hold", order, kind="manual", reason="色を確認").status_code == 302
    assert post(client, "clear_check", order, code="REMARK", answer="電話した").status_code == 302
    assert post(client, "accept", order).status_code == 302
    order.refresh_from_db()
    assert order.queue == Queue.HOLD
    assert post(client, "release_hold", order, kind="manual").status_code == 302
    assert post(client, "change_wish", order, wish_date="2026-11-30", wish_window="14-16").status_code == 302
    order.refresh_from_db()
    assert order.queue == Queue.AWAITING_DATE
    assert post(client, "lower_quantity", order, line="1", to="2", reason="1個でよい").status_code == 302
    assert post(client, "note", order, text="念のため").status_code == 302
    assert post(client, "request_cancel", order, reason="やめたい").status_code == 302
    assert post(client, "refuse_cancel", order, reason="間に合わない").status_code == 302
    assert post(client, "cancel", order, reason="customer", note="了承").status_code == 302
    order.refresh_from_db()
    assert (order.cancel, order.queue) == (Cancel.CANCELLED, Queue.CANCELLED)
    page = client.get(url("order", order)).content.decode()
    for said in ("念のため", "第3版", "× 2 @", "お客様都合", "電話した", "色を確認"):
        assert said in page, said


def test_what_the_store_changed_stands_side_by_side(client: Client) -> None:
    """ORD-32 CHANNEL_CHANGED shows both sides."""
    stock_up(make_sku(), 9)
    store = make_store("auto", auto_accept=True)
    order = place(store=store)
    place(store=store, shipping_fee=500, lines=[line(quantity=2)])
    page = client.get(url("order", order)).content.decode()
    assert "いまの店舗" in page
    assert "湯呑 YN-AI-01 × 2 @2,200" in page
    assert "500" in page


# -- unknown items ---------------------------------------------------------------------------------------------


def test_inv_91_naming_an_item_once_names_it_for_all_who_wait(client: Client) -> None:
    sku = make_sku()
    stock_up(sku, 20)
    orders = [place(f"A-{i}", lines=[line("RK-7", quantity=1)]) for i in range(3)]
    found = client.get(reverse("orders:find_sku"), {"q": "YN-AI"}).content.decode()
    assert f'value="{sku.pk}"' in found
    assert "残り 20" in found
    data = {"line": "1", "sku": str(sku.pk), "units_per_item": "2", "remember": "on"}
    answer = post(client, "set_line_sku", orders[0], **data)
    assert answer.status_code == 302
    page = client.get(answer.headers["Location"]).content.decode()
    assert "ほかに2件あります" in page
    assert client.post(url("apply_code", orders[0]), {"code": "RK-7"}).status_code == 302
    for order in orders:
        row = order.lines.get()
        assert (row.sku, row.units_per_item, row.allocated) == (sku, 2, 1)
        assert not order.checks.filter(code="NEW_SKU", closed_at__isnull=True).exists()


def test_an_item_may_be_named_by_its_code_and_a_wrong_one_is_said(client: Client) -> None:
    sku = make_sku()
    stock_up(sku, 20)
    order = place(lines=[line("RK-7")])
    wrong = post(client, "set_line_sku", order, line="1", q="NO-SUCH", units_per_item="1")
    assert wrong.status_code == 422
    assert 'value="NO-SUCH"' in wrong.content.decode()
    assert post(client, "set_line_sku", order, line="1", q=sku.code, units_per_item="1").status_code == 302
    assert order.lines.get().sku == sku


# -- many at once ----------------------------------------------------------------------------------------------


def test_ord_33_each_order_of_a_bulk_action_stands_for_itself(client: Client) -> None:
    stock_up(make_sku(), 9)
    plain = [place(f"A-{i}", buyer=another(i)) for i in range(2)]
    blocked = checked("A-9", buyer=another(9))
    answer = client.post("/orders/accept/", {"id": [str(o.pk) for o in [*plain, blocked]]})
    page = answer.content.decode()
    assert "できた 2件 · できなかった 1件" in page
    assert "「備考」がまだ確認されていません。" in page
    for order in plain:
        order.refresh_from_db()
        assert order.confirmation == Confirmation.ACCEPTED
    blocked.refresh_from_db()
    assert blocked.confirmation == Confirmation.NEEDS_CHECK


def test_bulk_hold_asks_for_the_kind_first(client: Client) -> None:
    stock_up(make_sku(), 9)
    order = checked()
    asked = client.post("/orders/hold/", {"id": [str(order.pk)]})
    assert asked.status_code == 200
    assert f'name="id" value="{order.pk}"' in asked.content.decode()
    done = client.post("/orders/hold/", {"id": [str(order.pk)], "kind": "manual", "reason": "棚卸"})
    assert done.status_code == 302
    assert order.holds.get().reason == "棚卸"


def test_nothing_selected_is_said_and_rubbish_is_dropped(client: Client) -> None:
    assert client.post("/orders/accept/", {"id": ["x", "99999999999999999999", "-1"]}).status_code == 302
    assert client.post("/orders/accept/", {"all": "1", "query": "queue=check"}).status_code == 302


def test_many_orders_are_worked_through_in_the_background(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    from akinai.backoffice.orders.views import lists
    from akinai.foundation.jobs.models import Job
    from akinai.foundation.jobs.services import run_pending

    monkeypatch.setattr(lists, "AT_ONCE", 2)
    stock_up(make_sku(), 9)
    orders = [place(f"A-{i}", buyer=another(i)) for i in range(3)]
    answer = client.post("/orders/accept/", {"all": "1", "query": "queue=check"})
    job = Job.objects.get(name="orders.bulk")
    assert answer.headers["Location"] == reverse("jobs:progress", args=[job.pk])
    run_pending()
    job.refresh_from_db()
    assert {row["outcome"] for row in job.result["rows"]} == {"good"}
    assert {row["name"] for row in job.result["rows"]} == {o.number for o in orders}
    assert client.get(reverse("jobs:progress", args=[job.pk])).status_code == 200
    assert set(Order.objects.values_list("confirmation", flat=True)) == {"accepted"}


# -- files -----------------------------------------------------------------------------------------------------


def test_the_list_as_a_file_has_a_row_a_line(client: Client) -> None:
    stock_up(make_sku(), 9)
    checked("A-1", lines=[line(quantity=2), line("X-9")])
    checked("A-2", lines=[line()])
    answer = client.get("/orders/export/file/", {"query": "queue=check", "encoding": "utf-8-sig"})
    rows = answer.content.decode("utf-8-sig").splitlines()
    assert len(rows) == 4
    assert rows[0].startswith("受注番号,")
    assert "渡邉 髙子" in rows[1]
    assert "2026-11-24 09:50:00" in rows[1]


def test_shp_31_what_cp932_lacks_is_shown_and_nothing_is_saved(client: Client) -> None:
    stock_up(make_sku(), 9)
    checked("A-1", buyer=dataclasses.replace(TAKA, name="𠮷野 太郎"))
    answer = client.get("/orders/export/file/", {"query": "queue=check", "encoding": "cp932"})
    assert answer.status_code == 422
    assert "𠮷" in answer.content.decode()
    assert "Content-Disposition" not in answer.headers
    assert client.get("/orders/export/", {"queue": "check"}).status_code == 200


def test_ticked_orders_alone_can_be_saved(client: Client) -> None:
    stock_up(make_sku(), 9)
    first, _second = checked("A-1"), checked("A-2")
    page = client.post("/orders/export/", {"id": [str(first.pk)], "query": "queue=check"}).content.decode()
    assert f'name="ids" value="{first.pk}"' in page
    answer = client.get("/orders/export/file/", {"ids": str(first.pk), "query": "queue=check"})
    assert len(answer.content.decode("utf-8-sig").splitlines()) == 2


# -- who may ---------------------------------------------------------------------------------------------------


def test_who_may_only_look_gets_no_button(client: Client) -> None:
    stock_up(make_sku(), 9)
    order = checked()
    viewer = client_for(Role.VIEWER)
    page = viewer.get(url("order", order)).content.decode()
    assert "備考をまだ確かめていません。" in page
    assert url("confirm", order) not in page
    assert url("clear_check", order) not in page
    assert viewer.post(url("accept", order)).status_code == 403


def test_orders_are_found_by_the_search_over_everything(client: Client) -> None:
    stock_up(make_sku(), 9)
    order, other = checked("A-1"), checked("A-2")
    for words in ("わたなべ", "渡辺", order.number, "03-1234-5678", "taka@example"):
        assert order.number in client.get("/search/", {"q": words}, follow=True).content.decode(), words
    only = client.get("/search/", {"q": other.number})
    assert only.headers["Location"] == url("order", other)


def test_an_10_a_customers_orders_hold_those_of_whoever_was_merged_into_them(client: Client) -> None:
    stock_up(make_sku(), 9)
    first, second = place("A-1", buyer=another(1)), place("A-2", buyer=another(2))
    merge(SYSTEM, customer=second.customer, into=first.customer)
    shown = client.get(reverse("orders:of_customer", args=[first.customer_id])).content.decode()
    assert first.number in shown
    assert second.number in shown


def test_n_4_a_checked_order_leads_to_the_next_and_the_last_to_the_first(client: Client) -> None:
    """N-4 In the order of the list, whatever became of the one in hand; nothing else waits: no way is shown."""
    stock_up(make_sku(), 9)
    first, second, third = (checked(f"A-{n}", buyer=another(n)) for n in (1, 2, 3))
    ways = [client.get(url("order", order)).context["next_order"] for order in (first, second, third)]
    assert ways == [second, third, first]
    post(client, "accept_remark", second)
    services.confirm(SYSTEM, order_id=third.pk, codes=["REMARK"])
    assert client.get(url("order", second)).context["next_order"] == first
    assert client.get(url("order", first)).context["next_order"] is None


def test_n_4_plain_orders_that_only_wait_to_be_accepted_are_not_in_the_way(client: Client) -> None:
    """The list accepts them all at once; who opens one of them goes on among them."""
    stock_up(make_sku(), 9)
    first, last = checked("A-1", buyer=another(1)), checked("A-4", buyer=another(4))
    plain, other = (place(f"N-{n}", buyer=another(n)) for n in (2, 3))
    assert {o.queue for o in (first, plain, other, last)} == {"check"}
    ways = [client.get(url("order", order)).context["next_order"] for order in (first, last, plain, other)]
    assert ways == [last, first, other, plain]
    services.hold(SYSTEM, order_id=plain.pk, kind=HoldKind.MANUAL, reason="電話を待つ")
    assert client.get(url("order", last)).context["next_order"] == plain


def test_the_rail_lights_settings_on_a_settings_page_of_orders(client: Client) -> None:
    page = client_for(Role.OWNER).get("/settings/rules/").content.decode()
    lit = [line for line in page.splitlines() if 'class="ak-nav"' in line and 'aria-current="page"' in line]
    assert len(lit) == 1 and 'href="/settings/"' in lit[0]


def test_n_4_the_cursor_goes_to_what_the_reason_asks_for(client: Client) -> None:
    """N-4 Phone, house number, or the first day that can be met instead of a wish that cannot."""
    bare = dataclasses.replace(another(1), phone="12")
    phone, street = place("P-1", buyer=bare), place("P-2", buyer=dataclasses.replace(bare, address1="港区六本木"))
    wish = place("P-3", buyer=another(3), wish_date=dt.date(2026, 11, 24))
    pages = [client.get(url("order", order)) for order in (phone, street, wish)]
    assert [page.context["asked_field"] for page in pages] == ["phone", "address1", ""]
    assert 'data-focus="phone"' in pages[0].content.decode()
    proposed = pages[2].context["wish_form"].initial["wish_date"]
    assert proposed == pages[2].context["page"].plan.arrive_on
    post(client, "change_wish", wish, wish_date=proposed.isoformat(), wish_window="")
    assert not wish.checks.filter(closed_at=None, code="DATE_IMPOSSIBLE").exists()


# -- what a press would really do ------------------------------------------------------------------------------


def test_a_shortage_leads_to_the_buyer_while_nothing_is_free_and_to_the_goods_afterwards(client: Client) -> None:
    """ORD-14, N-4: a button that can only be refused is not offered."""
    sku = make_sku()
    order = place(lines=[line(quantity=2)])
    page = client.get(url("order", order)).content.decode()
    assert (url("allocate", order) in page, 'name="kind" value="M09"' in page) == (False, True)
    stock_up(sku, 1)
    page = client.get(url("order", order)).content.decode()
    assert (url("allocate", order) in page, 'name="kind" value="M09"' in page) == (True, False)


def test_ord_41_an_edit_in_which_nothing_differs_says_so(client: Client) -> None:
    stock_up(make_sku(), 9)
    order = checked()
    for phone, said in ((TAKA.phone, "変更点がありませんでした。"), ("03-9999-8888", "お届け先を変更しました。")):
        typed = {**dataclasses.asdict(TAKA), "phone": phone}
        assert post(client, "change_ship_to", order, **typed).status_code == 302
        assert said in client.get(url("order", order)).content.decode()
    order.refresh_from_db()
    assert order.edition == 2


def test_a_cancelled_order_promises_no_day_and_offers_no_word_of_delay(client: Client) -> None:
    stock_up(make_sku(), 9)
    order = checked()
    assert "全部解けば" in client.get(url("order", order)).content.decode()
    services.reject(SYSTEM, order_id=order.pk, reason="customer")
    page = client.get(url("order", order)).content.decode()
    assert "発送</b>" not in page and "全部解けば" not in page
    assert "遅れのお知らせ" not in client.get(f"/mail/orders/{order.pk}/").content.decode()


def test_an_order_ordered_twice_may_be_cancelled_where_it_says_so(client: Client) -> None:
    """ORD-20"""
    stock_up(make_sku(), 9)
    place("A-1")
    page = client.get(url("order", place("A-2"))).content.decode()
    assert page.count('#edit-cancel"') == 2, "beside the reason, and in the menu"


def test_a_search_that_finds_nothing_in_a_tab_leads_to_all_orders(client: Client) -> None:
    assert "?q=%E3%81%84%E3%81%AA%E3%81%84&amp;queue=all" in client.get("/orders/?q=いない").content.decode()
