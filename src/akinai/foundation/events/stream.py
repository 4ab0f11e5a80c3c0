"""The live stream: one poller per process, a bounded queue per browser, no thread and no connection held by either."""

from __future__ import annotations

import asyncio
import json
import logging
from collections.abc import AsyncIterator, Callable
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar
from weakref import WeakKeyDictionary

from asgiref.sync import SyncToAsync, sync_to_async
from django.db import connections

from akinai.foundation.core.actor import Actor

from . import reading, registry
from .reading import LiveEvent, Reader

log = logging.getLogger(__name__)
T = TypeVar("T")

POLL = 0.5
HEARTBEAT = 20.0
#: After so long the browser comes again, and whether it may is asked again
LIFETIME = 600.0
QUEUE = 256
MOST_STREAMS = 1000


class Viewer:
    """One open stream: who looks, and what waits to be sent. None in the queue means: reload, you missed too much."""

    def __init__(self, actor: Actor) -> None:
        self.actor = actor
        self.queue: asyncio.Queue[LiveEvent | None] = asyncio.Queue(QUEUE)

    def may_see(self, event: LiveEvent) -> bool:
        """True if the viewer holds the permission the event's kind declares."""
        kind = registry.kind(event.name)
        return kind is not None and self.actor.may(kind.permission)

    def offer(self, event: LiveEvent) -> None:
        """Queue the event if the viewer may see it; one who does not keep up is told to reload instead."""
        if not self.may_see(event):
            return
        if self.queue.full():
            while not self.queue.empty():
                self.queue.get_nowait()
            self.queue.put_nowait(None)
            return
        self.queue.put_nowait(event)


class Hub:
    """The viewers of one process and their poller, which runs only while somebody looks."""

    def __init__(self) -> None:
        self._viewers: set[Viewer] = set()
        self._poller: asyncio.Task[None] | None = None
        self._thread: ThreadPoolExecutor | None = None

    @property
    def is_full(self) -> bool:
        """True when this process holds as many streams as it will."""
        return len(self._viewers) >= MOST_STREAMS

    def join(self, actor: Actor) -> Viewer:
        """Start looking; the first viewer starts the poller."""
        viewer = Viewer(actor)
        self._viewers.add(viewer)
        if self._poller is None:
            self._thread = ThreadPoolExecutor(1, "events-poller")
            self._poller = asyncio.get_running_loop().create_task(self._poll(self._thread))
        return viewer

    def leave(self, viewer: Viewer) -> None:
        """Stop looking; the last viewer stops the poller."""
        self._viewers.discard(viewer)
        if not self._viewers and self._poller is not None and self._thread is not None:
            self._poller.cancel()
            self._thread.submit(connections.close_all)
            self._thread.shutdown(wait=False)
            self._poller = self._thread = None

    async def ask(self, question: Callable[[], T]) -> T:
        """Ask the database in the poller's thread."""
        return await asyncio.get_running_loop().run_in_executor(self._thread, question)

    async def _poll(self, thread: ThreadPoolExecutor) -> None:
        loop = asyncio.get_running_loop()
        reader: Reader | None = None
        while True:
            try:
                if reader is None:
                    reader = await loop.run_in_executor(thread, Reader)
                for event in await loop.run_in_executor(thread, reader.read):
                    for viewer in list(self._viewers):
                        viewer.offer(event)
            except Exception:
                log.warning("the live stream could not read the events; trying again", exc_info=True)
                await loop.run_in_executor(thread, connections.close_all)
            await asyncio.sleep(POLL)


_hubs: WeakKeyDictionary[asyncio.AbstractEventLoop, Hub] = WeakKeyDictionary()


def hub() -> Hub:
    """The hub of the running event loop."""
    return _hubs.setdefault(asyncio.get_running_loop(), Hub())


async def frames(actor: Actor, last_id: int | None) -> AsyncIterator[str]:
    """The stream of one browser as text/event-stream: first what it missed since `last_id`, then what happens."""
    await _let_the_request_thread_go()
    here = hub()
    viewer = here.join(actor)
    try:
        known: set[int] = set()
        async for frame, event_id in _beginning(here, viewer, last_id):
            known.add(event_id)
            yield frame
        until = asyncio.get_running_loop().time() + LIFETIME
        while (left := until - asyncio.get_running_loop().time()) > 0:
            try:
                event = await asyncio.wait_for(viewer.queue.get(), min(HEARTBEAT, left))
            except TimeoutError:
                yield ": still here\n\n"
                continue
            if event is None or event.id not in known:
                yield _frame(event) if event else _resync(None)
    finally:
        here.leave(viewer)


async def _beginning(here: Hub, viewer: Viewer, last_id: int | None) -> AsyncIterator[tuple[str, int]]:
    """What a new stream says first: where it stands, or what was missed."""
    newest = await here.ask(reading.newest_id)
    yield f"retry: 3000\nid: {newest if last_id is None else last_id}\n\n", 0
    if last_id is None:
        return
    missed = await here.ask(lambda: reading.missed_since(last_id))
    if missed is None:
        yield _resync(newest), 0
        return
    for event in missed:
        if viewer.may_see(event):
            yield _frame(event), event.id


def _frame(event: LiveEvent) -> str:
    about = {"name": event.name, "subject": event.subject, "at": event.at.isoformat(), "actor": event.actor}
    return f"id: {event.id}\ndata: {json.dumps({'id': event.id, **about}, ensure_ascii=False)}\n\n"


def _resync(newest: int | None) -> str:
    return f"event: resync\n{'' if newest is None else f'id: {newest}' + chr(10)}data: {{}}\n\n"


async def _let_the_request_thread_go() -> None:
    """End the thread in which synchronous middleware ran for this request, and its database connection.

    Django keeps that thread until the answer is sent, which for a stream is for ever; 200 of them would be 200 threads.
    """
    context = SyncToAsync.thread_sensitive_context.get(None)
    if context is None:
        return
    await sync_to_async(connections.close_all)()
    executor = SyncToAsync.context_to_thread_executor.pop(context, None)
    if executor is not None:
        executor.shutdown(wait=False)
