"""Letting a rival act at one exact point of somebody else's work, after Saleor's tests of races: no sleeps, no luck.

`Rival(act).steps_in(when, "module:function")` runs `act` in a thread with its own connection just before or just after
the named function is called for the first time. A rival that has to wait for the other's lock is left waiting, as a
second person would be, and goes on when the other's transaction has ended.
"""

from __future__ import annotations

import importlib
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from django.db import connection
from django.utils import translation

from akinai.foundation.core.errors import AkinaiError

#: How long a rival may take in all.
LONG = 20.0
MOMENT = 0.005


class Rival:
    """Somebody else, with a connection of their own. `outcome` is "done", a refusal's sentence, or the exception."""

    def __init__(self, act: Callable[[], object]) -> None:
        self._act = act
        self._thread = threading.Thread(target=self._go, daemon=True)
        self._backend = 0
        self.outcome: str | BaseException = "never came"

    def _go(self) -> None:
        if connection.vendor == "postgresql":
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_backend_pid()")
                self._backend = cursor.fetchone()[0]
        with translation.override("ja"):
            self.outcome = told(self._act)
        connection.close()

    def act(self) -> None:
        """Begin, and go on until done or stopped by somebody's lock."""
        self._thread.start()
        end = time.monotonic() + LONG
        while self._thread.is_alive() and not self._waits() and time.monotonic() < end:
            self._thread.join(MOMENT)

    def _waits(self) -> bool:
        """Whether somebody's lock stops the rival."""
        if connection.vendor != "postgresql":
            return True
        with connection.cursor() as cursor:
            cursor.execute("SELECT cardinality(pg_blocking_pids(%s))", [self._backend])
            return bool(cursor.fetchone()[0])

    def finish(self) -> str | BaseException:
        """The end of it, also of one who never had to step in; fails if it waits for ever."""
        if self._thread.ident is None:
            self._thread.start()
        self._thread.join(LONG)
        assert not self._thread.is_alive(), "the rival never came through"
        return self.outcome

    @contextmanager
    def steps_in(self, when: str, where: str) -> Iterator[None]:
        """While the block runs, the first call of `where` on this thread lets the rival act `when` ("before"/"after").

        SQLite has one writer, so there the rival always waits until the other's transaction is over.
        """
        module_name, _colon, name = where.partition(":")
        module = importlib.import_module(module_name)
        original, owner, came = getattr(module, name), threading.current_thread(), []

        def watched(*args: Any, **kwargs: Any) -> Any:
            if came or threading.current_thread() is not owner:
                return original(*args, **kwargs)
            came.append(True)
            if when == "before":
                self.act()
                return original(*args, **kwargs)
            result = original(*args, **kwargs)
            self.act()
            return result

        setattr(module, name, watched)
        try:
            yield
        finally:
            setattr(module, name, original)


def told(act: Callable[[], object]) -> str | BaseException:
    """What somebody is told: "done", the sentence of a refusal, or (which must never be) an exception."""
    try:
        act()
    except AkinaiError as refusal:
        return str(refusal)
    except BaseException as problem:  # noqa: BLE001 - handed to the test
        return problem
    return "done"
