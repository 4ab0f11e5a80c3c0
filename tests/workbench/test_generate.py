"""Generated order files: sound, deterministic, irregular in the ways asked for."""

from __future__ import annotations

import datetime as dt

import pytest

from akinai.foundation.core.errors import BadInput
from akinai.foundation.tabular import read_table
from akinai.frontoffice.channels.adapters.presets import PRESETS
from akinai.frontoffice.channels.types import StoreOrder
from akinai.shop.terms import phones, postcodes
from akinai.workbench.generate import SAMPLE_GOODS, generate_orders
from akinai.workbench.people import PLACES

DAY = dt.date(2026, 11, 19)


def read(data: bytes) -> list[StoreOrder]:
    preset = PRESETS["nextengine"]
    result = preset.read([read_table(data, known=preset.headings)], {})
    assert result.problems == []
    return result.orders


def needs_a_person(order: StoreOrder, known: set[str], seen: set[object]) -> bool:
    twin = (order.buyer.phone, tuple(line.code for line in order.lines))
    odd = (
        bool(order.remark)
        or any(line.code not in known or line.quantity >= 50 for line in order.lines)
        or bool(phones.problem(order.buyer.phone))
        or not any(c.isdigit() for c in order.buyer.address1)
        or (order.wish_date is not None and order.wish_date - order.ordered_at.date() < dt.timedelta(days=3))
        or order.ship_to != order.buyer
        or twin in seen
    )
    seen.add(twin)
    return odd


def test_the_share_of_irregular_orders_is_the_one_asked_for() -> None:
    orders = read(generate_orders(count=300, irregular=0.15, seed=7, day=DAY))
    known, seen = {goods.code for goods in SAMPLE_GOODS}, set[object]()
    assert len(orders) == 300
    assert sum(needs_a_person(order, known, seen) for order in orders) == 45
    assert {len(order.lines) for order in orders} == {1, 2, 3, 4}
    assert {order.payment_word for order in orders} == {"クレジットカード", "銀行振込", "代金引換"}
    assert {order.ordered_at.date() for order in orders} == {DAY}


def test_without_irregular_ones_nothing_needs_a_person() -> None:
    known, seen = {goods.code for goods in SAMPLE_GOODS}, set[object]()
    orders = read(generate_orders(count=200, irregular=0, seed=3, day=DAY))
    assert not any(needs_a_person(order, known, seen) for order in orders)


def test_the_same_seed_gives_the_same_file() -> None:
    assert generate_orders(seed=7, day=DAY) == generate_orders(seed=7, day=DAY)
    assert generate_orders(seed=7, day=DAY) != generate_orders(seed=8, day=DAY)


def test_postcodes_match_their_places() -> None:
    for postcode, prefecture, city, town in PLACES:
        place = postcodes.lookup(postcode)
        assert place is not None
        assert (place.prefecture, place.city, place.town) == (prefecture, city, town)


@pytest.mark.parametrize("wrong", [{"preset": "rakuten"}, {"count": 0}, {"irregular": 2.0}, {"skus": ()}])
def test_what_cannot_be_generated_is_refused(wrong: dict[str, object]) -> None:
    with pytest.raises(BadInput):
        generate_orders(**wrong)  # type: ignore[arg-type]
