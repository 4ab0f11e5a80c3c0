"""Writing the hand-over note of the day, and saying that one has read it."""

from __future__ import annotations

from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils.translation import gettext_lazy as _

from akinai.foundation import audit, events
from akinai.foundation.core import clock
from akinai.foundation.core.actor import Actor
from akinai.foundation.core.db import guarded_update
from akinai.foundation.core.errors import BadInput, Conflict, NotFound
from akinai.foundation.core.text import mask_cards
from akinai.overview.desk.events import HandoverChanged
from akinai.overview.desk.models import HandoverNote, HandoverRead

LONGEST = 4000


@transaction.atomic
def write_handover(actor: Actor, *, text: str, seen_edition: int = 0) -> HandoverNote:
    """Write or change today's note (JST). `seen_edition` is what the writer saw, 0 for "there was none".

    Who writes has read it. Raises BadInput(field="text") for a blank or too long text, Conflict if somebody else wrote
    meanwhile. Emits HandoverChanged.
    """
    words = mask_cards(text.replace("\r\n", "\n").strip())
    if not words:
        raise BadInput(_("Write something first."), field="text")
    if len(words) > LONGEST:
        raise BadInput(_("This is too long. Keep it under 4,000 characters."), field="text")
    note = _change(actor, words, seen_edition) if seen_edition else _create(actor, words)
    HandoverRead.objects.create(note=note, edition=note.edition, by=actor.key, by_label=actor.label, at=note.written_at)
    audit.record(actor, "desk.write_handover", note.subject, detail={"edition": note.edition})
    events.emit(HandoverChanged(note.pk), actor=actor)
    return note


def _create(actor: Actor, words: str) -> HandoverNote:
    try:
        with transaction.atomic():
            return HandoverNote.objects.create(
                day=clock.today(), text=words, written_at=clock.now(), by=actor.key, by_label=actor.label
            )
    except IntegrityError:
        raise _overtaken() from None


def _change(actor: Actor, words: str, seen_edition: int) -> HandoverNote:
    same = HandoverNote.objects.filter(day=clock.today(), edition=seen_edition)
    changes = {"text": words, "written_at": clock.now(), "by": actor.key, "by_label": actor.label}
    if not guarded_update(same, edition=F("edition") + 1, **changes):
        raise _overtaken()
    return HandoverNote.objects.get(day=clock.today())


def _overtaken() -> Conflict:
    return Conflict(_("Somebody else wrote meanwhile. Put both texts together and save again."))


@transaction.atomic
def mark_read(actor: Actor, *, note_id: int) -> HandoverRead:
    """Say that one has read the note as it is now; twice is once. Raises NotFound. Emits HandoverChanged."""
    note = HandoverNote.objects.filter(pk=note_id).first()
    if note is None:
        raise NotFound(_("There is no such note."))
    read, made = HandoverRead.objects.get_or_create(
        note=note, edition=note.edition, by=actor.key, defaults={"by_label": actor.label, "at": clock.now()}
    )
    if made:
        events.emit(HandoverChanged(note.pk), actor=actor)
    return read
