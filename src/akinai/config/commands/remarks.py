"""How well the remarks reader does on a file of labelled remarks. Needs no database."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from django.utils.translation import gettext as _

from akinai.backoffice.orders.remarks.scoring import BadExample, Miss, evaluate, read_examples
from akinai.config.output import print_result
from akinai.foundation.core.errors import BadInput


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """`evaluate FILE [--verbose]`."""
    actions = parser.add_subparsers(title="actions", metavar="ACTION", required=True)
    action = actions.add_parser("evaluate", help="score the reader on a JSONL file of labelled remarks")
    action.add_argument("file", metavar="FILE", type=Path, help="JSON lines: id, ordered_at, remark, expected")
    action.add_argument("--verbose", action="store_true", help="print what was understood otherwise")


def run(args: argparse.Namespace) -> int:
    """The score as one JSON object on the last line; a line that is no labelled remark is refused with its number."""
    try:
        score = evaluate(read_examples(_lines(args.file)))
    except BadExample as error:
        raise BadInput(_problem(error), field="file") from error
    if args.verbose:
        for miss in score.misses:
            sys.stdout.write(f"{_told(miss)}\n")
    print_result(score.as_json())
    return 0


def _lines(path: Path) -> list[str]:
    try:
        return path.read_text(encoding="utf-8-sig").split("\n")
    except (OSError, UnicodeDecodeError) as error:
        sentence = _("The file %(path)s cannot be read: %(why)s") % {"path": path, "why": error}
        raise BadInput(sentence, field="file") from error


def _problem(error: BadExample) -> str:
    said = {
        "json": _("Line %(line)s is not a JSON object."),
        "shape": _("Line %(line)s needs a text `remark` and an object `expected` of texts."),
        "kind": _("Line %(line)s expects a kind that does not exist."),
        "date": _("Line %(line)s needs `ordered_at` as an ISO date or time."),
    }[error.problem]
    return said % {"line": error.line}


def _told(miss: Miss) -> str:
    wrong = ", ".join(miss.wrong)
    return (
        f"{miss.example.id} [{wrong}] {miss.example.remark!r}\n    {miss.example.expected}\n    {miss.answer.as_json()}"
    )
