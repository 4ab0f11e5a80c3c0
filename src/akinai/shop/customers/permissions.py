"""Permission names of customers."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from akinai.foundation.core.permissions import Role, declare

VIEW = declare("customers.view", _("See customers"), [Role.MANAGER, Role.ORDER, Role.ACCOUNTING, Role.VIEWER])
EDIT = declare("customers.edit", _("Change customers"), [Role.MANAGER, Role.ORDER])
ATTENTION = declare("customers.attention", _("Approve and remove entries of the attention list"), [Role.MANAGER])
