"""The words of the desk. Data only."""

from __future__ import annotations

from django.db.models import TextChoices
from django.utils.translation import pgettext_lazy


class Outcome(TextChoices):
    """How a promise stands: still owed, kept (in time or late), or no longer owed."""

    OPEN = "open", pgettext_lazy("promise", "Open")
    KEPT = "kept", pgettext_lazy("promise", "Kept")
    DROPPED = "dropped", pgettext_lazy("promise", "No longer owed")
