"""What happened to an order, for those above: ids and facts, never instances."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from akinai.foundation.events import Event

from . import permissions


@dataclass(frozen=True)
class OrderEvent(Event):
    """Something that happened to one order; `number` is ours, `edition` that of the order then (ORD-41)."""

    name: ClassVar[str] = ""
    permission: ClassVar[str] = permissions.VIEW

    order_id: int
    number: str
    edition: int = 1

    @property
    def subject(self) -> str:
        return f"order:{self.order_id}"


@dataclass(frozen=True)
class OrderPlaced(OrderEvent):
    """T01: an order came in; never for history (ORD-34)."""

    name: ClassVar[str] = "orders.placed"


@dataclass(frozen=True)
class OrderAccepted(OrderEvent):
    """T04: the order was taken on (正式受注)."""

    name: ClassVar[str] = "orders.accepted"


@dataclass(frozen=True)
class OrderCleared(OrderEvent):
    """Nothing blocks the order any more: it stands in 出荷待ち."""

    name: ClassVar[str] = "orders.cleared"


@dataclass(frozen=True)
class OrderBlocked(OrderEvent):
    """The order left 出荷待ち without papers: planned shipments of it no longer hold."""

    name: ClassVar[str] = "orders.blocked"


@dataclass(frozen=True)
class OrderClosed(OrderEvent):
    """T28: the order is over: delivered or long enough without news, paid, no case or follow-up open (ORD-16)."""

    name: ClassVar[str] = "orders.closed"


@dataclass(frozen=True)
class OrderEdited(OrderEvent):
    """T23: a new edition; `what` names the kind of change."""

    name: ClassVar[str] = "orders.edited"

    what: str = ""


@dataclass(frozen=True)
class OrderCancelled(OrderEvent):
    """T05, T21: the order ended before shipping; `reason` is a CancelReason."""

    name: ClassVar[str] = "orders.cancelled"

    reason: str = ""


@dataclass(frozen=True)
class OrderChanged(OrderEvent):
    """Anything else a screen that shows the order wants to know: seen, held, released, a check cleared, a note."""

    name: ClassVar[str] = "orders.changed"

    what: str = ""


@dataclass(frozen=True)
class MailDraftRequested(OrderEvent):
    """A rule, a blocker or a person wants a mail of `kind` drafted for this order; `note` goes into it."""

    name: ClassVar[str] = "orders.mail_draft_requested"

    kind: str = ""
    note: str = ""


@dataclass(frozen=True)
class OrderDivided(OrderEvent):
    """ORD-52: lines of this order stand on an order of their own, the part, from now on."""

    name: ClassVar[str] = "orders.divided"

    part_id: int = 0
    part_number: str = ""


@dataclass(frozen=True)
class OrderJoined(OrderEvent):
    """ORD-52: a part was put back into this order."""

    name: ClassVar[str] = "orders.joined"

    part_id: int = 0
    part_number: str = ""
