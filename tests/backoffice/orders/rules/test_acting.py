"""What rules do to orders: when they come in, when a fact changes, and what they leave to people (N-10, N-11, R36)."""

from __future__ import annotations

import dataclasses
import datetime as dt
import random
from contextlib import suppress
from typing import Any

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from akinai.backoffice.inventory.check import violations as stock_violations
from akinai.backoffice.orders import services
from akinai.backoffice.orders.check import violations
from akinai.backoffice.orders.models import Order, RuleDeed, RuleLog
from akinai.backoffice.orders.rules import again
from akinai.backoffice.orders.rules import services as rules
from akinai.backoffice.orders.rules.judging import active
from akinai.backoffice.orders.rules.spec import unpack
from akinai.backoffice.orders.rules.states import DeedState, LogKind, RuleState
from akinai.backoffice.orders.services.placing import place_orders
from akinai.backoffice.orders.states import Confirmation, HoldKind, Queue
from akinai.foundation.core.actor import SYSTEM, Actor
from akinai.foundation.core.clock import FrozenClock
from akinai.foundation.core.errors import AkinaiError, Conflict, Refused
from akinai.foundation.events.models import StoredEvent
from akinai.foundation.jobs.services import run_pending
from akinai.shop.terms.models import DeliveryService
from tests.builders.catalog import make_product, make_sku
from tests.builders.inventory import balance, stock_up
from tests.builders.orders import TAKA, draft, line, make_shop, make_store, place
from tests.builders.rules import act, condition, make_rule, spec
from tests.concurrency.deeds import DEEDS, Scene

pytestmark = pytest.mark.django_db

SATO = Actor("staff:1", "佐藤")
LARGE = condition("total", "at_least", 30_000)
STEPS = 250
OKINAWA = condition("ship_prefecture", "one_of", "沖縄県")
NAHA = {"postcode": "900-0015", "prefecture": "沖縄県", "address1": "那覇市久茂地1-2-3", "address2": ""}


@pytest.fixture(autouse=True)
def shop(clock: FrozenClock) -> None:
    make_shop()
    for code in ("YN-AI-01", "YN-AI-02", "YN-AI-03"):
        stock_up(make_sku(code), 500)


def fresh(order: Order) -> Order:
    return Order.objects.get(pk=order.pk)


def reasons(order: Order) -> dict[str, Any]:
    return dict(order.checks.filter(closed_at__isnull=True).values_list("code", "detail"))


def holds(order: Order) -> list[str]:
    return list(order.holds.filter(closed_at__isnull=True).values_list("kind", flat=True))


def tags(order: Order) -> list[str]:
    return list(order.tags.values_list("name", flat=True))


def auto(number: str = "A-1", **fields: Any) -> Order:
    return place(number, store=make_store("auto", auto_accept=True), **fields)


def large(number: str = "A-1", **fields: Any) -> Order:
    """15 × 2,200 = 33,000 yen."""
    return auto(number, lines=[line(quantity=15)], **fields)


def to_naha(number: str = "A-1", **fields: Any) -> Order:
    """A buyer in Okinawa."""
    return auto(number, buyer=dataclasses.replace(TAKA, **NAHA), **fields)


def move(order: Order, **to: str) -> Order:
    """The recipient lives elsewhere now; rules hear of it."""
    party = dataclasses.replace(TAKA, **to)
    services.change_ship_to(SATO, order_id=order.pk, ship_to=party)
    run_pending()
    return fresh(order)


def nothing_is_wrong() -> None:
    assert [*violations(), *stock_violations()] == []


# -- at intake


def test_a_rule_acts_on_the_next_order() -> None:
    """R36: reason, hold, tag and note; an order that does not fit is left alone, and the log says why."""
    rule = make_rule(
        LARGE,
        do=(act("check", say="高額のため在庫を再確認"), act("tag", name="高額"), act("note", text="二重箱で梱包")),
    )
    order, plain = large("A-1"), auto("A-2", lines=[line(), line("YN-AI-02")])
    assert (plain.confirmation, tags(plain), plain.warehouse_note) == (Confirmation.ACCEPTED, [], "")
    assert order.queue == Queue.CHECK
    assert reasons(order) == {"RULE": {"rules": [{"rule": rule.pk, "say": "高額のため在庫を再確認"}]}}
    assert (tags(order), order.warehouse_note) == (["高額"], "二重箱で梱包")
    log = RuleLog.objects.get()
    assert (log.order_id, log.trigger, log.is_shadow) == (order.pk, "intake", False)
    assert log.why == [{"field": "total", "op": "at_least", "args": [30_000], "lines": "any", "seen": 33_000}]
    assert [entry["outcome"] for entry in log.done] == ["", "", ""]
    nothing_is_wrong()


def test_several_rules_give_one_reason_with_their_sentences() -> None:
    first = make_rule(LARGE, do=(act("check", say="在庫確認"),), position=1)
    second = make_rule(condition("pieces", "more", 10), do=(act("check", say="卸かどうか"),), name="多数", position=2)
    assert reasons(large())["RULE"]["rules"] == [
        {"rule": first.pk, "say": "在庫確認"},
        {"rule": second.pk, "say": "卸かどうか"},
    ]


def test_a_hold_a_day_and_a_delivery_service(clock: FrozenClock) -> None:
    """A date hold moves the ship date (ORD-6, ORD-7); the hold waits in its queue."""
    make_rule(LARGE, do=(act("hold", kind="customer_wait", reason="電話で確認"), act("day", meaning="ship", days=10)))
    make_rule(OKINAWA, do=(act("service", service="yupack"),), name="沖縄")
    order = to_naha(lines=[line(quantity=15)])
    day = order.ordered_at.astimezone(clock.now().tzinfo).date() + dt.timedelta(days=10)
    assert set(holds(order)) == {HoldKind.CUSTOMER_WAIT, HoldKind.UNTIL_DATE}
    assert order.holds.get(kind=HoldKind.UNTIL_DATE).until == day
    assert order.ship_not_before is not None
    assert order.ship_not_before >= day
    assert order.delivery_service.code == "yupack"
    nothing_is_wrong()


def test_ord_4_a_rule_that_chooses_the_cool_service_answers_the_temperature() -> None:
    """COOL_MIX, ORD-4: judged by the service the order ends with, not by the one it came with."""
    service = DeliveryService.objects.get(is_default=True)
    service.pk, service.code, service.is_default, service.cool = None, "cool", False, "chilled"
    service._state.adding = True
    service.save()
    stock_up(make_sku("C", product=make_product("P-C", name="生菓子", temperature="chilled")), 5)
    make_rule(condition("line_sku", "is", "C"), do=(act("service", service="cool"),), name="冷蔵")
    order = auto(lines=[line("C")])
    assert (order.delivery_service.code, "COOL_MIX" in reasons(order)) == ("cool", False)
    warm = auto("A-2")
    assert warm.delivery_service.code != "cool"


def test_a_gift_is_given_only_when_it_is_there() -> None:
    """A free line is secured like any other; what is out of stock is not promised."""
    gift = make_sku("OMAKE-1", price=0)
    stock_up(gift, 2)
    make_rule(LARGE, do=(act("line", sku="OMAKE-1", quantity=1),))
    orders = [large(f"A-{n}") for n in range(3)]
    lines = [list(o.lines.values_list("sku__code", "quantity", "unit_price", "allocated")) for o in orders]
    assert lines[0] == lines[1] == [("YN-AI-01", 15, 2200, 15), ("OMAKE-1", 1, 0, 1)]
    assert lines[2] == [("YN-AI-01", 15, 2200, 15)]
    assert {o.total for o in orders} == {33_000}
    assert balance(gift).reserved == 2
    assert RuleLog.objects.filter(order=orders[2]).get().done[0]["outcome"] == "short"
    nothing_is_wrong()


def test_a_rule_accepts_what_the_store_does_not() -> None:
    """自動受注確定 is off; the rule takes plain orders on, and none that a person must look at."""
    rule = make_rule(condition("orders_before", "at_least", 1), do=(act("accept"),), name="常連は自動で確定")
    store = make_store("own")
    first, second = place("A-1", store=store), place("A-2", store=store, lines=[line("YN-AI-02")])
    third = place("A-3", store=store, lines=[line("YN-AI-03")], remark="急ぎでお願いします")
    assert [fresh(o).confirmation for o in (first, second, third)] == ["needs_check", "accepted", "needs_check"]
    assert fresh(second).accepted_by == f"rule:{rule.pk}"
    assert RuleDeed.objects.get(order=third).state == DeedState.NOT_DONE
    names = list(StoredEvent.objects.filter(subject=second.subject).values_list("name", flat=True))
    assert "orders.accepted" in names
    nothing_is_wrong()


def test_a_mail_is_asked_for_once() -> None:
    make_rule(LARGE, do=(act("mail", mail="M09", note="お届けまで10日ほどかかります"),))
    order = large()
    again.reconsider([order.pk], None, trigger="day")
    asked = StoredEvent.objects.get(name="orders.mail_draft_requested")
    assert (asked.payload["kind"], asked.payload["note"]) == ("M09", "お届けまで10日ほどかかります")


def test_a_rule_that_watches_only_writes_its_log() -> None:
    """N-10: shadow mode."""
    make_rule(LARGE, do=(act("check", say="在庫確認"), act("accept")), state=RuleState.SHADOW)
    order = large()
    assert (order.confirmation, reasons(order)) == (Confirmation.ACCEPTED, {})
    log = RuleLog.objects.get()
    assert (log.is_shadow, [e["outcome"] for e in log.done]) == (True, ["would", "would"])
    again.reconsider([order.pk], None, trigger="day")
    assert RuleLog.objects.count() == 1
    assert not RuleDeed.objects.exists()


def test_drafts_and_history_are_left_alone() -> None:
    make_rule(LARGE, do=(act("tag", name="x"),), state=RuleState.DRAFT)
    make_rule(LARGE, do=(act("tag", name="y"),), state=RuleState.OFF)
    make_rule(LARGE, do=(act("tag", name="z"),), name="on")
    assert tags(large("A-1")) == ["z"]
    assert tags(large("A-2", is_shipped=True)) == []


def test_a_batch_asks_no_more_than_one_order() -> None:
    """Facts are read in bulk; without rules nothing is read at all."""
    store = make_store("auto", auto_accept=True)

    def queries(start: int, count: int) -> int:
        made = [draft(f"N-{start + n}", store=store, lines=[line(quantity=15)]) for n in range(count)]
        with CaptureQueriesContext(connection) as captured:
            place_orders(SYSTEM, made)
        return len(captured)

    queries(0, 1)
    bare = queries(1, 1)
    make_rule(LARGE, condition("orders_before", "at_least", 0), do=(act("tag", name="高額"),))
    queries(2, 1)
    one, many = queries(3, 1), queries(10, 20)
    assert one == many
    assert one - bare <= 9


# -- when a fact changes


def test_a_rule_follows_the_address() -> None:
    """N-11: it acts when the address comes to fit, and takes back what it did when it no longer does."""
    make_rule(
        OKINAWA,
        do=(act("tag", name="沖縄"), act("note", text="航空便不可"), act("hold", kind="manual"),
            act("check", say="送料の追加を確認"), act("service", service="yupack")),
        name="沖縄",
    )  # fmt: skip
    order = auto()
    before = order.delivery_service.code
    assert move(order, address2="コーポ藍 204").queue == Queue.READY
    order = move(order, **NAHA)
    assert (tags(order), order.warehouse_note, holds(order)) == (["沖縄"], "航空便不可", [HoldKind.MANUAL])
    assert (list(reasons(order)), order.queue, order.delivery_service.code) == (["RULE"], Queue.CHECK, "yupack")
    assert RuleLog.objects.get().trigger == "ship_to"
    order = move(order)
    assert (tags(order), order.warehouse_note, holds(order), reasons(order)) == ([], "", [], {})
    assert (order.confirmation, order.queue, order.delivery_service.code) == ("accepted", Queue.READY, before)
    assert RuleLog.objects.first().kind == LogKind.ENDED  # type: ignore[union-attr]
    assert tags(move(order, **NAHA)) == ["沖縄"]
    nothing_is_wrong()


def test_what_a_person_decided_is_not_overturned() -> None:
    """N-11: an answered reason, a released hold, a tag taken off and a note struck out stay so for the same facts."""
    make_rule(
        OKINAWA,
        do=(act("check", say="送料確認"), act("hold", kind="manual"), act("tag", name="沖縄"),
            act("note", text="航空便不可")),
        name="沖縄",
    )  # fmt: skip
    order = to_naha()
    services.release_hold(SATO, order_id=order.pk, kind=HoldKind.MANUAL)
    services.clear_check(SATO, order_id=order.pk, code="RULE")
    rules.remove_tag(SATO, order_id=order.pk, name="沖縄")
    Order.objects.filter(pk=order.pk).update(warehouse_note="")
    for phone in ("098-111-1111", "098-222-2222"):
        order = move(order, **NAHA, phone=phone)
        assert (reasons(order), holds(order), tags(order), order.warehouse_note) == ({}, [], [], "")
    order = move(move(order), **NAHA)
    assert (reasons(order), holds(order), tags(order), order.warehouse_note) == ({}, [], [], "")
    nothing_is_wrong()


def test_other_facts_open_an_answered_reason_again() -> None:
    """N-11: answered for these facts is not answered for others."""
    make_rule(condition("ship_address", "contains", "那覇市"), do=(act("check", say="送料確認"),), name="那覇")
    order = to_naha()
    services.clear_check(SATO, order_id=order.pk, code="RULE")
    order = move(order, **{**NAHA, "address1": "那覇市久茂地9-9-9"})
    assert list(reasons(order)) == ["RULE"]


def test_what_was_touched_is_not_taken_back() -> None:
    """N-11: a rule takes back only what it did itself."""
    make_rule(OKINAWA, do=(act("hold", kind="manual"), act("tag", name="沖縄")), name="沖縄")
    order = to_naha()
    services.release_hold(SATO, order_id=order.pk, kind=HoldKind.MANUAL)
    services.hold(SATO, order_id=order.pk, kind=HoldKind.MANUAL, reason="私が止めた")
    order = move(order)
    assert (holds(order), tags(order)) == ([HoldKind.MANUAL], [])


def test_a_gift_goes_with_its_reason() -> None:
    gift = make_sku("OMAKE-1", price=0)
    stock_up(gift, 5)
    make_rule(condition("pieces", "at_least", 3), do=(act("line", sku="OMAKE-1", quantity=2),), name="3点でおまけ")
    order = auto(lines=[line(quantity=3)])
    assert balance(gift).reserved == 2
    services.lower_quantity(SATO, order_id=order.pk, line=1, to=2)
    run_pending()
    assert balance(gift).reserved == 0
    assert list(fresh(order).lines.values_list("quantity", "cancelled")) == [(3, 1), (2, 2)]
    nothing_is_wrong()


def test_a_rule_follows_money_stock_and_the_day(clock: FrozenClock) -> None:
    """N-11: payment, stock and the calendar are heard, too."""
    make_rule(condition("payment", "one_of", "paid"), do=(act("tag", name="入金済"),), name="入金")
    make_rule(condition("short", "more", 0), do=(act("tag", name="不足"),), name="不足")
    make_rule(condition("wish_date", "within", 2), do=(act("tag", name="間近"),), name="間近")
    sku = make_sku("RARE-1")
    wish = clock.now().date() + dt.timedelta(days=9)
    order = place("A-1", method="bank", lines=[line("RARE-1")], wish_date=wish)
    assert tags(order) == ["不足"]
    services.receive_stock(SATO, sku_id=sku.pk, quantity=3)
    services.record(SATO, order.pk, received_amount=order.total)
    run_pending()
    assert tags(order) == ["入金済"]
    clock.advance(dt.timedelta(days=7))
    again.reconsider(again.open_orders(), ["day"], trigger="day")  # type: ignore[list-item]
    assert tags(order) == ["入金済", "間近"]


def test_rules_about_other_facts_do_not_look() -> None:
    make_rule(LARGE, do=(act("tag", name="高額"),))
    order = auto()
    with CaptureQueriesContext(connection) as captured:
        assert again.reconsider([order.pk], again.CHANGED_BY["ship_to"], trigger="ship_to") == 0
    assert len(captured) <= 2


# -- writing rules


def written(**fields: Any) -> Any:
    return rules.create_rule(SATO, name="高額", spec=spec(LARGE, do=(act("tag", name="高額"),)), **fields)


def test_a_rule_is_tried_watches_and_acts() -> None:
    """N-10: draft, trial, shadow, on; each step asks for the one before, and a trial changes nothing."""
    rule, hit, _other = written(), large("A-1"), auto("A-2")
    for to in (RuleState.SHADOW, RuleState.ON):
        with pytest.raises(Refused):
            rules.switch_rule(SATO, rule_id=rule.pk, to=to, seen_edition=1)
    run_pending()
    before = list(Order.objects.order_by("pk").values())
    trial = rules.try_rule(SATO, rule_id=rule.pk)
    run_pending()
    trial.refresh_from_db()
    assert (trial.seen, trial.hits, trial.counts) == (2, 1, {"tag": 1})
    assert [(row["order"], row["why"][0]["seen"]) for row in trial.rows] == [(hit.pk, 33_000)]
    assert list(Order.objects.order_by("pk").values()) == before
    assert not RuleLog.objects.exists()
    with pytest.raises(Refused):
        rules.switch_rule(SATO, rule_id=rule.pk, to=RuleState.ON, seen_edition=1)
    rules.switch_rule(SATO, rule_id=rule.pk, to=RuleState.SHADOW, seen_edition=1)
    assert (tags(large("A-3")), RuleLog.objects.get().is_shadow) == ([], True)
    rules.switch_rule(SATO, rule_id=rule.pk, to=RuleState.ON, seen_edition=1)
    assert tags(large("A-4")) == ["高額"]
    rules.switch_rule(SATO, rule_id=rule.pk, to=RuleState.OFF, seen_edition=1)
    assert (tags(large("A-5")), active()) == ([], ())
    with pytest.raises(Refused):
        rules.delete_rule(SATO, rule_id=rule.pk)


def test_a_changed_rule_begins_again_as_a_draft() -> None:
    rule = make_rule(LARGE, do=(act("tag", name="高額"),))
    assert len(active()) == 1
    renamed = rules.change_rule(SATO, rule_id=rule.pk, name="高額注文", spec=unpack(rule.spec), seen_edition=1)
    assert (renamed.state, renamed.edition, active()[0].name) == (RuleState.ON, 1, "高額注文")
    other = spec(LARGE, do=(act("tag", name="大口"),))
    changed = rules.change_rule(SATO, rule_id=rule.pk, name="高額注文", spec=other, seen_edition=1)
    assert (changed.state, changed.edition, active()) == (RuleState.DRAFT, 2, ())
    with pytest.raises(Conflict):
        rules.change_rule(SATO, rule_id=rule.pk, name="x", spec=other, seen_edition=1)


def test_rules_act_in_their_order() -> None:
    first, second = written(), written()
    rules.move_rule(SATO, rule_id=second.pk, up=True)
    order = list(type(first).objects.values_list("pk", flat=True))
    assert order == [second.pk, first.pk]
    rules.delete_rule(SATO, rule_id=first.pk)
    rules.move_rule(SATO, rule_id=second.pk, up=True)
    assert list(type(first).objects.values_list("pk", flat=True)) == [second.pk]


def test_history_counts_as_it_was_when_it_was_ordered() -> None:
    """A trial sees how often the buyer had bought before each order, not today."""
    made = [auto(f"A-{n}", lines=[line(quantity=n + 1)]) for n in range(3)]
    rule = rules.create_rule(
        SATO, name="初回", spec=spec(condition("orders_before", "equals", 0), do=(act("tag", name="初回"),))
    )
    trial = rules.try_rule(SATO, rule_id=rule.pk)
    run_pending()
    trial.refresh_from_db()
    assert [row["order"] for row in trial.rows] == [made[0].pk]


@pytest.mark.parametrize("seed", [1, 2])
def test_nothing_is_wrong_after_a_walk_with_rules(seed: int) -> None:
    """REL-15: whatever people and rules do to the same orders, every derived figure agrees with its source."""
    skus = [make_sku(f"W-{n}") for n in range(3)]
    for sku in skus:
        stock_up(sku, 6)
    dice = random.Random(seed)
    scene = Scene(make_store("auto", auto_accept=True), skus, dice)
    for step in range(STEPS):
        name = "write_rule" if step < 4 else dice.choice(["rules_look", *DEEDS])
        with suppress(AkinaiError), transaction.atomic():
            DEEDS[name](scene)
    assert RuleLog.objects.exists()
    nothing_is_wrong()
