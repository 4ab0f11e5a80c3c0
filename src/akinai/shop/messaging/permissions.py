"""Who may do what with mails."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from akinai.foundation.core.permissions import Role, declare

VIEW = declare("messaging.view", _("See mails"), [Role.MANAGER, Role.ORDER, Role.ACCOUNTING, Role.VIEWER])
SEND = declare("messaging.send", _("Send, stop and resend mails"), [Role.MANAGER, Role.ORDER, Role.ACCOUNTING])
TEMPLATES = declare("messaging.templates", _("Change mail templates"), [Role.MANAGER])
SETUP = declare("messaging.setup", _("Set up the mail server"), [Role.MANAGER])
