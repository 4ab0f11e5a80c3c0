"""Whether everything the database holds agrees with everything else; the exit code is 1 if anything does not."""

from __future__ import annotations

import argparse
import sys
from collections import Counter

from django.utils.translation import gettext as _

from akinai.config.data_folder import ensure_data_folder
from akinai.config.invariants import AREAS, violations
from akinai.config.output import ProgressBar, print_result, say

#: A broken house says so many lines in its JSON answer; all are counted.
MOST_TOLD = 1000


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Whether a program reads the result."""
    parser.add_argument("--json", action="store_true", help="print the result as one JSON object")


def run(args: argparse.Namespace) -> int:
    """Print each violation on its own line as it is found; nothing is changed."""
    ensure_data_folder()
    counts: Counter[str] = Counter({area.name: 0 for area in AREAS})
    told: list[dict[str, str]] = []
    for area, said in violations(_Bars()):
        counts[area] += 1
        if args.json and len(told) < MOST_TOLD:
            told.append({"area": area, "message": said})
        elif not args.json:
            sys.stdout.write(f"{area}: {said}\n")
    total = sum(counts.values())
    say(_("%(count)s violations") % {"count": total} if total else _("No violation: everything agrees."))
    if args.json:
        print_result({"violations": total, "areas": dict(counts), "found": told})
    return 1 if total else 0


class _Bars:
    """One bar an area."""

    def __init__(self) -> None:
        self._bars: dict[str, ProgressBar] = {}

    def __call__(self, area: str, done: int, total: int) -> None:
        if area not in self._bars:
            self._bars[area] = ProgressBar(area, total)
            self._bars[area].update(done)
        elif total > 1:
            self._bars[area].update(done)
