"""Customers for the search over everything."""

from __future__ import annotations

from collections.abc import Sequence
from urllib.parse import urlencode

from django.urls import reverse

from akinai.foundation.core.actor import Actor
from akinai.foundation.ui.registry import Hit

from . import selectors


def find_customers(text: str, _actor: Actor, limit: int) -> Sequence[Hit]:
    """Customers by name, kana, phone, mail or address."""
    rows = selectors.search(text, newest=4 * limit)[:limit]
    return [
        Hit(
            reverse("customers:customer", args=[row.pk]), str(row),
            " · ".join(part for part in (row.phone, row.mail, row.prefecture + row.address1) if part), "user",
        )
        for row in rows
    ]  # fmt: skip


def all_customers(text: str) -> str:
    """The list of everybody who fits."""
    return f"{reverse('customers:customer_list')}?{urlencode({'q': text})}"
