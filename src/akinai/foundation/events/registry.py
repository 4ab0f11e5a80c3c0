"""The kinds of events the program knows and who wants to hear of them. An unknown name stops the start."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import ClassVar

from akinai.foundation.core import permissions
from akinai.foundation.jobs import named


class Event:
    """Base of every event: a frozen dataclass in the past tense that holds ids and facts, never a row.

    `name` is `orders.placed`; `version` grows when a field changes its meaning; `permission` is what a person must
    hold to see it in the live stream. `subject` is the text key of the thing it tells of (`order:12`).
    """

    name: ClassVar[str] = ""
    version: ClassVar[int] = 1
    permission: ClassVar[str] = ""

    def __init_subclass__(cls, **kwargs: object) -> None:
        super().__init_subclass__(**kwargs)
        if cls.name:
            _declare(cls)

    @property
    def subject(self) -> str:
        """The text key of the thing this event tells of."""
        raise NotImplementedError(f"{type(self).__name__} does not say its subject")


_kinds: dict[str, type[Event]] = {}
_subscribers: dict[str, list[str]] = defaultdict(list)


def subscribe(kind: type[Event], task_name: str) -> None:
    """Run the task `task_name` with `event_id` for every event of this kind; call it in `apps.py ready()`."""
    if task_name not in _subscribers[kind.name]:
        _subscribers[kind.name].append(named(task_name))


def kind(name: str) -> type[Event] | None:
    """The class of that name; None for an event of a program that was newer or older."""
    return _kinds.get(name)


def kinds() -> Mapping[str, type[Event]]:
    """Every kind of event by name."""
    return dict(_kinds)


def subscribers_of(name: str) -> Sequence[str]:
    """The tasks that want to hear of events of that name."""
    return _subscribers.get(name, ())


def check_names() -> None:
    """Raise RuntimeError for an event whose permission nobody declared; called at the start."""
    known = permissions.all_permissions()
    wrong = sorted(name for name, cls in _kinds.items() if cls.permission not in known)
    if wrong:
        raise RuntimeError(f"events without a declared permission: {', '.join(wrong)}")


def _declare(cls: type[Event]) -> None:
    other = _kinds.get(cls.name)
    # A dataclass with slots is made twice under one name; two different classes must not be
    if other is not None and (other.__module__, other.__qualname__) != (cls.__module__, cls.__qualname__):
        raise RuntimeError(f"event {cls.name} is declared twice")
    _kinds[cls.name] = cls
