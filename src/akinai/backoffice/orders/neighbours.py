"""Orders that go to the same place: how that is known, and which of them are still open (ORD-53)."""

from __future__ import annotations

from collections.abc import Iterable

from akinai.foundation.core.text import digits, fold, fold_hyphens

from .models import Order
from .states import Cancel


def address_key(order: Order) -> tuple[str, str, str]:
    """Where an order goes, however it was written: postcode, address and name, normalised."""
    address = fold(fold_hyphens(f"{order.ship_prefecture}{order.ship_address1}{order.ship_address2}"))
    return digits(order.ship_postcode), address, fold(order.ship_name)


def spellings(postcode: str) -> list[str]:
    """A postcode as stores write it: as it stands, bare and with a hyphen."""
    bare = digits(postcode)
    return list(dict.fromkeys([postcode, bare, f"{bare[:3]}-{bare[3:]}"]))


def open_near(orders: Iterable[Order]) -> list[Order]:
    """Orders with the postcodes of these of which nothing has left and no papers are out; one query."""
    wanted = {word for order in orders for word in spellings(order.ship_postcode)}
    rows = Order.objects.still_open().filter(
        ship_postcode__in=wanted, shipped_at__isnull=True, cancel=Cancel.NONE, is_history=False
    )
    return [row for row in rows.order_by("id") if not row.in_work]
