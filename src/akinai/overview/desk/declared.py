"""Settings of the desk."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from akinai.shop.stores.settings import declare, name_group

name_group("desk", _("Promises to buyers"))

ANSWER_DAYS = declare(
    "desk.answer_days", default=1, kind="int", minimum=0, unit=_("business days"),
    label=_("A buyer who asks or whose goods are missing is answered within"),
)  # fmt: skip
SILENT_HOURS = declare(
    "desk.silent_hours", default=24, kind="int", minimum=1, unit=_("hours"),
    label=_("A buyer who paid or asked and heard nothing for so long is listed"),
)  # fmt: skip
SILENT_COUNTS = declare(
    "desk.silent_counts", default="open", kind="choice", label=_("Hours without a word count"),
    choices=[("open", _("On business days only")), ("calendar", _("On all days"))],
)  # fmt: skip
SILENT_DAYS = declare(
    "desk.silent_days", default=7, kind="int", minimum=1, unit=_("days"),
    label=_("A buyer who waits for goods hears from us again after at most"),
)  # fmt: skip
