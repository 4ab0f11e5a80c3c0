"""What happened to imports, for those above and for open pages."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from akinai.foundation.events import Event

from . import permissions


@dataclass(frozen=True)
class ImportFinished(Event):
    """A file was taken in: `taken` orders are in, `refused` need a person."""

    name: ClassVar[str] = "channels.import_finished"
    permission: ClassVar[str] = permissions.IMPORT

    run_id: int
    taken: int
    refused: int

    @property
    def subject(self) -> str:
        return f"import:{self.run_id}"
