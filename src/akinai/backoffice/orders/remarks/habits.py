"""What kind a remark most resembles, by the runs of one to three characters it is made of: a second opinion.

The weights in `habits.txt` are learned from labelled remarks by `tests/backoffice/orders/remarks/learn.py`. They
name no day and no text; where they outweigh a reading, nobody is sure (REM-2).
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache
from pathlib import Path

from .types import Kind

_LONGEST_RUN = 3
_READ = 300
#: Weights are whole numbers, this many to one unit of a score.
SCALE = 100


def runs(text: str) -> list[str]:
    """The different runs of a text, every number being one 0."""
    flat = re.sub(r"\d+", "0", unicodedata.normalize("NFKC", text).lower())
    framed = "^" + re.sub(r"\s+", " ", flat)[:_READ] + "$"
    return sorted({framed[i : i + n] for n in range(1, _LONGEST_RUN + 1) for i in range(len(framed) - n + 1)})


def resemblance(text: str) -> dict[Kind, float]:
    """A score for each kind, comparable within one text only; all 0 where nothing is known."""
    kinds, weights = _learned()
    known = [w for run in runs(text) if (w := weights.get(run)) is not None]
    unit = (len(known) ** 0.5 or 1.0) * SCALE
    return (
        {kind: sum(column) / unit for kind, column in zip(kinds, zip(*known, strict=True), strict=True)}
        if known
        else dict.fromkeys(kinds, 0.0)
    )


@cache
def _learned() -> tuple[tuple[Kind, ...], dict[str, tuple[int, ...]]]:
    """The kinds, and for each run its weight by kind."""
    head, *lines = (Path(__file__).parent / "habits.txt").read_text(encoding="utf-8").splitlines()
    kinds = tuple(Kind(word) for word in head.split())
    weights = {}
    for line in lines:
        run, _tab, said = line.partition("\t")
        row = [0] * len(kinds)
        for pair in said.split():
            at, _colon, weight = pair.partition(":")
            row[int(at)] = int(weight)
        weights[run] = tuple(row)
    return kinds, weights
