"""Who may do what with returns."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from akinai.foundation.core.permissions import Role, declare

VIEW = declare(
    "returns.view",
    _("See returns"),
    [Role.MANAGER, Role.ORDER, Role.WAREHOUSE, Role.ACCOUNTING, Role.VIEWER],
    scope=True,
)
WORK = declare("returns.work", _("Open and close returns"), [Role.MANAGER, Role.ORDER], scope=True)
RECEIVE = declare(
    "returns.receive", _("Receive and inspect returned goods"), [Role.MANAGER, Role.ORDER, Role.WAREHOUSE]
)
APPROVE = declare("returns.approve", _("Approve refunds"), [Role.MANAGER, Role.ACCOUNTING])
EXCEPT = declare(
    "returns.except",
    _("Take goods back outside the posted rule, exchange in advance, reopen closed orders"),
    [Role.MANAGER],
)
