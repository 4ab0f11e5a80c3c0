"""Reading the mailboxes: the network outside of every transaction, each mail in one of its own."""

from __future__ import annotations

from django.db import transaction
from django.utils.translation import gettext as _

from akinai.foundation.core import clock
from akinai.foundation.core.actor import Actor
from akinai.foundation.core.errors import Refused
from akinai.shop.messaging import sources
from akinai.shop.messaging.models_inbox import MailAccount
from akinai.shop.messaging.ports import FetchError

from .receiving import receive

#: Mails of one account a run; the rest comes with the next.
MOST = 200


def fetch_all(actor: Actor) -> int:
    """Fetch what is new in every mailbox that is on; how many mails came in. One that cannot be reached says so on its
    row and hinders no other.
    """
    return sum(
        fetch(actor, account_id=pk) for pk in MailAccount.objects.filter(is_on=True).values_list("pk", flat=True)
    )


def fetch(actor: Actor, *, account_id: int) -> int:
    """Fetch what is new in one mailbox; how many mails came in. Call it outside of transactions."""
    account = MailAccount.objects.get(pk=account_id)
    count, said = 0, ""
    try:
        for fetched in sources.source_of(account).fetch(
            uidvalidity=account.uidvalidity, after=account.last_uid, since=account.since, most=MOST
        ):
            count += receive(actor, account_id=account.pk, fetched=fetched) is not None
    except FetchError as error:
        said = error.text
    _note(account, said)
    return count


@transaction.atomic
def _note(account: MailAccount, said: str) -> None:
    now = clock.now()
    changes = {"tried_at": now, "last_error": said} | ({} if said else {"fetched_at": now})
    MailAccount.objects.filter(pk=account.pk).update(**changes)


def try_account(actor: Actor, *, account_id: int) -> int:
    """Fetch now, for the person who set it up: how many came in. Raises Refused with what the server said."""
    count = fetch(actor, account_id=account_id)
    account = MailAccount.objects.get(pk=account_id)
    if account.last_error:
        raise Refused(_("The mail server says: %(said)s") % {"said": account.last_error})
    return count
