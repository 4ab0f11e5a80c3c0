"""What mails about orders add to the frame: the panel of the order page, the action on orders, names in the outbox."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from akinai.backoffice.orders import deeds
from akinai.foundation.jobs.progress import titles
from akinai.foundation.ui import registry
from akinai.shop.messaging import permissions as mail_permissions
from akinai.shop.messaging import subjects

from . import permissions, recognising, selectors


def register() -> None:
    """Called once at the start."""
    subjects.register("order", selectors.orders_by_name, selectors.orders_meant)
    subjects.register_guesser(recognising.guess)
    registry.page_links.add(
        registry.PageLink("inbox", _("Received mails"), "inbox", "notifications:inbox", mail_permissions.VIEW, "mail")
    )
    registry.order_panels.add(
        registry.Panel("mails", _("Mails"), "notifications:order_mails", mail_permissions.VIEW, order=40, column="side")
    )
    registry.customer_panels.add(
        registry.Panel("mails", _("Mails"), "notifications:of_customer", mail_permissions.VIEW, order=40)
    )
    registry.actions.add(
        registry.Action(
            "notifications.write", _("Write a mail"), permissions.WRITE, url_name="notifications:write", bulk=True,
            icon="mail", key_letter="m",
        )
    )  # fmt: skip
    registry.actions.add(
        registry.Action(
            "notifications.ask_buyer", _("Ask the buyer"), permissions.WRITE, url_name="notifications:ask_buyer",
            icon="mail",
        ),
        registry.Action(
            "notifications.tell_of_delay", _("Tell of a delay"), permissions.WRITE, url_name="notifications:write",
            icon="calendar-off", fields=(("kind", "M09"),),
        )
    )  # fmt: skip
    deeds.tell("notifications.arrived", "circle-check", _("The buyer reports that it has arrived"))
    deeds.tell("messaging.received", "mail-opened", _("The buyer wrote"))
    deeds.tell("messaging.close_thread", "check", _("Mail of the buyer done"))
    deeds.tell("messaging.reopen_thread", "mail", _("Mail of the buyer open again"))
    deeds.tell("messaging.answer_thread", "send", _("Mail of the buyer answered"))
    deeds.tell("messaging.link_thread", "link", _("Conversation linked with this order"))
    deeds.tell("messaging.unlink_thread", "link", _("Conversation linked with something else"))
    deeds.tell("notifications.note", "mail", _("Word for the confirmation kept"))
    deeds.tell("notifications.held_back", "mail-off", _("No second mail: one has just been written by hand"))
    titles["notifications.write_many"] = _("Writing mails")
