"""What every walk through a shop's day shares: the window of its owner, and the steps from the deposit to the truck."""

from __future__ import annotations

import os
import re
import sqlite3
import time
from contextlib import closing
from pathlib import Path

from playwright.sync_api import Locator, Page

from .browsing import listen, settle
from .clerk import Clerk
from .issued import file_for
from .server import ShopServer

_BUSY = "SELECT COUNT(*) FROM jobs_job WHERE state IN ('ready', 'running')"
SHOT = os.environ.get("AKINAI_WALK_SHOTS", "")


class Walk:
    """One fresh shop, its server and the window of its owner."""

    def __init__(self, server: ShopServer, page: Page, *, auto_accept: bool, clerk: Clerk | None = None) -> None:
        self.server, self.page, self.auto_accept = server, page, auto_accept
        self.clerk = clerk or Clerk(page)
        self.said: list[str] = []
        listen(page, self.said)
        self.files = server.folder / "desk"
        self.files.mkdir()

    def ask(self, question: str) -> object:
        return self.server.asked("tests.e2e.ledger", question)

    def rest(self) -> None:
        """Wait until the background work is done; asked often, so not by way of a process of its own."""
        for _n in range(600):
            with closing(sqlite3.connect(self.server.database, timeout=30)) as database:
                (left,) = database.execute(_BUSY).fetchone()
            if left == 0:
                return
            time.sleep(0.2)
        raise AssertionError(f"the work never ends\n{self.server.log()}")

    def shot(self, name: str) -> None:
        if SHOT:
            self.page.screenshot(path=f"{SHOT}/walk-{name}.png")


def choose_all(walk: Walk) -> None:
    """Tick the page, then take all that match."""
    walk.clerk.click("[data-all]")
    more = walk.page.locator("[data-take-all]")
    if more.count() and more.first.is_visible():
        walk.clerk.click(more.first)


def confirm_if_asked(walk: Walk) -> None:
    walk.page.wait_for_timeout(200)
    if walk.page.locator("#ak-confirm[open]").count():
        walk.clerk.click("#ak-confirm [data-yes]")
    settle(walk.page)


def print_the_papers(walk: Walk) -> None:
    page, clerk = walk.page, walk.clerk
    clerk.begin("print")
    clerk.go("/shipping/")
    walk.shot("shipping")
    clerk.press("e")
    page.wait_for_url(re.compile(r"/shipping/batches/\d+/"))
    walk.rest()
    page.wait_for_selector(".ak-papers a >> nth=2")
    walk.shot("batch")
    for paper in page.locator(".ak-papers a").all():
        clerk.noted("clicks")
        assert page.request.get(paper.get_attribute("href") or "").headers["content-type"] == "application/pdf"


def write_labels_and_take_numbers(walk: Walk) -> None:
    """B2's file out, the issued file in."""
    page, clerk = walk.page, walk.clerk
    clerk.begin("labels and numbers")
    batch = page.url
    with page.expect_download() as saved:
        clerk.noted("clicks")
        page.locator("form[action*='/labels/'] button").first.click()
    labels = Path(saved.value.path()).read_bytes()
    back = walk.files / "issued.csv"
    back.write_bytes(file_for(labels))
    page.goto(batch)
    settle(page)
    clerk.drop("input[type=file]", back)
    page.wait_for_url(re.compile(r"/shipping/issued/\d+/"))
    walk.shot("issued")
    clerk.press("e")
    page.wait_for_timeout(500)
    settle(page)
    walk.rest()


def inspect_every_box(walk: Walk) -> None:
    """The scanner alone: the slip, then every piece, then Enter for the next box."""
    page, clerk = walk.page, walk.clerk
    clerk.begin("inspect and pack")
    boxes = walk.ask("boxes")
    assert isinstance(boxes, list)
    assert boxes
    clerk.go("/shipping/inspect/")
    for box in boxes:
        clerk.scan(box["number"])
        page.wait_for_selector(f"#inspection h1:has-text('{box['number']}')")
        for count, code in enumerate(box["codes"], 1):
            clerk.scan(code)
            if count == len(box["codes"]):
                page.wait_for_selector("#inspection[data-complete='1']")
        settle(page)
    walk.shot("inspected")
    assert walk.ask("boxes") == []


def hand_over(walk: Walk) -> None:
    page, clerk = walk.page, walk.clerk
    clerk.begin("hand over")
    clerk.go("/shipping/dispatch/")
    walk.shot("dispatch")
    clerk.press("e")
    confirm_if_asked(walk)
    page.wait_for_timeout(500)
    walk.rest()
    clerk.go("/shipping/close/")
    walk.shot("close")


def number_on(tile: Locator) -> int:
    """The number of a queue on Today; 0 where the page does not name the queue."""
    if not tile.count():
        return 0
    large = tile.locator(".n")
    text = large.inner_text() if large.count() else tile.inner_text()
    return int(re.sub(r"\D", "", text) or 0)


def today_adds_up(walk: Walk, orders: int) -> dict[str, int]:
    """ORD-17 Every order is in one queue, and Today shows what is open; the queues."""
    counted, shown = walk.ask("queues"), walk.ask("open_queues")
    assert isinstance(counted, dict)
    assert isinstance(shown, list)
    assert sum(counted.values()) == orders
    walk.page.goto("/")
    settle(walk.page)
    walk.shot("today")
    tiles = {queue: number_on(walk.page.locator(f"#tile-{queue}")) for queue in shown}
    assert {queue: n for queue, n in tiles.items() if n} == {q: n for q, n in counted.items() if q in shown}
    return counted
