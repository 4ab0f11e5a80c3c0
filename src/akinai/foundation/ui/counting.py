"""Numbers that several parts of one page show are counted once."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import wraps
from typing import Any, TypeVar

Found = TypeVar("Found")
_told: ContextVar[dict[Callable[[], Any], Any] | None] = ContextVar("akinai_told", default=None)


@contextmanager
def one_page() -> Iterator[None]:
    """Inside, what is marked `counted_once` is asked once; outside it is always asked anew."""
    if _told.get() is not None:
        yield
        return
    token = _told.set({})
    try:
        yield
    finally:
        _told.reset(token)


def counted_once(count: Callable[[], Found]) -> Callable[[], Found]:
    """Mark a selector without arguments whose answer several entries of the frame show."""

    @wraps(count)
    def asked() -> Found:
        told = _told.get()
        if told is None:
            return count()
        if count not in told:
            told[count] = count()
        found: Found = told[count]
        return found

    return asked
