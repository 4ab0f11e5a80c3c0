"""The job that is running here: its number, its progress, whether somebody wants it stopped."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field

from akinai.foundation.core.actor import Actor, job_actor


class JobCancelled(Exception):
    """Raised by `progress` inside a job that a person has stopped; let it pass."""


@dataclass
class JobContext:
    """What a running task may ask and say.

    Progress is kept in memory and written by the worker's heartbeat through a connection of its own, so it is seen
    while the task's transaction is still open. On SQLite there is one writer at a time: a transactional task's progress
    is seen only at its end. Long tasks there are `transactional=False` with short transactions of their own.
    """

    id: int
    name: str
    attempt: int
    created_by: str = ""
    done: int = 0
    total: int = 0
    message: str = ""
    cancelled: bool = False
    dirty: bool = False
    lock: threading.Lock = field(default_factory=threading.Lock, repr=False)

    @property
    def actor(self) -> Actor:
        """The actor of the use cases this job calls: `job:<name>`."""
        return job_actor(self.name)

    def progress(self, done: int, total: int, message: str = "") -> None:
        """Say how far the work is; raises JobCancelled if a person wants it stopped. Cheap: call it for each item."""
        with self.lock:
            self.done, self.total, self.message, self.dirty = done, total, message[:300], True
        if self.cancelled:
            raise JobCancelled

    def take_news(self) -> dict[str, int | str] | None:
        """The progress fields if they changed since last asked."""
        with self.lock:
            if not self.dirty:
                return None
            self.dirty = False
            return self.fields()

    def fields(self) -> dict[str, int | str]:
        """The progress as columns of the job."""
        return {"progress_done": self.done, "progress_total": self.total, "progress_message": self.message}


_current: ContextVar[JobContext | None] = ContextVar("akinai_job", default=None)


def current_job() -> JobContext:
    """The job running here. Outside a worker (a test, a command) a context that nobody reads."""
    return _current.get() or JobContext(0, "", 0)


def running_job() -> JobContext | None:
    """The job running here, or None."""
    return _current.get()


@contextmanager
def running(context: JobContext) -> Iterator[JobContext]:
    """Make `context` the current job for a block."""
    token = _current.set(context)
    try:
        yield context
    finally:
        _current.reset(token)
