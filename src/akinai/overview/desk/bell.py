"""The number at the bell: asked on every page, so it costs one short look at each source."""

from __future__ import annotations

from django.utils.translation import gettext as _

from akinai.foundation.core.actor import Actor
from akinai.foundation.ui.registry import Count

from . import notices


def ring(actor: Actor) -> Count | None:
    """How many kinds of trouble wait for this reader; loud if any of it is broken."""
    found = notices.troubles(actor)
    if not found:
        return None
    return Count(len(found), late=any(n.tone == "stop" for n in found), title=_("Things that want a look"))
