"""Who may do what with money."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from akinai.foundation.core.permissions import Role, declare

VIEW = declare("payments.view", _("See money"), [Role.MANAGER, Role.ORDER, Role.ACCOUNTING, Role.VIEWER])
RECORD = declare("payments.record", _("Record money received"), [Role.MANAGER, Role.ACCOUNTING])
REFUND = declare("payments.refund", _("Record refunds and reverse entries"), [Role.MANAGER, Role.ACCOUNTING])
TAKE_AGAIN = declare(
    "payments.take_again", _("Take an order again that was paid after its cancellation"),
    [Role.MANAGER, Role.ORDER, Role.ACCOUNTING],
)  # fmt: skip
WRITE_OFF = declare("payments.write_off", _("Write off the rest of a payment"), [Role.MANAGER])
