"""Reading what was written about orders."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _

from akinai.backoffice.orders.models import Order
from akinai.backoffice.orders.states import Confirmation
from akinai.shop.messaging import selectors as mails
from akinai.shop.messaging.kinds import kinds
from akinai.shop.messaging.models import Message
from akinai.shop.messaging.subjects import Subject
from akinai.shop.stores import selectors as stores
from akinai.shop.stores.states import MailSender

from . import facts as loading
from .models import ConfirmationNote

#: Kinds whose sender people ask about when they look for a mail (MAIL-13).
EXPECTED = ("M01", "M03", "M05", "M07", "M12")


@dataclass(frozen=True)
class OrderMails:
    """Everything the panel of an order shows."""

    order: Order
    messages: Sequence[Message]
    elsewhere: Sequence[str]
    note: str
    asks_note: bool
    may_remind: bool


def order_mails(order_id: int) -> OrderMails:
    """Mails of an order, newest first, and which the store sends itself. Raises NotFound."""
    facts = loading.load(order_id)
    order = facts.order
    messages = list(mails.messages_about(order.subject)[:50])
    for message in messages:
        message.kind_label = kinds.label(message.kind)  # type: ignore[attr-defined]
    note = ConfirmationNote.objects.filter(order=order).values_list("text", flat=True).first() or ""
    asks = order.confirmation != Confirmation.ACCEPTED and not facts.is_cancelled and not order.is_history
    return OrderMails(order, messages, _elsewhere(order), note, asks, facts.waits_for_transfer)


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


def orders_by_name(ids: list[int]) -> dict[int, Subject]:
    """Orders as the outbox names them; one query."""
    rows = Order.objects.filter(pk__in=ids).values_list("pk", "number")
    return {pk: Subject(number, reverse("orders:order", args=[pk])) for pk, number in rows}


def orders_meant(text: str) -> Iterable[int]:
    """Orders whose number, ours or the store's, is this text."""
    return Order.objects.filter(Q(number=text) | Q(store_number=text)).values_list("pk", flat=True)[:50]
