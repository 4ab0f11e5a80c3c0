"""Taking orders in: T01, T02, ORD-20, ORD-21, ORD-32, ORD-34."""

from __future__ import annotations

import dataclasses
import datetime as dt
import re
from dataclasses import replace

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from akinai.backoffice.inventory.models import Reservation
from akinai.backoffice.orders import services
from akinai.backoffice.orders.models import Order
from akinai.backoffice.orders.queue import Blocker, LineFacts
from akinai.backoffice.orders.selectors import order_page
from akinai.backoffice.orders.services import place_orders
from akinai.backoffice.orders.states import Check, Payment, Queue
from akinai.backoffice.orders.types import PartyDraft, Placed, Rejected
from akinai.backoffice.orders.wording import sentence
from akinai.foundation.core.actor import SYSTEM
from akinai.foundation.core.clock import FrozenClock
from akinai.foundation.core.errors import Refused
from akinai.foundation.events.models import StoredEvent
from akinai.shop.catalog.models import Sku
from akinai.shop.stores.services import set_setting
from akinai.shop.terms.models import DeliveryService
from tests.builders.catalog import make_product, make_sku
from tests.builders.inventory import balance, stock_up
from tests.builders.orders import TAKA, draft, line, make_shop, make_store, place

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def shop(clock: FrozenClock) -> None:
    make_shop()


def reasons(order: Order) -> list[str]:
    return sorted(order.checks.filter(closed_at__isnull=True).values_list("code", flat=True))


def events_of(order: Order) -> list[str]:
    return list(StoredEvent.objects.filter(subject=order.subject).order_by("id").values_list("name", flat=True))


def test_a_plain_order_needs_nobody_where_the_store_says_so() -> None:
    stock_up(make_sku(), 5)
    order = place(store=make_store(auto_accept=True))
    assert order.queue == Queue.READY
    assert order.payment == Payment.GUARANTEED
    assert order.total == 2200
    assert reasons(order) == []
    assert events_of(order) == ["orders.placed", "orders.accepted", "orders.cleared"]
    assert order.number.startswith("UW-")


def test_t02_without_automatic_acceptance_a_plain_order_waits_to_be_accepted() -> None:
    stock_up(make_sku(), 5)
    order = place()
    assert order.queue == Queue.CHECK
    assert order.badges == ["not_accepted"]
    assert events_of(order) == ["orders.placed"]


def test_r38_stock_is_secured_first_thing() -> None:
    sku = make_sku()
    stock_up(sku, 5)
    order = place(lines=[line(quantity=3)])
    assert (balance(sku).on_hand, balance(sku).reserved) == (5, 3)
    assert Reservation.objects.get().reference == f"{order.number}/1"
    assert order.lines.get().allocated == 3


def test_ord_21_who_ordered_first_is_served_first(clock: FrozenClock) -> None:
    sku = make_sku()
    stock_up(sku, 1)
    late, early = clock.now(), clock.now() - dt.timedelta(hours=5)
    results = place_orders(SYSTEM, [draft("A-2", ordered_at=late), draft("A-1", ordered_at=early)])
    got = {r.draft.store_number: r.order.lines.get().allocated for r in results if isinstance(r, Placed)}
    assert got == {"A-1": 1, "A-2": 0}


def test_ord_14_a_shortage_nobody_told_of_asks_for_a_person_and_not_for_money() -> None:
    make_sku()
    order = place(method="bank")
    assert reasons(order) == [Check.STOCKOUT]
    assert order.queue == Queue.CHECK


def test_a_shortage_told_at_ordering_waits_without_a_reason() -> None:
    make_sku(supply="backorder", lead_days=5)
    order = place(store=make_store(auto_accept=True))
    assert reasons(order) == []
    assert order.queue == Queue.AWAITING_STOCK


def test_ord_20_reasons_are_found_together() -> None:
    order = place(
        lines=[line("unknown-code", quantity=30)],
        remark="27日以降に届くように",
        buyer=dataclasses.replace(TAKA, phone="12345", address1="港区六本木"),
        ship_to=dataclasses.replace(TAKA, name="別の人", phone="12345", address1="港区六本木"),
        wish_date=dt.date(2026, 11, 24),
        store_total=1,
    )
    assert reasons(order) == sorted(
        [
            Check.REMARK, Check.NEW_SKU, Check.QTY_LARGE, Check.PHONE, Check.ADDRESS, Check.SHIP_TO_DIFF,
            Check.DATE_IMPOSSIBLE, Check.PRICE_DIFF,
        ]
    )  # fmt: skip


def test_ord_20_the_same_goods_from_the_same_buyer_within_a_day(clock: FrozenClock) -> None:
    stock_up(make_sku(), 9)
    first = place("A-1")
    clock.advance(dt.timedelta(hours=2))
    second = place("A-2")
    clock.advance(dt.timedelta(hours=23))
    third = place("A-3", lines=[line(), line("other")])
    assert reasons(first) == []
    assert reasons(second) == [Check.DUPLICATE]
    assert second.checks.get().detail == {"other": first.number}
    assert Check.DUPLICATE not in reasons(third)


def test_pay_11_whoever_would_have_to_pay_for_somebody_elses_order_is_looked_at() -> None:
    """PAY-11 A first order to somebody else is looked at; later ones only where the recipient would have to pay."""
    for n in range(1, 5):
        stock_up(make_sku(f"YUNOMI-{n}"), 1)
    mother = dataclasses.replace(TAKA, name="渡邉 節子", address1="港区芝1-2-3")
    orders = [
        place(f"A-{n}", lines=[line(f"YUNOMI-{n}")], method=method, ship_to=to)
        for n, (method, to) in enumerate([("card", mother), ("card", mother), ("cod", mother), ("cod", TAKA)], start=1)
    ]
    assert [reasons(order) for order in orders] == [[Check.SHIP_TO_DIFF], [], [Check.SHIP_TO_DIFF], []]
    said = [order.checks.get().detail for order in (orders[0], orders[2])]
    assert ["お届け先の方が" in sentence(Blocker("check.SHIP_TO_DIFF"), found) for found in said] == [False, True]


def test_tax_2_food_and_tableware_on_one_order() -> None:
    tea = make_product("P-TEA", name="深蒸し煎茶", tax_class="red")
    make_sku("TEA", product=tea)
    make_sku("CUP")
    order = place(lines=[line("TEA", unit_price=1080), line("CUP", unit_price=2200)], shipping_fee=660)
    assert order.tax_lines == [
        {"rate": 10, "gross": 2860, "tax": 260, "discount": 0},
        {"rate": 8, "gross": 1080, "tax": 80, "discount": 0},
    ]
    assert order.total == 3940


def test_bank_transfer_waits_for_money_and_gets_its_deadline() -> None:
    """PAY-7: accepted Tue 2026-11-24, due 12-01."""
    stock_up(make_sku(), 5)
    order = place(method="bank", store=make_store(auto_accept=True))
    assert order.queue == Queue.AWAITING_PAYMENT
    assert order.pay_due == dt.date(2026, 12, 1)
    assert order.badges == ["unpaid"]


def test_cash_on_delivery_may_ship_at_once() -> None:
    stock_up(make_sku(), 5)
    assert place(method="代金引換", store=make_store(auto_accept=True)).queue == Queue.READY


def test_ord_32_the_same_order_again_does_nothing() -> None:
    sku = make_sku()
    stock_up(sku, 5)
    first = place()
    again = place_orders(SYSTEM, [draft()])[0]
    assert isinstance(again, Placed)
    assert (again.outcome, again.order.pk) == ("unchanged", first.pk)
    assert balance(sku).reserved == 1
    assert Order.objects.count() == 1


def test_ord_32_cancelled_at_the_store_becomes_a_request() -> None:
    stock_up(make_sku(), 5)
    order = place(store=make_store(auto_accept=True))
    again = place_orders(SYSTEM, [draft(is_cancelled=True, store=make_store(auto_accept=True))])[0]
    assert isinstance(again, Placed) and again.outcome == "cancelled"
    order.refresh_from_db()
    assert (order.cancel, order.queue) == ("requested", Queue.CHECK)


def test_ord_32_anything_else_is_shown_side_by_side() -> None:
    stock_up(make_sku(), 5)
    order = place(store=make_store(auto_accept=True))
    assert order.queue == Queue.READY
    changed = draft(store=make_store(auto_accept=True), lines=[line(quantity=2)], shipping_fee=500)
    again = place_orders(SYSTEM, [changed])[0]
    assert isinstance(again, Placed) and again.outcome == "changed"
    order.refresh_from_db()
    assert reasons(order) == [Check.CHANNEL_CHANGED]
    assert order.queue == Queue.CHECK
    assert order.checks.get().detail["changes"]["shipping_fee"] == [0, 500]


def test_ord_34_what_is_finished_at_the_store_is_history() -> None:
    sku = make_sku()
    stock_up(sku, 5)
    store = make_store(take_over_from=dt.date(2026, 11, 20))
    shipped = place("A-1", store=store, is_shipped=True)
    cancelled = place("A-2", store=store, is_cancelled=True)
    old = place("A-3", store=store, ordered_at=dt.datetime(2026, 11, 19, 12, 0))
    assert [o.queue for o in (shipped, cancelled, old)] == [Queue.DONE, Queue.CANCELLED, Queue.DONE]
    assert balance(sku).reserved == 0
    assert not StoredEvent.objects.filter(name__startswith="orders.").exists()


def test_what_cannot_be_an_order_is_rejected_with_sentences_and_the_others_go_on() -> None:
    stock_up(make_sku(), 5)
    results = place_orders(SYSTEM, [draft("A-1", lines=[]), draft("A-2"), draft("A-3", method="まほう")])
    assert [type(r) for r in results] == [Rejected, Placed, Rejected]
    assert "まほう" in str(results[2].reasons[0])  # type: ignore[union-attr]
    assert Order.objects.count() == 1


def test_inv_91_a_set_of_three_takes_three_pieces_or_none() -> None:
    from akinai.shop.catalog.store_codes import map_store_code

    sku, store = make_sku(), make_store()
    stock_up(sku, 7)
    map_store_code(SYSTEM, store_id=store.pk, code="SET3", sku_id=sku.pk, quantity=3)
    order = place(lines=[line("SET3", quantity=3)])
    row = order.lines.get()
    assert (row.allocated, row.short) == (2, 1)
    assert balance(sku).reserved == 6


def test_batches_ask_no_more_of_the_database_than_one_order() -> None:
    for code in "ABC":
        stock_up(make_sku(code), 500)
    place("warm-up", lines=[line(c) for c in "ABC"])

    def queries(count: int, prefix: str) -> int:
        buyers = [dataclasses.replace(TAKA, mail=f"{prefix}{i}@example.jp", name=f"客{i}") for i in range(count)]
        drafts = [draft(f"{prefix}{i}", buyer=b, lines=[line(c) for c in "ABC"]) for i, b in enumerate(buyers)]
        with CaptureQueriesContext(
            connection,
        ) as captured:
            place_orders(SYSTEM, drafts)
        return len([q for q in captured if "SAVEPOINT" not in q["sql"]])

    one, many = queries(1, "x"), queries(40, "y")
    assert many <= one + 12, (one, many)


def test_ord_2_quantities_always_add_up() -> None:
    row = LineFacts(ordered=5, allocated=1, shipped=2, cancelled=1)
    assert row.ordered == row.allocated + row.short + row.shipped + row.cancelled


def test_r75_a_wish_that_is_too_early_for_the_prefecture_is_flagged() -> None:
    """R75, SHP-41: the same wished day is possible in 大阪 and not in 沖縄 (ordered on Tuesday at 09:50)."""
    stock_up(make_sku(), 9)
    places = {
        "大阪府": ("530-0001", "大阪市北区梅田3-1-1"), "沖縄県": ("900-0015", "那覇市久茂地1-2-3"),
    }  # fmt: skip
    found = {}
    for n, (prefecture, (postcode, address1)) in enumerate(places.items()):
        to = replace(TAKA, postcode=postcode, prefecture=prefecture, address1=address1, name=f"梅田 {n}子")
        made = place(f"W-{n}", buyer=to, wish_date=dt.date(2026, 11, 26))
        found[prefecture] = "DATE_IMPOSSIBLE" in made.checks.values_list("code", flat=True)
    assert found == {"大阪府": False, "沖縄県": True}


def test_r74_after_the_cut_off_the_promised_ship_day_is_the_next_working_day(clock: FrozenClock) -> None:
    """R74: Friday 2026-11-20 at 13:59 ships that day, at 14:00 on Tuesday (Monday is a holiday)."""
    stock_up(make_sku(), 9)
    set_setting(SYSTEM, key="stores.cutoff", value="14:00")
    said = []
    for n, minute in enumerate((dt.time(13, 59), dt.time(14, 0))):
        clock.move_to(dt.datetime.combine(dt.date(2026, 11, 20), minute, tzinfo=clock.now().tzinfo))
        plan = order_page(place(f"C-{n}").pk).plan
        assert plan is not None
        said.append(plan.ship_on)
    assert said == [dt.date(2026, 11, 20), dt.date(2026, 11, 24)]


def test_shp_40_a_wish_farther_than_the_label_takes_waits_for_its_date(clock: FrozenClock) -> None:
    """SHP-40: 60 days ahead; papers are refused, and the order surfaces by itself in time."""
    stock_up(make_sku(), 9)
    for service in DeliveryService.objects.all():
        service.max_days_ahead = 1
        service.save()
    order = place(store=make_store(auto_accept=True), wish_date=dt.date(2027, 1, 22), buyer=_okinawa())
    assert order.queue == Queue.AWAITING_DATE
    assert order.ship_not_before == dt.date(2027, 1, 21), "the label takes the date a day before, not earlier"
    with pytest.raises(Refused):
        services.instruct(SYSTEM, order_id=order.pk, stages=["instructed"])
    clock.move_to(dt.datetime(2027, 1, 21, 0, 0))
    services.tick()
    assert Order.objects.get(pk=order.pk).queue == Queue.READY


def _okinawa() -> PartyDraft:
    return replace(TAKA, postcode="900-0015", prefecture="沖縄県", address1="那覇市久茂地1-2-3")


def test_ord_3_a_line_carries_what_was_sold_and_how() -> None:
    """ORD-3: SKU, quantity, price with its basis, rate, and where the goods come from; fees and discounts are charges
    of the order with a rate of their own (TAX-4)."""
    made = {code: make_sku(code, supply=supply) for code, supply in (
        ("S", "stock"), ("P", "preorder"), ("B", "backorder"), ("M", "made")
    )}  # fmt: skip
    order = place(
        lines=[line(code, quantity=n, unit_price=1000, price_basis="excl") for n, code in enumerate(made, 1)],
        shipping_fee=660, payment_fee=330, wrapping_fee=220, coupon=100,
    )  # fmt: skip
    rows = list(order.lines.values_list("sku__code", "quantity", "unit_price", "price_basis", "tax_rate", "supply"))
    assert rows == [
        ("S", 1, 1000, "excl", 10, "stock"), ("P", 2, 1000, "excl", 10, "preorder"),
        ("B", 3, 1000, "excl", 10, "backorder"), ("M", 4, 1000, "excl", 10, "made"),
    ]  # fmt: skip
    assert order.total == 11_000 + 660 + 330 + 220 - 100


def test_ord_30_a_deed_that_is_refused_changes_nothing_and_says_all_that_failed_in_japanese() -> None:
    stock_up(make_sku(), 9)
    order = place(remark="のし", ship_to=replace(TAKA, name="別の人", postcode="", address1=""))
    before, told = Order.objects.filter(pk=order.pk).values().get(), StoredEvent.objects.count()
    with pytest.raises(Refused) as refused:
        services.accept(SYSTEM, order_id=order.pk)
    said = [str(reason) for reason in refused.value.reasons]
    assert len(said) >= 3 and all(re.search("[ぁ-ん]", sentence) for sentence in said)
    assert any("備考" in sentence for sentence in said) and any("住所" in sentence for sentence in said)
    assert (Order.objects.filter(pk=order.pk).values().get(), StoredEvent.objects.count()) == (before, told)


def test_ord_20_cool_mix_goods_that_cannot_share_a_parcel_or_go_by_this_service_ask_for_a_person() -> None:
    """COOL_MIX, ORD-4: one temperature a shipment. 冷蔵 + 冷凍 never; 常温 + 冷蔵 only where the shop says so."""
    for code, temperature in (("N", "normal"), ("C", "chilled"), ("F", "frozen")):
        product = make_product(f"P-{code}", name=code, temperature=temperature)
        stock_up(make_sku(code, product=product), 50)
    cool = DeliveryService.objects.filter(cool="chilled").first() or _made_cool()

    def asked(n: int, *codes: str, service: str = "") -> bool:
        made = place(f"T-{n}", lines=[line(code) for code in codes], delivery_service=service)
        return "COOL_MIX" in reasons(made)

    assert [asked(1, "N"), asked(2, "N", service=cool.code), asked(3, "C", service=cool.code)] == [False] * 3
    assert [asked(4, "C"), asked(5, "F", service=cool.code), asked(6, "C", "F", service=cool.code)] == [True] * 3
    assert asked(7, "N", "C", service=cool.code)
    set_setting(SYSTEM, key="orders.cool_together", value=True)
    assert [asked(8, "N", "C", service=cool.code), asked(9, "N", "C"), asked(10, "C", "F")] == [False, True, True]
    order = Order.objects.get(store_number="T-4")
    services.change_service(SYSTEM, order_id=order.pk, service=cool.code)
    assert "COOL_MIX" not in reasons(order), "another service solves it"
    services.add_line(SYSTEM, order_id=order.pk, sku_id=Sku.objects.get(code="F").pk)
    assert "COOL_MIX" in reasons(order)
    services.split_order(SYSTEM, order_id=order.pk, quantities={2: 1})
    assert [("COOL_MIX" in reasons(o)) for o in Order.objects.filter(store_number__startswith="T-4")] == [False, True]


def _made_cool() -> DeliveryService:
    service = DeliveryService.objects.get(is_default=True)
    service.pk, service.code, service.name, service.is_default, service.cool = None, "cool", "クール", False, "chilled"
    service._state.adding = True
    service.save()
    return service


def test_ord_20_age_alcohol_waits_until_the_age_was_asked_for() -> None:
    """AGE, LAW-50: never by itself nor among many; asked once, whatever is edited later."""
    sake = make_sku("SAKE", product=make_product("P-SAKE", name="純米酒", is_alcohol=True))
    stock_up(sake, 9)
    stock_up(make_sku(), 9)
    order = place(store=make_store(auto_accept=True), lines=[line("SAKE"), line()])
    assert (reasons(order), order.queue) == (["AGE"], Queue.CHECK)
    with pytest.raises(Refused):
        services.clear_all(SYSTEM, order_id=order.pk)
    services.clear_check(SYSTEM, order_id=order.pk, code="AGE", answer="免許証の写しで確認")
    services.accept(SYSTEM, order_id=order.pk)
    services.change_quantity(SYSTEM, order_id=order.pk, line=1, to=2)
    assert reasons(order) == []
    plain = place("A-2", buyer=_okinawa())
    assert "AGE" not in reasons(plain)
    services.add_line(SYSTEM, order_id=plain.pk, sku_id=sake.pk)
    assert "AGE" in reasons(plain)
    services.change_quantity(SYSTEM, order_id=plain.pk, line=2, to=0)
    assert "AGE" not in reasons(plain)
