"""Taking in one mail: exactly once, into its conversation, with what follows from it. No network here."""

from __future__ import annotations

import re
from dataclasses import asdict

from django.db import IntegrityError, transaction

from akinai.foundation import audit, events
from akinai.foundation.core import clock
from akinai.foundation.core.actor import Actor
from akinai.shop.messaging import subjects
from akinai.shop.messaging.bounces import Bounce, bounce_in
from akinai.shop.messaging.events import MailReceived
from akinai.shop.messaging.models import Message
from akinai.shop.messaging.models_inbox import MailAccount, Received, Thread
from akinai.shop.messaging.parsing import Incoming, parse
from akinai.shop.messaging.ports import FetchedMail
from akinai.shop.messaging.states import LinkedBy, Mark, MarkSource, ReceivedKind

from .bouncing import note_bounce
from .marking import mark_address

#: A subject that asks us to stop advertising, as our mails say it shall (LAW-12).
_STOP = re.compile(r"配信(の)?(停止|中止|解除)|メルマガ(停止|解除)|unsubscribe", re.IGNORECASE)
_ANSWER = re.compile(r"^((re|fw|fwd|返信|転送)\s*[::]\s*)+", re.IGNORECASE)


@transaction.atomic
def receive(actor: Actor, *, account_id: int, fetched: FetchedMail) -> Received | None:
    """Keep one fetched mail and say how far the account has been read; None if it is known already.

    A bounce is written onto the mail that came back (MAIL-11). Anything a person wrote joins a conversation that from
    now on waits for an answer, and emits MailReceived.
    """
    incoming = parse(fetched.raw)
    row = _keep(account_id, fetched, incoming)
    MailAccount.objects.filter(pk=account_id).update(uidvalidity=fetched.uidvalidity, last_uid=fetched.uid)
    if row is None:
        return None
    bounce = bounce_in(fetched.raw)
    if bounce is not None:
        return _bounced(actor, row, bounce)
    if incoming.is_automatic:
        row.kind = ReceivedKind.AUTO
    answered = _answered(incoming)
    row.answers, row.thread = answered, _thread(row, incoming, answered)
    row.save(update_fields=["kind", "answers", "thread"])
    _follow(actor, row)
    return row


def _keep(account_id: int, fetched: FetchedMail, incoming: Incoming) -> Received | None:
    if Received.objects.filter(identity=incoming.identity).exists():
        return None
    row = Received(
        account_id=account_id, uidvalidity=fetched.uidvalidity, uid=fetched.uid, identity=incoming.identity,
        from_address=incoming.from_address, from_name=incoming.from_name, to=incoming.to, subject=incoming.subject,
        references=list(incoming.references), written_at=incoming.date, at=clock.now(), text=incoming.text,
        files=[asdict(one) for one in incoming.files], raw=fetched.raw, is_cut=fetched.is_cut,
    )  # fmt: skip
    try:
        with transaction.atomic():
            row.save(force_insert=True)
    except IntegrityError:
        return None  # another worker fetched it this moment
    return row


def _bounced(actor: Actor, row: Received, bounce: Bounce) -> Received:
    row.kind, row.answers = ReceivedKind.BOUNCE, note_bounce(actor, bounce=bounce)
    row.save(update_fields=["kind", "answers"])
    return row


def _answered(incoming: Incoming) -> Message | None:
    """The mail of ours that this one answers: the latest it names."""
    ours = Message.objects.filter(message_id__in=incoming.references)
    known = {message.message_id: message for message in ours.defer("body", "headers")}
    return next((known[ref] for ref in reversed(incoming.references) if ref in known), None)


def _thread(row: Received, incoming: Incoming, answered: Message | None) -> Thread:
    """The conversation: that of the mail answered, else of what it is about, else a new one."""
    before = Received.objects.filter(identity__in=incoming.references, thread__isnull=False).order_by("-id").first()
    if before is not None and before.thread is not None:
        return before.thread
    key, how = _about(incoming, answered)
    if key.startswith("thread:"):
        known = Thread.objects.filter(pk=key.partition(":")[2]).first()
        if known is not None:
            return known
    if key:
        same = Thread.objects.filter(subject_key=key, address=incoming.from_address).order_by("-id").first()
        if same is not None:
            return same
    account = MailAccount.objects.get(pk=row.account_id)
    return Thread.objects.create(
        subject_key=key, linked_by=how, address=incoming.from_address, name=incoming.from_name,
        subject=_ANSWER.sub("", incoming.subject), store_id=answered.store_id if answered else account.store_id,
        started_at=row.at, last_at=row.at,
    )  # fmt: skip


def _about(incoming: Incoming, answered: Message | None) -> tuple[str, LinkedBy]:
    """What the mail is about: what it answers, the number in its subject, what its sender has open."""
    if answered is not None:
        return answered.subject_key, LinkedBy.REFERENCE
    guessed = subjects.guess(incoming.subject, incoming.from_address)
    if guessed is None:
        return _written_to(incoming.from_address)
    return guessed.key, LinkedBy.NUMBER if guessed.by_number else LinkedBy.ADDRESS


def _written_to(address: str) -> tuple[str, LinkedBy]:
    """What we wrote to that address about last: the only trace of a buyer behind a mall's masked address (MAIL-12)."""
    last = Message.objects.filter(to=address).order_by("-id").values_list("subject_key", flat=True).first()
    return (last, LinkedBy.ADDRESS) if last and address else ("", LinkedBy.NOBODY)


def _follow(actor: Actor, row: Received) -> None:
    """What a mail of a person sets going."""
    thread = row.thread
    assert thread is not None  # receive has just found it
    thread.last_at = row.at
    if row.kind == ReceivedKind.MAIL:
        thread.waits_since = thread.waits_since or row.at
        thread.closed_by = thread.closed_by_label = ""
    thread.save(update_fields=["last_at", "waits_since", "closed_by", "closed_by_label"])
    about = thread.subject_key or thread.key
    audit.record(actor, "messaging.received", about, detail={"received": row.pk, "from": row.from_address})
    if row.kind != ReceivedKind.MAIL:
        return
    if _STOP.search(row.subject) and row.from_address:
        mark_address(actor, address=row.from_address, kind=Mark.NO_ADS, source=MarkSource.MAIL, note=row.subject)
    events.emit(MailReceived(row.pk, thread.pk, thread.subject_key, row.from_address), actor=actor)
