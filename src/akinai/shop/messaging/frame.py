"""What mails add to the frame of every page."""

from __future__ import annotations

from django.utils.translation import gettext as _

from akinai.foundation.core.actor import Actor
from akinai.foundation.ui.registry import Count

from . import selectors


def waiting(actor: Actor) -> Count | None:
    """Drafts and unanswered failures: our turn; loud while something failed. One query over a partial index."""
    found = selectors.counts()
    if not found.ours:
        return None
    title = _("%(failed)d not delivered, %(drafts)d drafts") % {"failed": found.failed, "drafts": found.drafts}
    return Count(found.ours, late=found.failed > 0, title=title)
