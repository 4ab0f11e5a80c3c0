"""受注分割 (ORD-52): two orders that come to the yen to what one came to, and back again as if nothing had been."""

from __future__ import annotations

from itertools import count
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from akinai.backoffice.fulfillment import bundles
from akinai.backoffice.inventory.models import Reservation
from akinai.backoffice.orders import services
from akinai.backoffice.orders.check import violations
from akinai.backoffice.orders.models import Order, OrderPart
from akinai.backoffice.orders.page import history
from akinai.backoffice.orders.pricing import CHARGE_FIELDS, MONEY_FIELDS
from akinai.backoffice.orders.states import Cancel, CancelReason, Queue
from akinai.backoffice.payments.models import LedgerEntry
from akinai.foundation.core.actor import SYSTEM, Actor
from akinai.foundation.core.clock import FrozenClock
from akinai.foundation.core.errors import BadInput, Conflict, Refused
from tests.builders.catalog import make_sku
from tests.builders.inventory import stock_up
from tests.builders.orders import draft, line, make_shop, make_store, place

pytestmark = pytest.mark.django_db
SUZUKI = Actor("staff:7", "鈴木")


@pytest.fixture(autouse=True)
def shop(clock: FrozenClock) -> None:
    make_shop()


def fresh(order: Order) -> Order:
    return Order.objects.get(pk=order.pk)


def picture(order: Order) -> dict[str, Any]:
    """Everything that dividing and putting together must give back."""
    order = fresh(order)
    held = Reservation.objects.order_by("reference").values_list("reference", "sku_id", "quantity")
    return {
        **{name: getattr(order, name) for name in (*MONEY_FIELDS, *CHARGE_FIELDS)},
        "queue": order.queue,
        "payment": order.payment,
        "received": order.received_amount,
        "guaranteed": order.guaranteed_amount,
        "lines": list(order.lines.values_list("number", "quantity", "allocated", "shipped", "cancelled", "moved")),
        "reservations": list(held),
    }


def test_ord_52_the_part_takes_what_is_short_and_the_rest_may_ship() -> None:
    tea, cup = make_sku("TEA-1"), make_sku("CUP-1")
    stock_up(tea, 5)
    stock_up(cup, 1)
    lines = [line("TEA-1", 2, 1000), line("CUP-1", 3, 2000)]
    order = place(store=make_store(auto_accept=True), lines=lines, shipping_fee=600, coupon=401, guaranteed=8199)
    assert (order.queue, order.total) == (Queue.CHECK, 8199)
    part = services.split_order(SUZUKI, order_id=order.pk, quantities={2: 2}, reason="在庫のある分を先に")
    order, part = fresh(order), fresh(part)
    assert (part.number, part.store_number) == (f"{order.number}-B", "A-1-B")
    assert (order.total, part.total) == (4399, 3800)
    assert order.total + part.total == 8199
    assert [x.allocated for x in order.lines.all()] == [2, 1]
    assert [(x.number, x.quantity, x.allocated) for x in part.lines.all()] == [(2, 2, 0)]
    assert [c.code for c in part.checks.filter(closed_at__isnull=True)] == ["STOCKOUT"]
    assert not order.checks.filter(closed_at__isnull=True).exists()
    assert (order.guaranteed_amount, part.guaranteed_amount) == (4399, 3800)
    services.accept(SUZUKI, order_id=order.pk)
    assert fresh(order).queue == Queue.READY
    assert list(OrderPart.objects.values_list("order", "part")) == [(order.pk, part.pk)]


def test_ord_52_money_received_fills_the_first_part_and_then_the_other() -> None:
    stock_up(make_sku(), 9)
    order = place(
        store=make_store(auto_accept=True), lines=[line(quantity=3, unit_price=1000)], method="bank", paid=2500
    )
    part = services.split_order(SUZUKI, order_id=order.pk, quantities={1: 1})
    order, part = fresh(order), fresh(part)
    assert (order.received_amount, part.received_amount) == (2000, 500)
    assert (order.payment, part.payment) == ("paid", "part_paid")
    assert sum(e.signed for e in LedgerEntry.objects.all()) == 2500
    part_key = f"{part.number}/1"
    assert Reservation.objects.get(reference=part_key).quantity == 1


def test_ord_52_the_store_tells_of_money_for_all_and_both_parts_get_theirs() -> None:
    stock_up(make_sku(), 9)
    store = make_store(auto_accept=True)
    order = place(store=store, lines=[line(quantity=3, unit_price=1000)], method="bank")
    part = services.split_order(SUZUKI, order_id=order.pk, quantities={1: 1})
    place_again(store)
    assert (fresh(order).received_amount, fresh(part).received_amount) == (2000, 1000)
    assert (fresh(order).payment, fresh(part).payment) == ("paid", "paid")


def test_ord_52_a_cancellation_at_the_store_reaches_every_part() -> None:
    stock_up(make_sku(), 9)
    store = make_store(auto_accept=True)
    order = place(store=store, lines=[line(quantity=3, unit_price=1000)], method="bank")
    part = services.split_order(SUZUKI, order_id=order.pk, quantities={1: 1})
    place_again(store, is_cancelled=True, paid=0)
    assert [fresh(o).cancel for o in (order, part)] == [Cancel.REQUESTED] * 2


def place_again(store: Any, paid: int = 3000, **fields: Any) -> None:
    from django.db import transaction

    from akinai.backoffice.orders.services import place_orders
    from akinai.backoffice.payments.services import record_from_store

    lines = [line(quantity=3, unit_price=1000)]
    with transaction.atomic():
        known = Order.objects.get(store_number="A-1")
        results = place_orders(
            SYSTEM,
            [draft(store=store, lines=lines, method="bank", paid=paid, ordered_at=known.ordered_at, **fields)],
        )
        record_from_store(SYSTEM, results)  # type: ignore[arg-type]


def test_ord_52_undoing_gives_everything_back_and_ends_the_part() -> None:
    stock_up(make_sku(), 2)
    order = place(store=make_store(auto_accept=True), lines=[line(quantity=3)], method="bank", paid=6600, coupon=0)
    before = picture(order)
    part = services.split_order(SUZUKI, order_id=order.pk, quantities={1: 2})
    assert [bundles.candidates(one) for one in (fresh(order), part)] == [[], []], (
        "put together again, not sent together"
    )
    services.unsplit_order(SUZUKI, part_id=part.pk, reason="やはり一緒に")
    assert picture(order) == before
    assert (history(order).count, history(order).cancelled) == (1, 0), "the buyer has cancelled nothing"
    part = fresh(part)
    assert (part.cancel, part.cancel_reason, part.queue) == (Cancel.CANCELLED, CancelReason.JOINED, Queue.CANCELLED)
    assert part.received_amount == 0
    again = services.split_order(SUZUKI, order_id=order.pk, quantities={1: 1})
    assert again.number == f"{order.number}-C"


def test_ord_52_what_was_ordered_more_on_parts_comes_back_with_them() -> None:
    stock_up(make_sku(), 20)
    order = place(store=make_store(auto_accept=True), lines=[line(quantity=6)])
    parts = [services.split_order(SUZUKI, order_id=order.pk, quantities={1: n}) for n in (1, 2)]
    for part, to in zip(parts, (3, 4), strict=True):
        services.change_quantity(SUZUKI, order_id=part.pk, line=1, to=to)
    services.change_quantity(SUZUKI, order_id=parts[1].pk, line=1, to=1)
    for part, live in zip(parts, (6, 7), strict=True):
        assert list(violations()) == []
        services.unsplit_order(SUZUKI, part_id=part.pk)
        assert order.lines.get().live == live
    row = order.lines.get()
    assert (row.moved, row.allocated, fresh(order).total) == (0, 7, 7 * 2200)
    assert list(violations()) == []


def test_ord_52_guards() -> None:
    stock_up(make_sku(), 9)
    order = place(store=make_store(auto_accept=True), lines=[line(quantity=2)])
    for wrong in ({}, {1: 2}, {1: 3}, {7: 1}, {1: 0}):
        with pytest.raises(BadInput):
            services.split_order(SUZUKI, order_id=order.pk, quantities=wrong)
    with pytest.raises(Conflict):
        services.split_order(SUZUKI, order_id=order.pk, quantities={1: 1}, seen_version=order.version + 7)
    part = services.split_order(SUZUKI, order_id=order.pk, quantities={1: 1})
    with pytest.raises(Refused):
        services.split_order(SUZUKI, order_id=part.pk, quantities={1: 1})
    services.record(SYSTEM, part.pk, shipment_stages=["instructed"])
    with pytest.raises(Refused):
        services.unsplit_order(SUZUKI, part_id=part.pk)
    services.record(SYSTEM, part.pk, shipment_stages=[])
    with pytest.raises(Refused):
        services.unsplit_order(SUZUKI, part_id=order.pk)


SERIAL = count(1)
PRICES = st.lists(st.tuples(st.integers(1, 9999), st.integers(1, 4), st.sampled_from([8, 10])), min_size=1, max_size=4)


@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
@given(
    prices=PRICES,
    basis=st.sampled_from(["incl", "excl"]),
    fees=st.tuples(st.integers(0, 900), st.integers(0, 700), st.integers(0, 3000), st.integers(0, 3000)),
    kind=st.sampled_from(["tender", "discount"]),
    money=st.tuples(st.sampled_from(["card", "bank", "cod"]), st.integers(0, 30_000)),
    stock=st.integers(0, 12),
    cut=st.lists(st.integers(0, 4), min_size=4, max_size=4),
)
def test_ord_52_dividing_and_undoing_is_as_if_nothing_had_been(
    prices: Any, basis: str, fees: Any, kind: str, money: Any, stock: int, cut: Any
) -> None:
    """Totals, lines, reservations and money come back; in between both parts make the total to the yen."""
    serial = next(SERIAL)
    sku = make_sku(f"S-{serial}")
    if stock:
        stock_up(sku, stock)
    lines = [line(sku.code, n, price, tax_rate=rate, price_basis=basis) for price, n, rate in prices]
    shipping, cod, coupon, points = fees
    order = place(
        f"H-{serial}", store=make_store(auto_accept=True), lines=lines, method=money[0], shipping_fee=shipping,
        payment_fee=cod, coupon=coupon, points=points, points_kind=kind,
        guaranteed=money[1] if money[0] == "card" else 0, paid=money[1] if money[0] == "bank" else 0,
    )  # fmt: skip
    wanted = {i + 1: min(cut[i], n) for i, (_price, n, _rate) in enumerate(prices)}
    before = picture(order)
    try:
        part = services.split_order(SUZUKI, order_id=order.pk, quantities=wanted)
    except (BadInput, Refused):
        assert picture(order) == before
        return
    first, part = fresh(order), fresh(part)
    assert first.total + part.total == before["total"]
    assert first.received_amount + part.received_amount == before["received"]
    assert first.guaranteed_amount + part.guaranteed_amount == before["guaranteed"]
    services.unsplit_order(SUZUKI, part_id=part.pk)
    assert picture(order) == before
