"""docs/clicks.md, from what the walk counted: `AKINAI_WALK=300 pytest tests/e2e/test_walk.py`, then this module."""

from __future__ import annotations

import json
from typing import Any

from .clerk import HANDS
from .server import ROOT

FOUND = ROOT / "build"
PAGE = ROOT / "docs" / "clicks.md"
#: Once in a shop's life, or a show of faults: not part of a day's work.
NOT_DAILY = ("set-up", "a file with faults")


def keep(*, auto_accept: bool, orders: int, steps: dict[str, Any]) -> None:
    """Keep the figures of one walk for the page."""
    FOUND.mkdir(exist_ok=True)
    told = {"orders": orders, "steps": steps}
    path = FOUND / f"clicks-{'on' if auto_accept else 'off'}.json"
    path.write_text(json.dumps(told, ensure_ascii=False), encoding="utf-8")


def page() -> str:
    """The page as Markdown."""
    off, on = (json.loads((FOUND / f"clicks-{name}.json").read_text(encoding="utf-8")) for name in ("off", "on"))
    lines = [
        "<!-- Written by `python -m tests.e2e.clicks` after the walk; do not edit. -->",
        "",
        "# Clicks",
        "",
        f"Measured by `tests/e2e/test_walk.py` with AKINAI_WALK={off['orders']}: a file of {off['orders']} orders,",
        "15% of them irregular, from the import to the closed day, in the pages a clerk uses. A dropped file is one",
        "click, a choice from a list two, typed characters are keys, a bar code is one scan.",
        "",
        "| step | 自動受注確定 off: clicks | keys | scans | on: clicks | keys | scans |",
        "|---|---:|---:|---:|---:|---:|---:|",
    ]
    for step in off["steps"]:
        cells = [*(off["steps"][step].get(h, 0) for h in HANDS), *(on["steps"][step].get(h, 0) for h in HANDS)]
        lines.append(f"| {step} | " + " | ".join(map(str, cells)) + " |")
    shares = [*(per_hundred(off, hand) for hand in HANDS), *(per_hundred(on, hand) for hand in HANDS)]
    lines.append("| **per 100 orders, without set-up and faults** | " + " | ".join(f"**{n}**" for n in shares) + " |")
    return "\n".join(lines) + "\n"


def per_hundred(told: dict[str, Any], hand: str) -> str:
    """Of a day's work, for a hundred orders."""
    taken = sum(step.get(hand, 0) for name, step in told["steps"].items() if name not in NOT_DAILY)
    return f"{taken * 100 / told['orders']:.1f}"


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
