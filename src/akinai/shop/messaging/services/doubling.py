"""The guard against writing twice: people, rules and jobs that want the same mail at the same time (N-13)."""

from __future__ import annotations

import datetime as dt

from django.utils.translation import gettext as _

from akinai.foundation.core import clock
from akinai.foundation.core.errors import Refused
from akinai.shop.messaging.declared import GUARD_MINUTES
from akinai.shop.messaging.kinds import kinds
from akinai.shop.messaging.models import MailServer, Message
from akinai.shop.messaging.states import State
from akinai.shop.stores import settings

#: What leaves or has left; a draft, a stopped or an undelivered mail reaches nobody.
LEAVING = (State.WAITING, State.SENDING, State.SENT)


class AlreadyWritten(Refused):
    """The same kind of mail about the same thing has just been written through another door."""

    code = "already_written"


def refuse_double(*, kind: str, subject_key: str, door: str, but: int = 0) -> None:
    """Raise AlreadyWritten if somebody else wrote such a mail within the shop's minutes (N-13). Inside a transaction.

    Two mails that facts ask for, such as those of two parcels, are two mails; the occasion keeps each to one (MAIL-4).
    One person may write twice. Everything else by two doors is a double.
    """
    if door:
        list(MailServer.objects.select_for_update().filter(pk=1))  # one at a time, so that both cannot find nothing
    since = clock.now() - dt.timedelta(minutes=int(settings.value(GUARD_MINUTES)))
    same = Message.objects.filter(subject_key=subject_key, kind=kind, state__in=LEAVING, created_at__gt=since)
    first = same.exclude(door=door).exclude(pk=but).order_by("-id").first()
    if first is not None:
        raise AlreadyWritten(_sentence(first))


def _sentence(first: Message) -> str:
    who = first.created_by_label if first.created_by.startswith("staff:") else _("The program")
    minutes = max(0, round((clock.now() - clock.aware(first.created_at)).total_seconds() / 60))
    return _("%(who)s has put “%(kind)s” into the outbox %(minutes)s minutes ago: “%(subject)s”.") % {
        "who": who, "kind": kinds.label(first.kind), "minutes": minutes, "subject": first.subject,
    }  # fmt: skip
