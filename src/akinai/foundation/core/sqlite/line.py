"""One line of writers for one database file, over every thread and process of the machine.

SQLite itself lets writers wait by polling, so whoever commits often wins. `flock` alone is not fair either: Linux wakes
every waiter and the one that just let go is usually first again. So there are two locks, as at a turnstile: a writer
takes the gate, waits there for the database, then opens the gate. Whoever has just finished finds the gate held by
the next in line and cannot pass it.
"""

from __future__ import annotations

import fcntl
import os
import threading


class Place:
    """A place in the line, from `take` until `leave`. Used once, by one transaction or one statement."""

    def __init__(self, path: str) -> None:
        self._gate = _open(f"{path}.gate")
        try:
            self._turn = _open(f"{path}.queue")
        except BaseException:
            os.close(self._gate)
            raise
        self._mutex = threading.Lock()
        self._mine = threading.Event()
        self._gave_up = False

    def take(self, timeout: float) -> bool:
        """Wait for our turn at most `timeout` seconds; False means we are out of the line again."""
        if self._free_now():
            return True
        # A lock call cannot be given a time limit without polling, so a thread waits in our stead; only when there is
        # a line at all.
        threading.Thread(target=self._wait, name="sqlite-line", daemon=True).start()
        try:
            came = self._mine.wait(timeout)
        except BaseException:
            if not self._give_up():
                self.leave()
            raise
        return came or not self._give_up()

    def leave(self) -> None:
        """Let the next one write. The explicit unlock holds even if a forked child still has the file open."""
        fcntl.flock(self._turn, fcntl.LOCK_UN)
        os.close(self._turn)

    def _free_now(self) -> bool:
        try:
            fcntl.flock(self._gate, fcntl.LOCK_EX | fcntl.LOCK_NB)
            fcntl.flock(self._turn, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            return False
        self._open_gate()
        return True

    def _wait(self) -> None:
        fcntl.flock(self._gate, fcntl.LOCK_EX)  # at once if _free_now got this far
        fcntl.flock(self._turn, fcntl.LOCK_EX)
        self._open_gate()
        with self._mutex:
            if self._gave_up:
                self.leave()
            else:
                self._mine.set()

    def _give_up(self) -> bool:
        """Leave the line unless our turn came at this very moment; says whether we left."""
        with self._mutex:
            self._gave_up = not self._mine.is_set()
            return self._gave_up

    def _open_gate(self) -> None:
        fcntl.flock(self._gate, fcntl.LOCK_UN)
        os.close(self._gate)


def _open(path: str) -> int:
    return os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
