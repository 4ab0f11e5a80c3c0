"""Reading the hand-over: the newest note, who has read it and who has not."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from akinai.foundation.accounts.models import Staff
from akinai.foundation.core import clock
from akinai.foundation.core.actor import Actor
from akinai.foundation.core.permissions import all_permissions

from . import permissions
from .models import HandoverNote, HandoverRead

#: Older notes are found in the audit log.
KEPT_IN_SIGHT = 14


@dataclass(frozen=True, slots=True)
class Handover:
    """The note in force, with its readers."""

    note: HandoverNote
    reads: Sequence[HandoverRead]
    unread: Sequence[str]
    read_by_me: bool


def newest(actor: Actor) -> Handover | None:
    """The latest note up to today; three queries at most."""
    note = HandoverNote.objects.filter(day__lte=clock.today()).first()
    if note is None:
        return None
    reads = list(note.reads.filter(edition=note.edition))
    readers = {read.by for read in reads}
    roles = [role.value for role in all_permissions()[permissions.HANDOVER].roles]
    people = Staff.objects.filter(is_active=True, role__in=roles)
    unread = [person.display_name for person in people if person.key not in readers]
    return Handover(note, reads, unread, actor.key in readers)


def of_today() -> HandoverNote | None:
    """Today's note, if anybody has written one."""
    return HandoverNote.objects.filter(day=clock.today()).first()


def earlier() -> list[HandoverNote]:
    """The notes before today, newest first."""
    return list(HandoverNote.objects.filter(day__lt=clock.today())[:KEPT_IN_SIGHT])
