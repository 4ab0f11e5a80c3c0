"""Two hundred browsers look on; no thread and no database connection is held for them."""

from __future__ import annotations

import asyncio
import json
import threading
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from typing import Any, ClassVar

import pytest
from django.core.handlers.asgi import ASGIHandler
from django.db import transaction

from akinai.foundation import events
from akinai.foundation.core.actor import SYSTEM, Actor
from akinai.foundation.core.permissions import Role, permissions_of
from akinai.foundation.events import registry, stream
from akinai.foundation.events.reading import LiveEvent
from akinai.foundation.jobs.permissions import MANAGE, VIEW
from tests.builders.accounts import client_for


@dataclass(frozen=True)
class DoorOpened(events.Event):
    name: ClassVar[str] = "test.door_opened"
    permission: ClassVar[str] = VIEW

    door: int

    @property
    def subject(self) -> str:
        return f"door:{self.door}"


@dataclass(frozen=True)
class SafeOpened(events.Event):
    name: ClassVar[str] = "test.safe_opened"
    permission: ClassVar[str] = MANAGE

    safe: int

    @property
    def subject(self) -> str:
        return f"safe:{self.safe}"


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setattr(stream, "POLL", 0.05)
    yield


class Browser:
    """One EventSource against the ASGI application, without a socket."""

    def __init__(self, cookie: str, last_id: int | None = None, query: str = "") -> None:
        self.text = ""
        self.status = 0
        self._gone = asyncio.Event()
        self._asked = False
        headers = [(b"host", b"testserver"), (b"cookie", f"sessionid={cookie}".encode())]
        if last_id is not None:
            headers.append((b"last-event-id", str(last_id).encode()))
        self._scope = {
            "type": "http",
            "method": "GET",
            "path": "/events/stream",
            "query_string": query.encode(),
            "headers": headers,
            "http_version": "1.1",
            "scheme": "http",
            "server": ("testserver", 80),
            "client": ("127.0.0.1", 5),
        }
        self.headers: dict[bytes, bytes] = {}

    def open(self, application: ASGIHandler) -> asyncio.Task[None]:
        self.task = asyncio.create_task(application(self._scope, self._receive, self._send))
        return self.task

    async def close(self) -> None:
        self._gone.set()
        with suppress(asyncio.CancelledError):
            await self.task

    async def hears(self, words: str, seconds: float = 20) -> None:
        async with asyncio.timeout(seconds):
            while words not in self.text:
                await asyncio.sleep(0.02)

    async def _receive(self) -> dict[str, Any]:
        if not self._asked:
            self._asked = True
            return {"type": "http.request", "body": b"", "more_body": False}
        await self._gone.wait()
        return {"type": "http.disconnect"}

    async def _send(self, message: dict[str, Any]) -> None:
        if message["type"] == "http.response.start":
            self.status, self.headers = message["status"], dict(message["headers"])
        self.text += message.get("body", b"").decode()

    @property
    def heard(self) -> list[dict[str, Any]]:
        data = [line[6:] for line in self.text.splitlines() if line.startswith("data: ")]
        return [json.loads(line) for line in data]


def say(*happened: events.Event) -> list[int]:
    with transaction.atomic():
        return events.emit(*happened, actor=SYSTEM)


async def later(*happened: events.Event) -> list[int]:
    """Emit from a thread, as a worker would, and leave no connection behind."""

    def there() -> list[int]:
        from django.db import connections

        try:
            return say(*happened)
        finally:
            connections.close_all()

    return await asyncio.get_running_loop().run_in_executor(None, there)


def session_of(role: Role) -> str:
    return client_for(role).cookies["sessionid"].value


@pytest.mark.django_db(transaction=True)
def test_an_event_reaches_those_who_may_see_it() -> None:
    owner, warehouse = session_of(Role.OWNER), session_of(Role.WAREHOUSE)
    assert MANAGE not in permissions_of(Role.WAREHOUSE)
    first = say(DoorOpened(1))[0]

    async def scene() -> tuple[Browser, Browser]:
        application = ASGIHandler()
        one, two = Browser(owner), Browser(warehouse)
        for browser in (one, two):
            browser.open(application)
            await browser.hears(f"id: {first}\n")
        await later(SafeOpened(7), DoorOpened(2))
        for browser in (one, two):
            await browser.hears("door:2")
            await browser.close()
        return one, two

    one, two = asyncio.run(scene())
    assert one.headers[b"Content-Type"].startswith(b"text/event-stream")
    assert [said["subject"] for said in one.heard] == ["safe:7", "door:2"]
    assert [said["subject"] for said in two.heard] == ["door:2"]
    assert one.heard[1]["actor"] == "akinai"
    # What happened before the page was opened is not told again, and what an event holds stays in the house
    assert "door:1" not in one.text and "payload" not in one.text


@pytest.mark.django_db(transaction=True)
def test_a_browser_that_comes_back_hears_what_it_missed_and_only_that() -> None:
    owner = session_of(Role.OWNER)
    first, second = say(DoorOpened(1), DoorOpened(2))

    async def scene() -> tuple[Browser, Browser, Browser]:
        application = ASGIHandler()
        by_header, by_query = Browser(owner, last_id=first), Browser(owner, query=f"last={first}")
        nonsense = Browser(owner, query="last=-1%27;--")
        for browser in (by_header, by_query):
            browser.open(application)
            await browser.hears("door:2")
        nonsense.open(application)
        await nonsense.hears(f"id: {second}\n")
        for browser in (by_header, by_query, nonsense):
            await browser.close()
        return by_header, by_query, nonsense

    by_header, by_query, nonsense = asyncio.run(scene())
    # Recent lower ids come again, for they may have been late; the browser drops those it knows
    assert {said["id"] for said in by_header.heard} >= {second}
    assert {said["id"] for said in by_query.heard} >= {second}
    assert nonsense.heard == []


@pytest.mark.django_db(transaction=True)
def test_two_hundred_streams_hold_no_thread() -> None:
    owner = session_of(Role.OWNER)
    say(DoorOpened(0))

    async def scene() -> tuple[int, int, list[Browser]]:
        application = ASGIHandler()
        warm = Browser(owner)
        warm.open(application)
        await warm.hears("id: ")
        await later(DoorOpened(99))
        before = threading.active_count()
        browsers = [Browser(owner) for _n in range(200)]
        for start in range(0, 200, 20):
            for browser in browsers[start : start + 20]:
                browser.open(application)
            for browser in browsers[start : start + 20]:
                await browser.hears("id: ", 60)
        await asyncio.sleep(0.3)
        during = threading.active_count()
        await later(DoorOpened(5))
        for browser in browsers:
            await browser.hears("door:5", 60)
        for browser in [*browsers, warm]:
            await browser.close()
        assert not stream.hub()._viewers and stream.hub()._poller is None
        return before, during, browsers

    before, during, browsers = asyncio.run(scene())
    assert all(browser.status == 200 for browser in browsers)
    assert during <= before + 1, f"{during - before} threads for 200 streams"


@pytest.mark.django_db(transaction=True)
def test_a_silent_stream_shows_that_it_lives_and_ends_after_a_while(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(stream, "HEARTBEAT", 0.1)
    monkeypatch.setattr(stream, "LIFETIME", 0.5)
    owner = session_of(Role.OWNER)

    async def scene() -> Browser:
        browser = Browser(owner)
        async with asyncio.timeout(20):
            await browser.open(ASGIHandler())
        return browser

    assert asyncio.run(scene()).text.count(": still here\n\n") >= 2


@pytest.mark.django_db(transaction=True)
def test_one_stream_too_many_is_told_to_come_later(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(stream, "MOST_STREAMS", 0)
    answer = client_for(Role.OWNER).get("/events/stream")
    assert (answer.status_code, answer["Retry-After"]) == (503, "30")


@pytest.mark.django_db
def test_a_stranger_gets_no_stream(client: Any) -> None:
    assert client.get("/events/stream").status_code in (302, 401, 403)
    assert client_for(Role.OWNER).post("/events/stream").status_code == 405


@pytest.mark.django_db
def test_a_server_without_asgi_is_not_held_for_ever() -> None:
    answer = client_for(Role.OWNER).get("/events/stream")
    assert answer.status_code == 204


def test_a_viewer_who_does_not_keep_up_is_told_to_reload() -> None:
    from akinai.foundation.core.clock import now

    viewer = stream.Viewer(Actor("staff:1", "", frozenset({VIEW})))
    for number in range(stream.QUEUE + 1):
        viewer.offer(LiveEvent(number, DoorOpened.name, "door:1", now(), "x"))
    assert viewer.queue.get_nowait() is None
    assert viewer.queue.empty()


def test_an_event_of_an_unknown_kind_is_shown_to_nobody() -> None:
    from akinai.foundation.core.clock import now

    assert registry.kind("test.unheard") is None
    assert not stream.Viewer(SYSTEM).may_see(LiveEvent(1, "test.unheard", "x:1", now(), "x"))
