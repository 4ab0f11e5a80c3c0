"""Every invariant of the house, asked at the end of a test (REL-16)."""

from __future__ import annotations

import pytest

from akinai.config.invariants import violations

_DB_FIXTURES = {"db", "transactional_db", "django_db_serialized_rollback", "live_server"}


def assert_house_in_order(item: pytest.Item) -> None:
    """Fail the test with every violation found; tests that touch no database are left alone."""
    names = set(getattr(item, "fixturenames", ()))
    if item.get_closest_marker("django_db") is None and not names & _DB_FIXTURES:
        return
    found = [f"{area}: {said}" for area, said in violations()]
    assert found == [], "\n".join(["the house is not in order:", *found])
