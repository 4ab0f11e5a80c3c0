"""What the parts of the kit are fed with."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from .registry import Label


@dataclass(frozen=True, slots=True)
class ResultRow:
    """What became of one thing in bulk work. `outcome` is good, bad or same (nothing to do)."""

    outcome: str
    name: str
    said: Label = ""
    url: str = ""
    fix_label: Label = ""
    fix_url: str = ""

    @property
    def icon(self) -> str:
        return {"good": "circle-check", "bad": "alert-octagon"}.get(self.outcome, "circle-minus")


@dataclass(frozen=True, slots=True)
class JobProgress:
    """Long work as people see it. `state` is waiting, running, done, failed or cancelled.

    `poll_url` answers the same fragment again and is asked every second until the work ends; `cancel_url` takes a POST.
    """

    title: Label
    state: str
    poll_url: str
    done: int = 0
    total: int = 0
    failed: int = 0
    message: Label = ""
    rest: dt.timedelta | None = None
    cancel_url: str = ""
    rows: tuple[ResultRow, ...] = ()
    result_url: str = ""
    result_label: Label = ""

    @property
    def open(self) -> bool:
        """True while it still moves."""
        return self.state in {"waiting", "running"}

    @property
    def good(self) -> int:
        return self.done - self.failed
