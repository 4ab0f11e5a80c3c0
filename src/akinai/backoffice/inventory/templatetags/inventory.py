"""`{% load inventory %}`: differences with their sign, and times as a ledger shows them."""

from __future__ import annotations

import datetime as dt

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString

from akinai.foundation.core import clock
from akinai.foundation.ui.html import day, exact, hour

register = template.Library()


@register.filter
def signed(number: int) -> str:
    """`{{ 3|signed }}` → +3, with a real minus sign."""
    return f"{number:+,}".replace("-", "−")


@register.simple_tag
def lately(at: dt.datetime) -> SafeString:
    """`{% lately move.at %}`: the hour today, else the day; the exact time on hover."""
    words = hour(at) if clock.aware(at).date() == clock.today() else day(at)
    return format_html('<time datetime="{}" title="{}">{}</time>', clock.aware(at).isoformat(), exact(at), words)
