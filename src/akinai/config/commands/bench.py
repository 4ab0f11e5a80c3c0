"""Measure what the product promises about speed: a table for people, one JSON object for programs."""

from __future__ import annotations

import argparse
from typing import Any

from django.db import connection

from akinai.config.output import print_result, say
from akinai.workbench.bench.catalogue import BENCHES, Bench, Figure


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Which measurements; all of them that take minutes at most when none is named."""
    names = [bench.name for bench in BENCHES]
    parser.add_argument("names", nargs="*", metavar="NAME", help=f"of {', '.join(names)} (default: all)")
    parser.add_argument("--orders", type=int, metavar="N", help="how many orders there shall be, for lists and search")
    parser.add_argument("--json", action="store_true", help="print the result as one JSON object on the last line")


def run(args: argparse.Namespace) -> int:
    """Run the measurements one after another, each on a fresh database of the configured engine.

    Exit code 1 if a figure is not reached, 2 for an unknown name.
    """
    known = {bench.name: bench for bench in BENCHES}
    unknown = [name for name in args.names if name not in known]
    if unknown:
        say(f"There is no bench {', '.join(unknown)}. Known: {', '.join(known)}.")
        return 2
    chosen = [known[name] for name in args.names] or [bench for bench in BENCHES if not bench.long]
    results: dict[str, dict[str, Any]] = {}
    missed = False
    for bench in chosen:
        say(f"{bench.name}: {bench.summary} ({connection.vendor})")
        results[bench.name] = bench.run(orders=args.orders) if bench.sized and args.orders else bench.run()
        missed |= _show(bench, results[bench.name])
    if args.json:
        print_result(results[chosen[0].name] if len(chosen) == 1 else results)
    return 1 if missed else 0


def _show(bench: Bench, result: dict[str, Any]) -> bool:
    """The figures of one measurement as lines of a table; says whether one is missed."""
    figures = bench.figures(result)
    for figure in figures:
        say(f"  {_mark(figure)} {figure.name:<48} {figure.measured:<24} {figure.limit}")
    return any(figure.reached is False for figure in figures)


def _mark(figure: Figure) -> str:
    return {True: "ok", False: "NO", None: "--"}[figure.reached]
