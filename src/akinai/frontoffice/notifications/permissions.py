"""Who may write to buyers."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from akinai.foundation.core.permissions import Role, declare

WRITE = declare("notifications.write", _("Write mails to buyers"), [Role.MANAGER, Role.ORDER, Role.ACCOUNTING])
