"""配達状況の取込: a carrier's history file, looked at first and taken over then, row by row (T17, T18)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from akinai.backoffice.fulfillment import declared
from akinai.backoffice.fulfillment.adapters.yupri.history import HistoryRow, read_codes, read_history
from akinai.backoffice.fulfillment.models import CarrierFile, Shipment, TrackingNumber
from akinai.backoffice.fulfillment.states import UNDER_WAY, Direction, Tracking
from akinai.backoffice.orders.states import Stage
from akinai.foundation import audit
from akinai.foundation.core import clock
from akinai.foundation.core.actor import Actor
from akinai.foundation.core.db import guarded_update
from akinai.foundation.core.errors import AkinaiError, BadInput, NotFound, Refused
from akinai.shop.stores import settings

from .arriving import note_tracking
from .issued import MOST_BYTES

#: Under which such files are kept among the carriers' files.
ADAPTER = "history"


@dataclass(frozen=True, slots=True)
class Arrival:
    """What a row of a history file means: `outcome` is good, same (nothing new) or bad. `on` is an ISO date or ""."""

    row: int
    number: str
    outcome: str
    said: str = ""
    state: str = ""
    on: str = ""
    shipment: str = ""
    shipment_id: int | None = None

    @property
    def state_word(self) -> str:
        """Where the parcel is, in words."""
        return str(Tracking(self.state).label) if self.state else ""


@transaction.atomic
def history_in(actor: Actor, *, data: bytes, name: str = "") -> CarrierFile:
    """Read a history file and keep it with what each row would do; no parcel is touched yet (dry run).

    Raises BadInput (field `file`) for an empty or huge file, or one that cannot be read as such.
    """
    if not data:
        raise BadInput(_("The file is empty."), field="file")
    if len(data) > MOST_BYTES:
        raise BadInput(_("A carrier's file has at most 5 MB."), field="file")
    results = look_at_history(data)
    if not results:
        raise BadInput(_("The file has no row with a number."), field="file")
    return CarrierFile.objects.create(
        direction=Direction.IN, adapter=ADAPTER, name=name[:200], at=clock.now(), by=actor.key, by_label=actor.label,
        content=data, rows=len(results), results=[asdict(r) for r in results],
    )  # fmt: skip


def look_at_history(data: bytes) -> list[Arrival]:
    """Every row with what it would do now, in the order of the file; writes nothing. Raises BadInput if unreadable."""
    read = read_history(data, read_codes(settings.value(declared.HISTORY_CODES)))
    if read.broken:
        raise BadInput(read.broken, field="file")
    by_tracking = _by_tracking([r.number for r in read.rows if r.number])
    keys = [r.key for r in read.rows if r.key]
    by_key = {s.number: s for s in Shipment.objects.filter(number__in=keys)}
    return [_judge(row, by_tracking.get(row.number) or by_key.get(row.key)) for row in read.rows]


def _by_tracking(numbers: Sequence[str]) -> dict[str, Shipment]:
    rows = TrackingNumber.objects.filter(number__in=numbers).select_related("shipment")
    return {row.number: row.shipment for row in rows}


def _judge(row: HistoryRow, shipment: Shipment | None) -> Arrival:
    on = row.on.isoformat() if row.on else ""

    def result(outcome: str, said: str = "") -> Arrival:
        pk, name = (shipment.pk, shipment.number) if shipment else (None, "")
        return Arrival(row.row, row.number or row.key, outcome, said, row.state, on, name, pk)

    if row.said:
        return result("bad", row.said)
    if shipment is None:
        return result("bad", _("No shipment has this number."))
    if shipment.stage == Stage.RETURNED:
        return result("same", _("This parcel is back already."))
    if shipment.stage not in UNDER_WAY:
        return result("bad", _("This shipment is at “%(stage)s”.") % {"stage": shipment.get_stage_display()})
    if shipment.stage == Stage.DELIVERED or shipment.tracking_state == row.state:
        return result("same", _("Nothing new."))
    if row.on is not None and shipment.shipped_at and row.on < clock.aware(shipment.shipped_at).date():
        return result("bad", _("The parcel had not left by then."))
    if row.on is not None and row.on > clock.today():
        return result("bad", _("This day is still to come."))
    return result("good")


def apply_history(actor: Actor, *, file_id: int) -> list[Arrival]:
    """Take over what a file says, each parcel for itself; judged again as things are now.

    Raises NotFound, or Refused if it was taken over already.
    """
    kept = CarrierFile.objects.filter(pk=file_id, direction=Direction.IN, adapter=ADAPTER).first()
    if kept is None:
        raise NotFound(_("There is no such file."))
    if not guarded_update(CarrierFile.objects.filter(pk=file_id, applied_at__isnull=True), applied_at=clock.now()):
        raise Refused(_("This file was taken over already."))
    results = [_take_over(actor, r) for r in look_at_history(bytes(kept.content))]
    with transaction.atomic():
        told: list[dict[str, Any]] = [asdict(r) for r in results]
        CarrierFile.objects.filter(pk=kept.pk).update(results=told)
        taken = sum(r.outcome == "good" for r in results)
        audit.record(actor, "fulfillment.history_in", f"carrier_file:{kept.pk}", detail={"taken": taken})
    return results


def _take_over(actor: Actor, result: Arrival) -> Arrival:
    if result.outcome != "good" or result.shipment_id is None:
        return result
    on = dt.date.fromisoformat(result.on) if result.on else None
    try:
        note_tracking(actor, shipment_id=result.shipment_id, state=result.state, on=on)
    except AkinaiError as error:
        return Arrival(result.row, result.number, "bad", str(error), result.state, result.on, result.shipment,
                       result.shipment_id)  # fmt: skip
    return result
