"""docs/clicks.md, from what walk and day counted.

First `AKINAI_WALK=300 pytest tests/e2e/test_walk.py tests/e2e/test_day.py`, then this module."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

from .clerk import HANDS
from .server import ROOT

FOUND = ROOT / "build"
PAGE = ROOT / "docs" / "clicks.md"
#: What the day counts, in the order of its columns.
DAY_HANDS = ("clicks", "keys", "typed", "scans", "screens", "words")
#: Once in a shop's life, or a show of faults: not part of a day's work.
NOT_DAILY = ("set-up", "a file with faults")


def keep(*, auto_accept: bool, orders: int, steps: dict[str, Any]) -> None:
    """Keep the figures of one walk for the page."""
    FOUND.mkdir(exist_ok=True)
    told = {"orders": orders, "steps": steps}
    path = FOUND / f"clicks-{'on' if auto_accept else 'off'}.json"
    path.write_text(json.dumps(told, ensure_ascii=False), encoding="utf-8")


def keep_day(
    *, auto_accept: bool, steps: Mapping[str, Any], irregular: Mapping[str, int], together: Sequence[str]
) -> None:
    """Keep the figures of one day (`test_day`) for the page."""
    FOUND.mkdir(exist_ok=True)
    told = {"steps": dict(steps), "irregular": dict(irregular), "together": list(together)}
    path = FOUND / f"day-{'on' if auto_accept else 'off'}.json"
    path.write_text(json.dumps(told, ensure_ascii=False), encoding="utf-8")


def page() -> str:
    """The page as Markdown."""
    head = ["<!-- Written by `python -m tests.e2e.clicks` after the walk and the day; do not edit. -->", "", "# Clicks"]
    return "\n".join([*head, "", *_day(), "", *_walk()]) + "\n"


def _walk() -> list[str]:
    off, on = (json.loads((FOUND / f"clicks-{name}.json").read_text(encoding="utf-8")) for name in ("off", "on"))
    lines = [
        "## The first day of a new shop",
        "",
        f"Measured by `tests/e2e/test_walk.py` with AKINAI_WALK={off['orders']}: a file of {off['orders']} orders,",
        "15% of them irregular, from the import to the closed day, in the pages a clerk uses, by somebody who knows",
        "few keys. A dropped file is one click, a choice from a list two, typed characters are keys, a bar code is one",
        "scan.",
        "",
        "| step | 自動受注確定 off: clicks | keys | scans | on: clicks | keys | scans |",
        "|---|---:|---:|---:|---:|---:|---:|",
    ]
    for step in off["steps"]:
        cells = [*(off["steps"][step].get(h, 0) for h in HANDS), *(on["steps"][step].get(h, 0) for h in HANDS)]
        lines.append(f"| {step} | " + " | ".join(map(str, cells)) + " |")
    shares = [*(per_hundred(off, hand) for hand in HANDS), *(per_hundred(on, hand) for hand in HANDS)]
    lines.append("| **per 100 orders, without set-up and faults** | " + " | ".join(f"**{n}**" for n in shares) + " |")
    return lines


def _day() -> list[str]:
    lines = [
        "## A day of a trained clerk",
        "",
        "Measured by `tests/e2e/test_day.py` (N-9): 100 orders in the files of three stores, 15 of them irregular in",
        "thirteen ways, from the import to the truck. Keys are those that do something (a letter that acts, Enter);",
        "typed characters and scans stand apart. A screen is a page that opens, words are those to be read on it.",
        "Targets: 25 clicks for the 85 plain orders together, 4 clicks and keys for an irregular one. The median time",
        "from opening an order to its acceptance is measured by each shop itself and stands on its page 手間の記録.",
    ]
    for name in ("off", "on"):
        told = json.loads((FOUND / f"day-{name}.json").read_text(encoding="utf-8"))
        lines += ["", f"### 自動受注確定 {name}", "", *_day_table(told)]
    return lines


def _day_table(told: dict[str, Any]) -> list[str]:
    lines = [f"| kind of order | orders | {' | '.join(DAY_HANDS)} |", "|---|---:|" + "---:|" * len(DAY_HANDS)]
    steps = told["steps"]
    for step in told["together"]:
        lines.append(_row(f"plain: {step}", "", steps[step]))
    plain = sum((Counter(steps[step]) for step in told["together"]), Counter[str]())
    irregular = Counter[str]()
    lines.append(_row("**plain, together**", 100 - sum(told["irregular"].values()), plain))
    for kind, count in told["irregular"].items():
        lines.append(_row(kind, count, steps[kind]))
        irregular += Counter(steps[kind])
    lines.append(_row("**irregular, together**", sum(told["irregular"].values()), irregular))
    return lines


def _row(label: str, orders: int | str, taken: Mapping[str, int]) -> str:
    return f"| {label} | {orders} | " + " | ".join(str(taken.get(hand, 0)) for hand in DAY_HANDS) + " |"


def per_hundred(told: dict[str, Any], hand: str) -> str:
    """Of a day's work, for a hundred orders."""
    taken = sum(step.get(hand, 0) for name, step in told["steps"].items() if name not in NOT_DAILY)
    return f"{taken * 100 / told['orders']:.1f}"


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
