"""The database, made or brought up to date."""

from __future__ import annotations

import argparse

from django.utils.translation import gettext as _

from akinai.config.data_folder import ensure_data_folder
from akinai.config.output import print_result, say


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Whether a program reads the result."""
    parser.add_argument("--json", action="store_true", help="print the result as one JSON object")


def run(args: argparse.Namespace) -> int:
    """Apply what is missing and say how many steps that were."""
    applied = ensure_data_folder(upgrade=True)
    say(_("The database is up to date (%(count)s steps applied).") % {"count": applied})
    if args.json:
        print_result({"applied": applied})
    return 0
