"""Shipping in a real browser: no axe finding on any page, the scanner and the keys of the inspection table work."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from akinai.backoffice.fulfillment import services
from akinai.backoffice.fulfillment.models import Shipment
from akinai.backoffice.orders import services as orders
from akinai.backoffice.orders.states import Stage
from akinai.foundation.core.actor import SYSTEM
from akinai.foundation.core.permissions import Role
from tests.builders.accounts import client_for, make_staff
from tests.builders.catalog import make_product, make_sku
from tests.builders.inventory import stock_up
from tests.builders.orders import line, make_shop
from tests.builders.shipments import NUMBERS, packed, printed, ready_order, sent

pytestmark = [pytest.mark.e2e, pytest.mark.django_db(transaction=True)]
AXE = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]}


@pytest.fixture
def page(
    browser: Browser, live_server: Any, settings: Any, tmp_path: Any, request: pytest.FixtureRequest
) -> Iterator[Page]:
    """A signed-in browser; what the console says fails the test, apart from refused scans (422)."""
    settings.MEDIA_ROOT = tmp_path
    make_shop()
    cup = make_product("P-CUP", name="湯呑", is_fragile=True, packing_note="気泡紙で2重")
    stock_up(make_sku("YN-AI-01", product=cup, variation="藍釉", jan="4901234567894", shelf="A-03-2"), 50)
    stock_up(make_sku("YN-HA-01", product=cup, variation="灰釉", jan="4901234567818", shelf="A-03-3"), 5)
    language = getattr(request, "param", "ja")
    client = client_for(make_staff(Role.OWNER, language=language))
    context = browser.new_context(viewport={"width": 1280, "height": 800})
    context.add_cookies([{"name": "sessionid", "value": client.cookies["sessionid"].value, "url": live_server.url}])
    said: list[str] = []
    page = context.new_page()
    page.on(
        "console", lambda m: said.append(m.text) if m.type in {"error", "warning"} and "422" not in m.text else None
    )
    page.on("pageerror", lambda error: said.append(str(error)))
    yield page
    page.goto("about:blank")
    context.close()
    assert said == []


def scan(page: Page, code: str) -> None:
    """A scanner: a fast burst and Enter."""
    page.keyboard.type(code, delay=2)
    page.keyboard.press("Enter")


@pytest.mark.parametrize("page", ["ja", "en"], indirect=True)
def test_axe_finds_nothing_on_any_page(page: Page, live_server: Any) -> None:
    ready_order("A-1")
    box = printed(ready_order("A-2", is_gift=True, gift_note="のし 内祝"))
    done = packed(ready_order("A-3"))
    sent(ready_order("A-4"), tracking=NUMBERS[1])
    stopped = packed(ready_order("A-5"))
    orders.request_cancel(SYSTEM, order_id=stopped.order_id)
    pages = [
        "", "batches/", f"batches/{box.batch_id}/", "inspect/", f"inspect/{box.pk}/", f"inspect/{done.pk}/",
        "dispatch/", "close/", "all/", f"{done.pk}/", f"{stopped.pk}/", "issued/", f"orders/{box.order_id}/pull-back/",
        f"orders/{box.order_id}/cancel/",
    ]  # fmt: skip
    wrong = []
    for path in [*(f"shipping/{p}" for p in pages), "settings/carrier-files/"]:
        page.goto(f"{live_server.url}/{path}")
        for scheme, width in (("light", 1280), ("dark", 360)):
            page.emulate_media(color_scheme="dark" if scheme == "dark" else "light", reduced_motion="reduce")
            page.set_viewport_size({"width": width, "height": 800})
            expect(page.locator("html")).to_have_attribute("data-bs-theme", scheme)
            found = Axe().run(page, options=AXE)
            if found.violations_count:
                wrong.append(f"{path} {scheme}\n{found.generate_report()}")
            if page.evaluate("document.documentElement.scrollWidth") > width:
                wrong.append(f"{path} is wider than {width}")
    assert wrong == [], "\n".join(wrong)


def test_a_box_is_inspected_with_the_scanner_alone(page: Page, live_server: Any) -> None:
    first, second = printed(ready_order("A-1", lines=[line(quantity=3)])), printed(ready_order("A-2"))
    page.goto(f"{live_server.url}/shipping/inspect/")
    scan(page, "NO-SUCH-SLIP")
    page.wait_for_selector(".ak-say.stop")
    scan(page, first.number)  # takes the place of the code that nobody knew
    page.wait_for_selector("#inspection.idle")
    scan(page, "4901234567818")
    page.wait_for_selector("#inspection.bad .ak-insp-compare")
    assert page.inner_text(".no .ak-code b") == "18"
    scan(page, "4901234567894")
    page.wait_for_selector("#inspection.good .ak-count")
    assert page.inner_text(".ak-count b") == "1"
    for _piece in range(2):  # faster than the answers come
        scan(page, "4901234567894")
    page.wait_for_selector("#inspection[data-complete='1']")
    assert first.lines.get().scanned == 3
    scan(page, second.number)
    page.wait_for_url(f"**/shipping/inspect/{second.pk}/")
    assert page.evaluate("document.activeElement.name") == "code"


def test_the_keys_of_the_table(page: Page, live_server: Any) -> None:
    box = printed(ready_order("A-1", lines=[line(quantity=5)]))
    page.goto(f"{live_server.url}/shipping/inspect/{box.pk}/")
    scan(page, "YN-AI-01")
    page.wait_for_selector("#inspection.good")
    page.keyboard.press("Backspace")
    page.wait_for_selector(".ak-count b:text-is('0')")
    assert box.lines.get().scanned == 0
    page.keyboard.press("F2")
    page.wait_for_selector("#counted:focus")
    page.keyboard.type("5")
    page.keyboard.press("Enter")
    page.wait_for_selector("#inspection[data-complete='1']")
    assert Shipment.objects.get(pk=box.pk).stage == Stage.PACKED
    page.keyboard.press("Enter")
    page.wait_for_url("**/shipping/inspect/")
    page.keyboard.press("Escape")


def test_without_scripts_a_box_is_a_plain_form(browser: Browser, page: Page, live_server: Any) -> None:
    box = printed(ready_order("A-1", lines=[line(quantity=2)]))
    cookies = page.context.cookies()
    plain = browser.new_context(java_script_enabled=False)
    plain.add_cookies([{"name": c["name"], "value": c["value"], "url": live_server.url} for c in cookies])
    tab = plain.new_page()
    tab.goto(f"{live_server.url}/shipping/inspect/{box.pk}/")
    for _piece in range(2):
        tab.fill("input[name=code]", "YN-AI-01")
        tab.press("input[name=code]", "Enter")
    assert tab.get_attribute("#inspection", "data-complete") == "1"
    plain.close()


def test_ticked_rows_own_the_button(page: Page, live_server: Any) -> None:
    for number in ("A-1", "A-2", "A-3"):
        ready_order(number)
    page.goto(f"{live_server.url}/shipping/")
    assert page.is_visible(".ak-shipbar button")
    page.keyboard.press("j")
    page.wait_for_selector("tr.cur")
    page.keyboard.press("x")
    page.wait_for_selector(".ak-choosing [data-bulk]")
    assert not page.is_visible(".ak-shipbar button")
    page.click("[data-bulk] button.btn-primary")
    page.wait_for_url("**/shipping/batches/*/")
    assert Shipment.objects.filter(stage=Stage.INSTRUCTED).count() == 1
    assert services.make_batch(SYSTEM, order_ids=[], papers=False).batch is None
