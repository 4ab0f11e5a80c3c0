"""The page of all parts in a real browser: nothing in the console, no axe finding, keys and scanner work."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, ConsoleMessage, Page, expect

from akinai.foundation.core.permissions import Role
from tests.builders.accounts import client_for, make_staff

pytestmark = [pytest.mark.e2e, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def page(browser: Browser, live_server, settings) -> Iterator[Page]:
    """The kit, signed in; anything in the console fails the test."""
    settings.DEBUG = True
    client = client_for(make_staff(Role.OWNER))
    context = browser.new_context(viewport={"width": 1280, "height": 800})
    context.add_cookies([{"name": "sessionid", "value": client.cookies["sessionid"].value, "url": live_server.url}])
    said: list[str] = []

    def listen(message: ConsoleMessage) -> None:
        if message.type in {"error", "warning"}:
            said.append(message.text)

    page = context.new_page()
    page.on("console", listen)
    page.on("pageerror", lambda error: said.append(str(error)))
    page.goto(f"{live_server.url}/kit/")
    yield page
    page.goto("about:blank")
    context.close()
    assert said == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1280, 360])
def test_axe_finds_nothing(page: Page, scheme: str, width: int) -> None:
    page.emulate_media(color_scheme="dark" if scheme == "dark" else "light", reduced_motion="reduce")
    page.set_viewport_size({"width": width, "height": 800})
    expect(page.locator("html")).to_have_attribute("data-bs-theme", scheme)
    options = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]}
    found = Axe().run(page, options=options)
    assert found.violations_count == 0, found.generate_report()
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_keys_move_choose_and_clear(page: Page) -> None:
    page.keyboard.press("j")
    page.wait_for_selector("tr.cur[data-row='0']")
    page.keyboard.press("j")
    page.wait_for_selector("tr.cur[data-row='1']")
    page.keyboard.press("x")
    page.wait_for_selector("tr.cur.sel")
    assert page.is_visible("[data-bulk]")
    assert page.text_content("[data-selected]") == "1"
    page.keyboard.press("Escape")
    page.wait_for_selector("tr.sel", state="detached")
    assert not page.is_visible("[data-bulk]")
    page.keyboard.press("?")
    page.wait_for_selector("#ak-keys[open]")


def test_keys_do_nothing_while_one_types(page: Page) -> None:
    page.fill("#id_note", "")
    page.type("#id_note", "jxe?", delay=60)
    assert page.input_value("#id_note") == "jxe?"
    assert page.query_selector("tr.cur") is None


def test_a_scan_becomes_an_event_and_moves_nothing(page: Page) -> None:
    page.evaluate("document.body.addEventListener('akinai:scan', (e) => { document.title = e.detail.code })")
    # all keys from within the page: sent one by one, a busy machine spreads them as far apart as a person does
    page.evaluate(
        """for (const key of [..."jx49000", "Enter"])
             document.body.dispatchEvent(new KeyboardEvent("keydown", {key, bubbles: true, cancelable: true}))"""
    )
    expect(page).to_have_title("jx49000")
    assert page.query_selector("tr.cur") is None


def test_shift_click_takes_all_between(page: Page) -> None:
    boxes = page.locator("tbody input[name=id]")
    boxes.nth(1).click()
    boxes.nth(4).click(modifiers=["Shift"])
    assert page.text_content("[data-selected]") == "4"
    page.click("[data-clear]")
    assert page.locator("tr.sel").count() == 0


def test_sorting_swaps_the_list_and_keeps_ticks(page: Page) -> None:
    page.locator("tbody input[value='3']").check()
    page.click("th a.sort >> nth=0")
    page.wait_for_selector("th[aria-sort=ascending]")
    assert page.locator("tbody input[value='3']").is_checked()
    assert "sort=number" in page.url


def test_a_dangerous_button_asks_first(page: Page) -> None:
    page.click("form .ak-danger >> nth=0")
    page.wait_for_selector("#ak-confirm[open]")
    page.click("#ak-confirm [data-no]")
    assert page.query_selector("#ak-confirm[open]") is None


def test_brightness_is_chosen_without_a_flash(page: Page, live_server) -> None:
    page.click(".ak-me")
    page.click("button[name=theme][value=dark]")
    page.wait_for_url("**/kit/")
    assert page.evaluate("document.documentElement.getAttribute('data-bs-theme')") == "dark"
