"""Small pieces of HTML about goods, for cells and pages of every app above."""

from __future__ import annotations

from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString

from akinai.foundation.ui.html import icon

from .models import Product


def picture_url(product: Product) -> str:
    """The address of a product's picture, "" if it has none."""
    return reverse("catalog:picture", args=[product.image]) if product.image else ""


def picture(product: Product, size: int = 32) -> SafeString:
    """The picture, decorative since the name stands beside it; a box where there is none."""
    if not product.image:
        return format_html('<span class="ak-pic ak-pic-none s{}">{}</span>', size, icon("photo"))
    url = picture_url(product)
    return format_html('<img class="ak-pic" src="{}" alt="" width="{}" height="{}" loading="lazy">', url, size, size)
