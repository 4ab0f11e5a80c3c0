"""The keyboard alone, as in the key line at the foot of every list (ux 5)."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page

from .browsing import settle
from .server import ShopServer

pytestmark = pytest.mark.e2e


def test_go_and_a_letter_lead_to_every_entry_of_the_rail(page_as: Callable[..., Page]) -> None:
    page = page_as("owner")
    page.goto("/")
    settle(page)
    entries = page.locator("[data-go]").evaluate_all("all => all.map(a => [a.dataset.go, a.getAttribute('href')])")
    assert len(entries) >= 8
    assert len({letter for letter, _path in entries}) == len(entries)
    for letter, path in entries:
        page.keyboard.press("g")
        page.wait_for_timeout(80)
        page.keyboard.press(letter)
        page.wait_for_url(f"**{path}*")
        settle(page)


def test_search_and_help_by_keys(page_as: Callable[..., Page]) -> None:
    page = page_as("clerk")
    page.goto("/orders/")
    settle(page)
    page.keyboard.press("?")
    page.wait_for_selector("#ak-keys[open]")
    page.keyboard.press("Escape")
    page.wait_for_selector("#ak-keys[open]", state="detached")
    page.keyboard.press("/")
    page.keyboard.type("花子2", delay=60)
    page.keyboard.press("Enter")
    page.wait_for_url("**/search/**")
    assert "試験 花子2" in page.inner_text("main")


def test_a_list_by_keys(page_as: Callable[..., Page], shop_server: ShopServer) -> None:
    """j and k move, x ticks, Escape clears, Enter opens, Escape leads back."""
    page = page_as("clerk")
    page.goto("/orders/?queue=check&sort=number")
    settle(page)
    press(page, "j")
    first = page.locator("tr.cur").get_attribute("data-row")
    press(page, "j")
    assert page.locator("tr.cur").get_attribute("data-row") != first
    press(page, "k")
    assert page.locator("tr.cur").get_attribute("data-row") == first
    press(page, "x")
    assert page.text_content("[data-selected]") == "1"
    press(page, "Escape")
    assert page.locator("tr.sel").count() == 0
    press(page, "Enter")
    page.wait_for_url(f"**/orders/{first}/")
    settle(page)
    press(page, "Escape")
    page.wait_for_url(re.compile(r"/orders/\?queue="))
    assert first == str(shop_server.samples["order"])


def press(page: Page, key: str) -> None:
    """One key, as a person presses it; a lone key acts once it is clear that it is not a scanner's."""
    page.keyboard.press(key)
    page.wait_for_timeout(150)
