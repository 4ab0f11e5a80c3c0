"""Facts that go up: written with what they tell of, delivered by jobs, shown live in browsers.

`from akinai.foundation import events`; an app's `events.py` declares frozen dataclasses over `events.Event`, its use
cases call `events.emit(…, actor=actor)`, whoever wants to know calls `events.subscribe` in `apps.py`: docs/events.md.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

from .registry import Event, subscribe

if TYPE_CHECKING:
    from . import selectors
    from .selectors import Loaded, load
    from .services import emit

__all__ = ["Event", "Loaded", "emit", "load", "selectors", "subscribe"]

_HOMES = {"emit": ".services", "load": ".selectors", "Loaded": ".selectors"}


def __getattr__(name: str) -> Any:
    """Models exist only once Django has loaded every app, so what needs them is looked up when it is used."""
    if name in _HOMES:
        return getattr(import_module(_HOMES[name], __name__), name)
    if name == "selectors":
        return import_module(".selectors", __name__)
    raise AttributeError(name)
