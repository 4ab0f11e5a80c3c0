"""The stores of the demo, which go on selling; `akinai demo` runs it beside the pages."""

from __future__ import annotations

import argparse
import threading
from pathlib import Path

from django.conf import settings

from akinai.config.processes import stop_with_parent
from akinai.config.serving import prepare_to_serve
from akinai.workbench.demo.live import MOST, sell


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """How many orders at most, all starts taken together."""
    parser.add_argument("--most", type=int, default=MOST, help=f"orders at most (default: {MOST})")


def run(args: argparse.Namespace) -> int:
    """Sell until SIGTERM; after the last order wait, so that the others go on."""
    prepare_to_serve()
    stop_with_parent()
    sell(Path(settings.DATA_DIR), most=args.most)
    threading.Event().wait()
    return 0
