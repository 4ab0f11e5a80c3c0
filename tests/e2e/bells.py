"""An event for the test of the live stream."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from akinai.foundation import events
from akinai.foundation.jobs.permissions import VIEW


@dataclass(frozen=True)
class BellRung(events.Event):
    name: ClassVar[str] = "ui.bell_rung"
    permission: ClassVar[str] = VIEW

    bell: int

    @property
    def subject(self) -> str:
        return f"bell:{self.bell}"
