"""REL-15 for the whole house: thousands of deeds at random over hundreds of orders, and everything still agrees.

`AKINAI_WALKS=5000` is the length asked for before a release (over 500 orders), `AKINAI_WALK_SEED` another walk.
"""

from __future__ import annotations

import os

import pytest

from akinai.backoffice.orders.models import Order
from akinai.foundation.core.clock import FrozenClock

from .walking import Walk

TRANSITIONS = int(os.environ.get("AKINAI_WALKS", "120"))
SEED = int(os.environ.get("AKINAI_WALK_SEED", "1"))
pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]


def test_rel_15_a_walk_over_every_transition_leaves_the_house_in_order(clock: FrozenClock) -> None:
    walk = Walk(clock, SEED, TRANSITIONS, TRANSITIONS // 10, look_every=max(10, TRANSITIONS // 20))
    walk.run()
    print(dict(walk.done.most_common()), dict(walk.refused.most_common()))  # noqa: T201
    assert Order.objects.count() >= TRANSITIONS // 10
    assert walk.done.total() >= TRANSITIONS
