"""Whole orders racing in real processes: nothing sold twice, nothing doubled, nobody sees the database's troubles.

Each race runs on a fresh database of this run's engine and ends with every invariant of the house (REL-16).
"""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection

from akinai.workbench.bench import racing

# the races make databases of their own; the mark says that they belong to the second database's turn, too
pytestmark = [pytest.mark.django_db, pytest.mark.slow]


def run(race: str, processes: int = 8, **params: Any) -> dict[str, int]:
    """The race's figures; what nobody should have seen is printed, and so stands beside a failure."""
    outcome = racing.run_apart("tests.concurrency.order_races", race=race, processes=processes, **params)
    print(outcome.pop("said"))  # noqa: T201
    return outcome


def only_postgresql() -> None:
    if connection.vendor != "postgresql":
        pytest.skip("on SQLite writers stand in one line, so that a use case without guards does not race either")


def test_rel_1_a_hot_sku_is_ordered_exactly_as_often_as_it_is_there() -> None:
    outcome = run("hot_sku", tries=400, units=200, guarded=True)
    assert outcome == {"sold": 200, "short": 200, "refused": 0, "oversold": 0, "errors": 0, "orders": 400}


def test_rel_2_without_the_guards_the_same_orders_oversell() -> None:
    """The control: if this did not oversell, the test above would prove nothing."""
    only_postgresql()
    assert run("hot_sku", tries=400, units=200, guarded=False)["oversold"] > 0


def test_rel_3_carts_in_any_order_are_secured_once_and_never_block_each_other_for_good() -> None:
    outcome = run("carts", carts=1000, units=150, seed=1)
    assert (outcome["Placed"], outcome["refused"], outcome["errors"]) == (1000, 0, 0)
    assert outcome["secured"] == outcome["reserved"] == 10 * 150


def test_rel_5_the_same_order_two_hundred_times_is_one_order() -> None:
    outcome = run("same_again", tries=200, guarded=True)
    assert outcome == {"created": 1, "unchanged": 199, "errors": 0, "orders": 1, "events": 1, "reserved": 1}


def test_rel_5_without_the_unique_key_the_same_order_doubles() -> None:
    """The control of the test above."""
    only_postgresql()
    # a busy machine may let one racer finish before the next begins: one lucky round proves nothing
    assert any(run("same_again", tries=200, guarded=False)["orders"] > 1 for _round in range(5))


def test_rel_4_the_same_files_in_eight_imports_at_once() -> None:
    """ORD-32: each order once, each payment once, each wish to cancel once, and no import lost."""
    outcome = run("same_files", orders=28)
    assert outcome["errors"] == 0
    assert (outcome["orders"], outcome["created"]) == (28, 28)
    assert (outcome["received"], outcome["paid"]) == (28 * 2200, 28)
    assert outcome["requests"] == 28
    assert outcome["changed"] == 28  # the remark came with the wish to cancel


def test_rel_4_every_deed_on_the_same_orders_at_once() -> None:
    outcome = run("everything", deeds=800, seed=1)
    assert outcome["errors"] == 0
    assert outcome["done"] > 200
