"""Who may do what with orders."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from akinai.foundation.core.permissions import Role, declare

VIEW = declare(
    "orders.view",
    _("See orders"),
    [Role.MANAGER, Role.ORDER, Role.WAREHOUSE, Role.ACCOUNTING, Role.VIEWER],
    scope=True,
)
WORK = declare("orders.work", _("Check, accept, hold and edit orders"), [Role.MANAGER, Role.ORDER], scope=True)
PLACE = declare("orders.place", _("Enter orders"), [Role.MANAGER, Role.ORDER], scope=True)
PRICE = declare("orders.price", _("Set other prices and shipping fees when entering orders"), [Role.MANAGER])
CANCEL = declare("orders.cancel", _("Cancel orders"), [Role.MANAGER, Role.ORDER], scope=True)
OVERRIDE = declare("orders.override", _("Ship before the money is there; take goods from other orders"), [Role.MANAGER])
REOPEN = declare("orders.reopen", _("Put closed orders on hold"), [Role.MANAGER])
STOCK = declare("orders.stock", _("Receive and correct stock"), [Role.MANAGER, Role.WAREHOUSE])
RULES = declare("orders.rules", _("Write the shop's own rules"), [Role.MANAGER])
