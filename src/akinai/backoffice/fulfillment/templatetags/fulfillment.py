"""`{% load fulfillment %}`: how far a shipment is, and the picture of what is on the table."""

from __future__ import annotations

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString

from akinai.backoffice.fulfillment.models import Shipment
from akinai.backoffice.fulfillment.tables import stage_badge
from akinai.foundation.ui.html import icon
from akinai.shop.catalog.html import picture_url
from akinai.shop.catalog.models import Product

register = template.Library()


@register.simple_tag
def stage(shipment: Shipment) -> SafeString:
    """`{% stage shipment %}`: its stage as word, icon and colour."""
    return stage_badge(shipment)


@register.simple_tag
def photo(product: Product, size: int) -> SafeString:
    """`{% photo line.sku.product 460 %}`: the picture large, or a box that says there is none."""
    url = picture_url(product)
    if not url:
        return format_html('<span class="ak-nophoto s{}">{}</span>', size, icon("photo", large=True))
    return format_html('<img src="{}" alt="{}" width="{}" height="{}">', url, product.name, size, size)
