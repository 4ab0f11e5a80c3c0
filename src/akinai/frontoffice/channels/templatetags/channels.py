"""`{% load channels %}`: what a store means by a word, as people read it."""

from __future__ import annotations

from django import template

from akinai.frontoffice.channels import screens
from akinai.frontoffice.channels.models import ValueMapping

register = template.Library()


@register.simple_tag
def meaning(word: ValueMapping) -> str:
    """`{% meaning word %}` → the method, service or time that the store's word stands for."""
    return screens.meaning(word.field, word.code)
