"""SQLite with writers that queue fairly.

SQLite's own waiting is polling: a worker that commits often starves a clerk's click. Here a writer stands in one line
with every other writer of the machine before BEGIN and leaves it after COMMIT or ROLLBACK. A single writing statement
in autocommit stands in the same line, or it would be the one that starves. Readers never wait (WAL).
"""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterable
from typing import Any

from django.db.backends.sqlite3 import base, features
from django.db.utils import OperationalError

from .line import Place

#: Statements that take SQLite's write lock by themselves. A WITH … INSERT is not written by the ORM.
WRITES = re.compile(r"\s*(INSERT|UPDATE|DELETE|REPLACE|CREATE|ALTER|DROP)\b", re.IGNORECASE)


class DatabaseFeatures(features.DatabaseFeatures):
    """What this SQLite can do beyond what Django assumes of the oldest one."""

    #: SQLite's own limit; Django counts with the 999 of older ones and cuts bulk inserts into many statements
    max_query_params = 32766 if sqlite3.sqlite_version_info >= (3, 32) else 999


class FairCursor(base.SQLiteCursorWrapper):
    """A cursor whose lone writing statements stand in line too."""

    def __init__(self, connection: Any, wrapper: DatabaseWrapper) -> None:
        super().__init__(connection)
        self._wrapper = wrapper

    def execute(self, query: Any, params: Any = None) -> Any:
        if self.connection.in_transaction or not WRITES.match(query):
            return super().execute(query, params)
        self._wrapper.stand_in_line()
        try:
            return super().execute(query, params)
        finally:
            self._wrapper.leave_line_if_done()

    def executemany(self, query: Any, param_list: Iterable[Any]) -> Any:
        if self.connection.in_transaction or not WRITES.match(query):
            return super().executemany(query, param_list)
        self._wrapper.stand_in_line()
        try:
            return super().executemany(query, param_list)
        finally:
            self._wrapper.leave_line_if_done()


class DatabaseWrapper(base.DatabaseWrapper):
    """One connection; its transactions are IMMEDIATE and stand in one line with those of every other process."""

    features_class = DatabaseFeatures
    _place: Place | None = None

    def create_cursor(self, name: Any = None) -> Any:
        return self.connection.cursor(factory=lambda connection: FairCursor(connection, self))

    def stand_in_line(self) -> None:
        """Wait for this connection's turn to write; raises OperationalError after the configured timeout (seconds)."""
        if self._place is not None or self.is_in_memory_db():
            return
        place = Place(str(self.settings_dict["NAME"]))
        if not place.take(float(self.settings_dict["OPTIONS"].get("timeout", 5))):
            raise OperationalError("database is locked: another writer did not finish in time")
        self._place = place

    def leave_line_if_done(self) -> None:
        """Let the next one write, unless a transaction is still open."""
        if self.connection is None or not self.connection.in_transaction:
            self._leave_line()

    def _start_transaction_under_autocommit(self) -> None:
        self.stand_in_line()
        try:
            super()._start_transaction_under_autocommit()  # type: ignore[misc]
        except BaseException:
            self._leave_line()
            raise

    def _commit(self) -> Any:
        try:
            return super()._commit()  # type: ignore[misc]
        finally:
            self.leave_line_if_done()

    def _rollback(self) -> Any:
        try:
            return super()._rollback()  # type: ignore[misc]
        finally:
            self.leave_line_if_done()

    def _set_autocommit(self, autocommit: bool) -> None:
        super()._set_autocommit(autocommit)  # type: ignore[misc]
        if autocommit:
            self._leave_line()

    def _close(self) -> Any:
        try:
            return super()._close()  # type: ignore[misc]
        finally:
            self._leave_line()

    def _leave_line(self) -> None:
        place, self._place = self._place, None
        if place is not None:
            place.leave()
