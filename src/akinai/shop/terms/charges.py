"""What a buyer pays for shipping where the shop itself charges it (SHP-10, SHP-11). Pure: tables in, yen out."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from .zones import zone_of

#: The zone that free shipping leaves out together with islands, unless the shop includes them (SHP-11).
FAR_ZONES = frozenset({"okinawa"})


@dataclass(frozen=True, slots=True)
class ShippingFees:
    """One dated table: yen by zone, tax included. `store_id` None holds for every store without a table of its own.

    From `free_from` yen of goods (after coupons, before points, unless the shop counts otherwise) shipping is free;
    `free_far` says that this includes 沖縄 and islands. `cool_surcharge` is added for chilled and frozen services.
    """

    effective_from: dt.date
    fees: Mapping[str, int] = field(default_factory=dict)
    store_id: int | None = None
    cool_surcharge: int = 0
    free_from: int | None = None
    free_far: bool = False


@dataclass(frozen=True, slots=True)
class ShippingCharge:
    """What shipping costs the buyer: `fee` yen, and how it came about. `to_free`: yen of goods missing for free."""

    fee: int
    base: int
    cool: int = 0
    island: int = 0
    is_free: bool = False
    to_free: int | None = None


def valid_table(tables: Iterable[ShippingFees], store_id: int | None, on: dt.date) -> ShippingFees | None:
    """The newest table that has begun: the store's own if it has one, else the common one; None without any."""
    begun = [table for table in tables if table.effective_from <= on]
    for owner in (store_id, None) if store_id is not None else (None,):
        own = [table for table in begun if table.store_id == owner]
        if own:
            return max(own, key=lambda table: table.effective_from)
    return None


def shipping_charge(
    table: ShippingFees,
    *,
    prefecture: str,
    goods: int,
    is_cool: bool = False,
    is_island: bool = False,
    island_surcharge: int = 0,
) -> ShippingCharge | None:
    """The shipping fee of one parcel: zone, cool surcharge, island surcharge, then the free threshold (SHP-10).

    `goods` are yen, tax included, after coupons. None where the prefecture is unknown or its zone has no fee.
    """
    zone = zone_of(prefecture)
    base = table.fees.get(zone)
    if base is None:
        return None
    cool = table.cool_surcharge if is_cool else 0
    full = base + cool + island_surcharge
    is_far = zone in FAR_ZONES or is_island
    if table.free_from is None or (is_far and not table.free_far):
        return ShippingCharge(full, base, cool, island_surcharge)
    if goods >= table.free_from:
        return ShippingCharge(0, base, cool, island_surcharge, is_free=True, to_free=0)
    return ShippingCharge(full, base, cool, island_surcharge, to_free=table.free_from - goods)
