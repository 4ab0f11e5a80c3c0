"""A clerk at the screen: every click, key press and scan is counted under the step it belongs to."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

from playwright.sync_api import Frame, Locator, Page

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


#: The words a person would read, by the browser's own knowledge of Japanese.
_WORDS = """(part) => {
    const text = document.querySelector(part)?.innerText || '';
    return [...new Intl.Segmenter('ja', {granularity: 'word'}).segment(text)].filter(s => s.isWordLike).length;
}"""


class TrainedClerk(Clerk):
    """Knows the keys. Typed characters count apart from keys that do something; so do screens and the words on them."""

    def __init__(self, page: Page) -> None:
        super().__init__(page)
        self._opened: list[tuple[Counter[str], str]] = []
        self._at = page.url
        page.on("framenavigated", self._navigated)

    def begin(self, step: str) -> None:
        """What follows counts for this step."""
        self.look()
        super().begin(step)

    def look(self) -> None:
        """Count the words of the screen that has just been opened."""
        for step, part in self._opened:
            step["words"] += self.page.evaluate(_WORDS, part)
        self._opened.clear()

    def click(self, what: str | Locator) -> None:
        """As everybody does."""
        super().click(what)
        self.look()

    def go(self, path: str) -> None:
        """As everybody does."""
        super().go(path)
        self.look()

    def scan(self, code: str) -> None:
        """As everybody does."""
        self.look()
        super().scan(code)

    def leave_by(self, key: str) -> None:
        """One key that leads to another screen."""
        with self.page.expect_navigation():
            self.press(key)
        settle(self.page)
        self.look()

    def write(self, text: str) -> None:
        """Type where the cursor stands, no faster than a person."""
        self._now["typed"] += len(text)
        self.page.keyboard.type(text, delay=40)

    def _navigated(self, frame: Frame) -> None:
        address = frame.url.partition("#")[0]
        moved_on_the_page = address == self._at and "#" in frame.url
        if frame is self.page.main_frame and not moved_on_the_page:
            self._opened = [(self._now, "body")]
            self._now["screens"] += 1
        self._at = address
