"""What happened at the desk."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from akinai.backoffice.orders import permissions as orders
from akinai.foundation.events import Event

from . import permissions


@dataclass(frozen=True)
class HandoverChanged(Event):
    """A hand-over note was written or read."""

    name: ClassVar[str] = "desk.handover_changed"
    permission: ClassVar[str] = permissions.HANDOVER

    note_id: int

    @property
    def subject(self) -> str:
        return f"handover:{self.note_id}"


@dataclass(frozen=True)
class ContactChanged(Event):
    """Somebody must reach a buyer, tried to, or did."""

    name: ClassVar[str] = "desk.contact_changed"
    permission: ClassVar[str] = orders.VIEW

    order_id: int

    @property
    def subject(self) -> str:
        return f"order:{self.order_id}"
