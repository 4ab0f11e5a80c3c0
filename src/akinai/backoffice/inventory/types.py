"""What crosses the border of inventory."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Want:
    """Somebody wants pieces. `reference` is `<order number>/<line no>`.

    Wants with the same non-empty `together` are reserved all of them in full, or none of them.
    """

    reference: str
    sku_id: int
    quantity: int
    together: str = ""


@dataclass(frozen=True, slots=True)
class Reserved:
    """The answer to one want: how many pieces it got now, and how many are short."""

    reference: str
    sku_id: int
    reserved: int
    short: int


@dataclass(frozen=True, slots=True)
class Taken:
    """Pieces that left a reservation, by release, expiry or shipping."""

    reference: str
    sku_id: int
    place_id: int
    quantity: int


@dataclass(frozen=True, slots=True)
class Holder:
    """A reservation that stands in the way of something."""

    reference: str
    quantity: int
    created_at: dt.datetime

    @property
    def order(self) -> str:
        """The part of the reference before the line: an order's number."""
        return self.reference.rpartition("/")[0] or self.reference


@dataclass(frozen=True, slots=True)
class Numbers:
    """A balance in pieces."""

    on_hand: int = 0
    blocked: int = 0
    reserved: int = 0
    safety: int = 0

    @property
    def free(self) -> int:
        """on hand - blocked - reserved."""
        return self.on_hand - self.blocked - self.reserved

    @property
    def sellable(self) -> int:
        """What a store may show: free - safety, never below 0."""
        return max(0, self.free - self.safety)
