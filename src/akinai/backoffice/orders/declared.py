"""Settings of this app."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from akinai.shop.stores.settings import declare

QTY_LARGE = declare(
    "orders.qty_large", default=20, kind="int", label=_("A line of so many pieces gets a look"), unit=_("pieces"),
    minimum=1,
)  # fmt: skip
DUPLICATE_HOURS = declare(
    "orders.duplicate_hours", default=24, kind="int",
    label=_("The same goods from the same buyer within so many hours get a look"), unit=_("hours"),
)  # fmt: skip
CLOSE_DAYS = declare(
    "orders.close_days", default=14, kind="int", label=_("An order closes so many days after delivery"),
    unit=_("days"),
)  # fmt: skip
