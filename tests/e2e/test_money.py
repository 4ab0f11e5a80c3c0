"""Confirming deposits in a real browser: by keys alone, found by a name, undone from the toast; axe finds nothing."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, ConsoleMessage, Page

from akinai.backoffice.orders.models import Order
from akinai.backoffice.orders.services import approve_cancel
from akinai.backoffice.orders.states import Payment
from akinai.backoffice.payments import services
from akinai.backoffice.payments.models import LedgerEntry
from akinai.backoffice.payments.services import Money
from akinai.foundation.core import clock
from akinai.foundation.core.actor import SYSTEM
from akinai.foundation.core.permissions import Role
from tests.builders.accounts import client_for, make_staff
from tests.builders.catalog import make_sku
from tests.builders.inventory import stock_up
from tests.builders.orders import make_shop, make_store, place

pytestmark = [pytest.mark.e2e, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def orders() -> list[Order]:
    """One unpaid, one partly paid, one cancelled with money."""
    make_shop()
    stock_up(make_sku(), 50)
    made = [place(f"A-{i}", method="bank", store=make_store(auto_accept=True)) for i in range(3)]
    today = clock.today()
    services.mark_deposit(SYSTEM, order_id=made[1].pk, money=Money(2000, today))
    services.mark_deposit(SYSTEM, order_id=made[2].pk, money=Money(2200, today))
    approve_cancel(SYSTEM, order_id=made[2].pk)
    return [Order.objects.get(pk=o.pk) for o in made]


@pytest.fixture
def language() -> str:
    """What the owner reads; tests may say otherwise."""
    return "ja"


@pytest.fixture
def page(browser: Browser, live_server, orders: list[Order], language: str) -> Iterator[Page]:
    """A browser of a signed-in owner; anything in the console fails the test, but for the answers 422."""
    client = client_for(make_staff(Role.OWNER, language=language))
    context = browser.new_context(viewport={"width": 1280, "height": 800}, base_url=live_server.url)
    context.add_cookies([{"name": "sessionid", "value": client.cookies["sessionid"].value, "url": live_server.url}])
    said: list[str] = []

    def listen(message: ConsoleMessage) -> None:
        if message.type in {"error", "warning"} and "422" not in message.text:
            said.append(message.text)

    page = context.new_page()
    page.on("console", listen)
    page.on("pageerror", lambda error: said.append(str(error)))
    yield page
    page.goto("about:blank")
    context.close()
    assert said == []


@pytest.mark.parametrize("language", ["ja", "en"])
@pytest.mark.parametrize(("width", "scheme"), [(1280, "light"), (1280, "dark"), (360, "light"), (360, "dark")])
def test_axe_finds_nothing(page: Page, orders: list[Order], language: str, width: int, scheme: str) -> None:
    page.set_viewport_size({"width": width, "height": 800})
    page.emulate_media(color_scheme="dark" if scheme == "dark" else "light", reduced_motion="reduce")
    lists = ["", "part/", "refunds/", "settlement/", "history/", f"?q={orders[0].number}"]
    for path in [f"/money/{end}" for end in (*lists, *(f"orders/{order.pk}/" for order in orders))]:
        page.goto(path)
        found = Axe().run(page, options={"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]})
        assert found.violations_count == 0, path + found.generate_report()
        assert page.evaluate("document.documentElement.scrollWidth") <= width, path


def test_a_deposit_takes_a_name_and_two_enters_and_is_undone(page: Page, orders: list[Order]) -> None:
    """f, the name, Enter opens the one that fits with its amount; Enter records; the toast takes it back."""
    page.goto("/money/")
    page.keyboard.press("f")
    page.wait_for_selector("input[name=q]:focus")
    page.keyboard.type(orders[0].number, delay=60)
    page.keyboard.press("Enter")
    page.wait_for_selector("#ak-preview input[name=amount]:focus")
    assert page.input_value("#ak-preview input[name=amount]") == "2200"
    page.keyboard.press("Enter")
    page.wait_for_selector("[data-undo]")
    assert page.evaluate("document.activeElement.name") == "q"
    assert Order.objects.get(pk=orders[0].pk).payment == Payment.PAID
    page.click("[data-undo] button")
    page.wait_for_load_state("networkidle")
    assert Order.objects.get(pk=orders[0].pk).payment == Payment.UNPAID
    assert LedgerEntry.objects.filter(order=orders[0]).count() == 2


def test_the_cursor_opens_the_form_and_a_refused_one_keeps_what_was_typed(page: Page, orders: list[Order]) -> None:
    page.goto("/money/")
    page.keyboard.press("j")
    page.wait_for_selector("#ak-preview input[name=amount]")
    page.keyboard.press("e")
    page.wait_for_selector("#ak-preview input[name=amount]:focus")
    page.fill("#ak-preview input[name=amount]", "たくさん")
    page.fill("#ak-preview input[name=payer_name]", "ワタナベ")
    page.keyboard.press("Enter")
    page.wait_for_selector("#ak-preview .ak-err")
    assert page.input_value("#ak-preview input[name=payer_name]") == "ワタナベ"
    assert page.input_value("#ak-preview input[name=amount]") == "たくさん"
    page.fill("#ak-preview input[name=amount]", "１，０００円")
    page.keyboard.press("Enter")
    page.wait_for_selector("[data-undo]")
    assert LedgerEntry.objects.latest("pk").amount == 1000


def test_many_are_ticked_and_confirmed_after_a_question(page: Page, orders: list[Order]) -> None:
    page.goto("/money/part/")
    page.locator("tbody input[name=id]").first.check()
    page.click("[data-bulk] button[formaction]")
    page.wait_for_selector("#ak-confirm[open]")
    page.click("#ak-confirm [data-yes]")
    page.wait_for_selector("[data-toast]")
    assert Order.objects.get(pk=orders[1].pk).payment == Payment.PAID
