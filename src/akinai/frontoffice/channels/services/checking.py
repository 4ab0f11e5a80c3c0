"""Reading a file without taking anything in: the dry run, corrections in place, and reading again."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from akinai.foundation import audit
from akinai.foundation.core import clock
from akinai.foundation.core.actor import Actor
from akinai.foundation.core.db import guarded_update
from akinai.foundation.core.errors import BadInput, Refused
from akinai.foundation.tabular.mapping import SavedMapping
from akinai.frontoffice.channels import examining, selectors
from akinai.frontoffice.channels.adapters.own import mapping as own
from akinai.frontoffice.channels.drafting import StoreRules
from akinai.frontoffice.channels.examining import Judged
from akinai.frontoffice.channels.models import ImportCorrection, ImportFile, ImportRun
from akinai.frontoffice.channels.states import Outcome, RunState
from akinai.frontoffice.channels.storing import storable
from akinai.frontoffice.channels.uploads import Reading, Upload, read_uploads
from akinai.shop.stores.models import Store

MOST_FILES = 4
#: States in which a file may still be corrected and (again) be taken in.
OPEN = (RunState.CHECKED, RunState.DONE)


def check_files(
    actor: Actor,
    store: Store | None,
    preset: str,
    files: Sequence[Upload],
    mapping: SavedMapping | None = None,
) -> ImportRun:
    """Keep the files and read them (dry run): finds every fault with its row and column and what each order becomes.

    Nothing is imported. `mapping` belongs to the preset `own`. Without a store it is not known which orders are known.
    Raises BadInput for no file or a mapping that cannot be used, NotFound for an unknown preset.
    """
    _fit_for(preset, files, mapping)
    with transaction.atomic():
        run = keep_run(actor, store, preset, files, mapping)
    examine_run(run)
    return run


def _fit_for(preset: str, files: Sequence[Upload], mapping: SavedMapping | None) -> None:
    if not files:
        raise BadInput(_("Choose a file first."), field="files")
    if len(files) > MOST_FILES:
        raise BadInput(_("At most %(most)s files go together.") % {"most": MOST_FILES}, field="files")
    if preset != selectors.OWN:
        selectors.preset(preset)
    elif mapping is None:
        raise BadInput(_("Say first which column is which."), field="mapping")
    elif missing := own.missing_targets(mapping):
        raise BadInput(_("The mapping lacks: %(fields)s") % {"fields": ", ".join(missing)}, field="mapping")


def keep_run(
    actor: Actor, store: Store | None, preset: str, files: Sequence[Upload], mapping: SavedMapping | None
) -> ImportRun:
    """Keep the files byte for byte, before anything is done with them."""
    run = ImportRun.objects.create(
        store=store,
        preset=preset,
        mapping_name=mapping.name[:60] if mapping else "",
        mapping=mapping.as_json() if mapping else {},
        created_at=clock.now(),
        created_by=actor.key,
        created_label=actor.label,
    )
    for position, upload in enumerate(files):
        digest = hashlib.sha256(upload.content).hexdigest()
        ImportFile.objects.create(
            run=run, position=position, name=storable(upload.name)[-255:], content=upload.content,
            size=len(upload.content), sha256=digest,
        )  # fmt: skip
    names = [storable(upload.name) for upload in files]
    audit.record(actor, "channels.check_files", run.subject, detail={"preset": preset, "files": names})
    return run


def read_run(run: ImportRun) -> Reading:
    """The files of an import as they stand with their corrections."""
    return read_uploads(
        selectors.preset_of(run), selectors.uploads(run), selectors.changes(run), selectors.value_maps(run.store)
    )


def dry_run(
    store: Store | None, preset: str, files: Sequence[Upload], mapping: SavedMapping | None = None
) -> dict[str, Any]:
    """What `check_files` would find, with nothing kept of it. Raises as `check_files`."""
    _fit_for(preset, files, mapping)
    known = own.preset(mapping) if mapping else selectors.preset(preset)
    reading = read_uploads(known, files, [], selectors.value_maps(store))
    rules = selectors.rules(store)
    return examining.report_of(reading, _judge(store, rules, reading), rules)


def judge_run(run: ImportRun, reading: Reading) -> list[Judged]:
    """Every readable order of an import, judged against what the store has said and what is known."""
    return _judge(run.store, selectors.rules(run.store), reading)


def _judge(store: Store | None, rules: StoreRules, reading: Reading) -> list[Judged]:
    numbers = [order.store_number for order in reading.result.orders]
    return examining.judge(reading, rules, selectors.judge(rules), selectors.known_orders(store, numbers))


def examine_run(run: ImportRun) -> ImportRun:
    """Read the files (again) and keep what was found; the run may then be taken in, unless nothing can be read."""
    reading = read_run(run)
    report = storable(examining.report_of(reading, judge_run(run, reading), selectors.rules(run.store)))
    run.report = report
    run.state = RunState.REFUSED if reading.refused else RunState.CHECKED
    run.orders, run.refused = report["orders"], left_in(report) or int(reading.refused)
    with transaction.atomic():
        fresh = ImportRun.objects.filter(pk=run.pk).exclude(state=RunState.RUNNING)
        if not guarded_update(fresh, report=report, state=run.state, orders=run.orders, refused=run.refused):
            raise Refused(_("This file is being taken in right now."))
    return run


def left_in(report: Mapping[str, Any]) -> int:
    """How many orders of a report cannot come in as they stand."""
    outcomes = report.get("outcomes", {})
    return int(outcomes.get(Outcome.WORD, 0)) + int(outcomes.get(Outcome.REFUSED, 0))


def correct_cells(actor: Actor, run: ImportRun, *, row: int, cells: Mapping[int, str], file: int = 0) -> ImportRun:
    """Retype cells of one row (column from 0 → text); the file is read again with them. The file itself stays.

    A column just behind the last cell adds one to a row that has too few. Raises BadInput for a place that does not
    exist, Refused while the file is being taken in.
    """
    before = _cells(run, file, row)
    if any(column < 0 or column > max(len(before), _width(run, file)) for column in cells):
        raise BadInput(_("There is no such cell."), field="cells")
    wanted = {c: text for c, text in sorted(cells.items()) if c >= len(before) or before[c] != text}
    with transaction.atomic():
        for column, text in wanted.items():
            old = before[column] if column < len(before) else ""
            _correct(actor, run, (file, row, column), old, text)
    return examine_run(run) if wanted else run


def remove_cell(actor: Actor, run: ImportRun, *, row: int, column: int, file: int = 0) -> ImportRun:
    """Take one cell out of a row that has too many; those behind it move up. Raises as `correct_cells`."""
    before = _cells(run, file, row)
    if not 0 <= column < len(before):
        raise BadInput(_("There is no such cell."), field="cells")
    with transaction.atomic():
        _correct(actor, run, (file, row, column), before[column], "", removed=True)
    return examine_run(run)


def _cells(run: ImportRun, file: int, row: int) -> list[str]:
    if run.state not in OPEN:
        raise Refused(_("This file cannot be corrected any more."))
    shown: list[str] | None = run.report.get("cells", {}).get(f"{file}:{row}")
    cells = shown if shown is not None else read_run(run).cells(file, row)
    if cells is None:
        raise BadInput(_("There is no such row."), field="row")
    return cells


def _width(run: ImportRun, file: int) -> int:
    headings = run.report.get("headings", [])
    return len(headings[file]) - 1 if file < len(headings) else 0


def _correct(
    actor: Actor, run: ImportRun, place: tuple[int, int, int], old: str, new: str, *, removed: bool = False
) -> None:
    file, row, column = place
    old, new = storable(old), storable(new)
    ImportCorrection.objects.create(
        run=run, file=file, row=row, column=column, old=old, new=new, removed=removed,
        at=clock.now(), by=actor.key, by_label=actor.label,
    )  # fmt: skip
    detail = {"file": file, "row": row, "column": column, "removed": removed}
    audit.record(actor, "channels.correct_cell", run.subject, detail=detail)


@transaction.atomic
def dismiss(actor: Actor, run: ImportRun) -> None:
    """Put an import aside whose faulty orders will not come in any more; Today stops telling about it."""
    open_ones = ImportRun.objects.filter(pk=run.pk, dismissed_at__isnull=True).exclude(state=RunState.RUNNING)
    if guarded_update(open_ones, dismissed_at=clock.now()):
        audit.record(actor, "channels.dismiss", run.subject)
