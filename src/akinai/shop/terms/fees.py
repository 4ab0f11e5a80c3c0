"""The cash-on-delivery fee (PAY-10) and what cash on delivery cannot be combined with (PAY-11)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class FeeBand:
    """`fee` yen for amounts up to `up_to` yen, both tax included; `inclusive`: the limit itself still belongs."""

    up_to: int
    fee: int
    inclusive: bool = True
    effective_from: dt.date = dt.date.min

    def holds(self, amount: int) -> bool:
        return amount <= self.up_to if self.inclusive else amount < self.up_to


def valid_bands(bands: Iterable[FeeBand], on: dt.date) -> list[FeeBand]:
    """The bands valid on a day: all of the newest table that has begun, lowest limit first."""
    begun = [band for band in bands if band.effective_from <= on]
    newest = max((band.effective_from for band in begun), default=None)
    return sorted((b for b in begun if b.effective_from == newest), key=lambda b: (b.up_to, b.inclusive))


def cod_fee(amount: int, bands: Sequence[FeeBand]) -> int | None:
    """The fee for an amount without fee (yen, tax included, after discounts), or None where it is not allowed.

    The band is chosen on the amount with the fee: the first whose limit still holds both (PAY-10).
    """
    return next((band.fee for band in bands if band.holds(amount + band.fee)), None)


@dataclass(frozen=True, slots=True)
class CodObstacle:
    """Why an order cannot be sent cash on delivery: `post_box`, `not_offered`, `over_limit` or `island`."""

    code: str
    limit: int | None = None


def cod_obstacles(
    cash: int | None, *, cod_ok: bool, is_post_box: bool, cod_limit: int | None, island_refuses: bool = False
) -> list[CodObstacle]:
    """What speaks against collecting `cash` yen (fee included; None if no band held it) at the door (PAY-11)."""
    found = []
    if is_post_box:
        found.append(CodObstacle("post_box"))
    elif not cod_ok:
        found.append(CodObstacle("not_offered"))
    if cash is None:
        found.append(CodObstacle("over_limit"))
    elif cod_limit is not None and cash > cod_limit:
        found.append(CodObstacle("over_limit", cod_limit))
    if island_refuses:
        found.append(CodObstacle("island"))
    return found
