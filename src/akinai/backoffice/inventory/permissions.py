"""Permission names of inventory."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from akinai.foundation.core.permissions import Role, declare

VIEW = declare("inventory.view", _("See stock"), list(Role), scope=True)
EDIT = declare("inventory.edit", _("Receive, correct and block stock"), [Role.MANAGER, Role.WAREHOUSE])
