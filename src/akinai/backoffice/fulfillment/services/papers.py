"""Making the papers of a batch: total picking list, picking lists, delivery notes, one PDF each (R67, R68)."""

from __future__ import annotations

import secrets
from collections.abc import Callable
from pathlib import Path

from django.conf import settings as django_settings
from django.db import transaction
from django.utils.translation import gettext as _

from akinai.backoffice.fulfillment import pages, printing
from akinai.backoffice.fulfillment.events import BatchPrinted
from akinai.backoffice.fulfillment.models import Batch, BatchPaper, Shipment
from akinai.backoffice.fulfillment.states import Paper
from akinai.foundation import events
from akinai.foundation.core import clock
from akinai.foundation.core.actor import Actor
from akinai.foundation.core.errors import NotFound, Refused
from akinai.foundation.documents.pdf import Rendered

FOLDER = "shipping"


def print_batch(
    actor: Actor, *, batch_id: int, printed_by: str = "", progress: Callable[[int, int], None] | None = None
) -> list[BatchPaper]:
    """Make all three papers anew and keep them under MEDIA_ROOT; seconds of work, so never in a transaction.

    `progress(done, total)` counts pages of picking lists and notes. Void shipments are left out. Emits BatchPrinted.
    """
    batch = Batch.objects.filter(pk=batch_id).first()
    if batch is None:
        raise NotFound(_("There is no such batch."))
    shipments = pages.of_batch(batch)
    if not shipments:
        return []
    count = len(shipments)

    def tell(base: int) -> Callable[[int, int], None]:
        return lambda done, _total: progress(base + done, 2 * count) if progress else None

    total = printing.print_total_picking(pages.total_page(batch, shipments, printed_by=printed_by or actor.label))
    single = printing.print_single_picking(pages.single_pages(shipments), progress=tell(0))
    each = [page for shipment in shipments for page in pages.note_pages(shipment)]
    notes = printing.print_delivery_notes(each, progress=tell(count))
    made = {Paper.TOTAL: (total, 1), Paper.SINGLE: (single, count), Paper.NOTE: (notes, len(each))}
    return _keep(actor, batch, made)


def print_note(shipment_id: int) -> Rendered:
    """The delivery note of one shipment, now; for the sheet that was torn or lost."""
    return printing.print_delivery_notes(pages.note_pages(_one(shipment_id)))


def print_picking(shipment_id: int) -> Rendered:
    """The picking list of one shipment, now."""
    return printing.print_single_picking(pages.single_pages([_one(shipment_id)]))


def _one(shipment_id: int) -> Shipment:
    found = pages.with_papers(Shipment.objects.filter(pk=shipment_id))
    if not found:
        raise NotFound(_("There is no such shipment."))
    if found[0].stage == "void":
        raise Refused(_("The papers of this shipment are void: %(why)s") % {"why": found[0].void_reason})
    return found[0]


@transaction.atomic
def _keep(actor: Actor, batch: Batch, made: dict[Paper, tuple[Rendered, int]]) -> list[BatchPaper]:
    """Write the files under names nobody can guess, then the rows; files of an earlier printing go after that."""
    old = [paper.path for paper in batch.papers.all()]
    batch.papers.all().delete()
    kept = []
    for kind, (rendered, sheets) in made.items():
        path = _store(batch, kind, rendered.pdf)
        missing = sorted({glyph.char for glyph in rendered.missing})
        kept.append(
            BatchPaper.objects.create(
                batch=batch, kind=kind, path=path, sheets=sheets, missing=missing, made_at=clock.now()
            )
        )
    events.emit(BatchPrinted(batch.pk, batch.number), actor=actor)
    transaction.on_commit(lambda: _forget(old))
    return kept


def _store(batch: Batch, kind: Paper, data: bytes) -> str:
    path = f"{FOLDER}/{batch.number}-{kind}-{secrets.token_hex(8)}.pdf"
    whole = file_of(path)
    whole.parent.mkdir(parents=True, exist_ok=True)
    whole.write_bytes(data)
    return path


def file_of(path: str) -> Path:
    """Where a kept paper lies."""
    return Path(django_settings.MEDIA_ROOT) / path


def _forget(paths: list[str]) -> None:
    for path in paths:
        file_of(path).unlink(missing_ok=True)
