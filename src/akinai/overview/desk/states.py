"""The words of the desk. Data only."""

from __future__ import annotations

from django.db.models import TextChoices
from django.utils.translation import pgettext_lazy


class Outcome(TextChoices):
    """How a promise stands: still owed, kept (in time or late), or no longer owed."""

    OPEN = "open", pgettext_lazy("promise", "Open")
    KEPT = "kept", pgettext_lazy("promise", "Kept")
    DROPPED = "dropped", pgettext_lazy("promise", "No longer owed")


class Ending(TextChoices):
    """How a task to reach a buyer ended."""

    REACHED = "reached", pgettext_lazy("contact", "Reached")
    MAILED = "mailed", pgettext_lazy("contact", "Told by mail")
    NEEDLESS = "needless", pgettext_lazy("contact", "Not needed any more")


class CallOutcome(TextChoices):
    """What came of a call, as a person says it."""

    REACHED = "reached", pgettext_lazy("call", "spoke to them")
    MISSED = "missed", pgettext_lazy("call", "no answer")
    NEEDLESS = "needless", pgettext_lazy("call", "not needed")


class How(TextChoices):
    """How a promise stands as of now, told from its times."""

    OPEN = "open", pgettext_lazy("promise", "Open")
    KEPT = "kept", pgettext_lazy("promise", "Kept in time")
    LATE = "late", pgettext_lazy("promise", "Broken")
    DROPPED = "dropped", pgettext_lazy("promise", "No longer owed")
