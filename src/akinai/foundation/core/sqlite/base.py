"""SQLite with writers that queue fairly (architecture 4).

SQLite's own waiting is polling: a worker that commits often starves a clerk's click. Here a writer takes an advisory
file lock before BEGIN and gives it back after COMMIT or ROLLBACK; the kernel hands the lock over in order.
"""

from __future__ import annotations

import fcntl
import os
from typing import Any

from django.db.backends.sqlite3 import base


class DatabaseWrapper(base.DatabaseWrapper):
    """One connection; its transactions are IMMEDIATE and stand in one line with those of every other process."""

    _queue: int | None = None

    def _start_transaction_under_autocommit(self) -> None:
        self._stand_in_line()
        try:
            super()._start_transaction_under_autocommit()  # type: ignore[misc]
        except BaseException:
            self._leave_line()
            raise

    def _commit(self) -> Any:
        try:
            return super()._commit()  # type: ignore[misc]
        finally:
            self._leave_line_if_done()

    def _rollback(self) -> Any:
        try:
            return super()._rollback()  # type: ignore[misc]
        finally:
            self._leave_line_if_done()

    def _set_autocommit(self, autocommit: bool) -> None:
        super()._set_autocommit(autocommit)  # type: ignore[misc]
        if autocommit:
            self._leave_line()

    def _close(self) -> Any:
        try:
            return super()._close()  # type: ignore[misc]
        finally:
            self._leave_line()

    def _stand_in_line(self) -> None:
        name = str(self.settings_dict["NAME"])
        if self._queue is not None or self.is_in_memory_db():
            return
        handle = os.open(f"{name}.queue", os.O_RDWR | os.O_CREAT, 0o600)
        try:
            fcntl.flock(handle, fcntl.LOCK_EX)
        except BaseException:
            os.close(handle)
            raise
        self._queue = handle

    def _leave_line_if_done(self) -> None:
        if self.connection is None or not self.connection.in_transaction:
            self._leave_line()

    def _leave_line(self) -> None:
        if self._queue is not None:
            os.close(self._queue)  # closing gives the lock back
            self._queue = None
