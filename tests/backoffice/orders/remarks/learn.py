"""Learns `habits.txt` from the labelled remarks beside this file: `python -m tests.backoffice.orders.remarks.learn`.

Multinomial logistic regression over runs of characters, in plain Python, the same result every time.
"""

from __future__ import annotations

import math
import random
from collections import Counter
from collections.abc import Iterable
from pathlib import Path

from akinai.backoffice.orders.remarks import Kind, habits
from akinai.backoffice.orders.remarks.forms import without_blanks
from akinai.backoffice.orders.remarks.normal import normalise
from akinai.backoffice.orders.remarks.scoring import Example, read_examples

HERE = Path(__file__).parent
CORPORA = ("public", "first", "unseen", "examined", "styles", *(f"letters-{n}" for n in range(1, 7)))
KINDS = tuple(Kind)
#: What the reader weighs remarks by.
LEARNED = Path(habits.__file__).with_name("habits.txt")
ROUNDS = 8
RATE = 3.0
#: Weights nearer to 0 than this are not worth their place.
FAINT = 60


def learn(examples: Iterable[Example]) -> dict[str, list[float]]:
    """The weight of each run for each kind; runs of one remark only are left out."""
    rows = [
        (habits.runs(without_blanks(normalise(e.remark).text)), KINDS.index(Kind(e.expected["kind"]))) for e in examples
    ]
    seen = Counter(run for found, _kind in rows for run in found)
    weights = {run: [0.0] * len(KINDS) for run in sorted(seen) if seen[run] > 1}
    known = [([run for run in found if run in weights], kind) for found, kind in rows]
    order = random.Random(1)
    for round_ in range(ROUNDS):
        order.shuffle(known)
        for found, kind in known:
            _step([weights[run] for run in found], kind, RATE / (1 + 0.3 * round_))
    return weights


def _step(weights: list[list[float]], kind: int, rate: float) -> None:
    unit = len(weights) ** 0.5 or 1.0
    scores = [math.fsum(column) / unit for column in zip(*weights, strict=True)]
    odds = [math.exp(score - max(scores)) for score in scores]
    total = math.fsum(odds)
    steps = [(rate / unit) * ((at == kind) - odd / total) for at, odd in enumerate(odds)]
    moving = [(at, step) for at, step in enumerate(steps) if abs(step) > 1e-4]
    for row in weights:
        for at, step in moving:
            row[at] += step


def write(weights: dict[str, list[float]], path: Path) -> None:
    """One run a line: the run, a tab, `kind:weight` for what is not faint."""
    lines = [" ".join(KINDS)]
    for run, row in weights.items():
        whole = [(at, round(weight * habits.SCALE)) for at, weight in enumerate(row)]
        said = " ".join(f"{at}:{weight}" for at, weight in whole if abs(weight) >= FAINT)
        if said:
            lines.append(f"{run}\t{said}")
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")


def corpus(name: str) -> list[Example]:
    """The remarks of one paper."""
    return list(read_examples((HERE / f"{name}.jsonl").read_text(encoding="utf-8").split("\n")))


def main(path: Path) -> None:
    """Learns from every paper anew; the same papers give the same file to the letter."""
    write(learn([example for name in CORPORA for example in corpus(name)]), path)


if __name__ == "__main__":
    main(LEARNED)
