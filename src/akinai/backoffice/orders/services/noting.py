"""社内メモ: notes staff leave on an order (R125)."""

from __future__ import annotations

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from akinai.backoffice.orders.events import OrderChanged
from akinai.backoffice.orders.models import Order, OrderNote
from akinai.foundation import audit, events
from akinai.foundation.core import clock
from akinai.foundation.core.actor import Actor
from akinai.foundation.core.errors import BadInput, NotFound
from akinai.foundation.core.text import mask_cards


@transaction.atomic
def write_note(actor: Actor, *, order_id: int, text: str) -> OrderNote:
    """Add a note; card numbers in it are masked (PAY-4). Raises BadInput if it is empty. Emits OrderChanged."""
    if not text.strip():
        raise BadInput(_("Write something first."), field="text")
    order = Order.objects.filter(pk=order_id).first()
    if order is None:
        raise NotFound(_("There is no such order."))
    note = OrderNote.objects.create(
        order=order, at=clock.now(), by=actor.key, by_label=actor.label, text=mask_cards(text.strip())
    )
    audit.record(actor, "orders.note", order.subject)
    events.emit(OrderChanged(order.pk, order.number, order.edition, what="note"), actor=actor)
    return note
