"""Customers for the search over everything."""

from __future__ import annotations

from collections.abc import Sequence
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext as _

from akinai.foundation.core.actor import Actor
from akinai.foundation.ui.registry import Count, Hit

from . import permissions, selectors
from .models import Attention


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


def proposals(actor: Actor) -> Count | None:
    """For managers: how many proposals for the attention list wait for their word (CS-40)."""
    if not actor.may(permissions.ATTENTION):
        return None
    number = Attention.objects.in_force().filter(approved_at=None).count()
    return Count(number, title=_("Proposals for the attention list")) if number else None
