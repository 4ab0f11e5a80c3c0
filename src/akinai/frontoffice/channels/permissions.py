"""Who may import order files."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from akinai.foundation.core.permissions import Role, declare

IMPORT = declare("channels.import", _("Import order files"), [Role.MANAGER, Role.ORDER])
