"""Reserving, releasing and shipping, on both databases."""

from __future__ import annotations

import datetime as dt

import pytest
from django.db import IntegrityError, connection, transaction
from django.db.models import F
from django.test.utils import CaptureQueriesContext

from akinai.backoffice.inventory import selectors, services
from akinai.backoffice.inventory.check import violations
from akinai.backoffice.inventory.errors import HeldByOrders, NotEnough
from akinai.backoffice.inventory.models import Movement, Place, Reservation, Stock
from akinai.backoffice.inventory.states import Kind, Reason
from akinai.backoffice.inventory.types import Reserved, Want
from akinai.foundation.core.actor import SYSTEM, Actor
from akinai.foundation.core.clock import FrozenClock
from akinai.foundation.core.errors import BadInput, Refused
from tests.builders.catalog import make_sku, make_skus
from tests.builders.inventory import balance, stock_up

pytestmark = pytest.mark.django_db


def test_inv_1_the_worked_example() -> None:
    """INV-1: 10 on hand, 1 blocked, 4 reserved, safety 2; then two ship, then one is cancelled."""
    sku = make_sku(safety=2)
    stock_up(sku, 10, blocked=1)
    services.reserve(SYSTEM, [Want("R-1/1", sku.pk, 2), Want("R-2/1", sku.pk, 2)])
    numbers = selectors.numbers([sku.pk])[sku.pk]
    assert (numbers.free, numbers.sellable) == (5, 3)

    services.consume(SYSTEM, [("R-1/1", None)])
    row = balance(sku)
    assert (row.on_hand, row.reserved, row.free) == (8, 2, 5)

    services.release(SYSTEM, ["R-2/1"], quantity=1)
    row = balance(sku)
    assert (row.reserved, row.free) == (1, 6)
    assert list(violations()) == []


def test_inv_2_what_is_not_there_is_short_and_the_earlier_want_wins() -> None:
    sku = make_sku()
    stock_up(sku, 10)
    answers = services.reserve(SYSTEM, [Want("R-1/1", sku.pk, 8), Want("R-2/1", sku.pk, 5), Want("R-3/1", sku.pk, 1)])
    assert answers == [
        Reserved("R-1/1", sku.pk, 8, 0),
        Reserved("R-2/1", sku.pk, 2, 3),
        Reserved("R-3/1", sku.pk, 0, 1),
    ]
    assert balance(sku).reserved == 10
    assert selectors.reserved_by(["R-1/1", "R-2/1", "R-3/1"]) == {"R-1/1": 8, "R-2/1": 2}
    assert list(violations()) == []


def test_a_sku_never_stocked_is_all_short() -> None:
    sku = make_sku()
    assert services.reserve(SYSTEM, [Want("R-1/1", sku.pk, 3)]) == [Reserved("R-1/1", sku.pk, 0, 3)]
    assert selectors.free([sku.pk]) == {sku.pk: 0}


def test_all_or_nothing_for_one_want_and_for_wants_together() -> None:
    first, second = make_sku("A"), make_sku("B")
    stock_up(first, 5)
    stock_up(second, 1)
    none = services.reserve(SYSTEM, [Want("R-1/1", first.pk, 6)], allow_partial=False)
    assert none == [Reserved("R-1/1", first.pk, 0, 6)]

    wants = [
        Want("R-2/1", first.pk, 3, together="R-2"),
        Want("R-3/1", first.pk, 4),
        Want("R-2/2", second.pk, 2, together="R-2"),
    ]
    answers = services.reserve(SYSTEM, wants)
    assert [(a.reserved, a.short) for a in answers] == [(0, 3), (4, 0), (0, 2)]
    assert list(violations()) == []


def test_one_sku_twice_in_an_order_and_pieces_on_top() -> None:
    sku = make_sku()
    stock_up(sku, 3)
    services.reserve(SYSTEM, [Want("R-1/1", sku.pk, 1), Want("R-1/1", sku.pk, 1), Want("R-1/2", sku.pk, 2)])
    assert selectors.reserved_by(["R-1/1", "R-1/2"]) == {"R-1/1": 2, "R-1/2": 1}
    stock_up(sku, 5)
    services.reserve(SYSTEM, [Want("R-1/2", sku.pk, 1)])
    assert selectors.reserved_by(["R-1/2"]) == {"R-1/2": 2}
    assert list(violations()) == []


def test_a_quantity_below_one_is_refused() -> None:
    sku = make_sku()
    for quantity in (0, -1):
        with pytest.raises(BadInput):
            services.reserve(SYSTEM, [Want("R-1/1", sku.pk, quantity)])
        with pytest.raises(BadInput):
            services.receive(SYSTEM, sku_id=sku.pk, quantity=quantity)


def test_a_hundred_orders_cost_as_many_statements_as_one() -> None:
    skus = make_skus(30)
    for sku in skus:
        stock_up(sku, 20)
    many = [Want(f"R-{i}/{j}", skus[(i * 7 + j) % 30].pk, 1) for i in range(100) for j in range(3)]
    with CaptureQueriesContext(connection) as one:
        services.reserve(SYSTEM, many[:3])
    with CaptureQueriesContext(connection) as hundred:
        services.reserve(SYSTEM, many[3:])
    # lock, promise, balances, keys and rows of the ledger, event, between savepoint and release
    assert len(one) == len(hundred) <= 9
    assert Reservation.objects.count() == 300
    assert list(violations()) == []


def test_releasing_twice_does_no_harm() -> None:
    sku = make_sku()
    stock_up(sku, 5, reserved=3, reference="R-1/1")
    assert [t.quantity for t in services.release(SYSTEM, ["R-1/1"])] == [3]
    assert services.release(SYSTEM, ["R-1/1"]) == []
    assert balance(sku).free == 5
    assert list(violations()) == []


def test_what_was_not_reserved_cannot_leave() -> None:
    sku = make_sku()
    stock_up(sku, 5, reserved=2, reference="R-1/1")
    for wrong in ([("R-1/1", 3)], [("R-1/1", 1), ("R-9/1", None)]):
        with pytest.raises(Refused):
            services.consume(SYSTEM, wrong)
    assert (balance(sku).on_hand, balance(sku).reserved) == (5, 2)
    services.consume(SYSTEM, [("R-1/1", 1)])
    services.consume(SYSTEM, [("R-1/1", 1)])
    assert (balance(sku).on_hand, balance(sku).reserved) == (3, 0)
    assert list(violations()) == []


def test_carts_expire_and_placed_orders_do_not(clock: FrozenClock) -> None:
    sku = make_sku()
    stock_up(sku, 5)
    services.reserve(SYSTEM, [Want("cart:1", sku.pk, 2)], expires_at=clock.now() + dt.timedelta(minutes=15))
    services.reserve(SYSTEM, [Want("cart:2", sku.pk, 1)], expires_at=clock.now() + dt.timedelta(minutes=15))
    services.reserve(SYSTEM, [Want("R-1/1", sku.pk, 1)])
    services.keep(["cart:2"])
    assert services.expire(SYSTEM) == []
    clock.advance(dt.timedelta(minutes=16))
    assert [t.reference for t in services.expire(SYSTEM)] == ["cart:1"]
    assert balance(sku).reserved == 2
    assert Movement.objects.latest("id").kind == Kind.EXPIRE
    assert list(violations()) == []
    clock.advance(dt.timedelta(days=400))
    assert services.expire(SYSTEM) == []


def test_the_ledger_says_who_and_why_with_the_balance_after(clock: FrozenClock) -> None:
    sku = make_sku()
    clerk = Actor("staff:7", "鈴木")
    services.receive(clerk, sku_id=sku.pk, quantity=12, reason=Reason.PURCHASE, note="PO-0881")
    services.reserve(SYSTEM, [Want("R-1/1", sku.pk, 4)])
    services.adjust(clerk, sku_id=sku.pk, counted=11, reason=Reason.COUNT, note="棚卸")
    services.block(clerk, sku_id=sku.pk, quantity=1, note="欠け")
    told = selectors.explain(sku.pk)
    assert [(m.kind, m.on_hand, m.blocked, m.reserved, m.free_after) for m in told.ledger] == [
        ("block", 0, 1, 0, 6),
        ("adjust", -1, 0, 0, 7),
        ("reserve", 0, 0, 4, 8),
        ("receive", 12, 0, 0, 12),
    ]
    assert told.ledger[0].actor_label == "鈴木"
    assert (told.numbers.on_hand, told.numbers.blocked, told.numbers.reserved, told.numbers.free) == (11, 1, 4, 6)
    assert told.proven
    assert [h.reference for h in told.holders] == ["R-1/1"]


def test_a_correction_below_what_is_promised_is_refused_and_says_by_whom() -> None:
    sku = make_sku()
    stock_up(sku, 10, blocked=1)
    services.reserve(SYSTEM, [Want("R-1/1", sku.pk, 3)])
    services.reserve(SYSTEM, [Want("R-2/1", sku.pk, 2)])
    with pytest.raises(HeldByOrders) as refused:
        services.adjust(SYSTEM, sku_id=sku.pk, counted=4, reason=Reason.LOSS)
    assert refused.value.missing == 2
    assert [h.reference for h in refused.value.holders] == ["R-2/1", "R-1/1"]
    assert balance(sku).on_hand == 10
    services.adjust(SYSTEM, sku_id=sku.pk, delta=-4, reason=Reason.LOSS)
    assert balance(sku).free == 0
    assert services.adjust(SYSTEM, sku_id=sku.pk, counted=6, reason=Reason.COUNT) is None
    assert list(violations()) == []


def test_blocking_takes_only_free_pieces() -> None:
    sku = make_sku()
    stock_up(sku, 3, reserved=2)
    with pytest.raises(NotEnough):
        services.block(SYSTEM, sku_id=sku.pk, quantity=2)
    services.block(SYSTEM, sku_id=sku.pk, quantity=1)
    with pytest.raises(BadInput):
        services.unblock(SYSTEM, sku_id=sku.pk, quantity=2)
    services.unblock(SYSTEM, sku_id=sku.pk, quantity=1)
    assert balance(sku).free == 1
    assert list(violations()) == []


def test_moving_between_places_takes_only_free_pieces() -> None:
    sku = make_sku()
    stock_up(sku, 5, reserved=2)
    here = balance(sku).place
    there = Place.objects.create(code="returns", name="返品", kind="returns")
    with pytest.raises(NotEnough):
        services.transfer(SYSTEM, sku_id=sku.pk, quantity=4, source=here, target=there)
    services.transfer(SYSTEM, sku_id=sku.pk, quantity=3, source=here, target=there)
    assert balance(sku).free == 0
    assert selectors.free([sku.pk], place=there) == {sku.pk: 3}
    assert selectors.numbers([sku.pk])[sku.pk].on_hand == 5
    assert list(violations()) == []


@pytest.mark.parametrize(
    "change", [{"reserved": F("reserved") + 99}, {"reserved": -1}, {"blocked": -1}, {"on_hand": 1}], ids=str
)
def test_inv_1_the_database_itself_refuses(change: dict[str, object]) -> None:
    sku = make_sku()
    stock_up(sku, 5, blocked=1, reserved=2)
    with pytest.raises(IntegrityError), transaction.atomic():
        Stock.objects.filter(sku=sku).update(**change)


def test_the_ledger_is_appended_to_only() -> None:
    sku = make_sku()
    stock_up(sku, 5)
    movement = Movement.objects.get()
    with pytest.raises(TypeError):
        movement.save()
    with pytest.raises(TypeError):
        movement.delete()


def test_inv_1_the_check_finds_what_does_not_add_up() -> None:
    sku = make_sku()
    stock_up(sku, 5, reserved=2, reference="R-1/1")
    assert list(violations()) == []
    Stock.objects.filter(sku=sku).update(on_hand=F("on_hand") + 1)
    assert len(list(violations())) == 1
    Stock.objects.filter(sku=sku).update(on_hand=F("on_hand") - 1)
    Reservation.objects.update(quantity=1)
    assert len(list(violations())) == 1
    Reservation.objects.all().delete()
    assert any("R" in line or "reserved" in line for line in violations())
    assert not selectors.explain(sku.pk).proven
