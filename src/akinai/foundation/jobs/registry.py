"""The tasks and schedules the program knows, by name. A name nobody declared stops the start."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from importlib import import_module
from typing import TYPE_CHECKING, Any, Generic, ParamSpec, TypeVar

from akinai.foundation.core.actor import Actor

from .errors import UnknownTask
from .types import JobSpec

if TYPE_CHECKING:
    from .models import Job

P = ParamSpec("P")
R = TypeVar("R")
T = TypeVar("T")


@dataclass(frozen=True)
class Task(Generic[P, R]):
    """A function that can run later. Called, it runs now; `.enqueue` makes a job of it.

    `transactional`: the function runs in one transaction with its own finish, so its effects in the database happen
    exactly once. Otherwise it opens its own transactions and must bear being run again. `max_attempts` counts errors.
    """

    name: str
    function: Callable[P, R]
    max_attempts: int = 5
    transactional: bool = True

    def __call__(self, *args: P.args, **kwargs: P.kwargs) -> R:
        return self.function(*args, **kwargs)

    def enqueue(self, *args: P.args, **kwargs: P.kwargs) -> Job:
        """Make a job in the caller's transaction; arguments by keyword, ids and plain values only."""
        return Order(self).enqueue(*args, **kwargs)

    def using(
        self,
        *,
        unique_key: str = "",
        run_at: dt.datetime | None = None,
        priority: int = 0,
        actor: Actor | None = None,
    ) -> Order[P, R]:
        """The same task with a key, a time, a priority or who asked: `send.using(priority=10).enqueue(…)`."""
        return Order(self, unique_key, run_at, priority, actor)

    def spec(self, *args: P.args, **kwargs: P.kwargs) -> JobSpec:
        """The job as data, for `enqueue_many`."""
        return JobSpec(self.name, _only_keywords(args, kwargs))


@dataclass(frozen=True)
class Order(Generic[P, R]):
    """A task with the circumstances under which it shall run."""

    task: Task[P, R]
    unique_key: str = ""
    run_at: dt.datetime | None = None
    priority: int = 0
    actor: Actor | None = None

    def enqueue(self, *args: P.args, **kwargs: P.kwargs) -> Job:
        """Make the job."""
        return _services().enqueue(  # type: ignore[no-any-return]
            self.task.name,
            args=_only_keywords(args, kwargs),
            unique_key=self.unique_key,
            run_at=self.run_at,
            priority=self.priority,
            actor=self.actor,
        )

    def spec(self, *args: P.args, **kwargs: P.kwargs) -> JobSpec:
        """The job as data, for `enqueue_many`."""
        return replace(
            self.task.spec(*args, **kwargs), unique_key=self.unique_key, run_at=self.run_at, priority=self.priority
        )


@dataclass(frozen=True, slots=True)
class ScheduleSpec:
    """When a task runs by itself: `every` so long, or daily at a time of day in JST.

    `dated`: the task is given `on`, the ISO date it runs for, once for each day, also those the program slept through.
    """

    name: str
    every: dt.timedelta | None = None
    daily_at: dt.time | None = None
    dated: bool = False


_tasks: dict[str, Task[Any, Any]] = {}
_schedules: dict[str, ScheduleSpec] = {}
_named: set[str] = set()


def task(*, name: str, max_attempts: int = 5, transactional: bool = True) -> Callable[[Callable[P, R]], Task[P, R]]:
    """Declare a task `app.verb`. A second function under the same name stops the start."""

    def declare(function: Callable[P, R]) -> Task[P, R]:
        made = Task(name, function, max_attempts, transactional)
        known = _tasks.setdefault(name, made)
        if _home(known) != _home(made):
            raise RuntimeError(f"task {name} is declared twice: {_home(known)} and {_home(made)}")
        _tasks[name] = made
        return made

    return declare


def schedule(
    name: str, *, every: dt.timedelta | None = None, daily_at: str | None = None, dated: bool = False
) -> Callable[[T], T]:
    """Run the task `name` by itself, `every` so long or `daily_at` "HH:MM" JST; a call or a decorator above `@task`."""
    if (every is None) == (daily_at is None):
        raise ValueError(f"schedule {name} needs either every or daily_at")
    if dated and daily_at is None:
        raise ValueError(f"schedule {name}: only a daily schedule can be dated")
    _schedules[name] = ScheduleSpec(name, every, dt.time.fromisoformat(daily_at) if daily_at else None, dated)
    return lambda function: function


def named(name: str) -> str:
    """Say that this app asks for a task of that name, declared elsewhere; `check_names` holds us to it."""
    _named.add(name)
    return name


def find(name: str) -> Task[Any, Any]:
    """The task of that name, or UnknownTask."""
    try:
        return _tasks[name]
    except KeyError:
        raise UnknownTask(f"no task is called {name}") from None


def all_tasks() -> Mapping[str, Task[Any, Any]]:
    """Every declared task by name."""
    return dict(_tasks)


def all_schedules() -> Mapping[str, ScheduleSpec]:
    """Every declared schedule by name."""
    return dict(_schedules)


def check_names() -> None:
    """Raise UnknownTask if a schedule or a `named` speaks of a task that nobody declared; called at the start."""
    missing = sorted((_named | _schedules.keys()) - _tasks.keys())
    if missing:
        raise UnknownTask(f"no task is called {', '.join(missing)}")


def _home(known: Task[Any, Any]) -> str:
    return f"{known.function.__module__}.{known.function.__qualname__}"


def _only_keywords(args: tuple[Any, ...], kwargs: dict[str, Any]) -> dict[str, Any]:
    if args:
        raise TypeError("a job takes its arguments by keyword")
    return kwargs


def _services() -> Any:
    # The services need models, which Django has not loaded yet when tasks are declared.
    return import_module(".services", __package__)
