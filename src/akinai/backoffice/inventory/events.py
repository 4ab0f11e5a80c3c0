"""What happened to stock, for those above."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from akinai.foundation.events import Event

from . import permissions


@dataclass(frozen=True)
class StockChanged(Event):
    """Balances changed in one transaction: the SKUs concerned, each once, in id order."""

    name: ClassVar[str] = "inventory.changed"
    permission: ClassVar[str] = permissions.VIEW

    sku_ids: tuple[int, ...]

    @property
    def subject(self) -> str:
        return "stock"
