"""Who may look at background work and who may start it again."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from akinai.foundation.core.permissions import Role, declare

VIEW = declare("jobs.view", _("See background jobs"), [Role.MANAGER, Role.ORDER, Role.WAREHOUSE, Role.ACCOUNTING])
MANAGE = declare("jobs.manage", _("Retry or stop background jobs"), [Role.MANAGER])
