"""What an order can be found by, folded once when it is written."""

from __future__ import annotations

from akinai.foundation.core.text import digits, fold

from .models import Order


def index_order(order: Order) -> None:
    """Fill the search columns of an unsaved order: numbers, names, kana, company, mail, phone digits."""
    order.name_folded = fold(order.buyer_name)[:200]
    order.kana_folded = fold(order.buyer_kana)[:200]
    parts = [
        order.number.lower(),
        order.store_number.lower(),
        order.name_folded,
        order.kana_folded,
        fold(order.buyer_company),
        order.buyer_mail.lower(),
        digits(order.buyer_phone),
    ]
    if order.ship_name != order.buyer_name:
        parts += [fold(order.ship_name), fold(order.ship_kana)]
    if order.ship_phone != order.buyer_phone:
        parts.append(digits(order.ship_phone))
    order.search_text = " ".join(part for part in parts if part)
