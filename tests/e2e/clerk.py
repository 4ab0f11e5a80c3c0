"""A clerk at the screen: every click, key press and scan is counted under the step it belongs to."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

from playwright.sync_api import Locator, Page

from .browsing import settle

#: What a hand does: pointing, typing, holding the scanner.
HANDS = ("clicks", "keys", "scans")


class Clerk:
    """Works in one window; `steps` holds what each step took."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.steps: dict[str, Counter[str]] = {}
        self._now: Counter[str] = Counter()

    def begin(self, step: str) -> None:
        """What follows counts for this step."""
        self._now = self.steps.setdefault(step, Counter())

    def noted(self, hand: str) -> None:
        """Count what the test does another way, such as opening a file."""
        self._now[hand] += 1

    def click(self, what: str | Locator) -> None:
        """One click, then wait until the page has come to rest."""
        self._now["clicks"] += 1
        target = self.page.locator(what).first if isinstance(what, str) else what
        target.click()
        settle(self.page)

    def press(self, key: str) -> None:
        """One key."""
        self._now["keys"] += 1
        self.page.keyboard.press(key)

    def type(self, what: str, text: str) -> None:
        """Put the cursor into a field (one click) and type; what stood there is replaced."""
        self._now["clicks"] += 1
        self._now["keys"] += len(text)
        self.page.locator(what).first.fill(text)

    def choose(self, what: str, value: str) -> None:
        """Choose from a list: one click to open, one to choose."""
        self._now["clicks"] += 2
        self.page.locator(what).first.select_option(value)

    def drop(self, what: str, file: Path) -> None:
        """Drop a file, which sends itself; counted as one click."""
        self._now["clicks"] += 1
        self.page.locator(what).first.set_input_files(file)
        settle(self.page)

    def scan(self, code: str) -> None:
        """A burst of keys that ends in Enter."""
        self._now["scans"] += 1
        self.page.keyboard.type(code, delay=1)
        self.page.keyboard.press("Enter")

    def go(self, path: str) -> None:
        """Follow an entry of the rail (one click)."""
        self._now["clicks"] += 1
        self.page.goto(path)
        settle(self.page)

    def total(self, hand: str) -> int:
        """All of one kind, over every step."""
        return sum(taken[hand] for taken in self.steps.values())
