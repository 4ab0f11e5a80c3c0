"""What happened to returns, for those above: ids and facts, never instances."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from akinai.foundation.events import Event

from . import permissions


@dataclass(frozen=True)
class CaseEvent(Event):
    """Something that happened to one case of one order; `kind` and `reason` are the case's words."""

    name: ClassVar[str] = ""
    permission: ClassVar[str] = permissions.VIEW

    case_id: int
    order_id: int
    number: str
    kind: str
    reason: str

    @property
    def subject(self) -> str:
        return f"case:{self.case_id}"


@dataclass(frozen=True)
class CaseOpened(CaseEvent):
    """T24, T18: a case begins; for returns and exchanges the buyer is told how to send (M13)."""

    name: ClassVar[str] = "returns.opened"


@dataclass(frozen=True)
class CaseReceived(CaseEvent):
    """T25: all that was expected is back and inspected."""

    name: ClassVar[str] = "returns.received"


@dataclass(frozen=True)
class CaseReplaced(CaseEvent):
    """T27: an order with other goods goes to the buyer; `child_id` is that order."""

    name: ClassVar[str] = "returns.replaced"

    child_id: int = 0


@dataclass(frozen=True)
class CaseOverdue(CaseEvent):
    """ORD-75: the goods were not sent back in time."""

    name: ClassVar[str] = "returns.overdue"


@dataclass(frozen=True)
class CaseChanged(CaseEvent):
    """Anything a screen that shows it wants to know."""

    name: ClassVar[str] = "returns.changed"

    what: str = ""


@dataclass(frozen=True)
class CaseClosed(CaseEvent):
    """The case is over; `outcome` is what was written down."""

    name: ClassVar[str] = "returns.closed"

    outcome: str = ""
