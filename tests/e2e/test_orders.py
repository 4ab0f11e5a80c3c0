"""The order list and page in a real browser: clearing orders by keys, no axe finding, nothing in the console."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, ConsoleMessage, Page, expect

from akinai.backoffice.orders import services
from akinai.backoffice.orders.models import Order
from akinai.backoffice.orders.states import Confirmation
from akinai.backoffice.orders.types import PartyDraft
from akinai.foundation.core.actor import Actor
from akinai.foundation.core.permissions import Role
from tests.builders.accounts import client_for, make_staff
from tests.builders.catalog import make_sku
from tests.builders.inventory import stock_up
from tests.builders.orders import TAKA, line, make_shop, make_store, place

pytestmark = [pytest.mark.e2e, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def orders() -> list[Order]:
    """Three orders with a remark, and one with everything that can be wrong."""
    make_shop()
    stock_up(make_sku(), 9)
    store = make_store(kind="phone")
    made = [place(f"A-{i}", store=store, buyer=_buyer(i), remark=f"備考 {i}") for i in range(3)]
    crooked = dataclasses.replace(_buyer(9), name="田中 花子", address1="港区六本木", phone="1")
    lines = [line(quantity=20), line("RK-7", name="急須")]
    gift = {"is_gift": True, "gift_note": "のし 内祝"}
    made.append(place("A-9", store=store, buyer=_buyer(9), ship_to=crooked, lines=lines, remark="のし", **gift))
    return made


def _buyer(number: int) -> PartyDraft:
    return dataclasses.replace(TAKA, name=f"客 {number}", mail=f"k{number}@example.jp", phone=f"090-1234-000{number}")


@pytest.fixture
def page(browser: Browser, live_server, orders: list[Order]) -> Iterator[Page]:
    """Signed in as a clerk; anything in the console fails the test, refusals apart."""
    client = client_for(make_staff(Role.ORDER))
    context = browser.new_context(viewport={"width": 1280, "height": 800}, base_url=live_server.url)
    context.add_cookies([{"name": "sessionid", "value": client.cookies["sessionid"].value, "url": live_server.url}])
    said: list[str] = []

    def listen(message: ConsoleMessage) -> None:
        if message.type in {"error", "warning"} and "409" not in message.text and "/events/stream" not in message.text:
            said.append(message.text)

    page = context.new_page()
    page.on("console", listen)
    page.on("pageerror", lambda error: said.append(str(error)))
    yield page
    page.goto("about:blank")
    context.close()
    assert said == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1280, 360])
def test_axe_finds_nothing_on_list_and_page(page: Page, orders: list[Order], scheme: str, width: int) -> None:
    page.emulate_media(color_scheme="dark" if scheme == "dark" else "light", reduced_motion="reduce")
    page.set_viewport_size({"width": width, "height": 800})
    options = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]}
    pages = ["/orders/", f"/orders/{orders[3].pk}/", f"/orders/{orders[3].pk}/#edit-ship-to", "/orders/export/"]
    for address in pages:
        page.goto(address)
        expect(page.locator("html")).to_have_attribute("data-bs-theme", scheme)
        if address == "/orders/" and width > 1000:
            page.keyboard.press("j")
            page.wait_for_selector("#ak-preview header .ak-strong")
        page.evaluate("window.scrollTo(0, 0)")  # half under the bar at the top, a button would count as too small
        found = Axe().run(page, options=options)
        assert found.violations_count == 0, found.generate_report()
        assert page.evaluate("document.documentElement.scrollWidth") <= width, address


def test_a_plain_order_is_cleared_by_two_keys_and_the_next_stands_ready(page: Page, orders: list[Order]) -> None:
    """N-4 j shows it, e does what is next; the cursor stays for the one after."""
    page.goto("/orders/?queue=check&sort=number")
    page.keyboard.press("j")
    page.wait_for_selector(f"#ak-preview :text('{orders[0].number}')")
    assert page.is_visible("#ak-preview :text('備考 0')")
    page.keyboard.press("e")
    page.wait_for_selector("[data-toast]")
    page.wait_for_selector(f"#ak-preview :text('{orders[1].number}')")
    orders[0].refresh_from_db()
    assert orders[0].confirmation == Confirmation.ACCEPTED
    assert page.locator(f"tr[data-row='{orders[0].pk}']").count() == 0


def test_opening_an_order_marks_it_as_seen(page: Page, orders: list[Order]) -> None:
    """R19"""
    with page.expect_response("**/seen/"):
        page.goto(f"/orders/{orders[1].pk}/")
    orders[1].refresh_from_db()
    assert orders[1].seen_by.startswith("staff:")


def test_a_note_and_a_hold_by_keys(page: Page, orders: list[Order]) -> None:
    page.goto(f"/orders/{orders[1].pk}/")
    page.keyboard.press("n")
    page.keyboard.type("折り返し電話する", delay=60)
    page.keyboard.press("Enter")
    page.wait_for_selector("#timeline li.note")
    page.keyboard.press("h")
    page.wait_for_selector("#edit-hold select:focus")
    page.select_option("#edit-hold [name=kind]", "customer_wait")
    page.click("#edit-hold button.btn-primary")
    page.wait_for_selector("#blockers :text('お客様返答待ち')")
    assert orders[1].holds.get().kind == "customer_wait"


def test_a_postcode_fills_in_the_address_and_an_item_is_found_while_typing(page: Page, orders: list[Order]) -> None:
    page.goto(f"/orders/{orders[3].pk}/#edit-ship-to")
    page.fill("#edit-ship-to [name=postcode]", "5300001")
    page.click("#edit-ship-to [data-place=postcode] button")  # it is said what does not fit, with a way out
    expect(page.locator("#edit-ship-to [name=address1]")).to_have_value("大阪市北区梅田")
    assert page.input_value("#edit-ship-to [name=prefecture]") == "大阪府"
    page.goto(f"/orders/{orders[3].pk}/#edit-sku")
    page.reload()
    page.locator("#edit-sku [name=q]").press_sequentially("YN-AI", delay=60)
    page.wait_for_selector("#sku-found [name=sku]")
    page.check("#sku-found [name=sku]")
    page.click("#edit-sku button.btn-primary")
    page.wait_for_selector("[data-toast]")
    assert orders[3].lines.get(number=2).sku is not None


def test_a_page_whose_order_changed_elsewhere_keeps_what_was_typed(page: Page, orders: list[Order]) -> None:
    """ORD-31"""
    page.goto(f"/orders/{orders[1].pk}/#edit-wish")
    page.fill("#edit-wish [name=reason]", "電話で聞いた")
    page.select_option("#edit-wish [name=wish_window]", "14-16")
    services.hold(Actor("staff:99", "山田"), order_id=orders[1].pk, kind="manual")
    page.click("#edit-wish button.btn-primary")
    page.wait_for_selector(".ak-say.warn :text('山田')")
    assert page.input_value("#edit-wish [name=reason]") == "電話で聞いた"
    assert page.input_value("#edit-wish [name=wish_window]") == "14-16"
