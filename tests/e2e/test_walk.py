"""The day of a new shop, as its people live it: from the first page to the closed day, every click counted.

A file with faults is shown, corrected and taken in; then a generated file of 24 orders (AKINAI_WALK=300: the full
form, whose figures are in docs/clicks.md) is imported, cleared, paid, printed, inspected, labelled, numbered and handed
over. At the end every buyer has exactly the mails due (MAIL-13), `akinai check` is content and Today adds up (ORD-17).
"""

from __future__ import annotations

import json
import os
import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser

from tests.builders.channels import template_file

from . import clicks
from .browsing import settle
from .clerk import HANDS
from .conftest import PASSWORD
from .server import ShopServer
from .shift import (
    Walk,
    choose_all,
    confirm_if_asked,
    hand_over,
    inspect_every_box,
    print_the_papers,
    today_adds_up,
    write_labels_and_take_numbers,
)

pytestmark = [pytest.mark.e2e, pytest.mark.slow]
#: Both forms where the figures are wanted; else a short day in which a person accepts.
ORDERS = int(os.environ.get("AKINAI_WALK", "24"))
FORMS = [False, True] if "AKINAI_WALK" in os.environ else [False]
ONLY_A_LOOK = {"REMARK", "SHIP_TO_DIFF", "QTY_LARGE", "DUPLICATE"}


@pytest.fixture(params=FORMS, ids=["a-person-accepts", "accepted-by-itself"][: len(FORMS)])
def walk(request: pytest.FixtureRequest, browser: Browser) -> Iterator[Walk]:
    """自動受注確定 off and on."""
    server = ShopServer()
    try:
        server.akinai("migrate")
        server.python("tests.e2e.stockroom")
        server.start()
        context = browser.new_context(
            base_url=server.url, locale="ja-JP", timezone_id="Asia/Tokyo", viewport={"width": 1280, "height": 800}
        )
        page = context.new_page()
        page.set_default_timeout(20_000)
        made = Walk(server, page, auto_accept=request.param)
        yield made
        made.shot("end")
        context.close()
    finally:
        server.stop()


def test_the_day_of_a_new_shop(walk: Walk) -> None:
    open_the_shop(walk)
    correct_a_bad_file(walk)
    take_the_file_in(walk)
    accept_the_plain(walk)
    clear_the_irregular(walk)
    mark_the_deposits(walk)
    print_the_papers(walk)
    write_labels_and_take_numbers(walk)
    inspect_every_box(walk)
    hand_over(walk)
    the_books_agree(walk)
    report(walk)
    assert walk.said == []


def open_the_shop(walk: Walk) -> None:
    """The first run: shop and owner, then what the law and the mails want, then a store."""
    page, clerk = walk.page, walk.clerk
    clerk.begin("set-up")
    page.goto("/")
    assert page.url.endswith("/setup/")
    for name, text in {
        "shop_name": "茶と器 うつわ屋", "display_name": "山田 花", "login": "owner@example.jp", "password": PASSWORD,
    }.items():  # fmt: skip
        clerk.type(f"[name={name}]", text)
    clerk.click("form.ak-form .btn-primary")
    assert page.url.endswith("/start/")
    clerk.go("/settings/shop/")
    for name, text in {
        "company": "株式会社うつわ屋", "responsible": "山田 花", "url": "https://utsuwaya.example/",
        "mail": "shop@utsuwaya.example", "tel": "03-1234-5678", "postcode": "1060032", "address1": "港区六本木1-4-5",
        "order_prefix": "UW-", "bank_account": "あおば銀行 本店 普通 1234567",
    }.items():  # fmt: skip
        clerk.type(f"[name={name}]", text)
    clerk.choose("[name=prefecture]", "東京都")
    clerk.click("main .btn-primary")
    clerk.go("/settings/stores/add/")
    for name, text in {"code": "cart", "name": "うつわ屋 別館", "short_name": "別館"}.items():
        clerk.type(f"[name={name}]", text)
    clerk.choose("[name=kind]", "cart")
    page.fill("[name=preset]", "nextengine")
    if walk.auto_accept:
        clerk.click("[name=auto_accept]")
    clerk.click("main .btn-primary")
    assert "うつわ屋 別館" in page.inner_text("main")


def correct_a_bad_file(walk: Walk) -> None:
    """A cell too many, a date that is none, lines that do not add up: shown by row and column, corrected there."""
    page, clerk = walk.page, walk.clerk
    clerk.begin("a file with faults")
    bad = walk.files / "template.csv"
    bad.write_bytes(template_file())
    clerk.go("/import/")
    clerk.drop("input[type=file]", bad)
    page.wait_for_url(re.compile(r"/import/\d+/$"))
    faults = page.inner_text("#faults")
    walk.shot("faults")
    for said in ("行2・B列", "行2・R列", "行2・AN列", "JYUCHU_BI"):
        assert said in faults, faults
    assert walk.ask("queues") == {}
    clerk.click("[name=mails][value=we]")
    clerk.click("#questions .btn-primary")
    clerk.type(".ci-fix [name=c1]", "2026/11/20 10:15:00")
    clerk.type(".ci-fix [name=c17]", "4800")
    clerk.click(".ci-fix button")
    answer_questions(walk)
    clerk.click("form[action$='/take-in/'] button")
    wait_until_taken_in(walk)
    walk.rest()
    found = walk.ask("checks")
    assert isinstance(found, dict)
    assert len(found) == 1
    (order,) = found.values()
    assert {"NEW_SKU"} <= set(order["codes"]), order
    page.goto(f"/orders/{order['id']}/")
    settle(page)
    walk.shot("corrected")
    assert "商品不明" in page.inner_text("#blockers")
    clerk.click("details.ak-menu.right:has(.list a[href='#edit-cancel']) summary")
    clerk.click("a[href='#edit-cancel']")
    clerk.choose("#edit-cancel [name=reason]", "customer")
    clerk.click("#edit-cancel button.ak-danger")
    clerk.click("#ak-confirm [data-yes]")
    page.wait_for_selector("[data-toast]")


def answer_questions(walk: Walk) -> None:
    """Whatever the file leaves open about the store is asked once."""
    page, clerk = walk.page, walk.clerk
    settle(page)
    for box in page.locator("[name^=vouch-][value=yes]").all():
        clerk.click(box)
    for choice in page.locator(".ci-word select").all():
        values = [v for v in choice.locator("option").evaluate_all("all => all.map(o => o.value)") if v]
        name = choice.get_attribute("name") or ""
        clerk.choose(f"[name='{name}']", values[0])
    if page.locator("#questions .btn-primary").count():
        clerk.click("#questions .btn-primary")
        settle(page)


def wait_until_taken_in(walk: Walk) -> None:
    """The bar fills by itself; its end offers the result."""
    page = walk.page
    done = page.get_by_role("link", name="結果を見る")
    done.or_(page.locator(".ci-results")).first.wait_for(timeout=150_000)
    if done.count():
        walk.clerk.click(done)
    page.wait_for_selector(".ci-results")


def take_the_file_in(walk: Walk) -> None:
    page, clerk = walk.page, walk.clerk
    clerk.begin("import")
    path = walk.files / "orders.csv"
    arguments = ["--preset", "nextengine", "--count", str(ORDERS), "--irregular", "0.15", "--seed", "7"]
    walk.server.akinai("generate-orders", *arguments, "--out", str(path))
    clerk.go("/import/")
    clerk.drop("input[type=file]", path)
    page.wait_for_url(re.compile(r"/import/\d+/$"))
    answer_questions(walk)
    walk.shot("import")
    clerk.press("e")
    wait_until_taken_in(walk)
    walk.rest()
    walk.shot("import-done")
    counted = walk.ask("queues")
    assert isinstance(counted, dict)
    assert sum(counted.values()) == ORDERS + 1, counted


def accept_the_plain(walk: Walk) -> None:
    """With 自動受注確定 the plain ones need nobody; without it all are accepted at once, and the irregular refused."""
    page, clerk = walk.page, walk.clerk
    clerk.begin("accept the plain orders")
    if walk.auto_accept:
        return
    clerk.go("/orders/?queue=check")
    choose_all(walk)
    clerk.click("[data-bulk] [formaction$='/orders/accept/']")
    confirm_if_asked(walk)
    walk.rest()
    walk.shot("accepted")
    left = walk.ask("checks")
    assert isinstance(left, dict)
    assert all(order["codes"] for order in left.values()), (left, page.inner_text("main")[:800])


def clear_the_irregular(walk: Walk) -> None:
    """One after the other: what only wants a look by j and e in the list, the rest on the order's page."""
    page, clerk = walk.page, walk.clerk
    clerk.begin("clear the irregular orders")
    walk.shot("check")
    for _round in range(ORDERS):
        waiting = walk.ask("checks")
        assert isinstance(waiting, dict)
        if not waiting:
            return
        clerk.go("/orders/?queue=check")
        look_through_the_list(walk, {str(order["id"]): set(order["codes"]) for order in waiting.values()})
    raise AssertionError(f"never cleared: {walk.ask('checks')}\n{page.inner_text('main')[:800]}")


def look_through_the_list(walk: Walk, codes: dict[str, set[str]]) -> None:
    """From the top; the first order that needs more than a look is opened, and the list is left by that."""
    page, clerk = walk.page, walk.clerk
    while page.locator("tbody tr[data-row]").count():
        if not page.locator("tr.cur").count():
            clerk.press("j")
        page.wait_for_selector("tr.cur")
        order = page.locator("tr.cur").get_attribute("data-row") or ""
        page.wait_for_selector(f"#ak-preview [href^='/orders/{order}/']", state="attached")
        if codes[order] - ONLY_A_LOOK:
            clerk.press("Enter")
            page.wait_for_url(f"**/orders/{order}/")
            settle(page)
            correct(walk, codes[order])
            return
        clerk.press("e")
        page.wait_for_selector(f"tr[data-row='{order}']", state="detached")
        settle(page)


def correct(walk: Walk, codes: set[str]) -> None:
    """What one order needs before it can be accepted, by the button its reason shows; then accept it."""
    page, clerk = walk.page, walk.clerk
    if "NEW_SKU" in codes:
        name_the_sku(walk)
    if "DATE_IMPOSSIBLE" in codes:
        clerk.click("#blockers a[href$='#edit-wish']")
        clerk.type("#edit-wish [name=wish_date]", "")
        clerk.type("#edit-wish [name=reason]", "電話で確認")
        clerk.click("#edit-wish .btn-primary")
        page.wait_for_selector("[data-toast]")
    if codes & {"PHONE", "ADDRESS"}:
        correct_the_address(walk, codes)
    settle(page)
    if page.locator(".ak-order-head [data-key=e]").count() and "確定" in page.inner_text(".ak-order-head [data-key=e]"):
        clerk.press("e")
        page.wait_for_timeout(300)
        settle(page)


def correct_the_address(walk: Walk, codes: set[str]) -> None:
    page, clerk = walk.page, walk.clerk
    clerk.click("#blockers a[href$='#edit-ship-to']")
    if "PHONE" in codes:
        clerk.type("#edit-ship-to [name=phone]", "03-1234-5678")
    if "ADDRESS" in codes:
        street = page.input_value("#edit-ship-to [name=address1]")
        clerk.noted("clicks")
        page.locator("#edit-ship-to [name=address1]").click()
        for key in ("End", *"1-2-3"):
            clerk.noted("keys")
            page.locator("#edit-ship-to [name=address1]").press(key)
        assert page.input_value("#edit-ship-to [name=address1]") == f"{street}1-2-3"
    clerk.click("#edit-ship-to .btn-primary")
    page.wait_for_selector("[data-toast]")


def name_the_sku(walk: Walk) -> None:
    page, clerk = walk.page, walk.clerk
    clerk.click("#blockers a[href$='#edit-sku']")
    code = page.inner_text("#edit-sku .ak-choices .ak-sub").split()[0].removeprefix("X-").removesuffix("-OLD")
    page.locator("#edit-sku [name=line]").first.check()
    clerk.type("#edit-sku [name=q]", code)
    page.wait_for_selector("#sku-found [name=sku]")
    clerk.click("#sku-found [name=sku]")
    clerk.click("#edit-sku .btn-primary")
    page.wait_for_selector("[data-toast]")


def mark_the_deposits(walk: Walk) -> None:
    page, clerk = walk.page, walk.clerk
    clerk.begin("mark deposits")
    clerk.go("/money/")
    walk.shot("money")
    choose_all(walk)
    clerk.click("[data-bulk] .btn-primary")
    confirm_if_asked(walk)
    walk.rest()
    counted = walk.ask("queues")
    assert isinstance(counted, dict)
    assert "awaiting_payment" not in counted, (counted, page.inner_text("main")[:800])


def the_books_agree(walk: Walk) -> None:
    """MAIL-13 in the mailbox, `akinai check`, ORD-17."""
    page = walk.page
    found = walk.ask("mails")
    assert isinstance(found, dict)
    assert (found["wrong"], found["unsent"]) == ({}, []), found
    page.goto("/mail/mailbox/?q=buyer")
    assert "buyer" in page.inner_text("main")
    assert json.loads(walk.server.akinai("check", "--json"))["violations"] == 0
    counted = today_adds_up(walk, ORDERS + 1)
    assert counted.get("shipped", 0) + counted.get("done", 0) > ORDERS * 0.6, counted


def report(walk: Walk) -> None:
    """Print the figures and keep them for docs/clicks.md."""
    print(f"\n{ORDERS} orders, 自動受注確定 {'on' if walk.auto_accept else 'off'}")  # noqa: T201
    for step, taken in walk.clerk.steps.items():
        print(f"  {step:28}" + "".join(f"{hand} {taken[hand]:5}  " for hand in HANDS))  # noqa: T201
    clicks.keep(auto_accept=walk.auto_accept, orders=ORDERS, steps=walk.clerk.steps)
