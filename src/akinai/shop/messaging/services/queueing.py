"""Putting mails into the outbox: once an occasion (MAIL-4), with the window in which they can be stopped."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from akinai.foundation import audit, events, jobs
from akinai.foundation.core import clock
from akinai.foundation.core.actor import Actor
from akinai.foundation.core.errors import BadInput
from akinai.foundation.core.text import mask_cards
from akinai.shop.messaging import addresses, marks
from akinai.shop.messaging.events import MessageChanged, MessageEvent, MessageFailed
from akinai.shop.messaging.models import AddressMark, Message
from akinai.shop.messaging.ports import EnclosedFile
from akinai.shop.messaging.rendering import one_line
from akinai.shop.messaging.states import Mark, State
from akinai.shop.messaging.transports import server
from akinai.shop.stores import selectors as stores

from .doubling import refuse_double
from .enclosing import enclose
from .threading import answer_threads

SEND = jobs.named("messaging.send")
LONGEST_SUBJECT = 300
LONGEST_BODY = 100_000


@dataclass(frozen=True, slots=True)
class Letter:
    """What a mail says and to whom. `missing` are variables nobody filled: such a mail becomes a draft (MAIL-2).

    `door` names who wants it where no fact does; `insist`: a person has seen the warnings and sends all the same.
    """

    to: str
    subject: str
    body: str
    store_id: int | None = None
    missing: Sequence[str] = ()
    headers: Mapping[str, str] = field(default_factory=dict)
    resend_of: Message | None = None
    door: str = ""
    insist: bool = False
    thread_id: int | None = None
    files: Sequence[EnclosedFile] = ()


@transaction.atomic
def queue_message(
    actor: Actor,
    *,
    kind: str,
    subject_key: str,
    occasion: str,
    store_id: int | None,
    to: str,
    subject: str,
    body: str,
    delay_seconds: int = 0,
    missing: Sequence[str] = (),
    headers: Mapping[str, str] | None = None,
    door: str = "",
    insist: bool = False,
    thread_id: int | None = None,
    files: Sequence[EnclosedFile] = (),
) -> Message:
    """Put a mail into the outbox; it leaves after `delay_seconds`. The same (subject, kind, occasion) again gives the
    first one back and does nothing (MAIL-4).

    A mail with missing values becomes a draft, one to an impossible address or to one that sends mail back (MAIL-11)
    fails at once: both are seen by people and emit MessageFailed (R19). `door` is blank where a fact asks for the mail.
    Raises AlreadyWritten if another door has just written the same (N-13) unless somebody insists, BadInput for a line
    break in subject or address (header injection).
    """
    letter = Letter(
        to, subject, body, store_id, tuple(missing), headers or {}, door=door, insist=insist, thread_id=thread_id,
        files=files,
    )  # fmt: skip
    return put(actor, (kind, subject_key, occasion), letter, delay_seconds=delay_seconds)


@transaction.atomic
def save_draft(
    actor: Actor,
    *,
    kind: str,
    subject_key: str,
    occasion: str,
    store_id: int | None,
    to: str,
    subject: str,
    body: str,
    missing: Sequence[str] = (),
    headers: Mapping[str, str] | None = None,
    door: str = "",
    thread_id: int | None = None,
    files: Sequence[EnclosedFile] = (),
) -> Message:
    """Keep a mail for a person to finish; otherwise as `queue_message`. The address may still be wrong or blank."""
    letter = Letter(
        to, subject, body, store_id, tuple(missing), headers or {}, door=door, thread_id=thread_id, files=files
    )
    return put(actor, (kind, subject_key, occasion), letter, state=State.DRAFT)


def put(
    actor: Actor,
    key: tuple[str, str, str],
    letter: Letter,
    *,
    state: State = State.WAITING,
    delay_seconds: int = 0,
) -> Message:
    """Insert one message, or give back the one its key (kind, subject, occasion) has. Inside a transaction."""
    kind, subject_key, occasion = key
    same = Message.objects.filter(kind=kind, subject_key=subject_key, occasion=occasion)
    known = same.first()
    if known is not None:
        return known
    if state == State.WAITING and not letter.insist and letter.resend_of is None:
        refuse_double(kind=kind, subject_key=subject_key, door=letter.door)
    row = _row(actor, key, letter)
    row.state = state
    row.send_after = clock.now() + dt.timedelta(seconds=max(0, delay_seconds))
    if state == State.WAITING:
        _judge(row, insist=letter.insist)
    try:
        with transaction.atomic():
            row.save()
    except IntegrityError:
        return same.get()
    enclose(row, letter.files)
    audit.record(actor, "messaging.queue", row.key, detail={"about": subject_key, "kind": kind, "occasion": occasion})
    if row.state == State.WAITING:
        dispatch(actor, row)
        if row.door.startswith("staff:"):
            answer_threads(actor, row)
    emit(actor, row, MessageFailed if row.is_open_failure else MessageChanged)
    return row


def _row(actor: Actor, key: tuple[str, str, str], letter: Letter) -> Message:
    kind, subject_key, occasion = key
    shop, mail_server = stores.snapshot().shop, server()
    sender = mail_server.from_address or shop.mail
    return Message(
        kind=kind, subject_key=subject_key, occasion=occasion, store_id=letter.store_id,
        to=tidy_address(letter.to), from_name=one_line(mail_server.from_name or shop.name), from_address=sender,
        reply_to=shop.mail, subject=tidy_subject(letter.subject), body=tidy_body(letter.body),
        headers=dict(letter.headers), message_id=new_message_id(sender), missing=list(letter.missing),
        created_at=clock.now(), created_by=actor.key, created_by_label=actor.label, resend_of=letter.resend_of,
        door=letter.door[:60], thread_id=letter.thread_id,
    )  # fmt: skip


def _judge(row: Message, *, insist: bool) -> None:
    """What keeps a mail from leaving: blanks make it a draft, an address that takes no mail a failure."""
    if row.missing:
        row.state = State.DRAFT
        row.last_error = _("These have no value: %(names)s.") % {"names": ", ".join(row.missing)}
    elif not addresses.is_sound(row.to):
        row.state = State.FAILED
        row.last_error = _("“%(address)s” is not a mail address.") % {"address": row.to}
    elif not insist and (mark := marks.mark_of(row.to, Mark.BOUNCED)) is not None:
        row.state = State.FAILED
        row.last_error = comes_back(mark)


def comes_back(mark: AddressMark) -> str:
    """MAIL-11: the sentence about an address that sends mail back."""
    day = clock.aware(mark.at).date()
    return _("Mails to %(address)s come back since %(day)s. Phone the buyer and ask for another address.") % {
        "address": mark.address, "day": f"{day.month}/{day.day}",
    }  # fmt: skip


def dispatch(actor: Actor, row: Message) -> None:
    """Make the job that will deliver a waiting message when its window has closed."""
    jobs.enqueue(SEND, args={"message_id": row.pk}, unique_key=f"mail:{row.pk}", run_at=row.send_after, actor=actor)


def emit(actor: Actor, row: Message, kind: type[MessageEvent]) -> None:
    """Tell the house what became of a message."""
    key = (row.pk, row.subject_key, row.kind, row.occasion)
    event = MessageChanged(*key, state=row.state) if kind is MessageChanged else kind(*key)
    events.emit(event, actor=actor)


def new_message_id(sender: str) -> str:
    """A fresh Message-ID under the sender's domain."""
    domain = sender.rpartition("@")[2] or "akinai.invalid"
    return f"<{uuid.uuid4().hex}@{domain}>"


def tidy_address(text: str) -> str:
    """An address for keeping: checked later, but never with a line break in it."""
    _refuse_breaks(text, "to")
    tidy = text.strip()[:254]
    return addresses.check(tidy) if addresses.is_sound(tidy) else tidy


def tidy_subject(text: str) -> str:
    """A subject for keeping: one line, cards masked (PAY-4). Raises BadInput if blank, too long or broken."""
    _refuse_breaks(text, "subject")
    tidy = mask_cards(text.strip())
    if not tidy:
        raise BadInput(_("Write a subject."), field="subject")
    if len(tidy) > LONGEST_SUBJECT:
        raise BadInput(
            _("A subject may have at most %(count)s characters.") % {"count": LONGEST_SUBJECT}, field="subject"
        )
    return tidy


def tidy_body(text: str) -> str:
    """A text for keeping: line ends of one kind, cards masked, no control characters. Raises BadInput if blank."""
    flat = text.replace("\r\n", "\n").replace("\r", "\n")
    flat = "".join(c for c in flat if c in "\n\t" or c.isprintable() or c == "\u3000")
    if not flat.strip():
        raise BadInput(_("Write a text."), field="body")
    if len(flat) > LONGEST_BODY:
        raise BadInput(_("The text is too long for a mail."), field="body")
    return mask_cards(flat.rstrip() + "\n")


def _refuse_breaks(text: str, field_name: str) -> None:
    """Header injection: a header is one line."""
    if any(c in text for c in "\r\n\x00\x0b\x0c\x85\u2028\u2029"):
        raise BadInput(_("This must be one line."), field=field_name)
