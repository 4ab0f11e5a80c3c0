"""Permission names of the catalogue."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from akinai.foundation.core.permissions import Role, declare

VIEW = declare("catalog.view", _("See products"), list(Role), scope=True)
EDIT = declare("catalog.edit", _("Change products"), [Role.MANAGER])
