"""Settings of this app."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from akinai.shop.stores.settings import declare, name_group

name_group("terms", _("Payment and delivery"))

HOLD_PRINTS_DATE = declare(
    "terms.hold_prints_date",
    default=False,
    kind="bool",
    label=_("Ship “on or after” orders early with the date on the label"),
    help_text=_("Only with services that take a delivery date."),
)
NOON_WINDOW = declare(
    "terms.noon_window",
    default="ask",
    kind="choice",
    label=_("12-14 with a carrier that lacks it"),
    choices=[("ask", _("Ask")), ("08-12", "08-12"), ("14-16", "14-16")],
)
CANCEL_AFTER = declare(
    "terms.cancel_after", default=7, kind="int", label=_("Cancel after the due date"), unit=_("days")
)
REMIND_FIRST = declare(
    "terms.remind_first", default=2, kind="int", label=_("First payment reminder, before the due date"), unit=_("days"),
    maximum=30,
)  # fmt: skip
REMIND_SECOND = declare(
    "terms.remind_second", default=1, kind="int", label=_("Second payment reminder, after the due date"),
    unit=_("bank business days"), minimum=1, maximum=30,
)  # fmt: skip
REMIND_LAST = declare(
    "terms.remind_last", default=3, kind="int", label=_("Last payment reminder, after the due date"),
    unit=_("bank business days"), minimum=1, maximum=30,
)  # fmt: skip
FREE_COUNTS = declare(
    "terms.free_shipping_counts",
    default="after_coupon",
    kind="choice",
    label=_("Free shipping counts the goods"),
    choices=[("after_coupon", _("after coupons, before points")), ("before_coupon", _("before coupons"))],
)
