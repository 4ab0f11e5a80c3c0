"""What commands print: sentences and progress on standard error, a result as one JSON line on standard output."""

from __future__ import annotations

import json
import sys
from collections.abc import Mapping
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder


def say(line: str) -> None:
    """A line for a person, on standard error."""
    sys.stderr.write(f"{line}\n")
    sys.stderr.flush()


def print_result(result: Mapping[str, Any]) -> None:
    """One JSON object as the last line of standard output, for `--json`."""
    sys.stdout.write(json.dumps(result, ensure_ascii=False, cls=DjangoJSONEncoder) + "\n")
    sys.stdout.flush()


class ProgressBar:
    """A bar on standard error; on a terminal it moves in place, elsewhere each tenth gets a line."""

    def __init__(self, label: str, total: int) -> None:
        self._label, self._total = label, max(total, 1)
        self._tenth = -1
        self._moves = sys.stderr.isatty()

    def update(self, done: int) -> None:
        """Show that `done` of the total are done."""
        share = min(done, self._total) / self._total
        tenth = int(share * 10)
        if not self._moves and tenth == self._tenth:
            return
        self._tenth = tenth
        bar = "#" * int(share * 30)
        sys.stderr.write(f"{self._label} [{bar:<30}] {done}/{self._total}{chr(13) if self._moves else chr(10)}")
        if self._moves and done >= self._total:
            sys.stderr.write("\n")
        sys.stderr.flush()
