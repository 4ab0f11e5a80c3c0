"""How many orders go into one transaction: few enough that a clerk's click is never kept waiting. Pure."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(slots=True)
class Pace:
    """Batch sizes that adapt to the time the last batch took.

    `aim` is how many seconds a write transaction may last: SQLite has one writer, so everybody else waits as long.
    """

    aim: float
    size: int = 50
    least: int = 5
    most: int = 100

    def took(self, seconds: float, count: int) -> None:
        """Learn from a batch of `count` orders that held the database for `seconds`."""
        if count and seconds > 0:
            fitting = int(count * self.aim / seconds)
            self.size = max(self.least, min(self.most, fitting, self.size * 2))
