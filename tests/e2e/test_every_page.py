"""Every page of the house in a real browser: it opens, complains of nothing, and axe finds nothing."""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page

from tests.architecture.route_walk import Route, routes

from .browsing import axe_findings, english, listen, overflow, settle
from .conftest import sign_in
from .server import ShopServer

pytestmark = pytest.mark.e2e
LIST: dict[str, Any] = tomllib.loads((Path(__file__).parent / "pages.toml").read_text(encoding="utf-8"))
ROUTES = [route for route in routes() if not route.is_api and not route.name.startswith("api:")]
PHONE = 360
#: With FAST=1 every fourth page is looked at.
ADDRESSES = [
    pytest.param(address, marks=[pytest.mark.slow] if number % 4 else [], id=address)
    for number, address in enumerate(address for found in LIST["pages"].values() for address in found)
]
ON_PHONES = [address for name in LIST["phone"]["pages"] for address in LIST["pages"][name]]


def test_the_list_names_every_route_once() -> None:
    known = [*LIST["pages"], *LIST["parts"], *LIST["left_out"]]
    names = {route.name for route in ROUTES}
    assert sorted(set(known)) == sorted(known)
    assert [name for name in known if name not in names] == [], "routes that do not exist"


@pytest.fixture(scope="package")
def windows(browser: Browser, shop_server: ShopServer) -> Iterator[Callable[[str, int], tuple[Page, list[str]]]]:
    """A window per language and width, used again for every page, with what its console said."""
    made: dict[tuple[str, int], tuple[Page, list[str]]] = {}

    def window(login: str, width: int) -> tuple[Page, list[str]]:
        if (login, width) not in made:
            state = sign_in(browser, shop_server.url, f"{login}@example.jp")
            context = browser.new_context(
                base_url=shop_server.url, storage_state=state, viewport={"width": width, "height": 800},
                locale="ja-JP", timezone_id="Asia/Tokyo", reduced_motion="reduce",
            )  # fmt: skip
            page = context.new_page()
            said: list[str] = []
            listen(page, said)
            made[login, width] = (page, said)
        return made[login, width]

    yield window
    for page, _said in made.values():
        page.context.close()


@pytest.mark.parametrize("address", ADDRESSES)
def test_every_page(address: str, windows: Any, shop_server: ShopServer) -> None:
    """In Japanese light and dark, in English light."""
    path = address.format(**shop_server.samples)
    found = _look(*windows("owner", 1280), path, dark_too=True)
    found += _look(*windows("english", 1280), path, dark_too=False, language="en")
    assert not found, "\n".join(found)


@pytest.mark.parametrize("address", ON_PHONES)
def test_pages_for_phones(address: str, windows: Any, shop_server: ShopServer) -> None:
    """At 360 px nothing scrolls sideways."""
    page, said = windows("owner", PHONE)
    found = _look(page, said, address.format(**shop_server.samples), dark_too=False)
    wider = overflow(page)
    found += [f"{wider} px wider than the window"] if wider > 0 else []
    assert not found, "\n".join(found)


def _look(page: Page, said: list[str], path: str, *, dark_too: bool, language: str = "ja") -> list[str]:
    """Everything wrong with one page."""
    said.clear()
    page.emulate_media(color_scheme="light")
    answer = page.goto(path)
    assert answer is not None
    if answer.status != 200:
        return [f"{path}: {answer.status}"]
    settle(page)
    found = []
    if page.evaluate("document.documentElement.lang") != language:
        found.append(f"the page is not in {language}")
    found.append(axe_findings(page))
    found += [f"English: {text}" for text in english(page)] if language == "ja" else []
    if dark_too:
        page.emulate_media(color_scheme="dark")
        found.append(axe_findings(page, only_colour=True))
    return [f"{language} {path}: {text}" for text in [*found, *said] if text]


def test_parts_and_files_are_answered(page_as: Callable[..., Page], shop_server: ShopServer) -> None:
    page = page_as("owner")
    paths = [address.format(**shop_server.samples) for found in LIST["parts"].values() for address in found]
    said = {path: page.request.get(path).status for path in paths}
    assert {path: status for path, status in said.items() if status != 200} == {}


def test_every_other_route_refuses_get(page_as: Callable[..., Page]) -> None:
    """What is in no list only takes POST; a page that is forgotten here answers something else."""
    page = page_as("owner")
    named = {*LIST["pages"], *LIST["parts"], *LIST["left_out"]}
    others: list[Route] = [route for route in ROUTES if route.name not in named and "GET" in route.methods]
    said = {route.name: page.request.get(route.path, max_redirects=0).status for route in others}
    assert {name: status for name, status in said.items() if status != 405} == {}, "name these in pages.toml"


def test_front_door(browser: Browser, shop_server: ShopServer) -> None:
    """The log-in page, and where the first run leads once somebody works here."""
    context = browser.new_context(base_url=shop_server.url, locale="ja-JP")
    page, said = context.new_page(), []
    listen(page, said)
    page.goto("/setup/")
    assert page.url.startswith(f"{shop_server.url}/login/")
    assert (axe_findings(page), said) == ("", [])
    context.close()
