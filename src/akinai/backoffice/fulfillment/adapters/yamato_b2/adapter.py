"""B2クラウド behind the port."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from akinai.backoffice.fulfillment.types import CarrierIn, CarrierOut, Parcel
from akinai.shop.terms.tracking import Tracking

from .issued import read_issued
from .mapping import encode
from .settings import B2Settings


@dataclass(frozen=True, slots=True)
class YamatoB2:
    """`CarrierFile` for ヤマト B2クラウド, with the shop's settings and the service's check of tracking numbers."""

    settings: B2Settings
    check_number: Callable[[str], Tracking]

    def encode(self, parcels: Sequence[Parcel]) -> CarrierOut:
        """See `mapping.encode`."""
        return encode(parcels, self.settings)

    def decode(self, data: bytes) -> CarrierIn:
        """See `issued.read_issued`."""
        return read_issued(data, check_number=self.check_number)
