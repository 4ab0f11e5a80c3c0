"""Kept copies of rarely changed rows that are never stale, in any process.

Every change of a watched row writes a fresh random token in the same transaction; a reader compares tokens (one
read by primary key) before it trusts its copy. A rolled-back change takes its token with it, so tests and failed
transactions leave no wrong copy behind, which a counter could not promise.
"""

from __future__ import annotations

import uuid
from collections.abc import Callable
from typing import Any, Generic, TypeVar

from django.db import connection, models
from django.db.models.signals import post_delete, post_save

from .models import Revision

Content = TypeVar("Content")


_listeners: dict[str, list[Callable[[], object]]] = {}


def bump(scope: str) -> None:
    """Say that rows of this scope changed. Needed by hand only after bulk writes, which send no signal."""
    Revision.objects.update_or_create(scope=scope, defaults={"token": uuid.uuid4().hex})
    for told in _listeners.get(scope, ()):
        told()


def listen(scope: str, told: Callable[[], object]) -> None:
    """Call `told()` in the transaction of every change of the scope; what takes long is enqueued there."""
    _listeners.setdefault(scope, []).append(told)


def current(scope: str) -> str:
    """The token of the current edition; "" before the first change. One query."""
    with connection.cursor() as cursor:  # read with everything that is decided: building a query costs ten times this
        cursor.execute("SELECT token FROM stores_revision WHERE scope = %s", [scope])
        row = cursor.fetchone()
    return row[0] if row else ""


def watch(scope: str, *tables: type[models.Model]) -> None:
    """Bump the scope whenever a row of these tables is saved or deleted through the ORM."""

    def changed(sender: Any, **_kwargs: Any) -> None:
        bump(scope)

    for table in tables:
        for signal in (post_save, post_delete):
            signal.connect(changed, sender=table, weak=False, dispatch_uid=f"{scope}:{table.__name__}:{id(signal)}")


class Kept(Generic[Content]):
    """What `load` returned, kept as long as the scope's token stays the same. Treat the content as read-only."""

    def __init__(self, scope: str, load: Callable[[], Content]) -> None:
        self._scope = scope
        self._load = load
        self._copy: tuple[str, Content] | None = None

    def get(self) -> Content:
        """The content: one query when the copy is good."""
        # The token is read before the rows: rows newer than their token are read again, older ones are never kept.
        token = current(self._scope)
        copy = self._copy
        if copy is None or not token or copy[0] != token:
            copy = self._copy = (token, self._load())
        return copy[1]
