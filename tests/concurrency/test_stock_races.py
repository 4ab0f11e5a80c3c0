"""Pieces are never sold twice, however many want them at once. Each race runs on a fresh database of this engine."""

from __future__ import annotations

import pytest

from akinai.workbench.bench import carts, hot_sku

# the races make databases of their own; the mark says that they belong to the second database's turn, too
pytestmark = [pytest.mark.django_db, pytest.mark.slow]


def test_rel_1_a_hot_sku_is_sold_exactly_as_often_as_it_is_there() -> None:
    assert hot_sku.run(processes=8, tries=400, units=200) == {"sold": 200, "oversold": 0, "errors": 0}


def test_inv_2_fifty_at_once_want_ten_pieces() -> None:
    assert hot_sku.run(processes=10, tries=50, units=10) == {"sold": 10, "oversold": 0, "errors": 0}


def test_rel_2_without_the_guard_the_same_race_oversells() -> None:
    """The control: if this did not oversell, the tests above would prove nothing."""
    outcome = hot_sku.run(processes=8, tries=400, units=200, guarded=False)
    assert outcome["oversold"] > 0
    assert outcome["errors"] == 0


def test_rel_2_without_the_guard_but_with_the_check_the_database_refuses() -> None:
    outcome = hot_sku.race(processes=8, tries=400, units=200, guarded=False, constrained=True)
    assert (outcome["sold"], outcome["oversold"], outcome["errors"]) == (200, 0, 0)
    assert outcome["refused"] > 0


def test_rel_3_carts_in_any_order_never_block_each_other_for_good() -> None:
    outcome = carts.run(processes=8, carts=1000, units=150)
    assert outcome["errors"] == 0
    assert outcome["promised"] <= 10 * 150
    assert outcome["short"] > 0


def test_rel_4_orders_amid_shipping_counting_and_blocking() -> None:
    outcome = carts.run(processes=8, carts=400, units=60, mixed=True, seed=3)
    assert outcome["errors"] == 0
    assert outcome["other work"] == 400 or outcome["refused politely"] > 0
