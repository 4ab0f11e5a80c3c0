"""What reading an event may raise."""

from __future__ import annotations

from akinai.foundation.jobs import PermanentError


class UnreadableEvent(PermanentError):
    """The event is of a kind this program does not know, or not of the kind asked for; trying again cannot help."""
