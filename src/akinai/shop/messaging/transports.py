"""Which way out of the house is in use now."""

from __future__ import annotations

from django.conf import settings
from django.utils.translation import gettext as _

from akinai.foundation.core.sealing import unseal

from .adapters.mailbox.adapter import MailboxTransport
from .adapters.smtp.adapter import SmtpConfig, SmtpTransport
from .models import MailServer
from .ports import DeliveryError, OutgoingMail, Transport
from .states import TransportName


class NoTransport:
    """Nobody has set up a mail server yet: every mail fails with that sentence, visibly, until somebody does."""

    name = ""

    def send(self, mail: OutgoingMail) -> str:
        """Refuse."""
        raise DeliveryError(_("No mail server is set up. Do that under Settings, then resend."), permanent=True)


def forced() -> str:
    """The way the machine's owner has laid down (AKINAI_MAIL_TRANSPORT), such as the mailbox of a demo; "" if none."""
    return str(settings.AKINAI_MAIL_TRANSPORT)


def server() -> MailServer:
    """The shop's settings; a blank row before anybody has kept any."""
    return MailServer.objects.filter(pk=1).first() or MailServer(pk=1)


def is_set_up() -> bool:
    """True if mails can leave, or are meant to stay in the mailbox."""
    return forced() == TransportName.MAILBOX or MailServer.objects.filter(pk=1).exists()


def uses_mailbox() -> bool:
    """True while mails go to the built-in mailbox."""
    return forced() == TransportName.MAILBOX or server().transport == TransportName.MAILBOX


def current() -> Transport:
    """The transport in use; one query."""
    if forced() == TransportName.MAILBOX:
        return MailboxTransport()
    row = MailServer.objects.filter(pk=1).first()
    return transport_of(row) if row is not None else NoTransport()


def transport_of(row: MailServer) -> Transport:
    """The transport that settings mean, kept or just typed."""
    if row.transport == TransportName.MAILBOX:
        return MailboxTransport()
    return SmtpTransport(SmtpConfig(row.host, row.port, row.security, row.user, unseal(row.sealed_password)))
