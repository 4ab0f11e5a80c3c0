"""The reference pages of the documentation, written from what the program declares."""

from __future__ import annotations

import argparse
from pathlib import Path

from akinai.config.output import say
from akinai.config.reference import pages


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Where they go."""
    parser.add_argument("--folder", type=Path, default=Path("docs/reference"), help="where the pages go")


def run(args: argparse.Namespace) -> int:
    """Write the pages and name those that changed."""
    args.folder.mkdir(parents=True, exist_ok=True)
    for name, content in pages().items():
        path = args.folder / name
        if not path.exists() or path.read_text(encoding="utf-8") != content:
            path.write_text(content, encoding="utf-8")
            say(str(path))
    return 0
