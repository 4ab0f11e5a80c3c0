"""`{% load inventory %}`: differences with their sign."""

from __future__ import annotations

from django import template

register = template.Library()


@register.filter
def signed(number: int) -> str:
    """`{{ 3|signed }}` → +3, with a real minus sign."""
    return f"{number:+,}".replace("-", "−")
