"""An order on the phone from the first digit to the button, by keyboard alone (R16, LAW-2)."""

from __future__ import annotations

import os
import re

import pytest
from playwright.sync_api import expect

from .conftest import PageAs

pytestmark = [pytest.mark.e2e, pytest.mark.slow]


def test_r16_a_call_by_keyboard_alone(page_as: PageAs) -> None:
    page = page_as("clerk")
    page.goto("/orders/phone/")
    expect(page.locator("[name=buyer_phone]")).to_be_focused()
    page.keyboard.type("036000")
    pick = page.locator("[name=pick]").first
    expect(pick).to_be_visible()
    pick.focus()
    page.keyboard.press("Enter")
    expect(page.locator("[name=code_0]")).to_be_focused()
    assert page.input_value("[name=buyer_address1]")
    page.keyboard.type("湯呑")
    expect(page.locator("#found-0 [data-take]").first).to_be_visible()
    page.keyboard.press("Enter")
    expect(page.locator("[name=quantity_0]")).to_be_focused()
    page.keyboard.type("2")
    page.keyboard.press("Enter")
    expect(page.locator("[name=code_1]")).to_be_focused()
    page.keyboard.type("4901234567894")  # a scanner ends with Enter
    page.keyboard.press("Enter")
    page.select_option("[name=method]", "cod")
    page.fill("[name=shipping]", "")
    expect(page.locator("#found-1 b")).to_be_visible()
    for n in range(2, 6):  # an empty line is always there
        page.locator(f"[name=code_{n}]").focus()
    assert page.locator("[data-line]").count() >= 6
    page.fill("[name=shipping]", "800")
    expect(page.locator(".ak-readout li")).to_have_count(6)
    expect(page.locator("#quote")).to_contain_text("800")
    if folder := os.environ.get("SHOTS"):
        page.screenshot(path=f"{folder}/phone.png", full_page=True)
        page.set_viewport_size({"width": 360, "height": 740})
        page.screenshot(path=f"{folder}/phone360.png", full_page=True)
    page.locator("[name=read_out]").focus()
    page.keyboard.press("Space")
    expect(page.locator("[name=read_out]")).to_be_checked()
    page.locator("button[value=place]").focus()
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile(r"/orders/\d+/$"))
