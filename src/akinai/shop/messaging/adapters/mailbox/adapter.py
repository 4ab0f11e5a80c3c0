"""Delivery into the built-in mailbox: the message's own row is the letter, the mailbox page shows it."""

from __future__ import annotations

from django.utils.translation import gettext as _

from akinai.shop.messaging.ports import OutgoingMail


class MailboxTransport:
    """Takes everything, touches no network."""

    name = "mailbox"

    def send(self, mail: OutgoingMail) -> str:
        """Nothing to do: marking the message as sent is the delivery."""
        return _("kept in the built-in mailbox")
