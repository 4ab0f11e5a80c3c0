"""代引金額: what the driver collects for each parcel of an order (PAY-10, ORD-50). Pure, integer yen incl. tax."""

from __future__ import annotations

from dataclasses import dataclass

from akinai.foundation.core.money import ratio


@dataclass(frozen=True, slots=True)
class CodOrder:
    """An order's money: `total` and the `tax` in it, what was `received`, and what earlier parcels collect."""

    total: int
    tax: int
    received: int = 0
    collected: int = 0


@dataclass(frozen=True, slots=True)
class Cod:
    """What is collected, and the tax in it."""

    amount: int = 0
    tax: int = 0


def amount_at_the_door(order: CodOrder, *, goods_later: int = 0) -> Cod:
    """What this parcel collects: everything still owed but for `goods_later`, the goods that follow in later parcels.

    So fees and discounts ride with the first parcel and all parcels together make the order's total.
    """
    owed = order.total - max(order.received, order.collected)
    amount = max(0, owed - goods_later)
    tax = ratio(amount, order.tax, order.total) if order.total > 0 else 0
    return Cod(amount, min(tax, amount))
