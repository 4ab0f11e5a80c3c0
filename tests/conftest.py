"""What every test may ask for: the frozen clock, an actor, the language; and which tests run on which database."""

from __future__ import annotations

import datetime as dt
import os
from collections.abc import Iterator

import pytest
from django.utils import translation

from akinai.foundation.core.actor import Actor
from akinai.foundation.core.clock import JST, FrozenClock, use_clock

#: Tuesday, the first working day after three closed days
TUESDAY = dt.datetime(2026, 11, 24, 9, 50, tzinfo=JST)
_DB_FIXTURES = {"db", "transactional_db", "django_db_serialized_rollback", "live_server"}


@pytest.fixture
def clock() -> Iterator[FrozenClock]:
    """The house's clock, standing at Tuesday 2026-11-24 09:50 JST until moved."""
    frozen = FrozenClock(TUESDAY)
    with use_clock(frozen):
        yield frozen


@pytest.fixture
def actor() -> Actor:
    """A member of staff who may do everything that is declared."""
    from akinai.foundation.core.permissions import all_permissions

    return Actor("staff:1", "佐藤", frozenset(all_permissions()))


@pytest.fixture(autouse=True)
def japanese() -> Iterator[None]:
    """Every test starts in Japanese, whatever the one before it left behind."""
    with translation.override("ja"):
        yield


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """With AKINAI_TEST_ONLY_DB=1 (the second database's turn) only what touches the database runs, and no browser."""
    if os.environ.get("AKINAI_TEST_ONLY_DB") != "1":
        return
    kept, left_out = [], []
    for item in items:
        (kept if _touches_database(item) and not item.get_closest_marker("e2e") else left_out).append(item)
    config.hook.pytest_deselected(items=left_out)
    items[:] = kept


def _touches_database(item: pytest.Item) -> bool:
    names = set(getattr(item, "fixturenames", ()))
    return item.get_closest_marker("django_db") is not None or bool(names & _DB_FIXTURES)
