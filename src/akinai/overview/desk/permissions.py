"""Who may leave a word for the next shift."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from akinai.foundation.core.permissions import Role, declare

MEASURE = declare("desk.measure", _("See what work orders cost"), [Role.MANAGER])
HANDOVER = declare(
    "desk.handover",
    _("Write and tick off hand-over notes"),
    [Role.MANAGER, Role.ORDER, Role.WAREHOUSE, Role.ACCOUNTING],
)
