"""Delivery: claim, hand over outside of any transaction, mark; what died in between is handed over again (REL-8).

`attempts` is the fence: only who claimed the message last may say what became of it. The Message-ID stays the same,
so a repeat after a crash is known as one by the receiving side.
"""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.db import transaction
from django.db.models import F, Q, QuerySet
from django.utils.translation import gettext as _

from akinai.foundation import audit
from akinai.foundation.core import clock
from akinai.foundation.core.actor import Actor
from akinai.foundation.core.text import mask_cards
from akinai.shop.messaging import marks, transports
from akinai.shop.messaging.bounces import is_dead
from akinai.shop.messaging.declared import TRIES
from akinai.shop.messaging.events import MessageChanged, MessageFailed, MessageSent
from akinai.shop.messaging.kinds import kinds
from akinai.shop.messaging.models import Attempt, Message
from akinai.shop.messaging.ports import DeliveryError, EnclosedFile, OutgoingMail
from akinai.shop.messaging.states import Mark, MarkSource, Outcome, State
from akinai.shop.stores import selectors as stores
from akinai.shop.stores import settings

from .marking import mark_address
from .queueing import dispatch, emit
from .stopping import settle_failures

FIRST_WAIT = 15
LONGEST_WAIT = 3600


def deliver(actor: Actor, *, message_id: int) -> bool:
    """Deliver one message if it waits and its window has closed; says whether it left. Call it outside of transactions.

    A message found in `sending` was left there by a worker that died: it is handed over again. Emits MessageSent or
    MessageFailed; a failure that may pass is tried again later, as often as the shop's setting says.
    """
    message = _claim(actor, message_id)
    if message is None:
        return False
    transport = transports.current()
    try:
        said = transport.send(as_mail(message))
    except DeliveryError as error:
        _not_delivered(actor, message, transport.name, error)
        return False
    except Exception as error:  # noqa: BLE001 - a fault of an adapter must not leave a mail in `sending` for ever
        _not_delivered(actor, message, transport.name, DeliveryError(repr(error), permanent=False))
        return False
    return _delivered(actor, message, transport.name, said)


@transaction.atomic
def _claim(actor: Actor, message_id: int) -> Message | None:
    """Take the message for this attempt; None if it was stopped, is sent, or waits for a later hour."""
    now = clock.now()
    due = Q(state=State.WAITING, send_after__lte=now) | Q(state=State.SENDING)
    found = Message.objects.select_for_update().filter(pk=message_id).first()
    if found is None or not Message.objects.filter(due, pk=message_id).update(
        state=State.SENDING, attempts=F("attempts") + 1
    ):
        if found is not None and found.state == State.WAITING:
            dispatch(actor, found)  # the job came early: a stopped mail was sent anew with a later window
        return None
    if kinds.is_promotional(found.kind) and marks.wants_no_ads(found.to):
        _hold_back(actor, found)
        return None
    if found.state == State.SENDING:
        _log(found, found.attempts, Outcome.LOST, "", _("The worker ended while it was sending."))
    found.state, found.attempts = State.SENDING, found.attempts + 1
    return found


def _hold_back(actor: Actor, message: Message) -> None:
    """LAW-13: who refused advertising while the mail waited gets none."""
    message.state, message.last_error = State.STOPPED, _("The buyer wants no advertising.")
    Message.objects.filter(pk=message.pk).update(state=message.state, last_error=message.last_error)
    audit.record(actor, "messaging.stop", message.key, detail={"because": "no_ads"})
    emit(actor, message, MessageChanged)


def as_mail(message: Message) -> OutgoingMail:
    """The message as the transport takes it. A sender that was not known when it was written is filled in now."""
    shop = stores.snapshot().shop
    return OutgoingMail(
        message_id=message.message_id,
        from_address=message.from_address or shop.mail,
        from_name=message.from_name or shop.name,
        reply_to=message.reply_to or shop.mail,
        to=message.to,
        subject=message.subject,
        body=message.body,
        date=clock.aware(message.created_at),
        headers=message.headers,
        files=tuple(EnclosedFile(f.name, f.content_type, bytes(f.content)) for f in message.enclosures.all()),
    )


@transaction.atomic
def _delivered(actor: Actor, message: Message, transport: str, said: str) -> bool:
    """Mark it as sent, unless another worker has taken it over meanwhile."""
    changes = {"state": State.SENT, "sent_at": clock.now(), "transport": transport, "last_error": ""}
    if not _mine(message).update(**changes):
        return False
    _log(message, message.attempts, Outcome.SENT, transport, said)
    if message.resend_of_id:
        settle_failures(actor, message)
    audit.record(actor, "messaging.sent", message.key)
    emit(actor, message, MessageSent)
    return True


@transaction.atomic
def _not_delivered(actor: Actor, message: Message, transport: str, error: DeliveryError) -> None:
    """Fail for good, or put it back for another try after a while (15 s, 45 s … an hour)."""
    for_good = error.permanent or message.attempts >= settings.value(TRIES)
    text = mask_cards(error.text)
    changes: dict[str, Any] = {
        "state": State.FAILED if for_good else State.WAITING,
        "last_error": text,
        "transport": transport,
    }
    if not for_good:
        changes["send_after"] = message.send_after = clock.now() + wait_before(message.attempts)
    if not _mine(message).update(**changes):
        return
    outcome = Outcome.REFUSED if for_good else Outcome.LATER
    _log(message, message.attempts, outcome, transport, text, error.code)
    if for_good:
        if error.permanent and is_dead(error.code, text):
            mark_address(
                actor, address=message.to, kind=Mark.BOUNCED, source=MarkSource.SERVER, note=text[:500], message=message
            )
        message.state = State.FAILED
        audit.record(actor, "messaging.failed", message.key, detail={"said": text[:300]})
        emit(actor, message, MessageFailed)
    else:
        dispatch(actor, message)


def wait_before(attempts: int) -> dt.timedelta:
    """How long after the n-th try the next one comes."""
    return dt.timedelta(seconds=min(FIRST_WAIT * 3 ** min(attempts - 1, 10), LONGEST_WAIT))


def _mine(message: Message) -> QuerySet[Message]:
    return Message.objects.filter(pk=message.pk, state=State.SENDING, attempts=message.attempts)


def _log(message: Message, number: int, outcome: Outcome, transport: str, text: str, code: str = "") -> None:
    Attempt.objects.create(
        message_id=message.pk, at=clock.now(), number=number, outcome=outcome, transport=transport, text=text, code=code
    )
