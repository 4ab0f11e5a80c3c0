"""`{% load desk %}`: the word of a queue without its icon."""

from __future__ import annotations

from django import template
from django.utils.safestring import SafeString

from akinai.foundation.ui.statuses import statuses
from akinai.overview.desk import tables
from akinai.overview.desk.models import Promise

register = template.Library()


@register.simple_tag
def queue_word(key: str) -> str:
    """`{% queue_word "hold" %}` → 保留."""
    return str(statuses.get(key).label)


@register.simple_tag
def promise_stands(promise: Promise) -> SafeString:
    """How a promise stands, as a badge."""
    return tables.stands(promise)
