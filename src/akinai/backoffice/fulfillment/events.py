"""What happened to a shipment, for those above: ids and facts, never instances."""

from __future__ import annotations

import datetime as dt
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
class DispatchUndone(ShipmentEvent):
    """T16: it has not left after all; its goods are secured and packed as before."""

    name: ClassVar[str] = "fulfillment.dispatch_undone"

    reason: str = ""


@dataclass(frozen=True)
class ParcelTracked(ShipmentEvent):
    """SHP-53: the carrier has it somewhere else now; `state` is a Tracking word."""

    name: ClassVar[str] = "fulfillment.tracked"

    state: str = ""


@dataclass(frozen=True)
class ParcelDelivered(ShipmentEvent):
    """T17: it arrived on that JST date; review and follow mails count from it."""

    name: ClassVar[str] = "fulfillment.delivered"

    on: dt.date


@dataclass(frozen=True)
class ParcelHeld(ShipmentEvent):
    """ORD-76: kept at the depot long enough that the buyer must hear of it (M10b).

    `since` is the first day of keeping; on `kept_until` the carrier sends it back. Both are JST dates.
    """

    name: ClassVar[str] = "fulfillment.held"

    since: dt.date
    kept_until: dt.date


@dataclass(frozen=True)
class ParcelReturning(ShipmentEvent):
    """T18: it was not delivered and is on its way back to the shop since that JST date."""

    name: ClassVar[str] = "fulfillment.returning"

    on: dt.date


@dataclass(frozen=True)
class ParcelReturned(ShipmentEvent):
    """It is back at the shop; its goods are stock only after inspection (ORD-76)."""

    name: ClassVar[str] = "fulfillment.returned"


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


@dataclass(frozen=True)
class BundleEvent(Event):
    """Something about orders that share a parcel, or may; `order_id` leads."""

    name: ClassVar[str] = ""
    permission: ClassVar[str] = permissions.VIEW

    bundle_id: int
    order_id: int

    @property
    def subject(self) -> str:
        return f"bundle:{self.bundle_id}"


@dataclass(frozen=True)
class BundleAsked(BundleEvent):
    """N-16: the buyer shall be asked whether to wait for one parcel; `link` is where they answer."""

    name: ClassVar[str] = "fulfillment.bundle_asked"

    link: str = ""


@dataclass(frozen=True)
class BundleAnswered(BundleEvent):
    """N-16: the buyer said yes or no."""

    name: ClassVar[str] = "fulfillment.bundle_answered"

    agreed: bool = False


@dataclass(frozen=True)
class BundleChanged(BundleEvent):
    """Bundled, taken apart or let go."""

    name: ClassVar[str] = "fulfillment.bundle_changed"

    what: str = ""
