"""What people do to a message before and after it leaves: finish, send, stop, take back, resend, settle."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from akinai.foundation import audit
from akinai.foundation.core import clock
from akinai.foundation.core.actor import Actor
from akinai.foundation.core.db import guarded_update
from akinai.foundation.core.errors import BadInput, NotFound, Refused
from akinai.shop.messaging import addresses, marks
from akinai.shop.messaging.declared import UNDO_SECONDS
from akinai.shop.messaging.events import MessageChanged, MessageSettled
from akinai.shop.messaging.models import Message
from akinai.shop.messaging.ports import EnclosedFile
from akinai.shop.messaging.rendering import leftovers
from akinai.shop.messaging.states import Mark, State
from akinai.shop.stores import settings

from .doubling import refuse_double
from .queueing import Letter, comes_back, dispatch, emit, put, tidy_address, tidy_body, tidy_subject
from .threading import answer_threads


def _one(message_id: int) -> Message:
    message = Message.objects.filter(pk=message_id).first()
    if message is None:
        raise NotFound(_("There is no such mail."))
    return message


def _change(actor: Actor, message_id: int, was: tuple[State, ...], action: str, **changes: Any) -> Message:
    """The guarded step from one of the states `was`; whoever comes second gets a sentence."""
    before = _one(message_id)
    if not guarded_update(Message.objects.filter(pk=message_id), Q(state__in=was), **changes):
        raise Refused(_now(_one(message_id)))
    message = _one(message_id)
    audit.record(actor, action, message.key)
    emit(actor, message, MessageSettled if before.is_open_failure and not message.is_open_failure else MessageChanged)
    return message


def _now(message: Message) -> str:
    """Why it is too late or too early."""
    return {
        State.DRAFT: _("This mail is a draft."),
        State.WAITING: _("This mail already waits to be sent."),
        State.SENDING: _("This mail is being sent at this moment. It cannot be stopped any more."),
        State.SENT: _("This mail has been sent. It cannot be stopped any more."),
        State.FAILED: _("This mail could not be delivered. Resend it, or mark it as done."),
        State.STOPPED: _("Sending of this mail has been stopped already."),
    }[State(message.state)]


@transaction.atomic
def edit_draft(actor: Actor, *, message_id: int, to: str, subject: str, body: str) -> Message:
    """Change a draft. Raises BadInput for a bad address, subject or text, Refused if it is no draft any more."""
    text = {"to": tidy_address(to), "subject": tidy_subject(subject), "body": tidy_body(body)}
    open_names = leftovers(text["subject"] + text["body"])
    return _change(
        actor, message_id, (State.DRAFT,), "messaging.edit_draft", **text, missing=open_names,
        last_error="", resolved_at=None,
    )  # fmt: skip


@transaction.atomic
def send_draft(actor: Actor, *, message_id: int, delay_seconds: int | None = None, insist: bool = False) -> Message:
    """Put a draft on its way; it can be stopped until its window closes (the shop's setting unless given).

    Raises BadInput for an address that can be none and for a text with an unfilled {{variable}} (MAIL-2). Unless
    somebody insists: AlreadyWritten if another door has just written the same (N-13), Refused for an address that sends
    mail back (MAIL-11).
    """
    message = _one(message_id)
    addresses.check(message.to)
    if not insist:
        refuse_double(kind=message.kind, subject_key=message.subject_key, door=message.door, but=message.pk)
        refuse_bounced(message.to)
    names = leftovers(message.subject + message.body)
    if names:
        raise BadInput(_("Fill in or delete: %(names)s.") % {"names": " ".join(names)}, field="body")
    seconds = settings.value(UNDO_SECONDS) if delay_seconds is None else delay_seconds
    after = clock.now() + dt.timedelta(seconds=seconds)
    message = _change(
        actor, message_id, (State.DRAFT,), "messaging.send_draft",
        state=State.WAITING, send_after=after, missing=[], last_error="",
    )  # fmt: skip
    dispatch(actor, message)
    if actor.key.startswith("staff:"):
        answer_threads(actor, message)
    return message


def refuse_bounced(address: str) -> None:
    """Raise Refused for an address that sends mail back (MAIL-11)."""
    mark = marks.mark_of(address, Mark.BOUNCED)
    if mark is not None:
        raise Refused(comes_back(mark), code="bounced_address")


@transaction.atomic
def hurry(actor: Actor, *, message_id: int) -> Message:
    """Send a waiting mail now instead of at the end of its window or of the pause after a failure.

    Raises Refused if it does not wait any more.
    """
    message = _change(actor, message_id, (State.WAITING,), "messaging.hurry", send_after=clock.now())
    dispatch(actor, message)
    return message


@transaction.atomic
def stop(actor: Actor, *, message_id: int) -> Message:
    """Stop a waiting mail, or drop a draft. Sending wins over stopping: then Refused says so."""
    return _change(actor, message_id, (State.WAITING, State.DRAFT), "messaging.stop", state=State.STOPPED)


@transaction.atomic
def take_back(actor: Actor, *, message_id: int) -> Message:
    """Make a waiting or stopped mail a draft again, to change it before it goes. Sending wins."""
    return _change(actor, message_id, (State.WAITING, State.STOPPED), "messaging.take_back", state=State.DRAFT)


@transaction.atomic
def resend(actor: Actor, *, message_id: int, to: str | None = None) -> Message:
    """Send the same words again as a new record that names the first (MAIL-3, MAIL-4), perhaps to another address.

    When it arrives, the first one's failure is answered. Raises Refused for a mail that has not been tried or is being
    resent already, BadInput for a bad address.
    """
    chosen = _one(message_id)
    if chosen.state not in (State.SENT, State.FAILED, State.STOPPED):
        raise Refused(_now(chosen))
    first = _one(chosen.resend_of_id) if chosen.resend_of_id else chosen
    again = Message.objects.filter(resend_of=first)
    if again.filter(state__in=[State.WAITING, State.SENDING]).exists():
        raise Refused(_("This mail is being sent again already."))
    address = addresses.check(to if to is not None else chosen.to)
    if chosen.missing:
        raise BadInput(_("Fill in or delete: %(names)s.") % {"names": " ".join(chosen.missing)}, field="body")
    refuse_bounced(address)
    files = [EnclosedFile(f.name, f.content_type, bytes(f.content)) for f in chosen.enclosures.all()]
    letter = Letter(
        address, chosen.subject, chosen.body, chosen.store_id, (), chosen.headers, resend_of=first, files=files,
        thread_id=chosen.thread_id,
    )  # fmt: skip
    return put(actor, (first.kind, first.subject_key, f"resend:{first.pk}:{again.count() + 1}"), letter)


@transaction.atomic
def settle(actor: Actor, *, message_id: int) -> Message:
    """Mark a failure as done because the buyer was reached another way, such as by phone."""
    message = _one(message_id)
    if not message.is_open_failure:
        raise Refused(_now(message))
    if message.state == State.DRAFT:
        return stop(actor, message_id=message_id)
    settle_failures(actor, message)
    return _one(message_id)


def settle_failures(actor: Actor, message: Message) -> None:
    """Write down that the failures of a mail and of its resends need nobody any more. Emits MessageSettled."""
    first = message.resend_of_id or message.pk
    same = Message.objects.filter(Q(pk=first) | Q(resend_of_id=first), state=State.FAILED, resolved_at__isnull=True)
    if same.update(resolved_at=clock.now(), resolved_by=actor.key):
        audit.record(actor, "messaging.settle", message.key, detail={"first": first})
        emit(actor, message, MessageSettled)
