"""The mailboxes that are read: setting one up, switching it off."""

from __future__ import annotations

from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import gettext as _

from akinai.foundation import audit
from akinai.foundation.core import clock
from akinai.foundation.core.actor import Actor
from akinai.foundation.core.errors import BadInput, NotFound
from akinai.foundation.core.sealing import seal
from akinai.shop.messaging.models_inbox import MailAccount
from akinai.shop.messaging.states import Security


@dataclass(frozen=True, slots=True)
class AccountSettings:
    """A mailbox as typed. `password` None keeps the one that is sealed."""

    name: str
    host: str
    user: str
    port: int = 993
    security: str = Security.TLS
    password: str | None = None
    folder: str = "INBOX"
    store_id: int | None = None
    is_on: bool = True


@transaction.atomic
def save_account(actor: Actor, *, settings: AccountSettings, account_id: int | None = None) -> MailAccount:
    """Keep a mailbox to be read; a new one is read from today on. Raises BadInput at the field that is wrong.

    Another server, user or folder is another mailbox: it is read from the day of the change, known mails once (by
    their Message-ID).
    """
    row = MailAccount.objects.select_for_update().filter(pk=account_id).first() if account_id else MailAccount()
    if row is None:
        raise NotFound(_("There is no such mailbox."))
    host, user, folder = settings.host.strip(), settings.user.strip(), settings.folder.strip() or "INBOX"
    _check(settings, host, user)
    if (row.host, row.user, row.folder) != (host, user, folder):
        row.since, row.uidvalidity, row.last_uid = clock.today(), 0, 0
    row.name, row.host, row.port, row.security = settings.name.strip() or user, host, settings.port, settings.security
    row.user, row.folder, row.store_id, row.is_on = user, folder, settings.store_id, settings.is_on
    if settings.password is not None:
        row.sealed_password = seal(settings.password)
    row.updated_at, row.updated_by, row.last_error = clock.now(), actor.key, ""
    row.save()
    audit.record(actor, "messaging.save_account", f"mail_account:{row.pk}", detail={"host": host, "on": row.is_on})
    return row


def _check(settings: AccountSettings, host: str, user: str) -> None:
    if not host or any(c.isspace() or c in "/@" for c in host):
        raise BadInput(_("Enter the name of the mail server, such as imap.example.jp."), field="host")
    if not 1 <= settings.port <= 65535:
        raise BadInput(_("A port is a number from 1 to 65535."), field="port")
    if settings.security not in Security.values:
        raise BadInput(_("Choose how the connection is protected."), field="security")
    if not user:
        raise BadInput(_("Enter the user name."), field="user")
    if any(c in settings.folder + user for c in "\r\n\0"):
        raise BadInput(_("This must be one line."), field="folder")
