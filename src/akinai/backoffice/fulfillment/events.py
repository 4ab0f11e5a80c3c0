"""What happened to a shipment, for those above: ids and facts, never instances."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from akinai.foundation.events import Event

from . import permissions


@dataclass(frozen=True)
class ShipmentEvent(Event):
    """Something that happened to one shipment of one order; `number` is the shipment's."""

    name: ClassVar[str] = ""
    permission: ClassVar[str] = permissions.VIEW

    shipment_id: int
    order_id: int
    number: str

    @property
    def subject(self) -> str:
        return f"shipment:{self.shipment_id}"


@dataclass(frozen=True)
class ShipmentInstructed(ShipmentEvent):
    """T13: its papers are printed; the order can no longer be edited (ORD-40)."""

    name: ClassVar[str] = "fulfillment.instructed"


@dataclass(frozen=True)
class ShipmentChanged(ShipmentEvent):
    """Anything a screen that shows it wants to know; `what` is picking, inspected, packed, tracking or undone."""

    name: ClassVar[str] = "fulfillment.changed"

    what: str = ""


@dataclass(frozen=True)
class ShipmentPulledBack(ShipmentEvent):
    """Its papers are void, the goods go back to the shelf."""

    name: ClassVar[str] = "fulfillment.pulled_back"

    reason: str = ""


@dataclass(frozen=True)
class ShipmentDispatched(ShipmentEvent):
    """T15: handed to the carrier, inspected and with its numbers. The shipping mail may go from here on (N-14)."""

    name: ClassVar[str] = "fulfillment.dispatched"

    tracking: tuple[str, ...] = ()
    is_last: bool = True


@dataclass(frozen=True)
class BatchPrinted(Event):
    """The papers of a batch are ready to be opened."""

    name: ClassVar[str] = "fulfillment.batch_printed"
    permission: ClassVar[str] = permissions.VIEW

    batch_id: int
    number: str

    @property
    def subject(self) -> str:
        return f"batch:{self.batch_id}"
