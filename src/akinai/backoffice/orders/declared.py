"""Settings of this app."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from akinai.shop.stores.settings import declare

QTY_LARGE = declare(
    "orders.qty_large", default=20, kind="int", label=_("A line of so many pieces gets a look"), unit=_("pieces"),
    minimum=1,
)  # fmt: skip
HARMLESS_PASSES = declare(
    "orders.harmless_remarks_pass", default=False, kind="bool",
    label=_("Remarks that only greet and thank need no look"),
    help_text=_("Only where every word is known to ask for nothing. Anything else waits for a person."),
)  # fmt: skip
DUPLICATE_HOURS = declare(
    "orders.duplicate_hours", default=24, kind="int",
    label=_("The same goods from the same buyer within so many hours get a look"), unit=_("hours"),
)  # fmt: skip
CLOSE_DAYS = declare(
    "orders.close_days", default=14, kind="int", label=_("An order closes so many days after delivery"),
    unit=_("days"),
)  # fmt: skip
CHECK_ISLANDS = declare(
    "orders.check_islands", default=True, kind="bool", label=_("Orders to islands get a look"),
)  # fmt: skip
CHECK_COMBINE = declare(
    "orders.check_combine", default=False, kind="bool",
    label=_("Orders to a place to which another one is open get a look"),
    help_text=_("Otherwise they go on by themselves, and stand as proposals on the page of the order."),
)  # fmt: skip
COOL_TOGETHER = declare(
    "orders.cool_together", default=False, kind="bool",
    label=_("Goods at normal temperature may travel with chilled or frozen ones"),
    help_text=_("Otherwise an order with both gets a look: it may have to be divided."),
)  # fmt: skip
DEFERRED_EXCLUDES = declare(
    "orders.deferred_excludes", default="ホテル,旅館,民宿,病院,学校,局留,郵便局,営業所", kind="text",
    label=_("No deferred payment to addresses with these words"), help_text=_("Separated by commas."),
)  # fmt: skip
