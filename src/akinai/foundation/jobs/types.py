"""What crosses the border: a job to be made."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True, slots=True)
class JobSpec:
    """A job to be made: the task's name, its arguments as JSON, and when.

    `unique_key` coalesces: while a job with it is ready, asking again changes nothing but may bring it forward.
    `run_at` None is now. A higher `priority` goes first: 0 is ordinary, 10 what a person waits for, -10 mass work.
    `schedule` names the schedule that made it.
    """

    name: str
    args: Mapping[str, Any] = field(default_factory=dict)
    unique_key: str = ""
    run_at: dt.datetime | None = None
    priority: int = 0
    schedule: str = ""
