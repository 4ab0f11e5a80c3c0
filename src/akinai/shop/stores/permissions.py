"""Who may see and change the shop's settings."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from akinai.foundation.core.permissions import Role, declare

VIEW = declare("stores.view", _("See shop settings"), [Role.MANAGER, Role.ORDER, Role.ACCOUNTING, Role.VIEWER])
EDIT = declare("stores.edit", _("Change shop settings"), [Role.MANAGER])
