"""Permission names of accounts, and what the roles are called."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from akinai.foundation.core.permissions import Role, declare

STAFF = declare("accounts.staff", _("Add, change and stop staff accounts"), [])
TOKENS = declare("accounts.tokens", _("Make and revoke API tokens"), [])

ROLE_LABELS: dict[Role, str | Promise] = {
    Role.OWNER: _("Owner"),
    Role.MANAGER: _("Manager"),
    Role.ORDER: _("Order clerk"),
    Role.WAREHOUSE: _("Packer"),
    Role.ACCOUNTING: _("Bookkeeper"),
    Role.VIEWER: _("Viewer"),
}
ROLE_NOTES: dict[Role, str | Promise] = {
    Role.OWNER: _("May do everything, staff accounts and API tokens included."),
    Role.MANAGER: _("Runs the day: orders, money, shipping, stock and settings."),
    Role.ORDER: _("Takes in orders, clears them and writes to buyers."),
    Role.WAREHOUSE: _("Picks, inspects, packs and ships."),
    Role.ACCOUNTING: _("Confirms deposits and reads the figures."),
    Role.VIEWER: _("Looks, changes nothing."),
}
