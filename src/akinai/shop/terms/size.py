"""Which size class a parcel falls in (SHP-1)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Size:
    """A size class: edge sum and longest edge in cm, weight in grams; None does not bind."""

    name: str
    edge_sum_cm: int | None = None
    max_weight_g: int | None = None
    longest_edge_cm: int | None = None

    def fits(self, edge_sum_cm: int, weight_g: int, longest_edge_cm: int = 0) -> bool:
        limits = (
            (edge_sum_cm, self.edge_sum_cm),
            (weight_g, self.max_weight_g),
            (longest_edge_cm, self.longest_edge_cm),
        )
        return all(limit is None or value <= limit for value, limit in limits)


def size_class(sizes: Iterable[Size], *, edge_sum_cm: int, weight_g: int, longest_edge_cm: int = 0) -> Size | None:
    """The smallest class that holds both size and weight, or None if the service cannot take the parcel.

    `sizes` come smallest first; unknown measures are given as 0.
    """
    return next((size for size in sizes if size.fits(edge_sum_cm, weight_g, longest_edge_cm)), None)
