"""Background work: a table of jobs, a worker, schedules as rows, progress.

`from akinai.foundation import jobs`; declare with `@jobs.task(name="app.verb")` in the app's `tasks.py` or
`subscribers.py`, ask for it with `.enqueue(…)` or, from below, `jobs.enqueue("app.verb", args={…})`. See docs/jobs.md.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

from .context import JobCancelled, current_job
from .errors import PermanentError, UnknownTask
from .registry import Task, named, schedule, task
from .types import JobSpec

if TYPE_CHECKING:
    from . import selectors, services
    from .services import cancel, enqueue, enqueue_many, replay

__all__ = [
    "JobCancelled",
    "JobSpec",
    "PermanentError",
    "Task",
    "UnknownTask",
    "cancel",
    "current_job",
    "enqueue",
    "enqueue_many",
    "named",
    "replay",
    "schedule",
    "selectors",
    "services",
    "task",
]


def __getattr__(name: str) -> Any:
    """Models exist only once Django has loaded every app, so what needs them is looked up when it is used."""
    if name in ("enqueue", "enqueue_many", "cancel", "replay"):
        return getattr(import_module(".services", __name__), name)
    if name in ("services", "selectors"):
        return import_module(f".{name}", __name__)
    raise AttributeError(name)
