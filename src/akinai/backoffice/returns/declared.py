"""Settings of this app."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from akinai.shop.stores.settings import declare, name_group

name_group("returns", pgettext_lazy("menu", "Returns"))
ACCEPT_DAYS = declare(
    "returns.accept_days", default=8, kind="int", minimum=0, unit=_("days"),
    label=_("The posted rule: goods are taken back so many days after arrival"),
    help_text=_("For returns at the buyer's wish; defects are taken back later, too."),
)  # fmt: skip
SEND_BACK_DAYS = declare(
    "returns.send_back_days", default=14, kind="int", minimum=1, unit=_("days"),
    label=_("Within so many days the buyer sends the goods back"),
    help_text=_("After that goods that were exchanged in advance are billed."),
)  # fmt: skip
FREIGHT = declare(
    "returns.freight", default=800, kind="int", minimum=0, unit=pgettext_lazy("unit", "yen"),
    label=_("Freight of one way, where the buyer has to bear it and the order names none"),
)  # fmt: skip
CARRIER_LIMIT = declare(
    "returns.carrier_limit", default=300_000, kind="int", minimum=0, unit=pgettext_lazy("unit", "yen"),
    label=_("Carriers pay at most so much for a parcel lost or damaged"),
)  # fmt: skip
CARRIER_LIMIT_POST = declare(
    "returns.carrier_limit_post", default=3_000, kind="int", minimum=0, unit=pgettext_lazy("unit", "yen"),
    label=_("The same for services that put the parcel into the letter box"),
)  # fmt: skip
