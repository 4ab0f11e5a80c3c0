"""What people do to a conversation: answer it, say that it needs no answer, link it to what it is about."""

from __future__ import annotations

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from akinai.foundation import audit, events
from akinai.foundation.core import clock
from akinai.foundation.core.actor import Actor
from akinai.foundation.core.errors import NotFound, Refused
from akinai.shop.messaging.events import ThreadChanged
from akinai.shop.messaging.models import Message
from akinai.shop.messaging.models_inbox import Thread
from akinai.shop.messaging.states import LinkedBy


def _locked(thread_id: int) -> Thread:
    thread = Thread.objects.select_for_update().filter(pk=thread_id).first()
    if thread is None:
        raise NotFound(_("There is no such conversation."))
    return thread


@transaction.atomic
def close_thread(actor: Actor, *, thread_id: int) -> Thread:
    """Say that the last mail needs no answer, or has been answered by phone. Raises Refused if nothing waits."""
    thread = _locked(thread_id)
    if thread.waits_since is None:
        raise Refused(_("Nothing in this conversation waits for an answer."))
    thread.waits_since, thread.closed_by, thread.closed_by_label = None, actor.key, actor.label
    return _changed(actor, thread, "messaging.close_thread")


@transaction.atomic
def reopen_thread(actor: Actor, *, thread_id: int) -> Thread:
    """Put a conversation back among those that wait for an answer."""
    thread = _locked(thread_id)
    thread.waits_since, thread.closed_by, thread.closed_by_label = clock.now(), "", ""
    return _changed(actor, thread, "messaging.reopen_thread")


@transaction.atomic
def link_thread(actor: Actor, *, thread_id: int, subject_key: str) -> Thread:
    """Say by hand what a conversation is about; a blank key takes the link away."""
    thread = _locked(thread_id)
    before, thread.subject_key = thread.subject_key, subject_key
    thread.linked_by = LinkedBy.HAND if subject_key else LinkedBy.NOBODY
    if before and before != subject_key:
        audit.record(actor, "messaging.unlink_thread", before, detail={"thread": thread.pk})
        events.emit(ThreadChanged(thread.pk, before), actor=actor)
    return _changed(actor, thread, "messaging.link_thread")


def answer_threads(actor: Actor, message: Message) -> None:
    """A person's mail answers the conversation it was written in, and every other with that address about the same
    thing. What a machine sends answers nobody: do not call it for that. Inside a transaction.
    """
    same = Q(pk=message.thread_id) | Q(subject_key=message.subject_key, address__iexact=message.to)
    for thread in Thread.objects.select_for_update().filter(same, waits_since__isnull=False):
        thread.waits_since, thread.last_at = None, clock.now()
        _changed(actor, thread, "messaging.answer_thread")


def _changed(actor: Actor, thread: Thread, action: str) -> Thread:
    thread.save()
    audit.record(actor, action, thread.subject_key or thread.key, detail={"thread": thread.pk})
    events.emit(ThreadChanged(thread.pk, thread.subject_key), actor=actor)
    return thread
