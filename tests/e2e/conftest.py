"""The browser for tests marked `e2e`."""

from __future__ import annotations

import os

import pytest

from tests.browser import find_browser


@pytest.fixture(scope="session")
def browser_path() -> str:
    """The path of the browser to start; the test is left out where there is none (with CI=true it fails)."""
    path = find_browser()
    if path is None:
        if os.environ.get("CI", "").lower() in {"1", "true"}:
            pytest.fail("no browser found and CI=true")
        pytest.skip("no browser found")
    return path
