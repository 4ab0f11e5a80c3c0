"""Who may see and change how the shop is paid and how it sends."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from akinai.foundation.core.permissions import Role, declare

VIEW = declare(
    "terms.view", _("See payment and delivery terms"), [Role.MANAGER, Role.ORDER, Role.ACCOUNTING, Role.VIEWER]
)
EDIT = declare("terms.edit", _("Change payment and delivery terms"), [Role.MANAGER])
