"""Who did what, when, to which thing. Append only.

`from akinai.foundation import audit` and then `audit.record(actor, "orders.accept", "order:12")`.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from . import selectors
    from .services import record, record_many

__all__ = ["record", "record_many", "selectors"]


def __getattr__(name: str) -> Any:
    """Models exist only once Django has loaded every app, so what needs them is looked up when it is used."""
    if name in ("record", "record_many"):
        return getattr(import_module(".services", __name__), name)
    if name == "selectors":
        return import_module(".selectors", __name__)
    raise AttributeError(name)
