"""An event's fields as JSON and back, by the types its dataclass declares."""

from __future__ import annotations

import dataclasses
import datetime as dt
import types
from enum import Enum
from functools import cache
from typing import Any, TypeVar, Union, get_args, get_origin, get_type_hints

from .registry import Event

E = TypeVar("E", bound=Event)

# mypy doubts that the class of a frozen dataclass can be a key of `cache`: it looks at the __hash__ of its instances.


def pack(event: Event) -> dict[str, Any]:
    """The fields as they are; the table's encoder writes dates in ISO form."""
    return {field: getattr(event, field) for field in _fields(type(event))}  # type: ignore[arg-type]


def unpack(kind: type[E], payload: dict[str, Any]) -> E:
    """The event again. Fields the class no longer has are dropped; new ones take their defaults."""
    hints = _hints(kind)  # type: ignore[arg-type]
    return kind(**{key: _restore(hints[key], value) for key, value in payload.items() if key in hints})


@cache
def _fields(kind: type[Any]) -> tuple[str, ...]:
    return tuple(field.name for field in dataclasses.fields(kind))


@cache
def _hints(kind: type[Any]) -> dict[str, Any]:
    hints = get_type_hints(kind)
    return {name: hints[name] for name in _fields(kind)}  # type: ignore[arg-type]


def _restore(hint: Any, value: Any) -> Any:
    """The JSON value as the declared type: dates, times, enums, tuples, sets, and any of them or None."""
    if value is None or hint is Any:
        return value
    origin, args = get_origin(hint), get_args(hint)
    if origin in (Union, types.UnionType):
        return _restore(next(arg for arg in args if arg is not type(None)), value)
    if origin is dict:
        return {key: _restore(args[1], item) for key, item in value.items()}
    if origin in (tuple, list, frozenset):
        return origin(_restore(args[0], item) for item in value)
    if hint in (dt.datetime, dt.date, dt.time):
        return hint.fromisoformat(value)
    return hint(value) if isinstance(hint, type) and issubclass(hint, Enum) else value
