"""What mails about orders add to the frame: the panel of the order page, the action on orders, names in the outbox."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from akinai.backoffice.orders import deeds
from akinai.foundation.jobs.progress import titles
from akinai.foundation.ui import registry
from akinai.shop.messaging import permissions as mail_permissions
from akinai.shop.messaging import subjects

from . import permissions, selectors


def register() -> None:
    """Called once at the start."""
    subjects.register("order", selectors.orders_by_name, selectors.orders_meant)
    registry.order_panels.add(
        registry.Panel("mails", _("Mails"), "notifications:order_mails", mail_permissions.VIEW, order=40, column="side")
    )
    registry.actions.add(
        registry.Action(
            "notifications.write", _("Write a mail"), permissions.WRITE, url_name="notifications:write", bulk=True,
            icon="mail", key_letter="m",
        )
    )  # fmt: skip
    deeds.tell("notifications.note", "mail", _("Word for the confirmation kept"))
    deeds.tell("notifications.held_back", "mail-off", _("No second mail: one has just been written by hand"))
    titles["notifications.write_many"] = _("Writing mails")
