"""The browser and the shop for tests marked `e2e`.

One browser serves all tests of this folder; it is closed before tests of other folders run, because its driver keeps
a loop running in this thread. The shop runs in processes of its own (`server.ShopServer`).
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from tests.browser import find_browser

from .browsing import listen
from .server import ShopServer

PASSWORD = "sencha-to-yunomi-no-mise"
PageAs = Callable[..., Page]


@pytest.fixture(scope="session")
def browser_path() -> str:
    """The path of the browser to start; the test is left out where there is none (with CI=true it fails)."""
    path = find_browser()
    if path is None:
        if os.environ.get("CI", "").lower() in {"1", "true"}:
            pytest.fail("no browser found and CI=true")
        pytest.skip("no browser found")
    return path


@pytest.fixture(scope="package")
def browser(browser_path: str) -> Iterator[Browser]:
    """One browser for the tests of this folder."""
    # the driver's loop runs in this thread; Django must not take it for an async view
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"
    with sync_playwright() as driver:
        started = driver.chromium.launch(executable_path=browser_path, args=["--no-sandbox"])
        yield started
        started.close()
    del os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"]


@pytest.fixture(scope="session")
def shop_server() -> Iterator[ShopServer]:
    """A furnished shop, one of everything in it; `samples` says which."""
    server = ShopServer()
    try:
        server.samples = server.asked("tests.e2e.furnish", PASSWORD)
        server.start()
        yield server
    finally:
        server.stop()


@pytest.fixture(scope="package")
def signed_in(browser: Browser, shop_server: ShopServer) -> Callable[[str], Any]:
    """The cookies of a role in the furnished shop; each signs in once, through the page."""
    known: dict[str, Any] = {}

    def state(role: str) -> Any:
        if role not in known:
            known[role] = sign_in(browser, shop_server.url, f"{role}@example.jp")
        return known[role]

    return state


def sign_in(browser: Browser, url: str, login: str) -> Any:
    """Sign in as a person would; the browser's state after it."""
    context = browser.new_context(locale="ja-JP")
    page = context.new_page()
    page.goto(f"{url}/login/")
    page.fill("[name=login]", login)
    page.fill("[name=password]", PASSWORD)
    page.click("form.ak-form button")
    page.wait_for_selector(".ak-rail")
    state = context.storage_state()
    context.close()
    return state


@pytest.fixture
def page_as(
    browser: Browser, shop_server: ShopServer, signed_in: Callable[[str], Any]
) -> Iterator[Callable[..., Page]]:
    """`page_as("packer", width=360)`: a new window of the furnished shop; what its console says fails the test."""
    contexts: list[BrowserContext] = []
    said: list[str] = []

    def make(role: str = "owner", *, width: int = 1280, height: int = 800, **options: Any) -> Page:
        context = browser.new_context(
            base_url=shop_server.url, storage_state=signed_in(role), locale="ja-JP", timezone_id="Asia/Tokyo",
            viewport={"width": width, "height": height}, reduced_motion="reduce", **options,
        )  # fmt: skip
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(15_000)
        listen(page, said)
        return page

    yield make
    for context in contexts:
        context.close()
    assert said == []
