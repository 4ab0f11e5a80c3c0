"""Background work: due jobs and schedules."""

from __future__ import annotations

import argparse

from akinai.config.processes import stop_with_parent
from akinai.config.serving import prepare_to_serve
from akinai.foundation.jobs.worker import run_worker


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """How many jobs at once, and whether to end when nothing is due."""
    parser.add_argument("--concurrency", type=int, default=1, help="jobs done at the same time (default: 1)")
    parser.add_argument("--until-idle", action="store_true", help="end when nothing is due")


def run(args: argparse.Namespace) -> int:
    """Work until SIGTERM or Ctrl-C; the job in hand is finished first."""
    prepare_to_serve()
    stop_with_parent()
    run_worker(concurrency=args.concurrency, until_idle=args.until_idle)
    return 0
