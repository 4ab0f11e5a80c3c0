"""Who may do what in shipping."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from akinai.foundation.core.permissions import Role, declare

VIEW = declare(
    "fulfillment.view",
    _("See shipments"),
    [Role.MANAGER, Role.ORDER, Role.WAREHOUSE, Role.ACCOUNTING, Role.VIEWER],
    scope=True,
)
WORK = declare(
    "fulfillment.work",
    _("Print papers, inspect, pack and ship"),
    [Role.MANAGER, Role.ORDER, Role.WAREHOUSE],
)
PULL_BACK = declare(
    "fulfillment.pull_back",
    _("Pull printed shipments back"),
    [Role.MANAGER, Role.ORDER, Role.WAREHOUSE],
)
COUNT = declare("fulfillment.count", _("Enter a count at inspection"), [Role.MANAGER, Role.WAREHOUSE])
OVERRIDE = declare("fulfillment.override", _("Pass an inspection with a reason"), [Role.MANAGER])
UNDO = declare("fulfillment.undo", _("Undo a dispatch"), [Role.MANAGER])
SETTINGS = declare("fulfillment.settings", _("Set up carrier files"), [Role.MANAGER])
