"""A store's order file from the command line: the same reading, faults and results as on the import page."""

from __future__ import annotations

import argparse
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _

from akinai.config.data_folder import ensure_data_folder
from akinai.config.output import ProgressBar, print_result, say
from akinai.foundation.core.actor import job_actor
from akinai.foundation.core.errors import BadInput
from akinai.foundation.tabular.mapping import SavedMapping
from akinai.frontoffice.channels import selectors, services
from akinai.frontoffice.channels.adapters.presets import PRESETS
from akinai.frontoffice.channels.models import ImportRun
from akinai.frontoffice.channels.states import LEFT, Outcome, RunState
from akinai.frontoffice.channels.uploads import Fault, Upload
from akinai.shop.stores.models import Store
from akinai.shop.stores.selectors import store as store_of

_ACTOR = job_actor("import-orders")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Whose file, of which make, and whether anything is stored."""
    parser.add_argument("files", metavar="FILE", nargs="+", type=Path, help="order file (Yahoo: order and item file)")
    parser.add_argument("--store", metavar="CODE", help="the store the orders come from; without it only a dry run")
    parser.add_argument("--preset", choices=[*PRESETS, selectors.OWN], help="the make of the file")
    parser.add_argument("--mapping", metavar="NAME", help="a mapping saved for the store, for a file of one's own")
    parser.add_argument("--dry-run", action="store_true", help="read and judge, store nothing")
    parser.add_argument("--json", action="store_true", help="print the result as one JSON object")


def run(args: argparse.Namespace) -> int:
    """Dry run or import; 1 if anything was refused. A dry run counts as accepted what would come in."""
    ensure_data_folder()
    store = store_of(args.store) if args.store else None
    mapping = _mapping(store, args)
    preset = selectors.OWN if mapping else args.preset
    if store is None and not args.dry_run:
        raise BadInput(_("Without --store only a dry run is possible: add --dry-run or --store."), field="store")
    uploads = [_upload(path) for path in args.files]
    if args.dry_run:
        result = result_of(services.dry_run(store, preset, uploads, mapping), [u.name for u in uploads])
    else:
        result = _import(store, preset, uploads, mapping)
    _tell(result)
    if args.json:
        print_result(result)
    return 1 if result["errors"] else 0


def _mapping(store: Store | None, args: argparse.Namespace) -> SavedMapping | None:
    if args.mapping is None and args.preset not in (None, selectors.OWN):
        return None
    if args.mapping is None:
        raise BadInput(_("Say which file it is: --preset, or --mapping for a file of your own."), field="preset")
    if store is None:
        raise BadInput(_("A mapping belongs to a store: add --store."), field="store")
    return SavedMapping.from_json(selectors.mapping(store, args.mapping).columns)


def _upload(path: Path) -> Upload:
    try:
        return Upload(path.name, path.read_bytes())
    except OSError as error:
        sentence = _("The file %(path)s cannot be opened: %(why)s") % {"path": path, "why": error.strerror}
        raise BadInput(sentence, field="files") from error


def _import(
    store: Store | None, preset: str, uploads: Sequence[Upload], mapping: SavedMapping | None
) -> dict[str, Any]:
    checked = services.check_files(_ACTOR, store, preset, uploads, mapping)
    names = [upload.name for upload in uploads]
    if checked.state == RunState.REFUSED or not checked.report["orders"]:
        return {**result_of(checked.report, names), "run": checked.pk}
    _say_what_nobody_answered(checked)
    services.begin(_ACTOR, checked)
    bar = ProgressBar(_("Taking in"), checked.report["orders"])
    done = services.work_off(checked, lambda count, _total: bar.update(count))
    return {**_taken(done, names), "run": done.pk}


def _say_what_nobody_answered(checked: ImportRun) -> None:
    if selectors.asks_who_mails(checked):
        say(_("Nobody has said who sends the mails of this store yet; the usual rule of its kind holds."))
    if selectors.asks_to_vouch(checked):
        say(_("Nobody has said whether this store vouches for card payments yet; such orders wait for their money."))


def result_of(report: Mapping[str, Any], names: Sequence[str]) -> dict[str, Any]:
    """The result of a reading: `accepted` is what would come in; `errors` is everything about orders that would not."""
    outcomes = report["outcomes"]
    left = sum(outcomes.get(outcome, 0) for outcome in LEFT)
    faults = [Fault.from_json(stored, names) for stored in report["faults"]]
    return {
        "rows": report["rows"],
        "orders": report["orders"],
        "accepted": report["orders"] - left,
        **_counts(outcomes),
        **_faults(faults),
    }


def _taken(done: ImportRun, names: Sequence[str]) -> dict[str, Any]:
    """The result of an import, from what became of each order."""
    outcomes: dict[str, int] = {}
    faults = [Fault.from_json(stored, names) for stored in done.report["faults"]]
    known = {(f.number, f.problem.code, f.problem.row) for f in faults}
    for outcome, stored in done.results.values_list("outcome", "faults"):
        outcomes[outcome] = outcomes.get(outcome, 0) + 1
        news = [Fault.from_json(each, names) for each in stored]
        faults += [f for f in news if (f.number, f.problem.code, f.problem.row) not in known]
    return {
        "rows": done.report["rows"],
        "orders": done.report["orders"],
        "accepted": done.taken,
        **_counts(outcomes),
        **_faults(faults),
    }


def _counts(outcomes: Mapping[str, int]) -> dict[str, int]:
    known = (Outcome.UNCHANGED, Outcome.PAID, Outcome.CANCELLED, Outcome.CHANGED)
    return {
        "created": outcomes.get(Outcome.CREATED, 0),
        "known": sum(outcomes.get(outcome, 0) for outcome in known),
        "history": outcomes.get(Outcome.HISTORY, 0),
    }


def _faults(faults: Sequence[Fault]) -> dict[str, list[dict[str, Any]]]:
    """Errors and warnings; everything that is said about a refused order is among the errors."""
    refused = {fault.number for fault in faults if fault.is_error and fault.number}
    told = [(fault.is_error or fault.number in refused, fault.problem.as_json()) for fault in faults]
    return {
        "errors": [problem for is_error, problem in told if is_error],
        "warnings": [problem for is_error, problem in told if not is_error],
    }


def _tell(result: Mapping[str, Any]) -> None:
    for problem in (*result["errors"], *result["warnings"]):
        say(problem["message"])
    say(_("%(orders)s orders read, %(accepted)s accepted.") % result)
