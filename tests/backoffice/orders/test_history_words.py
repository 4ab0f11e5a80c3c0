"""The history of an order speaks of days as the rest of the house does."""

from __future__ import annotations

import pytest

from akinai.backoffice.orders import deeds
from akinai.foundation.core.clock import FrozenClock


@pytest.mark.parametrize(
    ("name", "value", "said"),
    [
        ("wish_date", "2026-11-24", "11/24(火)"),
        ("ordered_at", "2026-11-24T09:50:00+09:00", "11/24(火) 9:50"),
        ("wish_date", "いつでも", "いつでも"),
        ("store_number", "2026-11-24", "2026-11-24"),
        ("wish_date", None, ""),
    ],
)
def test_days_are_written_as_elsewhere(name: str, value: str | None, said: str, clock: FrozenClock) -> None:
    assert deeds.shown(name, value) == said


def test_the_day_of_a_hold_too(clock: FrozenClock) -> None:
    told = deeds.told("orders.hold", {"kind": "until_date", "until": "2026-11-27"})
    assert told.endswith("11/27(金)")
    edit = {"before": {"wish_date": None}, "after": {"wish_date": "2026-11-27"}}
    assert "→ 11/27(金)" in deeds.told("orders.edit.wish", edit)
