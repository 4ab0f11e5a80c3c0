"""Files that go with a mail."""

from __future__ import annotations

import mimetypes
import re
from collections.abc import Sequence

from django.db import transaction
from django.utils.translation import gettext as _

from akinai.foundation import audit
from akinai.foundation.core.actor import Actor
from akinai.foundation.core.errors import BadInput, NotFound, Refused
from akinai.shop.messaging.declared import LARGEST_FILES
from akinai.shop.messaging.models import Enclosure, Message
from akinai.shop.messaging.ports import EnclosedFile
from akinai.shop.messaging.states import State
from akinai.shop.stores import settings

MOST_FILES = 10
_MEGABYTE = 1024 * 1024
_TYPE = re.compile(r"[a-z0-9][a-z0-9.+-]{0,60}/[a-z0-9][a-z0-9.+-]{0,60}")


def as_file(name: str, content: bytes) -> EnclosedFile:
    """A file as a mail carries it: a name without path and control characters, a type by that name.

    What is text for people travels as bytes, so that no server changes its line ends.
    """
    plain = name.replace("\\", "/").rpartition("/")[2]
    plain = "".join(c for c in plain if c.isprintable()).strip(". ")[-150:] or "file"
    guessed = mimetypes.guess_type(plain)[0] or "application/octet-stream"
    sound = _TYPE.fullmatch(guessed) and not guessed.startswith(("text/", "message/", "multipart/"))
    return EnclosedFile(plain, guessed if sound else "application/octet-stream", content)


def check_files(files: Sequence[EnclosedFile], already: int = 0) -> None:
    """Raise BadInput for too many files, an empty one, or more bytes than mail servers take (a setting)."""
    if len(files) > MOST_FILES:
        raise BadInput(_("At most %(most)s files go with a mail.") % {"most": MOST_FILES}, field="enclosures")
    for one in files:
        if not one.content:
            raise BadInput(_("“%(name)s” is empty.") % {"name": one.name}, field="enclosures")
    limit = int(settings.value(LARGEST_FILES))
    if already + sum(len(one.content) for one in files) > limit * _MEGABYTE:
        raise BadInput(_("Files may have %(limit)s MB together; buyers' mailboxes refuse more.") % {"limit": limit},
                       field="enclosures")  # fmt: skip


def enclose(message: Message, files: Sequence[EnclosedFile]) -> None:
    """Keep the files with their mail. Raises BadInput as `check_files`. Inside a transaction."""
    check_files(files)
    Enclosure.objects.bulk_create(
        Enclosure(message=message, name=f.name, content_type=f.content_type, size=len(f.content), content=f.content)
        for f in files
    )


@transaction.atomic
def add_files(actor: Actor, *, message_id: int, files: Sequence[EnclosedFile]) -> None:
    """Put more files to a draft. Raises BadInput for too much, Refused if it is no draft any more."""
    message = _draft(message_id)
    kept = list(message.enclosures.defer("content"))
    if len(kept) + len(files) > MOST_FILES:
        raise BadInput(_("At most %(most)s files go with a mail.") % {"most": MOST_FILES}, field="enclosures")
    check_files(files, sum(one.size for one in kept))
    enclose(message, files)
    if files:
        audit.record(actor, "messaging.add_files", message.key, detail={"files": [f.name for f in files]})


@transaction.atomic
def drop_file(actor: Actor, *, message_id: int, file_id: int) -> None:
    """Take a file off a draft. Raises Refused if the mail is no draft any more, NotFound for another mail's file."""
    message = _draft(message_id)
    found = message.enclosures.filter(pk=file_id).defer("content").first()
    if found is None:
        raise NotFound(_("There is no such file."))
    found.delete()
    audit.record(actor, "messaging.drop_file", message.key, detail={"file": found.name})


def _draft(message_id: int) -> Message:
    message = Message.objects.select_for_update().filter(pk=message_id).first()
    if message is None:
        raise NotFound(_("There is no such mail."))
    if message.state != State.DRAFT:
        raise Refused(_("This mail is no draft any more."))
    return message
