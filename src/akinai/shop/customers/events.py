"""What happened to customers, for those above."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from akinai.foundation.events import Event

from . import permissions


@dataclass(frozen=True)
class AttentionChanged(Event):
    """CS-40: an entry of the attention list was added, approved or ended."""

    name: ClassVar[str] = "customers.attention_changed"
    permission: ClassVar[str] = permissions.EDIT

    customer_id: int
    entry_id: int

    @property
    def subject(self) -> str:
        return f"customer:{self.customer_id}"
