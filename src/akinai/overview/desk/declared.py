"""Settings of the desk."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from akinai.shop.stores.settings import declare, name_group

name_group("desk", _("Promises to buyers"))

ANSWER_DAYS = declare(
    "desk.answer_days", default=1, kind="int", minimum=0, unit=_("business days"),
    label=_("A buyer who asks or whose goods are missing is answered within"),
)  # fmt: skip
