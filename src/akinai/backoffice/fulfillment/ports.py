"""What fulfillment asks of a carrier, whichever it is."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from .types import CarrierIn, CarrierOut, Parcel


class CarrierFile(Protocol):
    """A carrier whose own program reads our file of labels and writes one of the numbers it gave them.

    Pure: bytes out, bytes in, no database and no network. Problems are sentences; nothing is cut or replaced silently.
    """

    def encode(self, parcels: Sequence[Parcel]) -> CarrierOut:
        """The file of labels, without the parcels that have a stopping problem."""
        ...

    def decode(self, data: bytes) -> CarrierIn:
        """The numbers in the carrier's file, by shipment, without the rows that have a stopping problem."""
        ...
