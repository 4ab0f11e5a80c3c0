"""Reading what was written about orders."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _

from akinai.backoffice.fulfillment.models import Shipment
from akinai.backoffice.orders.models import Order
from akinai.backoffice.orders.states import Confirmation, Stage
from akinai.foundation.accounts.models import Language
from akinai.foundation.core.text import nfkc
from akinai.shop.messaging import conversations
from akinai.shop.messaging import selectors as mails
from akinai.shop.messaging.kinds import kinds
from akinai.shop.messaging.models import Message
from akinai.shop.messaging.models_inbox import Received
from akinai.shop.messaging.states import State
from akinai.shop.messaging.subjects import Subject
from akinai.shop.messaging.texts import LANGUAGE
from akinai.shop.stores import selectors as stores
from akinai.shop.stores.states import MailSender

from . import facts as loading
from .facts import OrderFacts
from .models import ConfirmationNote

#: Kinds whose sender people ask about when they look for a mail (MAIL-13).
EXPECTED = ("M01", "M03", "M05", "M07", "M12")


@dataclass(frozen=True, slots=True)
class Entry:
    """A mail in a timeline of both directions; exactly one of `ours` and `theirs` is there."""

    at: dt.datetime
    ours: Message | None = None
    theirs: Received | None = None
    label: str = ""


def when(mail: Message | Received) -> dt.datetime:
    """Where a mail stands in a timeline: when it left, came, or was written."""
    return mail.at if isinstance(mail, Received) else mail.sent_at or mail.created_at


def entry(mail: Message | Received) -> Entry:
    """A mail as a timeline shows it."""
    if isinstance(mail, Received):
        return Entry(mail.at, theirs=mail)
    return Entry(when(mail), ours=mail, label=kinds.label(mail.kind))


def timeline(ours: Iterable[Message], theirs: Iterable[Received]) -> list[Entry]:
    """Mails of both directions, oldest first."""
    return sorted([*map(entry, ours), *map(entry, theirs)], key=lambda one: one.at)


@dataclass(frozen=True)
class OrderMails:
    """Everything the panel of an order shows."""

    order: Order
    entries: Sequence[Entry]
    elsewhere: Sequence[str]
    note: str
    asks_note: bool
    may_remind: bool

    @property
    def is_lost(self) -> bool:
        """Whether one did not arrive and nobody has answered that; a draft with blanks has not even left."""
        ours = [entry.ours for entry in self.entries if entry.ours is not None]
        return any(mail.state == State.FAILED and mail.resolved_at is None for mail in ours)


def order_mails(order_id: int) -> OrderMails:
    """Mails of an order, newest first, and which the store sends itself. Raises NotFound."""
    facts = loading.load(order_id)
    order = facts.order
    note = ConfirmationNote.objects.filter(order=order).values_list("text", flat=True).first() or ""
    asks = order.confirmation != Confirmation.ACCEPTED and not facts.is_cancelled and not order.is_history
    ours, theirs = mails.messages_about(order.subject), conversations.received_about(order.subject)
    entries = timeline(ours[:50], theirs[:50])[::-1]
    return OrderMails(order, entries, _language(facts) + _elsewhere(order), note, asks, facts.waits_for_transfer)


def _language(facts: OrderFacts) -> list[str]:
    """That this buyer reads another language than most; what is typed by hand for them has to be in it, too."""
    if facts.language == LANGUAGE:
        return []
    return [_("Mails to this buyer are in %(language)s.") % {"language": Language(facts.language).label}]


def _elsewhere(order: Order) -> list[str]:
    """Sentences on the mails of this store that are not ours to send."""
    found = []
    for kind in EXPECTED:
        sender = stores.mail_sender(order.store, kind)
        if sender == MailSender.STORE:
            found.append(_("%(mail)s: the store sends it.") % {"mail": kinds.label(kind)})
        elif sender == MailSender.NOBODY:
            found.append(_("%(mail)s: nobody sends it.") % {"mail": kinds.label(kind)})
    return found


def orders_of(address: str, but: int = 0) -> list[Order]:
    """The latest orders of who writes from an address, to link a conversation with one press."""
    key = nfkc(address).lower()
    rows = Order.objects.filter(customer__mail_key=key).exclude(pk=but) if key else Order.objects.none()
    return list(rows.only("id", "number", "ordered_at", "queue").order_by("-ordered_at", "-id")[:5])


def under_way(order_id: int) -> list[int]:
    """The parcels of an order that are on their way."""
    return list(
        Shipment.objects.filter(order_id=order_id, stage=Stage.SHIPPED).order_by("id").values_list("pk", flat=True)
    )


def orders_by_name(ids: list[int]) -> dict[int, Subject]:
    """Orders as the outbox names them; one query."""
    rows = Order.objects.filter(pk__in=ids).values_list("pk", "number")
    return {pk: Subject(number, reverse("orders:order", args=[pk])) for pk, number in rows}


def orders_meant(text: str) -> Iterable[int]:
    """Orders whose number, ours or the store's, is this text."""
    return Order.objects.filter(Q(number=text) | Q(store_number=text)).values_list("pk", flat=True)[:50]
