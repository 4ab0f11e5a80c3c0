"""Template words of returns."""

from __future__ import annotations

from django import template

from akinai.backoffice.orders import deeds
from akinai.foundation.audit.models import AuditEntry

register = template.Library()


@register.filter
def case_deed(entry: AuditEntry) -> str:
    """What was done, in words."""
    said = deeds.told(entry.action, entry.detail)
    return " · ".join(part for part in (str(deeds.deed(entry.action).label), said) if part)
