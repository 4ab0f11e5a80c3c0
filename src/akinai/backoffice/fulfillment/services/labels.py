"""送り状データ: the file of labels for a carrier's program, and what stands in the way of each label (R71, SHP-31)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from akinai.backoffice.fulfillment import carriers, declared
from akinai.backoffice.fulfillment.models import Batch, CarrierContract, CarrierFile, Shipment
from akinai.backoffice.fulfillment.pages import with_papers
from akinai.backoffice.fulfillment.parcels import parcel_of
from akinai.backoffice.fulfillment.states import Direction
from akinai.backoffice.fulfillment.types import CarrierOut, Problem
from akinai.backoffice.orders.states import IN_WORK
from akinai.foundation import audit
from akinai.foundation.core import clock
from akinai.foundation.core.actor import Actor
from akinai.foundation.core.errors import BadInput, NotFound, Refused
from akinai.foundation.core.text import nfkc
from akinai.shop.stores import settings
from akinai.shop.terms.models import Carrier


@dataclass(frozen=True)
class LabelsOut:
    """A carrier's file, kept; `file` is None if no label could be written. `problems` name shipment and field."""

    file: CarrierFile | None
    written: tuple[str, ...] = ()
    problems: tuple[Problem, ...] = ()


def look_at_labels(shipments: Sequence[Shipment], *, adapter: str) -> CarrierOut:
    """What the file of these shipments would be, without keeping anything: for the problems before the export."""
    kind = carriers.ADAPTERS[adapter]
    config = carriers.config_of(kind)
    sender = settings.value(declared.GIFT_SENDER)
    parcels = [parcel_of(shipment, config, gift_sender=sender) for shipment in with_papers(shipments)]
    return carriers.connect(kind, config).encode(parcels)


@transaction.atomic
def carrier_file_out(
    actor: Actor,
    *,
    adapter: str,
    batch_id: int | None = None,
    shipment_ids: Sequence[int] = (),
    again: bool = False,
) -> LabelsOut:
    """Write the labels of a batch (or of these shipments) into a carrier's file; those with problems are left out.

    What was exported before is not written again unless `again`: two labels for one box cost money. The bytes are kept.
    Raises NotFound for an unknown adapter or batch, Refused if there is nothing to write.
    """
    if adapter not in carriers.ADAPTERS:
        raise NotFound(_("There is no such carrier file."))
    shipments = labelled(adapter, batch_id=batch_id, shipment_ids=shipment_ids, again=again)
    if not shipments:
        raise Refused(_("There is no label left to write."))
    out = look_at_labels(shipments, adapter=adapter)
    if not out.written:
        return LabelsOut(None, (), out.problems)
    batch = Batch.objects.filter(pk=batch_id).first() if batch_id is not None else None
    kept = CarrierFile.objects.create(
        direction=Direction.OUT, adapter=adapter, batch=batch, name=_file_name(adapter, batch), at=clock.now(),
        by=actor.key, by_label=actor.label, content=out.data, rows=len(out.written), results=_told(out.problems),
    )  # fmt: skip
    Shipment.objects.filter(number__in=out.written).update(label_at=clock.now())
    audit.record(
        actor, "fulfillment.carrier_file_out", batch.subject if batch else f"carrier_file:{kept.pk}",
        detail={"file": kept.pk, "rows": len(out.written)},
    )  # fmt: skip
    return LabelsOut(kept, out.written, out.problems)


def labelled(
    adapter: str, *, batch_id: int | None = None, shipment_ids: Sequence[int] = (), again: bool = False
) -> list[Shipment]:
    """The shipments in work whose labels go through this adapter, in the order of their papers; held until the end of
    the transaction, so that two people never write the same label."""
    rows = Shipment.objects.filter(stage__in=IN_WORK, service__carrier__code=carriers.ADAPTERS[adapter].carrier)
    rows = rows.filter(batch_id=batch_id) if batch_id is not None else rows.filter(pk__in=shipment_ids)
    if not again:
        rows = rows.filter(label_at__isnull=True)
    return list(rows.select_for_update(of=("self",), no_key=True).order_by("batch_id", "position", "id"))


def _file_name(adapter: str, batch: Batch | None) -> str:
    stem = batch.number if batch else f"{clock.now():%y%m%d-%H%M}"
    return f"{carriers.ADAPTERS[adapter].file_prefix}_{stem}.csv"


def _told(problems: Sequence[Problem]) -> list[dict[str, Any]]:
    return [{"key": p.key, "field": p.field, "said": p.sentence, "stops": p.stops} for p in problems]


#: Codes of a contract: how many digits the shortest and the longest has. Blank ones are asked for at the export.
CODES = {"customer_code": (10, 12), "classification": (3, 3), "freight_number": (2, 2)}


def _check_codes(config: Mapping[str, str]) -> None:
    """Raise BadInput at the field for a code that the carrier cannot have given."""
    for key, (fewest, most) in CODES.items():
        code = config.get(key, "")
        if code and not (code.isascii() and code.isdigit() and fewest <= len(code) <= most):
            told = {"fewest": fewest, "most": most}
            said = _("Only digits: %(most)d of them.") if fewest == most else _("Only digits: %(fewest)d to %(most)d.")
            raise BadInput(said % told, field=key)


@transaction.atomic
def set_contract(actor: Actor, *, adapter: str, config: Mapping[str, str]) -> CarrierContract:
    """Keep what the shop agreed with a carrier (needs fulfillment.settings). What is missing shows at the export.

    Raises BadInput at the field for a code that cannot be.
    """
    kind = carriers.ADAPTERS.get(adapter)
    if kind is None:
        raise NotFound(_("There is no such carrier file."))
    carrier = Carrier.objects.get(code=kind.carrier)
    tidy = {key: nfkc(value).strip() if key in CODES else value.strip() for key, value in config.items()}
    _check_codes(tidy)
    row, _created = CarrierContract.objects.update_or_create(
        carrier=carrier, defaults={"adapter": adapter, "config": tidy}
    )
    audit.record(actor, "fulfillment.set_contract", f"carrier:{carrier.code}", detail={"fields": sorted(tidy)})
    return row
