"""Reaching buyers: tasks that open by themselves or by hand, and what came of them (R34, R109)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from akinai.backoffice.orders import services as orders
from akinai.backoffice.orders.models import Order
from akinai.backoffice.orders.services.guarding import lock
from akinai.backoffice.orders.states import Cancel
from akinai.foundation import audit, events
from akinai.foundation.core import clock
from akinai.foundation.core.actor import Actor
from akinai.foundation.core.errors import BadInput, NotFound
from akinai.foundation.core.text import mask_cards
from akinai.overview.desk.events import ContactChanged
from akinai.overview.desk.models import ContactTask
from akinai.overview.desk.owing import Call
from akinai.overview.desk.states import CallOutcome, Ending

LONGEST = 2000


@transaction.atomic
def open_contact(actor: Actor, *, order_id: int, reason: str) -> ContactTask:
    """Say that the buyer of an order must be reached, and why. Raises BadInput(field="text"), NotFound.

    Emits ContactChanged.
    """
    order, words = _order(order_id), _words(reason)
    task = ContactTask.objects.create(order=order, reason=words, opened_at=clock.now(), opened_by=actor.key)
    audit.record(actor, "desk.open_contact", order.subject, reason=words)
    events.emit(ContactChanged(order.pk), actor=actor)
    return task


@transaction.atomic
def log_call(actor: Actor, *, order_id: int, outcome: str, text: str) -> ContactTask:
    """Write down what came of a call (R109): as a note on the order, and at the task.

    `reached` ends every open task of the order and keeps the promises that an answer keeps; `missed` leaves the task
    open (or opens one, so that somebody calls again); `needless` ends them without a word to the buyer. Raises BadInput
    (field "text" or "outcome"), NotFound. Emits ContactChanged and, by the note, OrderChanged.
    """
    if outcome not in CallOutcome.values:
        raise BadInput(_("Say what came of it."), field="outcome")
    order, words = _order(order_id), _words(text)
    now = clock.now()
    open_ones = ContactTask.objects.filter(order=order, closed_at__isnull=True)
    if outcome == CallOutcome.MISSED:
        if not open_ones.update(tries=F("tries") + 1, tried_at=now):
            ContactTask.objects.create(
                order=order, reason=words, opened_at=now, opened_by=actor.key, tries=1, tried_at=now
            )
    else:
        ended = {
            "ending": Ending.REACHED if outcome == CallOutcome.REACHED else Ending.NEEDLESS, "closed_at": now,
            "closed_by": actor.key, "closed_by_label": actor.label, "result": words,
        }  # fmt: skip
        if not open_ones.update(**ended):
            ContactTask.objects.create(order=order, reason=words, opened_at=now, opened_by=actor.key, **ended)
    label = CallOutcome(outcome).label
    orders.write_note(
        actor, order_id=order.pk, text=_("Phone, %(outcome)s: %(text)s") % {"outcome": label, "text": words}
    )
    audit.record(actor, "desk.log_call", order.subject, detail={"outcome": outcome})
    events.emit(ContactChanged(order.pk), actor=actor)
    return ContactTask.objects.filter(order=order).latest("id")


def _order(order_id: int) -> Order:
    """The order, held until the end of the transaction."""
    held = lock([order_id])
    if not held:
        raise NotFound(_("There is no such order."))
    return held[0]


def _words(text: str) -> str:
    words = mask_cards(text.strip())
    if not words:
        raise BadInput(_("Write something first."), field="text")
    if len(words) > LONGEST:
        raise BadInput(_("This is too long. Keep it under 2,000 characters."), field="text")
    return words


def settle_contacts(held: Sequence[Order], wanted: Mapping[int, Sequence[Call]]) -> int:
    """Open a task for each wish that cannot be met, end those a mail has answered; inside `review`. Two queries."""
    known = {row.check_reason_id: row for row in ContactTask.objects.filter(order__in=held, check_reason__isnull=False)}
    new, changed = [], 0
    for order in held:
        over = order.cancel == Cancel.CANCELLED or order.shipped_at is not None
        for call in wanted[order.pk]:
            row = known.get(call.reason_id)
            if row is None and not over and call.mailed_at is None:
                new.append(
                    ContactTask(
                        order=order, check_reason_id=call.reason_id, opened_at=call.opened_at, opened_by="system"
                    )
                )
            elif row is not None and row.closed_at is None and (over or call.mailed_at is not None):
                row.closed_at, row.closed_by = call.mailed_at or clock.now(), "system"
                row.ending = Ending.MAILED if call.mailed_at else Ending.NEEDLESS
                row.save(update_fields=["closed_at", "closed_by", "ending"])
                changed += 1
    ContactTask.objects.bulk_create(new)
    return changed + len(new)
