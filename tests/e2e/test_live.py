"""What happens is seen in every open tab, over one stream for all of them."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

import pytest
from django.db import connection, transaction
from playwright.sync_api import Browser, BrowserContext, Page

from akinai.foundation import events
from akinai.foundation.core.actor import SYSTEM
from akinai.foundation.core.permissions import Role
from tests.builders.accounts import client_for
from tests.e2e.bells import BellRung

ROOT = Path(__file__).resolve().parents[2]
pytestmark = [pytest.mark.e2e, pytest.mark.django_db(transaction=True)]
LISTEN = "kind => document.body.addEventListener(kind, e => (window.heard ??= []).push([kind, e.detail.subject]))"


@pytest.fixture
def server(transactional_db: None) -> Iterator[str]:
    """granian on the test's database; its address."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    environment = {
        **os.environ,
        "PYTHONPATH": f"{ROOT / 'src'}{os.pathsep}{ROOT}",
        "DJANGO_SETTINGS_MODULE": "tests.settings",
        "AKINAI_TEST_DATABASE": str(connection.settings_dict["NAME"]),
    }
    command = [sys.executable, "-m", "granian", "tests.e2e.live_application:application", "--interface", "asginl"]
    process = subprocess.Popen(
        [*command, "--port", str(port), "--workers-kill-timeout", "2"], env=environment, cwd=ROOT
    )
    address = f"http://127.0.0.1:{port}"
    for _n in range(150):
        try:
            urlopen(f"{address}/login/").close()
            break
        except URLError:
            time.sleep(0.2)
    yield address
    process.terminate()
    process.wait(20)


@pytest.fixture
def context(browser: Browser, server: str) -> Iterator[BrowserContext]:
    """A window, signed in as the owner."""
    session = client_for(Role.OWNER).cookies["sessionid"].value
    made = browser.new_context()
    made.add_cookies([{"name": "sessionid", "value": session, "url": server}])
    yield made
    made.close()


def test_every_tab_hears_over_one_stream_and_the_next_takes_over(context: BrowserContext, server: str) -> None:
    """The first tab listens for all; when it is closed another one does, and nothing is missed."""
    asked: list[str] = []
    context.on(
        "request",
        lambda request: asked.append(request.url) if request.url.split("?")[0].endswith("/events/stream") else None,
    )
    first, second = open_tab(context, server), open_tab(context, server)
    first.wait_for_timeout(1500)
    emit(BellRung(12))
    for tab in (first, second):
        wait_for(tab, 12)
        assert tab.evaluate("window.heard") == [
            ["akinai:event", "bell:12"],
            ["akinai:bell", "bell:12"],
            ["akinai:bell-12", "bell:12"],
        ]
    assert len(asked) == 1
    first.close()
    emit(BellRung(13))
    wait_for(second, 13)
    assert len(asked) == 2 and "last=" in asked[1]


def open_tab(context: BrowserContext, server: str) -> Page:
    tab = context.new_page()
    tab.goto(f"{server}/me/")
    for kind in ("akinai:event", "akinai:bell", "akinai:bell-12", "akinai:bell-13"):
        tab.evaluate(LISTEN, kind)
    return tab


def emit(event: BellRung) -> None:
    with transaction.atomic():
        events.emit(event, actor=SYSTEM)


def wait_for(tab: Page, bell: int) -> None:
    """Ask until the tab has heard; the page's policy forbids the driver's own waiting, which evaluates text."""
    for _n in range(100):
        if tab.evaluate(f"(window.heard ?? []).some(([kind]) => kind === 'akinai:bell-{bell}')"):
            return
        tab.wait_for_timeout(100)
    pytest.fail(f"bell {bell} was not heard")
