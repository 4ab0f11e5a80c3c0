"""REL-15 for the whole house: thousands of deeds at random over hundreds of orders, and everything still agrees.

`AKINAI_WALKS=5000` is the length asked for before a release (over 500 orders), `AKINAI_WALK_SEED` another walk.
"""

from __future__ import annotations

import os

import pytest

from akinai.backoffice.orders.models import Order
from akinai.foundation.core.clock import FrozenClock

from .walking import House, walk

TRANSITIONS = int(os.environ.get("AKINAI_WALKS", "200"))
SEED = int(os.environ.get("AKINAI_WALK_SEED", "1"))
pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]


def test_rel_15_a_walk_over_every_transition_leaves_the_house_in_order(clock: FrozenClock) -> None:
    house = House(clock, TRANSITIONS, TRANSITIONS // 10)
    walk(house, SEED)
    print(f"done: {dict(house.told.done.most_common())}\nrefused: {dict(house.told.refused.most_common())}")  # noqa: T201
    assert Order.objects.count() >= TRANSITIONS // 10
