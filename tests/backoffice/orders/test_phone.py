"""Orders by phone and FAX: found buyers, live totals, six items read out, and one order however often it is sent."""

from __future__ import annotations

import datetime as dt
import re
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from akinai.backoffice.inventory.check import violations as stock_violations
from akinai.backoffice.orders import permissions, services
from akinai.backoffice.orders.check import violations
from akinai.backoffice.orders.checks import Judge
from akinai.backoffice.orders.models import Order, OrderCall
from akinai.backoffice.orders.phone.buyers import find_buyers
from akinai.backoffice.orders.phone.quoting import Entry, EntryLine, quote
from akinai.backoffice.orders.phone.reading import digest_of, six_items
from akinai.backoffice.orders.states import Check, Queue
from akinai.backoffice.orders.types import PartyDraft
from akinai.foundation.audit import selectors as audit
from akinai.foundation.core.actor import Actor
from akinai.foundation.core.clock import FrozenClock
from akinai.foundation.core.errors import Conflict, Refused
from akinai.foundation.core.permissions import Role
from akinai.foundation.events.models import StoredEvent
from akinai.shop.terms.models import ShippingFeeTable
from tests.builders.accounts import client_for
from tests.builders.catalog import make_product, make_sku
from tests.builders.inventory import balance, stock_up
from tests.builders.orders import TAKA, line, make_shop, make_store, place

pytestmark = pytest.mark.django_db

CLERK = Actor("staff:1", "佐藤", frozenset({permissions.PLACE}))
BOSS = Actor("staff:2", "店長", frozenset({permissions.PLACE, permissions.PRICE}))
KEY = "0123456789ab"
ZONES = dict.fromkeys(("kanto", "hokkaido", "okinawa", "kansai"), 800)


@pytest.fixture(autouse=True)
def shop(clock: FrozenClock) -> None:
    make_shop(legal={"returns": "未使用に限り8日以内", "delivery": "通常2営業日で発送"})
    make_store("phone", kind="phone", name="電話・FAX")
    ShippingFeeTable.objects.create(effective_from="2020-01-01", fees=ZONES, free_from=11_000)


@pytest.fixture
def clerk() -> Client:
    return client_for(Role.ORDER)


def entry(*lines: EntryLine, **fields: Any) -> Entry:
    values: dict[str, Any] = {
        "how": "phone", "store_id": make_store("phone", kind="phone", name="電話・FAX").pk, "buyer": TAKA,
        "ship_to": PartyDraft(**{n: getattr(TAKA, n) for n in PartyDraft.__dataclass_fields__ if n != "mail"}),
        "lines": lines or (EntryLine(0, "YN-AI-01"),), "method": "cod", "service": "takkyubin",
    }  # fmt: skip
    return Entry(**values | fields)


def read(told: Entry) -> str:
    judge = Judge.load()
    return digest_of(six_items(quote(told, judge), judge))


def take(told: Entry, key: str = KEY, actor: Actor = CLERK) -> Order:
    return services.take_phone_order(actor, key=key, entry=told, read=read(told))[0]


def form(**more: str) -> dict[str, str]:
    """What the page sends, with the box as it was last shown."""
    return {
        "key": KEY, "how": "phone", "store": str(make_store("phone", kind="phone", name="電話・FAX").pk),
        "buyer_phone": TAKA.phone, "buyer_name": TAKA.name, "buyer_mail": TAKA.mail, "buyer_postcode": TAKA.postcode,
        "buyer_prefecture": TAKA.prefecture, "buyer_address1": TAKA.address1, "buyer_address2": TAKA.address2,
        "ship_same": "on", "code_0": "YN-AI-01", "quantity_0": "2", "method": "cod", "service": "takkyubin",
        "do": "place", **more,
    }  # fmt: skip


def shown(client: Client, typed: dict[str, str]) -> str:
    """The live answer to what was typed."""
    return client.post(reverse("orders:phone_quote"), typed).content.decode()


def with_read(client: Client, **more: str) -> dict[str, str]:
    typed = form(**more)
    found = re.search(r'name="read" value="(\w+)"', shown(client, typed))
    assert found
    return typed | {"read": found[1], "read_out": "on"}


def test_r16_goods_shipping_cod_fee_and_tax_by_rate_are_counted_live() -> None:
    """2,200 × 2 at 10% and 1,080 at 8%, shipping 800, COD band up to 10,000: 330 (PAY-10, SHP-10, TAX-10)."""
    stock_up(make_sku(), 5)
    stock_up(make_sku("TEA-01", product=make_product("P-TEA", name="煎茶", tax_class="red"), price=1080, jan=""), 5)
    found = quote(entry(EntryLine(0, "ｙｎ-ai-01".upper(), 2), EntryLine(3, "TEA-01")), Judge.load())
    order = found.order
    assert found.errors == []
    assert (order.goods_total, order.shipping_fee) == (5480, 800)
    assert order.total == 5480 + 800 + order.payment_fee and order.payment_fee > 0
    assert {r["rate"]: r["gross"] for r in order.tax_lines} == {10: 5200 + order.payment_fee, 8: 1080}
    assert found.plan is not None and str(found.plan.ship_on) == "2026-11-24"


def test_law_2_six_items_are_read_out_and_written_down_with_who_and_when() -> None:
    stock_up(make_sku(), 5)
    order = take(entry(EntryLine(0, "YN-AI-01", 2)))
    call = OrderCall.objects.get(order=order)
    titles = [title for title, _text in call.read_out]
    assert len(titles) == 6 and titles[0] == "数量"
    said = "\n".join(text for _title, text in call.read_out)
    for word in ("× 2", "代金引換", "11/24(火)発送", "通常2営業日で発送", "未使用に限り8日以内", f"{order.total:,}円"):
        assert word in said
    assert (call.by, call.by_label, call.typed) == ("staff:1", "佐藤", {})
    assert "orders.read_out" in {row.action for row in audit.for_subject(order.subject)}


def test_law_2_what_changed_since_it_was_read_out_has_to_be_read_out_again() -> None:
    sku = make_sku()
    stock_up(sku, 5)
    told = entry()
    digest = read(told)
    type(sku).objects.filter(pk=sku.pk).update(price=2500)
    with pytest.raises(Refused, match="もう一度読み上げて"):
        services.take_phone_order(CLERK, key=KEY, entry=told, read=digest)
    assert not Order.objects.exists() and balance(sku).reserved == 0


def test_law_3_a_shop_that_says_nothing_of_returns_owes_eight_days() -> None:
    make_shop(legal={})
    make_sku()
    judge = Judge.load()
    items = dict(six_items(quote(entry(), judge), judge))
    assert any("8日以内" in text for text in items.values())


def test_r24_rel_5_the_same_form_twice_is_one_order_one_reservation_one_event() -> None:
    sku = make_sku()
    stock_up(sku, 5)
    told = entry(EntryLine(0, "YN-AI-01", 2), staff_note="折り返し希望")
    digest = read(told)
    first, new = services.take_phone_order(CLERK, key=KEY, entry=told, read=digest)
    again, newer = services.take_phone_order(CLERK, key=KEY, entry=told, read=digest)
    assert (first.pk, new, newer) == (again.pk, True, False)
    assert Order.objects.count() == 1 and balance(sku).reserved == 2
    assert StoredEvent.objects.filter(name="orders.placed").count() == 1
    assert [note.text for note in first.notes.all()] == ["折り返し希望"]
    assert first.store_number == f"TEL-{KEY}"
    assert list(violations()) == [] and list(stock_violations()) == []


def test_rel_5_the_same_form_with_another_content_is_refused_and_changes_nothing() -> None:
    sku = make_sku()
    stock_up(sku, 5)
    order = take(entry())
    with pytest.raises(Conflict, match=order.number):
        take(entry(EntryLine(0, "YN-AI-01", 3)))
    order.refresh_from_db()
    assert order.version == 1 and balance(sku).reserved == 1


def test_short_goods_are_refused_unless_the_buyer_was_told_or_the_store_takes_none() -> None:
    sku = make_sku()
    stock_up(sku, 1)
    two = (EntryLine(0, "YN-AI-01", 2),)
    with pytest.raises(Refused, match="在庫は1点です"):
        take(entry(*two))
    with pytest.raises(Refused, match="在庫は1点です"):  # two lines of the same goods count together
        take(entry(EntryLine(0, "YN-AI-01"), EntryLine(1, "YN-AI-01")))
    order = take(entry(*two, short_told=True))
    assert Check.STOCKOUT not in order.checks.values_list("code", flat=True)
    assert order.lines.get().short == 1
    store = make_store("phone", kind="phone", when_short="refuse")
    with pytest.raises(Refused, match="受けない設定"):
        take(entry(*two, short_told=True, store_id=store.pk), key="ffffffffffff")


def test_other_prices_and_shipping_need_their_permission() -> None:
    stock_up(make_sku(), 5)
    cheap = entry(EntryLine(0, "YN-AI-01", 1, 1500))
    with pytest.raises(Refused, match="権限"):
        take(cheap)
    with pytest.raises(Refused, match="権限"):
        take(entry(shipping=0))
    order = take(cheap, actor=BOSS)
    assert order.lines.get().unit_price == 1500


def test_pay_11_cash_on_delivery_into_a_post_box_and_above_the_top_band_cannot_be_entered() -> None:
    stock_up(make_sku(), 500)
    judge = Judge.load()
    box = next(code for code, s in judge.terms.services.items() if s.is_post_box)
    assert quote(entry(service=box), judge).errors
    assert any(
        "代金引換" in str(e) or "代引" in str(e) for e in quote(entry(EntryLine(0, "YN-AI-01", 400)), judge).errors
    )


def test_shp_41_an_impossible_day_is_settled_on_the_phone_and_asked_about_after_a_fax() -> None:
    stock_up(make_sku(), 5)
    day = Judge.load().now.date()
    assert quote(entry(wish_date=day), Judge.load()).errors
    fax = entry(wish_date=day, how="fax")
    assert quote(fax, Judge.load()).errors == []
    order = take(fax)
    assert order.store_number.startswith("FAX-")
    assert Check.DATE_IMPOSSIBLE in order.checks.values_list("code", flat=True)


def test_age_and_temperature_are_told_while_the_buyer_is_on_the_line() -> None:
    """AGE (LAW-50), COOL_MIX (ORD-4): what a person would have to ask later is asked now."""
    sake = make_product("P-SAKE", name="純米酒", is_alcohol=True, temperature="chilled")
    stock_up(make_sku("SAKE", product=sake), 5)
    notes = " ".join(str(note) for note in quote(entry(EntryLine(0, "SAKE")), Judge.load()).notes)
    assert "20歳" in notes and "冷蔵" in notes


def test_ord_60_law_2_a_preorder_is_promised_for_its_release_and_not_before() -> None:
    """ORD-60, LAW-2 What is read out names the release; an earlier wish is impossible."""
    make_sku("NEW-1", supply="preorder", release_on=dt.date(2027, 2, 10))
    judge, new = Judge.load(), EntryLine(0, "NEW-1")
    found = quote(entry(new, method="bank"), judge)
    assert found.plan is not None
    assert (found.plan.ship_on, found.plan.arrive_on) == (dt.date(2027, 2, 10), dt.date(2027, 2, 11))
    assert "02/10" in dict(six_items(found, judge))["お届け"]
    early = quote(entry(new, method="bank", wish_date=dt.date(2026, 12, 5)), judge)
    assert any("間に合いません" in str(error) for error in early.errors)


def test_the_same_buyer_twice_in_ten_minutes_is_looked_at(clock: FrozenClock) -> None:
    """DUPLICATE: two calls, two forms, the same goods."""
    stock_up(make_sku(), 5)
    first = take(entry())
    clock.advance(dt.timedelta(minutes=10))
    second = take(entry(), key="ffffffffffff")
    assert first.customer_id == second.customer_id
    duplicate = second.checks.get(code=Check.DUPLICATE)
    assert duplicate.detail == {"other": first.number} and second.queue == Queue.CHECK


def test_cash_on_delivery_to_somebody_else_is_looked_at() -> None:
    stock_up(make_sku(), 5)
    other = PartyDraft(
        name="鈴木 一", phone="0661234567", postcode="530-0001", prefecture="大阪府", address1="大阪市北区梅田1-1-1"
    )
    order = take(entry(ship_to=other))
    assert Check.SHIP_TO_DIFF in order.checks.values_list("code", flat=True)
    assert (order.buyer_name, order.ship_name) == (TAKA.name, "鈴木 一")


def test_a_caller_is_found_by_the_phone_however_it_is_written(clerk: Client) -> None:
    stock_up(make_sku(), 5)
    known = place("A-1", lines=[line()])
    assert [f.customer.pk for f in find_buyers("０３−１２３４", "")] == [known.customer_id]
    assert find_buyers("03", "") == [] and find_buyers("", "渡")[:1] == []
    html = shown(clerk, form(code_0=""))
    assert known.number in html and f'name="pick" value="{known.customer_id}"' in html
    page = clerk.post(
        reverse("orders:phone"), {"key": KEY, "how": "phone", "pick": str(known.customer_id), "code_0": "X"}
    )
    assert page.status_code == 200
    assert 'value="港区六本木1-2-3"' in page.content.decode() and 'value="X"' in page.content.decode()


def test_the_page_places_once_and_leads_to_the_order(clerk: Client) -> None:
    sku = make_sku()
    stock_up(sku, 5)
    typed = with_read(clerk)
    first = clerk.post(reverse("orders:phone"), typed)
    second = clerk.post(reverse("orders:phone"), typed)
    order = Order.objects.get()
    assert first.status_code == second.status_code == 302
    assert first["Location"] == second["Location"] == reverse("orders:order", args=[order.pk])
    assert balance(sku).reserved == 2
    other = clerk.post(reverse("orders:phone"), typed | {"quantity_0": "3"})
    assert other.status_code == 409 and order.number in other.content.decode()


def test_a_refused_form_comes_back_as_typed(clerk: Client) -> None:
    stock_up(make_sku(), 5)
    answer = clerk.post(reverse("orders:phone"), form(buyer_name="", remark="玄関先へ", read_out=""))
    html = answer.content.decode()
    assert answer.status_code == 422 and "玄関先へ" in html and "チェックを入れてください" in html
    assert not Order.objects.exists()


def test_postcodes_fill_only_what_is_blank(clerk: Client) -> None:
    """Without scripts the button for counting does it; with them the help of every form."""
    make_sku()
    typed = form(buyer_prefecture="", buyer_address1="自分で書いた", buyer_postcode="１０６−００３２", do="look")
    page = clerk.post(reverse("orders:phone"), typed).content.decode()
    assert '<option value="東京都" selected>' in page and 'value="自分で書いた"' in page
    page = clerk.post(reverse("orders:phone"), form(buyer_prefecture="", buyer_address1="", do="look")).content.decode()
    assert 'value="港区六本木"' in page


def test_an_item_is_found_by_words_and_by_scan(clerk: Client) -> None:
    stock_up(make_sku(jan="4901234567894"), 3)
    assert 'data-take="YN-AI-01"' in shown(clerk, form(code_0="湯呑"))
    assert "3" in shown(clerk, form(code_0="4901234567894")) and "湯呑" in shown(clerk, form(code_0="4901234567894"))


def test_an_interrupted_call_is_kept_and_goes_on(clerk: Client) -> None:
    """PAY-4: a card number said on the phone is not kept either."""
    stock_up(make_sku(), 5)
    kept = clerk.post(reverse("orders:phone"), form(do="keep", remark="4111 1111 1111 1111"))
    assert kept.status_code == 302
    call = OrderCall.objects.get()
    assert call.order is None and "4111 1111 1111 1111" not in str(call.typed)
    page = clerk.get(reverse("orders:phone")).content.decode()
    assert f"?call={KEY}" in page
    again = clerk.get(reverse("orders:phone"), {"call": KEY}).content.decode()
    assert TAKA.name in again and f'value="{KEY}"' in again
    clerk.post(reverse("orders:phone"), with_read(clerk))
    assert OrderCall.objects.get().order == Order.objects.get()
    assert clerk.get(reverse("orders:phone"), {"call": KEY}).status_code == 302
    clerk.post(reverse("orders:phone_drop"), {"call": KEY})
    assert OrderCall.objects.count() == 1
    clerk.post(reverse("orders:phone"), form(key="aaaaaaaaaaaa", do="keep"))
    clerk.post(reverse("orders:phone_drop"), {"call": "aaaaaaaaaaaa"})
    assert OrderCall.objects.count() == 1


NONSENSE: list[dict[str, str]] = [
    {"key": "../../etc"}, {"key": ""}, {"store": "x"}, {"store": "999999"}, {"method": "gold"}, {"how": "mail"},
    {"quantity_0": "-1"}, {"quantity_0": "9" * 40}, {"price_0": "１円"}, {"buyer_name": "a\x00b"},
    {"buyer_phone": "\x00" * 9}, {"code_0": "\x00"}, {"wish_date": "2026-02-30"}, {"wish_window": "zz"},
    {"buyer_postcode": "🏠" * 9}, {"shipping": "1e9"}, {"wish_date": "9999-12-31"}, {"remark": "字" * 3000},
    {"code_0": "%' OR 1=1 --"}, {"price_0": "1000000000", "quantity_0": "1000000"}, {"code_39": "x", "quantity_39": ""},
]  # fmt: skip


def test_rel_10_nonsense_is_answered_and_nothing_is_half_entered(clerk: Client) -> None:
    make_sku()
    for more in NONSENSE:
        typed = form(read_out="on", read="0" * 16) | more
        assert clerk.post(reverse("orders:phone_quote"), typed).status_code == 200, more
        for do in ("place", "keep", "look"):
            answer = clerk.post(reverse("orders:phone"), typed | {"do": do})
            assert answer.status_code in (200, 302, 409, 422), (more, do)
    for pick in ("x", "9" * 30, "0"):
        assert clerk.post(reverse("orders:phone"), form(pick=pick)).status_code == 404
    assert not Order.objects.exists()


def test_a_call_asks_no_more_of_the_database_for_more_lines(clerk: Client) -> None:
    for n in range(3):
        stock_up(make_sku(f"YN-{n}"), 5)
    counts = []
    for number in (1, 3):
        lines = tuple(EntryLine(n, f"YN-{n}") for n in range(number))
        judge = Judge.load()
        with CaptureQueriesContext(
            connection,
        ) as seen:
            quote(entry(*lines), judge)
        counts.append(len(seen))
    assert counts[1] - counts[0] <= 2


def test_who_may_not_enter_orders_does_not_see_the_form() -> None:
    assert client_for(Role.WAREHOUSE).get(reverse("orders:phone")).status_code == 403


def test_without_a_store_for_it_the_page_says_what_to_do(clerk: Client) -> None:
    type(make_store("phone", kind="phone")).objects.filter(kind="phone").update(is_active=False)
    make_store("own")
    assert reverse("stores:store_add") in clerk.get(reverse("orders:phone")).content.decode()
