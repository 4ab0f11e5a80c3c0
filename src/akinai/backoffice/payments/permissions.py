"""Who may do what with money."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from akinai.foundation.core.permissions import Role, declare

VIEW = declare("payments.view", _("See money"), [Role.MANAGER, Role.ORDER, Role.ACCOUNTING, Role.VIEWER])
RECORD = declare("payments.record", _("Record money received"), [Role.MANAGER, Role.ACCOUNTING])
REFUND = declare("payments.refund", _("Record refunds and reverse entries"), [Role.MANAGER, Role.ACCOUNTING])
WRITE_OFF = declare("payments.write_off", _("Write off the rest of a payment"), [Role.MANAGER])
