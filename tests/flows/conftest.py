"""REL-16: after each test of a flow everything the database holds must still agree with everything else."""

from __future__ import annotations

from collections.abc import Generator

import pytest

from tests.invariants import assert_house_in_order


@pytest.hookimpl(wrapper=True)
def pytest_pyfunc_call(pyfuncitem: pytest.Function) -> Generator[None, object, object]:
    """The test first, then every invariant, while the test's own database and clock still stand."""
    result = yield
    assert_house_in_order(pyfuncitem)
    return result
