"""Web, worker and schedules in one process tree."""

from __future__ import annotations

import argparse

from django.utils.translation import gettext as _

from akinai.config.output import say
from akinai.config.processes import stop_with_parent
from akinai.config.serving import address, prepare_to_serve, serve_all


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Host and port."""
    parser.add_argument("--host", default="127.0.0.1", help="address to listen at (default: this machine only)")
    parser.add_argument("--port", type=int, default=8000)


def run(args: argparse.Namespace) -> int:
    """Bring the data folder up to date and serve until Ctrl-C."""
    stop_with_parent()
    prepare_to_serve(upgrade=True)
    welcome = _("akinai is at %(address)s (Ctrl-C stops it)") % {"address": address(args.host, args.port)}
    return serve_all(host=args.host, port=args.port, on_ready=lambda: say(welcome))
