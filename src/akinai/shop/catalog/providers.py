"""Goods for the search over everything."""

from __future__ import annotations

from collections.abc import Sequence

from django.urls import reverse

from akinai.foundation.core.actor import Actor
from akinai.foundation.ui.registry import Hit

from . import selectors


def find_skus(text: str, _actor: Actor, limit: int) -> Sequence[Hit]:
    """SKUs by code, JAN, name or shelf."""
    exact = selectors.sku_by_scan(text)
    rows = [*([exact] if exact else []), *(row for row in selectors.search_skus(text)[:limit] if row != exact)][:limit]
    return [
        Hit(
            reverse("catalog:sku", args=[row.pk]), row.title,
            " · ".join(part for part in (row.code, row.jan, row.shelf) if part), "tag", exact=row == exact,
        )
        for row in rows
    ]  # fmt: skip
