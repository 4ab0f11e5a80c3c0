"""Answering a mail of a buyer, saying which order it is about, and keeping what it reports."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _

from akinai.backoffice.fulfillment import services as fulfillment
from akinai.backoffice.fulfillment.states import Tracking
from akinai.backoffice.orders.models import Order
from akinai.foundation import audit, events
from akinai.foundation.core.actor import Actor
from akinai.foundation.core.errors import BadInput, Refused
from akinai.foundation.core.text import nfkc
from akinai.frontoffice.notifications import facts as loading
from akinai.frontoffice.notifications import selectors
from akinai.frontoffice.notifications.composing import compose
from akinai.frontoffice.notifications.context import staff_name
from akinai.frontoffice.notifications.events import ArrivalReported
from akinai.frontoffice.notifications.facts import order_id_of
from akinai.shop.messaging import addresses, conversations, marks
from akinai.shop.messaging import services as messaging
from akinai.shop.messaging.models import Message
from akinai.shop.messaging.models_inbox import Received, Thread
from akinai.shop.messaging.ports import EnclosedFile
from akinai.shop.messaging.signature import signature
from akinai.shop.messaging.texts import LANGUAGE
from akinai.shop.stores import selectors as stores

from .automatic import undo_seconds

_MOST_QUOTED = 60


@dataclass(frozen=True, slots=True)
class Answer:
    """An answer as typed; `token` names this very form."""

    subject: str
    body: str
    token: str
    insist: bool = False
    files: Sequence[EnclosedFile] = ()


def answer_start(actor: Actor, thread: Thread) -> dict[str, Any]:
    """What an answer begins with: greeting, a place for one's words, who writes, and the mail it answers, quoted."""
    theirs = thread.mails.defer("raw").order_by("-id").first()
    facts = loading.load(order_id) if (order_id := order_id_of(thread.subject_key)) is not None else None
    if facts is not None and is_the_buyers(thread, facts.order):
        body = compose("FREE", facts, actor).body
    else:
        body = _without_order(actor, thread)
    quoted = "\n".join(f"> {line}" for line in theirs.text.splitlines()[:_MOST_QUOTED]) if theirs else ""
    return {
        "token": uuid.uuid4().hex,
        "subject": f"Re: {thread.subject}"[:200],
        "body": f"{body}\n{quoted}".strip("\n"),
    }


def is_the_buyers(thread: Thread, order: Order) -> bool:
    """True if they write from the address on the order. Anybody can name an order's number in a subject: what the order
    says of its buyer is not theirs to read.
    """
    return thread.address == marks.folded(order.buyer_mail)


def _without_order(actor: Actor, thread: Thread) -> str:
    shop = stores.snapshot().shop
    with translation.override(LANGUAGE):
        who = f"{thread.name} 様\n\n" if thread.name else ""
        return (
            f"{who}{shop.name}の{staff_name(actor)}でございます。\n\n\n■受付番号 {thread.number}\n\n{signature(shop)}\n"
        )


@transaction.atomic
def answer(actor: Actor, *, thread_id: int, wanted: Answer) -> Message:
    """Answer a conversation: the mail names the one it answers, so that mail programs show both together, and nothing
    waits any more. It can be stopped while its window is open.

    Raises BadInput for a blank or an address that is none; unless somebody insists Refused for an address that sends
    mail back, AlreadyWritten where a colleague has just answered (N-13).
    """
    thread = conversations.thread(thread_id)
    address = addresses.check(thread.address)
    if not wanted.insist:
        messaging.refuse_bounced(address)
    return messaging.queue_message(
        actor, kind="FREE", subject_key=thread.subject_key or thread.key, occasion=f"hand:{wanted.token}",
        store_id=thread.store_id, to=address, subject=wanted.subject, body=wanted.body,
        headers=reply_headers(thread), delay_seconds=undo_seconds(actor), door=actor.key, insist=wanted.insist,
        thread_id=thread.pk, files=wanted.files,
    )  # fmt: skip


def reply_headers(thread: Thread) -> dict[str, str]:
    """In-Reply-To and References to the last mail of theirs that has an id (RFC 5322)."""
    last = Received.objects.filter(thread=thread, identity__startswith="<").order_by("-id").first()
    if last is None:
        return {}
    return {"In-Reply-To": last.identity, "References": " ".join([*last.references[-10:], last.identity])}


@transaction.atomic
def link(actor: Actor, *, thread_id: int, number: str) -> Thread:
    """Say by hand which order a conversation is about, by its number; blank takes the link away."""
    wanted = nfkc(number)
    if not wanted:
        return messaging.link_thread(actor, thread_id=thread_id, subject_key="")
    found = list(selectors.orders_meant(wanted))
    if not found:
        raise BadInput(_("There is no order with the number %(number)s.") % {"number": wanted}, field="number")
    if len(found) > 1:
        raise BadInput(_("Several stores have that number. Enter our own."), field="number")
    return messaging.link_thread(actor, thread_id=thread_id, subject_key=f"order:{found[0]}")


@transaction.atomic
def note_arrival(actor: Actor, *, thread_id: int) -> Order:
    """R89: keep that the buyer reports the arrival: the parcels on their way are delivered (T17), the mail is done.

    Emits ArrivalReported. Raises Refused where the conversation is about no order or nothing of it has been sent.
    """
    thread = conversations.thread(thread_id)
    order_id = order_id_of(thread.subject_key)
    if order_id is None:
        raise Refused(_("Say first which order this is about."))
    parcels = selectors.under_way(order_id)
    if not parcels:
        raise Refused(_("Nothing of this order is on its way."))
    order = Order.objects.get(pk=order_id)
    for shipment in parcels:
        fulfillment.note_tracking(actor, shipment_id=shipment, state=Tracking.DELIVERED, note=thread.number)
    audit.record(actor, "notifications.arrived", order.subject, detail={"thread": thread.pk})
    events.emit(ArrivalReported(order.pk, order.number, thread.pk), actor=actor)
    if thread.waits_since is not None:
        messaging.close_thread(actor, thread_id=thread.pk)
    return order
