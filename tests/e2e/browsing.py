"""Looking at pages: what the console said, waiting for the parts that fetch themselves, axe, widths."""

from __future__ import annotations

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import ConsoleMessage, Error, Page

#: WCAG 2.2 AA
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
_AXE = Axe()
_SETTLED = "document.readyState === 'complete' && !document.querySelector('.htmx-request, .htmx-swapping')"
#: Two words of small letters in a row are a sentence that nobody translated; names and codes are not.
_ENGLISH = """() => {
    const seen = [], walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    while (walk.nextNode()) {
        const text = walk.currentNode.data.trim(), at = walk.currentNode.parentElement;
        if (!/[A-Za-z]{2,} [a-z]{2,}([\\s.,:;!?]|$)/.test(text)) continue;
        if (!at.closest('script, style, pre, code, textarea, [lang=en]')) seen.push(text);
    }
    return seen.slice(0, 5);
}"""


def listen(page: Page, said: list[str]) -> None:
    """Note what the console complains of (the policy's refusals are among it) and what scripts throw."""

    def console(message: ConsoleMessage) -> None:
        if message.type in {"error", "warning"}:
            said.append(f"{message.type}: {message.text}")

    page.on("console", console)
    page.on("pageerror", lambda error: said.append(f"thrown: {error}"))


def settle(page: Page) -> None:
    """Wait until every part of the page that fetches itself is there."""
    page.wait_for_load_state("load")
    for _n in range(400):
        try:
            if page.evaluate(_SETTLED):
                return
        except Error as error:
            # a page that leads on has no context for a moment
            if "context was destroyed" not in str(error):
                raise
        page.wait_for_timeout(25)
    raise AssertionError(f"{page.url} never came to rest")


def english(page: Page) -> list[str]:
    """English sentences on a page that is meant to be Japanese."""
    return list(page.evaluate(_ENGLISH))


def axe_findings(page: Page, *, only_colour: bool = False) -> str:
    """What axe finds, as text; empty if nothing."""
    run_only: list[str] | dict[str, object] = RULES
    if only_colour:
        run_only = {"type": "rule", "values": ["color-contrast"]}
    found = _AXE.run(page, options={"runOnly": run_only, "resultTypes": ["violations"]})
    return str(found.generate_report()) if found.violations_count else ""


def overflow(page: Page) -> int:
    """How many pixels the page is wider than the window."""
    return int(page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth"))
