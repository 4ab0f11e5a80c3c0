"""`{% load desk %}`: the word of a queue without its icon."""

from __future__ import annotations

from django import template

from akinai.foundation.ui.statuses import statuses

register = template.Library()


@register.simple_tag
def queue_word(key: str) -> str:
    """`{% queue_word "hold" %}` → 保留."""
    return str(statuses.get(key).label)
