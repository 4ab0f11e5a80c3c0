"""What an order can be found by, folded once when it is written; exact numbers; and why a row was found."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from akinai.foundation.core.fulltext import GAP, TextIndex, joined, wanted, whole
from akinai.foundation.core.text import digits, fold, fold_hyphens, nfkc
from akinai.shop.catalog import selectors as catalog
from akinai.shop.stores import selectors as stores

from .models import Order, OrderLine

INDEX = TextIndex("orders_order", "orders_search")
#: Goods that one text may name; more would fit anything.
MOST_GOODS = 3


def index_order(order: Order) -> None:
    """Fill the search column of an unsaved order: numbers, names, kana, company, mail, phone digits."""
    order.search_text = joined(text for _shown, text in _parts(order))


#: What the parts of an order are called, in their order.
LABELS = (
    _("Order number"),
    _("Store's number"),
    pgettext_lazy("party", "Buyer"),
    _("Kana"),
    _("Company"),
    _("Mail"),
    _("Phone"),
    _("Recipient"),
    _("Recipient"),
    _("Recipient's phone"),
)


def _parts(order: Order) -> list[tuple[str, str]]:
    """As people write it and folded: everything an order is found by, in the order of `LABELS`."""
    other, own_phone = order.ship_name != order.buyer_name, order.ship_phone == order.buyer_phone
    return [
        (order.number, order.number.lower()),
        (order.store_number, order.store_number.lower()),
        (order.buyer_name, fold(order.buyer_name)),
        (order.buyer_kana, fold(order.buyer_kana)),
        (order.buyer_company, fold(order.buyer_company)),
        (order.buyer_mail, order.buyer_mail.lower()),
        (order.buyer_phone, digits(order.buyer_phone)),
        (order.ship_name, fold(order.ship_name) if other else ""),
        (order.ship_kana, fold(order.ship_kana) if other else ""),
        (order.ship_phone, "" if own_phone else digits(order.ship_phone)),
    ]


def why(order: Order, text: str) -> list[tuple[str, str]]:
    """(what it is called, as written) of everything on the order that the text hits."""
    asked = [writing for writings in wanted(text) for writing in writings]
    if one := whole(text):
        asked.append(one)
    return [
        (str(label), shown)
        for label, (shown, folded) in zip(LABELS, _parts(order), strict=True)
        if folded and any(each in GAP + folded for each in asked)
    ]


def exactly(text: str) -> list[Order]:
    """Orders that bear this number: ours (the prefix may be missing) or the store's. At most ten, the newest first."""
    number = fold_hyphens(nfkc(text))
    if not 1 <= len(number) <= 60 or "\x00" in number:
        return []
    prefix = stores.shop().order_prefix
    ours = {number, number.upper()}
    if number.isascii() and number.isdigit() and len(number) <= 12:
        ours |= {f"{prefix}{int(number):05d}", f"{prefix}{number}"}
    found = Q(number__in=sorted(ours)) | Q(store_number__in=sorted({number, number.upper(), text.strip()}))
    return list(Order.objects.select_related("store").filter(found).order_by("-ordered_at", "-pk")[:10])


def with_goods(text: str, limit: int) -> list[tuple[Order, str]]:
    """The newest orders with goods of that SKU code, JAN or name, each with the name of what it holds.

    A code or JAN names its SKU alone, a name at most the first three.
    """
    named = catalog.sku_by_scan(text)
    skus = [named] if named else list(catalog.search_skus(text)[:MOST_GOODS]) if len(fold(text)) > 1 else []
    found: dict[int, str] = {}
    for sku in skus:  # one after the other: each is a short walk over the index, all together would be a sort
        keys = OrderLine.objects.filter(sku=sku).order_by("-order_id").values_list("order_id", flat=True)
        found |= {pk: sku.title for pk in keys[:limit] if pk not in found}
    rows = Order.objects.select_related("store").filter(pk__in=sorted(found, reverse=True)[:limit])
    return [(order, found[order.pk]) for order in rows.order_by("-pk")]


def of_goods(rows: Any, text: str) -> Any:
    """Those of `rows` that hold goods of that SKU code, JAN or name."""
    named = catalog.sku_by_scan(text)
    skus: Sequence[Any] = [named.pk] if named else list(catalog.search_skus(text).values_list("pk", flat=True)[:200])
    return rows.filter(pk__in=OrderLine.objects.filter(sku_id__in=skus).values("order_id"))
