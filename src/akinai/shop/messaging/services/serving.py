"""The mail server's settings, and trying them."""

from __future__ import annotations

from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import gettext as _

from akinai.foundation import audit
from akinai.foundation.core import clock
from akinai.foundation.core.actor import Actor
from akinai.foundation.core.errors import BadInput, Refused
from akinai.foundation.core.sealing import seal
from akinai.shop.messaging import addresses, transports
from akinai.shop.messaging.models import MailServer
from akinai.shop.messaging.ports import DeliveryError, OutgoingMail
from akinai.shop.messaging.rendering import one_line
from akinai.shop.messaging.signature import signature
from akinai.shop.messaging.states import Security, TransportName
from akinai.shop.stores import selectors as stores

from .queueing import new_message_id


@dataclass(frozen=True, slots=True)
class ServerSettings:
    """The mail server as typed. `password` None keeps the one that is sealed."""

    transport: str
    host: str = ""
    port: int = 587
    security: str = Security.STARTTLS
    user: str = ""
    password: str | None = None
    from_address: str = ""
    from_name: str = ""


@transaction.atomic
def save_server(actor: Actor, *, settings: ServerSettings) -> MailServer:
    """Keep how mail leaves the house. Raises BadInput at the field that is wrong; the password is sealed, not shown."""
    if settings.transport not in TransportName.values:
        raise BadInput(_("Choose how mail goes."), field="transport")
    by_smtp = settings.transport == TransportName.SMTP
    host = settings.host.strip()
    if by_smtp and (not host or any(c.isspace() or c in "/@" for c in host)):
        raise BadInput(_("Enter the name of the mail server, such as smtp.example.jp."), field="host")
    if not 1 <= settings.port <= 65535:
        raise BadInput(_("A port is a number from 1 to 65535."), field="port")
    if settings.security not in Security.values:
        raise BadInput(_("Choose how the connection is protected."), field="security")
    row = transports.server()
    row.transport, row.host, row.port = settings.transport, host, settings.port
    row.security, row.user, row.from_name = settings.security, settings.user.strip(), one_line(settings.from_name)
    row.from_address = addresses.check(settings.from_address, field="from_address") if settings.from_address else ""
    if settings.password is not None:
        row.sealed_password = seal(settings.password)
    row.updated_at, row.updated_by = clock.now(), actor.key
    row.save()
    audit.record(actor, "messaging.save_server", "mail_server:1", detail={"transport": row.transport, "host": row.host})
    return row


def send_test(actor: Actor, *, to: str) -> str:
    """Send a test mail by the kept settings, here and now, and return what the server said.

    Raises BadInput for a bad address, Refused with the server's words if it does not take it. Not in a transaction.
    """
    address = addresses.check(to)
    shop, row = stores.snapshot().shop, transports.server()
    sender = row.from_address or shop.mail
    if not sender:
        raise Refused(_("Enter the sender's address first."))
    mail = OutgoingMail(
        message_id=new_message_id(sender),
        from_address=sender,
        from_name=one_line(row.from_name or shop.name),
        to=address,
        subject=_("Test mail from %(shop)s") % {"shop": one_line(shop.name) or "akinai"},
        body=_("This is a test. If you can read it, mail leaves the house.") + "\n\n" + signature(shop) + "\n",
        date=clock.now(),
    )
    try:
        return transports.current().send(mail)
    except DeliveryError as error:
        raise Refused(_("The mail server did not take the test mail: %(said)s") % {"said": error.text}) from error
