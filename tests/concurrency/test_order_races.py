"""Two people at the same order, or at the last piece, in the same moment (REL-4). One wins, the other is told why."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any

import pytest
from django.db import connections

from akinai.backoffice.inventory.models import Stock
from akinai.backoffice.orders import services
from akinai.backoffice.orders.models import Order
from akinai.backoffice.orders.states import Cancel, Confirmation
from akinai.backoffice.orders.types import Placed
from akinai.foundation import audit
from akinai.foundation.core.actor import SYSTEM, Actor
from akinai.foundation.core.errors import AkinaiError, Conflict, Refused
from akinai.foundation.events.models import StoredEvent
from tests.builders.catalog import make_sku
from tests.builders.inventory import balance, stock_up
from tests.builders.orders import TAKA, draft, line, make_shop, make_store, place

pytestmark = [pytest.mark.django_db(transaction=True)]

SATO, YAMADA = Actor("staff:1", "佐藤"), Actor("staff:2", "山田")
ROUNDS = 5


@pytest.fixture(autouse=True)
def shop() -> None:
    make_shop()


def at_once(*acts: Callable[[], object]) -> list[object]:
    """Let each go in a thread of its own at the same moment; a refusal comes back as itself, anything else rises."""
    gate = Barrier(len(acts))

    def one(act: Callable[[], object]) -> object:
        try:
            gate.wait(timeout=30)
            return act()
        except AkinaiError as refusal:
            return refusal
        finally:
            connections.close_all()

    with ThreadPoolExecutor(len(acts)) as pool:
        return list(pool.map(one, acts))


def refused(answers: list[object]) -> list[object]:
    return [a for a in answers if isinstance(a, Refused | Conflict)]


def buyer(number: int) -> Any:
    return dataclasses.replace(TAKA, name=f"客{number}", mail=f"k{number}@example.jp", phone=f"090-1234-{number:04d}")


def auto(number: str, **fields: Any) -> Order:
    return place(number, store=make_store("auto", auto_accept=True), **fields)


def fresh(order: Order) -> Order:
    return Order.objects.get(pk=order.pk)


def deeds(order: Order, action: str) -> int:
    return audit.selectors.for_subject(order.subject).filter(action=action).count()


def test_rel_4_two_orders_for_the_last_piece() -> None:
    sku, store = make_sku(), make_store("auto", auto_accept=True)
    for turn in range(ROUNDS):
        services.receive_stock(SYSTEM, sku_id=sku.pk, quantity=1)
        drafts = [draft(f"A-{turn}-{i}", store=store, buyer=buyer(turn * 10 + i)) for i in range(2)]
        answers = at_once(*(lambda d=d: services.take_in(SYSTEM, [d]) for d in drafts))
        assert all(isinstance(a, list) and isinstance(a[0], Placed) for a in answers)
        got = Order.objects.filter(store_number__startswith=f"A-{turn}-").values_list("lines__allocated", flat=True)
        assert sorted(got) == [0, 1]
        row = balance(sku)
        assert row.free == 0
        for order in Order.objects.filter(store_number__startswith=f"A-{turn}-"):
            services.approve_cancel(SYSTEM, order_id=order.pk)
        services.correct_stock(SYSTEM, sku_id=sku.pk, counted=0, reason="count")


def test_rel_5_the_same_order_placed_by_eight_at_once_is_one() -> None:
    stock_up(make_sku(), 50)
    store = make_store("auto", auto_accept=True)
    for turn in range(ROUNDS):
        one = draft(f"A-{turn}", store=store, buyer=buyer(turn))
        answers = at_once(*[lambda d=one: services.take_in(SYSTEM, [d])] * 8)
        outcomes = sorted(a[0].outcome for a in answers if isinstance(a, list))
        assert outcomes == ["created"] + ["unchanged"] * 7
    assert Order.objects.count() == ROUNDS
    assert balance_reserved() == ROUNDS


def balance_reserved() -> int:
    return sum(Stock.objects.values_list("reserved", flat=True))


def test_rel_4_accepting_and_cancelling_the_same_order() -> None:
    stock_up(make_sku(), 50)
    for turn in range(ROUNDS):
        order = place(f"A-{turn}", buyer=buyer(turn))
        at_once(
            lambda o=order: services.accept(SATO, order_id=o.pk, seen_version=o.version),
            lambda o=order: services.reject(YAMADA, order_id=o.pk, seen_version=o.version),
        )
        after = fresh(order)
        accepted, ended = after.confirmation == Confirmation.ACCEPTED, after.cancel == Cancel.CANCELLED
        assert accepted != ended
        assert deeds(order, "orders.accept") + deeds(order, "orders.reject") == 1


def test_rel_4_two_cancel_the_same_order() -> None:
    sku = make_sku()
    stock_up(sku, 50)
    for turn in range(ROUNDS):
        order = auto(f"A-{turn}", buyer=buyer(turn))
        answers = at_once(*(lambda a=a, o=order: services.approve_cancel(a, order_id=o.pk) for a in (SATO, YAMADA)))
        assert len(refused(answers)) == 1
        assert deeds(order, "orders.approve_cancel") == 1
        assert StoredEvent.objects.filter(subject=order.subject, name="orders.cancelled").count() == 1
    assert balance(sku).reserved == 0


def test_rel_4_two_accept_the_same_order() -> None:
    stock_up(make_sku(), 50)
    for turn in range(ROUNDS):
        order = place(f"A-{turn}", buyer=buyer(turn))
        answers = at_once(*(lambda a=a, o=order: services.accept(a, order_id=o.pk) for a in (SATO, YAMADA)))
        assert len(refused(answers)) == 1
        assert StoredEvent.objects.filter(subject=order.subject, name="orders.accepted").count() == 1


def test_rel_4_editing_while_the_papers_are_printed() -> None:
    """Either the papers have the new address, or the edit is refused; never papers with an old one."""
    stock_up(make_sku(), 50)
    moved = dataclasses.replace(TAKA, address1="港区六本木9-9-9")
    for turn in range(ROUNDS):
        order = auto(f"A-{turn}", buyer=buyer(turn))
        edit, printed = at_once(
            lambda o=order: services.change_ship_to(SATO, order_id=o.pk, ship_to=moved),
            lambda o=order: services.instruct(YAMADA, order_id=o.pk, stages=["instructed"]),
        )
        if isinstance(edit, Refused):
            assert fresh(order).ship_address1 == TAKA.address1
        else:
            first = audit.selectors.for_subject(order.subject).values_list("action", flat=True)
            assert isinstance(printed, Refused) or list(first).index("orders.instruct") < list(first).index(
                "orders.edit.ship_to"
            )


def test_rel_4_printing_while_the_buyer_cancels() -> None:
    stock_up(make_sku(), 50)
    for turn in range(ROUNDS):
        order = auto(f"A-{turn}", buyer=buyer(turn))
        at_once(
            lambda o=order: services.approve_cancel(SATO, order_id=o.pk),
            lambda o=order: services.instruct(YAMADA, order_id=o.pk, stages=["instructed"]),
        )
        after = fresh(order)
        assert (after.cancel == Cancel.CANCELLED) != (after.shipment_stages == ["instructed"])


def test_rel_4_counting_while_orders_come_in() -> None:
    sku, store = make_sku(), make_store("auto", auto_accept=True)
    stock_up(sku, 3)
    for turn in range(ROUNDS):
        drafts = [
            draft(f"A-{turn}-{i}", store=store, buyer=buyer(turn * 10 + i), lines=[line(quantity=2)]) for i in range(3)
        ]
        answers = at_once(
            *(lambda d=d: services.take_in(SYSTEM, [d]) for d in drafts),
            lambda: services.correct_stock(SATO, sku_id=sku.pk, counted=3, reason="count"),
            lambda: services.receive_stock(YAMADA, sku_id=sku.pk, quantity=2),
        )
        assert refused(answers) == []
        assert not [a for a in answers if isinstance(a, AkinaiError)]
        row = balance(sku)
        assert 0 <= row.reserved <= row.on_hand
        for order in Order.objects.filter(store_number__startswith=f"A-{turn}-"):
            services.approve_cancel(SYSTEM, order_id=order.pk)
        services.correct_stock(SYSTEM, sku_id=sku.pk, counted=3, reason="count")


def test_rel_4_cancelling_gives_the_goods_to_nobody_twice() -> None:
    """A cancel and a new order for the same piece: it is promised at most once."""
    sku, store = make_sku(), make_store("auto", auto_accept=True)
    stock_up(sku, 1)
    holder = auto("H-0", buyer=buyer(1))
    for turn in range(ROUNDS):
        fresh_draft = draft(f"A-{turn}", store=store, buyer=buyer(100 + turn))
        at_once(
            lambda o=holder: services.approve_cancel(SATO, order_id=o.pk),
            lambda d=fresh_draft: services.take_in(SYSTEM, [d]),
        )
        newcomer = Order.objects.get(store_number=f"A-{turn}")
        services.allocate_waiting(SYSTEM, [sku.pk])
        assert (balance(sku).reserved, newcomer.lines.get().allocated) == (1, 1)
        holder = newcomer
