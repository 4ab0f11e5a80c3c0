"""Reading the outbox, the mailbox and the templates."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Count, Q, QuerySet
from django.utils.translation import gettext as _

from akinai.foundation.core.errors import NotFound
from akinai.foundation.ui.counting import counted_once

from .models import Message, Template, TemplateVersion
from .states import OPEN, State, TransportName
from .texts import LANGUAGE

#: A failure nobody has answered, or a mail whose blanks nobody has filled.
STUCK = Q(resolved_at__isnull=True) & (Q(state=State.FAILED) | (Q(state=State.DRAFT) & ~Q(missing=[])))


@dataclass(frozen=True, slots=True)
class Counts:
    """How many mails stand where. `failed` could not go out and nobody has answered that, drafts with blanks among
    them; `ours` is everything that asks for a person, each once.
    """

    waiting: int
    drafts: int
    failed: int
    ours: int


@counted_once
def counts() -> Counts:
    """One query over the partial index of mails that are not finished."""
    found = Message.objects.filter(state__in=OPEN).aggregate(
        waiting=Count("id", filter=Q(state__in=[State.WAITING, State.SENDING])),
        drafts=Count("id", filter=Q(state=State.DRAFT)),
        failed=Count("id", filter=STUCK),
        ours=Count("id", filter=STUCK | Q(state=State.DRAFT)),
    )
    return Counts(found["waiting"], found["drafts"], found["failed"], found["ours"])


def outbox() -> QuerySet[Message]:
    """Every message, for lists: without the bodies."""
    return Message.objects.select_related("store").defer("body", "headers")


def mailbox() -> QuerySet[Message]:
    """What the built-in mailbox holds: the mails buyers would have received."""
    return outbox().filter(transport=TransportName.MAILBOX, state=State.SENT)


def message(message_id: int) -> Message:
    """One message; raises NotFound."""
    found = Message.objects.select_related("store", "resend_of").filter(pk=message_id).first()
    if found is None:
        raise NotFound(_("There is no such mail."))
    return found


def messages_about(subject_key: str) -> QuerySet[Message]:
    """Everything written about one thing, newest first."""
    return outbox().filter(subject_key=subject_key).order_by("-id")


def has_stuck(subject_key: str) -> bool:
    """True while a mail about this thing could not go out and nobody has answered that (R19)."""
    return Message.objects.filter(STUCK, subject_key=subject_key).exists()


def own_texts() -> dict[str, list[Template]]:
    """The shop's own texts by kind, those for all stores and in Japanese first; one query."""
    found: dict[str, list[Template]] = {}
    for row in Template.objects.select_related("store").order_by("kind", "store_id"):
        found.setdefault(row.kind, []).append(row)
    return {
        kind: sorted(rows, key=lambda r: (r.store_id is not None, r.store_id or 0, r.language != LANGUAGE))
        for kind, rows in found.items()
    }


def history(kind: str, store_id: int | None, language: str = LANGUAGE) -> QuerySet[TemplateVersion]:
    """What a template said before, newest first."""
    rows = TemplateVersion.objects.filter(kind=kind, language=language)
    return (rows.filter(store_id=store_id) if store_id else rows.filter(store__isnull=True)).order_by("-version")
