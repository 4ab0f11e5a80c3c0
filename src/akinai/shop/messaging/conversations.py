"""Reading what came in: conversations, their mails both ways, and how many wait for an answer."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.db.models import Count, Min, Q, QuerySet
from django.utils.translation import gettext as _

from akinai.foundation.core.errors import NotFound

from .models import Message
from .models_inbox import MailAccount, Received, Thread
from .parsing import part_of
from .states import ReceivedKind


@dataclass(frozen=True, slots=True)
class Waiting:
    """How many conversations wait for an answer, and since when the oldest does."""

    number: int
    oldest: dt.datetime | None


def waiting() -> Waiting:
    """One query over a partial index."""
    found = Thread.objects.filter(waits_since__isnull=False).aggregate(n=Count("id"), oldest=Min("waits_since"))
    return Waiting(found["n"], found["oldest"])


def threads() -> QuerySet[Thread]:
    """Every conversation."""
    return Thread.objects.select_related("store")


def thread(thread_id: int) -> Thread:
    """One conversation; raises NotFound."""
    found = threads().filter(pk=thread_id).first()
    if found is None:
        raise NotFound(_("There is no such conversation."))
    return found


def latest_about(subject_key: str) -> Thread | None:
    """The newest conversation about one thing."""
    return Thread.objects.filter(subject_key=subject_key).order_by("-id").first()


def received_mail(received_id: int) -> Received:
    """One mail as it came; raises NotFound."""
    found = Received.objects.select_related("thread", "account").filter(pk=received_id).first()
    if found is None:
        raise NotFound(_("There is no such mail."))
    return found


def file_of(received: Received, part: int) -> tuple[str, bytes]:
    """Name and content of a file that came with a mail; raises NotFound."""
    known = next((one for one in received.files if one["part"] == part), None)
    content = part_of(bytes(received.raw), part) if known else None
    if known is None or content is None:
        raise NotFound(_("There is no such file."))
    return str(known["name"]), content


def received_about(subject_key: str) -> QuerySet[Received]:
    """What people wrote about one thing, newest first, without the bytes; bounces stand with the mail they are of."""
    rows = Received.objects.filter(thread__subject_key=subject_key).exclude(kind=ReceivedKind.BOUNCE)
    return rows.defer("raw").select_related("thread").order_by("-id")


def mails_in(one: Thread) -> tuple[list[Received], list[Message]]:
    """Theirs and ours in a conversation, oldest first."""
    theirs = list(one.mails.defer("raw").order_by("id"))
    ours = Q(thread=one) | Q(pk__in=[row.answers_id for row in theirs if row.answers_id])
    if one.subject_key:
        ours |= Q(subject_key=one.subject_key, to__iexact=one.address)
    return theirs, list(Message.objects.filter(ours).order_by("id")[:200])


def accounts() -> list[MailAccount]:
    """The mailboxes that are read."""
    return list(MailAccount.objects.select_related("store"))


def troubled() -> QuerySet[MailAccount]:
    """Mailboxes that are on and could not be read the last time."""
    return MailAccount.objects.filter(is_on=True).exclude(last_error="")
