"""The `akinai` command. Each subcommand is one module of `commands/` with `add_arguments(parser)` and `run(args)`.

A module is imported after Django is set up and only when it is asked for, so it may import models at its top. To add
one: write the module, add its line to `COMMANDS`.
"""

from __future__ import annotations

import argparse
import importlib
import os
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol, cast

import django
from django.utils import translation

from akinai.foundation.core.errors import AkinaiError

from .folders import DATA_DIR_VARIABLE, data_dir
from .output import say


@dataclass(frozen=True, slots=True)
class Command:
    """A subcommand: its name, what `--help` says, and the folder inside the data folder it keeps apart, if any."""

    name: str
    summary: str
    folder: str = ""


class CommandModule(Protocol):
    """What a module of `commands/` offers."""

    def add_arguments(self, parser: argparse.ArgumentParser) -> None: ...

    def run(self, args: argparse.Namespace) -> int: ...


COMMANDS = (
    Command("up", "run everything: pages, background work and schedules; Ctrl-C stops all"),
    Command("web", "serve the pages only"),
    Command("worker", "do background work and schedules only"),
    Command("demo", "run an invented shop with three months of history", folder="demo"),
    Command("demo-stores", "go on selling in the stores of the demo", folder="demo"),
    Command("migrate", "make or bring up to date the database"),
    Command("check", "prove that everything the database holds agrees; 1 on any violation"),
    Command("createstaff", "add a member of staff"),
    Command("import-orders", "take in a store's order file, or show what it would become (--dry-run)"),
    Command("generate-orders", "write an order file of invented buyers to try an import with"),
    Command("remarks", "score the remarks reader on a file of labelled remarks"),
    Command("bench", "measure speed: intake, races, documents"),
    Command("reference", "write the reference pages of the documentation"),
)


def main(argv: Sequence[str] | None = None) -> int:
    """Run a subcommand and return its exit code; a refusal is a sentence on standard error and code 1."""
    arguments = list(sys.argv[1:] if argv is None else argv)
    command = _chosen(arguments)
    if command is not None and command.folder and not os.environ.get(DATA_DIR_VARIABLE):
        os.environ[DATA_DIR_VARIABLE] = str(data_dir() / command.folder)
    if command is None:
        _parser(None).parse_args(arguments or ["--help"])
        return 2
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "akinai.config.settings")
    django.setup()
    translation.activate(os.environ.get("AKINAI_LANGUAGE", "ja"))
    module = load(command)
    args = _parser(command, module).parse_args(arguments)
    try:
        return module.run(args)
    except AkinaiError as error:
        say(str(error))
        return 1
    except KeyboardInterrupt:
        return 130


def load(command: Command) -> CommandModule:
    """The module behind a subcommand; Django must be set up."""
    name = command.name.replace("-", "_")
    return cast(CommandModule, importlib.import_module(f"akinai.config.commands.{name}"))


def _chosen(arguments: Sequence[str]) -> Command | None:
    """The subcommand that the arguments name first."""
    first = next((a for a in arguments if not a.startswith("-")), None)
    return next((command for command in COMMANDS if command.name == first), None)


def _parser(chosen: Command | None, module: CommandModule | None = None) -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="akinai", description="The back office of a Japanese net shop.")
    subparsers = parser.add_subparsers(title="commands", metavar="COMMAND", required=True)
    for command in COMMANDS:
        subparser = subparsers.add_parser(command.name, help=command.summary, description=command.summary)
        if command == chosen and module is not None:
            module.add_arguments(subparser)
    return parser


if __name__ == "__main__":
    raise SystemExit(main())
