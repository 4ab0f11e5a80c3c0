"""Permission names of the kit."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from akinai.foundation.core.permissions import Role, declare

SHARED_VIEWS = declare("ui.shared_views", _("Change and delete shared views of others"), [Role.MANAGER])
