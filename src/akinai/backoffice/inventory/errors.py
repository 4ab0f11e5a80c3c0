"""What stock work may be refused for."""

from __future__ import annotations

from collections.abc import Sequence

from django.utils.translation import gettext as _

from akinai.foundation.core.errors import Refused

from .types import Holder


class NotEnough(Refused):
    """There are not that many free pieces. `free` says how many there are."""

    code = "not_enough_stock"

    def __init__(self, sku: str, *, wanted: int, free: int) -> None:
        sentence = _("%(sku)s: %(wanted)d pieces are needed and %(free)d are free. Nothing was changed.")
        super().__init__(sentence % {"sku": sku, "wanted": wanted, "free": free})
        self.free = free


class HeldByOrders(Refused):
    """A correction would go below what is reserved or blocked. `holders` are the reservations, the latest first.

    `missing` is how many pieces must be released before the correction can be made.
    """

    code = "held_by_orders"

    def __init__(self, sku: str, *, missing: int, holders: Sequence[Holder], blocked: int = 0) -> None:
        told: dict[str, object] = {"sku": sku, "missing": missing, "blocked": blocked}
        told["names"] = ", ".join(f"{h.reference} ({h.quantity})" for h in holders[:5])
        reasons = []
        if holders:
            reasons.append(
                _("%(sku)s: %(missing)d of these pieces are promised or blocked: %(names)s. Nothing was changed.")
            )
        if blocked or not holders:
            reasons.append(
                _("%(sku)s: %(blocked)d pieces are set aside. Take them back to free stock first. Nothing was changed.")
            )
        super().__init__([reason % told for reason in reasons])
        self.missing = missing
        self.holders = list(holders)
