"""What a task may raise, and what asking for one may raise."""

from __future__ import annotations


class PermanentError(Exception):
    """Raised by a task when trying again can never help; the job is dead at once."""


class UnknownTask(LookupError):
    """Nobody declared a task of that name."""


class LeaseLost(Exception):
    """This worker was taken for dead and the job belongs to another; what it did is rolled back."""
