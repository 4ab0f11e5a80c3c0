"""Finding customers."""

from __future__ import annotations

from django.db.models import Q, QuerySet

from akinai.foundation.core.text import fold, phone_key

from .models import Customer


def search(query: str) -> QuerySet[Customer]:
    """Customers whose name, kana, company, mail, address, phone or postcode contains every word, folded (11b).

    Merged customers are left out; they answer through the one they were merged into.
    """
    rows = Customer.objects.filter(merged_into=None).order_by("-id")
    for word in query.split():
        wanted = Q(search_text__contains=fold(word))
        number = phone_key(word)
        if len(number) >= 4:
            wanted |= Q(search_text__contains=number)
        rows = rows.filter(wanted)
    return rows
