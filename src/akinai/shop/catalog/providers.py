"""Goods for the search over everything."""

from __future__ import annotations

from collections.abc import Sequence

from django.urls import reverse

from akinai.foundation.core.actor import Actor
from akinai.foundation.ui.registry import Hit

from . import selectors


def find_skus(text: str, _actor: Actor, limit: int) -> Sequence[Hit]:
    """SKUs by code, JAN, name or shelf."""
    rows = selectors.search_skus(text)[:limit]
    return [Hit(reverse("catalog:sku", args=[row.pk]), row.title, row.code, "tag") for row in rows]
