"""A mail that came back: its record says so, its address is marked (MAIL-11)."""

from __future__ import annotations

import datetime as dt

from django.db import transaction
from django.utils.translation import gettext as _

from akinai.foundation import audit
from akinai.foundation.core import clock
from akinai.foundation.core.actor import Actor
from akinai.foundation.core.db import guarded_update
from akinai.foundation.core.text import mask_cards
from akinai.shop.messaging.bounces import Bounce, is_full
from akinai.shop.messaging.events import MessageFailed
from akinai.shop.messaging.models import Attempt, Message
from akinai.shop.messaging.states import Mark, MarkSource, Outcome, State

from .marking import mark_address
from .queueing import emit

#: A report that does not name our mail belongs to the last one sent to its address within these days.
LOOK_BACK = dt.timedelta(days=7)


@transaction.atomic
def note_bounce(actor: Actor, *, bounce: Bounce) -> Message | None:
    """Write onto the mail that it came back: it counts as not delivered until somebody answers that. Returns the mail.

    An address nobody has is marked, so that the next mail to it warns. A report that the other side tries on is only
    noted. A report about a mail we never sent changes nothing.
    """
    message = _whose(bounce)
    if message is None:
        return None
    text = mask_cards(f"{bounce.code} {bounce.text}".strip())[:1000]
    if not bounce.failed:
        _log(message, Outcome.DELAYED, text, bounce.code)
        return message
    said = f"{_meaning(bounce)} ({text or bounce.address})"
    came_back = {"state": State.FAILED, "last_error": _("Came back: %(said)s") % {"said": said}}
    if guarded_update(Message.objects.filter(pk=message.pk, state=State.SENT), **came_back):
        _log(message, Outcome.BOUNCED, text, bounce.code)
        audit.record(actor, "messaging.bounced", message.key, detail={"said": text[:300]})
        message.state = State.FAILED
        emit(actor, message, MessageFailed)
    if bounce.dead:
        mark_address(
            actor, address=message.to, kind=Mark.BOUNCED, source=MarkSource.MAIL, note=text[:500], message=message
        )
    return message


def _meaning(bounce: Bounce) -> str:
    """What the other server's answer means to somebody who has to decide what to do now."""
    if bounce.dead:
        return _("nobody has this address")
    if is_full(bounce.code, bounce.text):
        return _("the mailbox is full")
    return _("the other mail server refused it")


def _whose(bounce: Bounce) -> Message | None:
    """Our mail: by its Message-ID, else the last one sent to that address. A store's masked address is no exception."""
    if bounce.original_id:
        named = Message.objects.filter(message_id=bounce.original_id).first()
        if named is not None:
            return named
    since = clock.now() - LOOK_BACK
    sent = Message.objects.filter(to__iexact=bounce.address, sent_at__gt=since).exclude(state=State.DRAFT)
    return sent.order_by("-sent_at", "-id").first()


def _log(message: Message, outcome: Outcome, text: str, code: str) -> None:
    Attempt.objects.create(
        message_id=message.pk, at=clock.now(), number=message.attempts, outcome=outcome,
        transport=message.transport, text=text, code=code[:20],
    )  # fmt: skip
