"""発行済データ: a carrier's file of numbers, looked at first and taken over then, row by row (SHP-50, SHP-51)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from akinai.backoffice.fulfillment import carriers
from akinai.backoffice.fulfillment.models import CarrierFile, Shipment, TrackingNumber
from akinai.backoffice.fulfillment.states import Direction
from akinai.backoffice.fulfillment.types import IssuedRow
from akinai.foundation import audit
from akinai.foundation.core import clock
from akinai.foundation.core.actor import Actor
from akinai.foundation.core.db import guarded_update
from akinai.foundation.core.errors import AkinaiError, BadInput, NotFound, Refused
from akinai.foundation.core.text import fold

from .tracking import NUMBERED, set_tracking

MOST_BYTES = 5 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class RowResult:
    """What a row of a carrier's file means: `outcome` is good, warn, same (nothing to do) or bad."""

    row: int
    key: str
    outcome: str
    said: str = ""
    numbers: tuple[str, ...] = ()
    name: str = ""
    shipment_id: int | None = None


@transaction.atomic
def carrier_file_in(actor: Actor, *, data: bytes, name: str = "", adapter: str) -> CarrierFile:
    """Read a carrier's file and keep it with what each row would do; no number is written yet (dry run).

    Raises BadInput (field `file`) for an empty or huge file or one without a single row, NotFound for the adapter.
    """
    if adapter not in carriers.ADAPTERS:
        raise NotFound(_("There is no such carrier file."))
    if not data:
        raise BadInput(_("The file is empty."), field="file")
    if len(data) > MOST_BYTES:
        raise BadInput(_("A carrier's file has at most 5 MB."), field="file")
    results = look_at_issued(data, adapter=adapter)
    if not results:
        raise BadInput(_("The file has no row with a number."), field="file")
    return CarrierFile.objects.create(
        direction=Direction.IN, adapter=adapter, name=name[:200], at=clock.now(), by=actor.key, by_label=actor.label,
        content=data, rows=len(results), results=[asdict(r) for r in results],
    )  # fmt: skip


def look_at_issued(data: bytes, *, adapter: str) -> list[RowResult]:
    """Every row of a carrier's file with what it would do now, in the order of the file; writes nothing."""
    kind = carriers.ADAPTERS[adapter]
    read = carriers.connect(kind, carriers.config_of(kind)).decode(data)
    found = [
        RowResult(p.row, p.key, "bad" if p.stops else "warn", ": ".join(x for x in (p.field, p.sentence) if x))
        for p in read.problems
    ]
    found += _judge(read.rows)
    return sorted(found, key=lambda r: (r.row, r.outcome != "bad"))


def _judge(rows: Sequence[IssuedRow]) -> list[RowResult]:
    shipments = Shipment.objects.filter(number__in=[r.key for r in rows]).prefetch_related("tracking")
    by_number = {s.number: s for s in shipments}
    numbers = [n for r in rows for n in r.numbers]
    taken = dict(TrackingNumber.objects.filter(number__in=numbers).values_list("number", "shipment__number"))
    return [_judge_one(row, by_number.get(row.key), taken) for row in rows]


def _judge_one(row: IssuedRow, shipment: Shipment | None, taken: dict[str, str]) -> RowResult:
    """Match by our shipment number, then compare the name: a number on the wrong person sends mail to the wrong one."""

    def result(outcome: str, said: str = "") -> RowResult:
        pk = shipment.pk if shipment else None
        return RowResult(row.row, row.key, outcome, said, row.numbers, row.name, pk)

    if shipment is None:
        return result("bad", _("There is no shipment with this number."))
    if shipment.stage not in NUMBERED:
        return result("bad", _("This shipment is at “%(stage)s”.") % {"stage": shipment.get_stage_display()})
    if row.name and fold(row.name) not in {fold(shipment.ship_name), fold(shipment.ship_company)}:
        words = {"theirs": row.name, "ours": shipment.ship_name}
        return result("bad", _("The name differs: “%(theirs)s” in the file, “%(ours)s” here.") % words)
    elsewhere = [f"{n} ({taken[n]})" for n in row.numbers if taken.get(n, row.key) != row.key]
    if elsewhere:
        told = {"numbers": ", ".join(elsewhere)}
        return result("bad", _("Already the number of another shipment: %(numbers)s") % told)
    known = {t.number for t in shipment.tracking.all()}
    if known.issuperset(row.numbers):
        return result("same", _("Nothing new."))
    if known:
        return result("warn", _("It had %(numbers)s already; these come beside.") % {"numbers": ", ".join(known)})
    if len(row.numbers) != shipment.parcels:
        counts = {"numbers": len(row.numbers), "parcels": shipment.parcels}
        return result("warn", _("%(numbers)d numbers for %(parcels)d pieces.") % counts)
    return result("good")


def apply_carrier_file(actor: Actor, *, file_id: int) -> list[RowResult]:
    """Take the numbers of a file that was looked at over, each shipment for itself; judged again as things are now.

    Raises NotFound, or Refused if it was taken over already.
    """
    kept = CarrierFile.objects.filter(pk=file_id, direction=Direction.IN).first()
    if kept is None:
        raise NotFound(_("There is no such file."))
    if not guarded_update(CarrierFile.objects.filter(pk=file_id, applied_at__isnull=True), applied_at=clock.now()):
        raise Refused(_("This file was taken over already."))
    results = [_take_over(actor, kept, r) for r in look_at_issued(bytes(kept.content), adapter=kept.adapter)]
    _note(actor, kept, results)
    return results


def _take_over(actor: Actor, kept: CarrierFile, result: RowResult) -> RowResult:
    if result.outcome not in ("good", "warn") or result.shipment_id is None or not result.numbers:
        return result
    try:
        set_tracking(actor, shipment_id=result.shipment_id, numbers=result.numbers, add=True, source=kept)
    except AkinaiError as error:
        return RowResult(result.row, result.key, "bad", str(error), result.numbers, result.name, result.shipment_id)
    return result


@transaction.atomic
def _note(actor: Actor, kept: CarrierFile, results: Sequence[RowResult]) -> None:
    told: list[dict[str, Any]] = [asdict(r) for r in results]
    CarrierFile.objects.filter(pk=kept.pk).update(results=told)
    taken = sum(r.outcome in ("good", "warn") and bool(r.numbers) for r in results)
    audit.record(actor, "fulfillment.carrier_file_in", f"carrier_file:{kept.pk}", detail={"taken": taken})
