"""What mails told us about orders."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from akinai.foundation.events import Event
from akinai.shop.messaging import permissions


@dataclass(frozen=True)
class ArrivalReported(Event):
    """R89: the buyer wrote that the goods have arrived."""

    name: ClassVar[str] = "notifications.arrival_reported"
    permission: ClassVar[str] = permissions.VIEW

    order_id: int
    number: str
    thread_id: int

    @property
    def subject(self) -> str:
        return f"order:{self.order_id}"
