"""送り状番号: typed by hand or read from a carrier's file (SHP-50, SHP-51, R72)."""

from __future__ import annotations

from collections.abc import Sequence

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from akinai.backoffice.fulfillment.events import ShipmentChanged
from akinai.backoffice.fulfillment.models import CarrierFile, Shipment, TrackingNumber
from akinai.backoffice.orders.states import IN_WORK, Stage
from akinai.foundation import audit, events
from akinai.foundation.core.actor import Actor
from akinai.foundation.core.errors import BadInput, Refused, Sentence
from akinai.shop.terms import selectors as terms
from akinai.shop.terms.tracking import Tracking, check

from .locking import change, lock, require_stage

#: Numbers may be given while the goods are here, and corrected afterwards.
NUMBERED = (*IN_WORK, Stage.SHIPPED)
MOST_NUMBERS = 99
QUOTED = 40  # letters of a refused number that its sentence repeats


@transaction.atomic
def set_tracking(
    actor: Actor, *, shipment_id: int, numbers: Sequence[str], add: bool = False, source: CarrierFile | None = None
) -> list[Sentence]:
    """Give a shipment these numbers instead of those it had (`add`: beside them); returns what a person should look at.

    Each is checked as the delivery service says (SHP-50) and must not be on another shipment (SHP-51). Raises BadInput
    naming the number, Refused for a shipment without papers.
    """
    _order, shipment = lock(shipment_id)
    require_stage(shipment, NUMBERED)
    checked = check_numbers(shipment, numbers)
    fresh = list(dict.fromkeys(t.number for t in checked))
    kept = list(shipment.tracking.values_list("number", flat=True))
    _refuse_taken(shipment, fresh)
    if not add:
        shipment.tracking.exclude(number__in=fresh).delete()
    new = [number for number in fresh if number not in kept]
    if len(kept) + len(new) > MOST_NUMBERS:
        raise BadInput(_("A shipment has 99 numbers at most."), field="numbers")
    _insert(shipment, new, actor, source)
    after = list(shipment.tracking.values_list("number", flat=True))
    if after != kept:
        change(shipment)
        audit.record(actor, "fulfillment.tracking", shipment.subject, detail={"before": kept, "after": after})
        changed = ShipmentChanged(shipment.pk, shipment.order_id, shipment.number, what="tracking")
        events.emit(changed, actor=actor)
    return [t.warning for t in checked if t.warning]


def _insert(shipment: Shipment, numbers: Sequence[str], actor: Actor, source: CarrierFile | None) -> None:
    """The unique index decides where two people give the same number to two boxes at the same moment (SHP-51)."""
    rows = [
        TrackingNumber(shipment=shipment, number=number, added_by=actor.key, carrier_file=source) for number in numbers
    ]
    try:
        with transaction.atomic():
            TrackingNumber.objects.bulk_create(rows)
    except IntegrityError:
        told = {"numbers": ", ".join(numbers)}
        raise Refused(_("%(numbers)s was given to another shipment this moment.") % told) from None


def check_numbers(shipment: Shipment, numbers: Sequence[str]) -> list[Tracking]:
    """The numbers as they are to be stored; blanks are dropped. Raises BadInput for the first that is refused."""
    service = terms.snapshot().services[shipment.service.code]
    checked = [check(text, service.tracking_check) for text in numbers if text.strip()]
    for text, tracking in zip([t for t in numbers if t.strip()], checked, strict=True):
        if tracking.error:
            raise BadInput(f"{text.strip()[:QUOTED]}: {tracking.error}", field="numbers")
    return checked


def _refuse_taken(shipment: Shipment, numbers: Sequence[str]) -> None:
    """SHP-51, said by name."""
    taken = TrackingNumber.objects.filter(number__in=numbers).exclude(shipment=shipment).select_related("shipment")
    found = [
        _("%(number)s is the number of %(shipment)s already.") % {"number": t.number, "shipment": t.shipment.number}
        for t in taken
    ]
    if found:
        raise Refused(found, code="tracking_taken")
