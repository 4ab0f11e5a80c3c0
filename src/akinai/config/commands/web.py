"""The web server: granian, speaking ASGI."""

from __future__ import annotations

import argparse

from django.db import connection
from granian import Granian
from granian.constants import Interfaces
from granian.log import LogLevels

from akinai.config.processes import stop_with_parent
from akinai.config.serving import prepare_to_serve


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Host, port and number of processes."""
    parser.add_argument("--host", default="127.0.0.1", help="address to listen at (default: this machine only)")
    parser.add_argument("--port", type=int, default=8000)
    parser.add_argument("--workers", type=int, default=1, help="processes that answer requests (default: 1)")


def run(args: argparse.Namespace) -> int:
    """Serve until SIGTERM or Ctrl-C."""
    prepare_to_serve()
    connection.close()  # each server process opens its own
    stop_with_parent()
    Granian(
        "akinai.config.asgi:application",
        address=args.host,
        port=args.port,
        interface=Interfaces.ASGINL,
        workers=args.workers,
        websockets=False,
        log_level=LogLevels.warning,
        workers_kill_timeout=5,
        respawn_failed_workers=True,
    ).serve()
    return 0
