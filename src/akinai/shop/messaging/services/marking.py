"""Writing down what is known about an address, and taking it back."""

from __future__ import annotations

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from akinai.foundation import audit
from akinai.foundation.core import clock
from akinai.foundation.core.actor import Actor
from akinai.foundation.core.errors import Refused
from akinai.shop.messaging.marks import folded, mark_of
from akinai.shop.messaging.models import AddressMark, Message
from akinai.shop.messaging.states import Mark, MarkSource


@transaction.atomic
def mark_address(
    actor: Actor, *, address: str, kind: Mark, source: MarkSource, note: str = "", message: Message | None = None
) -> AddressMark:
    """Write down that an address wants no advertising or sends mail back; twice is once (LAW-11, MAIL-11)."""
    known = mark_of(address, kind)
    if known is not None:
        return known
    row = AddressMark(
        address=folded(address), kind=kind, at=clock.now(), source=source, note=note[:2000], by=actor.key,
        by_label=actor.label, message=message,
    )  # fmt: skip
    try:
        with transaction.atomic():
            row.save()
    except IntegrityError:
        return AddressMark.objects.get(address=row.address, kind=kind, lifted_at__isnull=True)
    audit.record(actor, "messaging.mark_address", f"address:{row.address}"[:100], detail={"kind": kind, "from": source})
    return row


@transaction.atomic
def lift_mark(actor: Actor, *, mark_id: int) -> AddressMark:
    """Say that a mark no longer holds: the buyer agreed again, the address works. Raises Refused if it was lifted."""
    holding = AddressMark.objects.filter(pk=mark_id, lifted_at__isnull=True)
    if not holding.update(lifted_at=clock.now(), lifted_by=actor.key, lifted_by_label=actor.label):
        raise Refused(_("This does not hold any more."))
    row = AddressMark.objects.get(pk=mark_id)
    audit.record(actor, "messaging.lift_mark", f"address:{row.address}"[:100], detail={"kind": row.kind})
    return row
