"""`{% load catalog %}`: pictures of goods."""

from __future__ import annotations

from django import template
from django.utils.safestring import SafeString

from akinai.shop.catalog import html
from akinai.shop.catalog.models import Product

register = template.Library()


@register.simple_tag
def picture(product: Product, size: int = 32) -> SafeString:
    """`{% picture sku.product 48 %}`: the picture of a product, or a box where there is none."""
    return html.picture(product, size)
