"""Reading goods."""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import Count, Max, Min, Q, QuerySet
from django.utils.translation import gettext as _

from akinai.foundation.core.errors import NotFound
from akinai.foundation.core.text import fold, nfkc

from . import jan as jan_codes
from .models import Product, Sku, StoreItemCode


def resolve_codes(store_id: int | None, codes: Iterable[str]) -> dict[str, tuple[Sku, int]]:
    """What each item code of a store means here (INV-91): SKU (with its product) and pieces per one ordered.

    Our own SKU code wins, then the store's mapping. A code nobody knows is absent: the caller keeps the line and asks
    (NEW_SKU). Widths and outer blanks do not matter. Two queries at most, whatever the number of codes.
    """
    wanted = {code: nfkc(code) for code in codes if code and code.strip()}
    if not wanted:
        return {}
    rows = Sku.objects.select_related("product").filter(code__in=set(wanted.values())).order_by()
    own = {sku.code: sku for sku in rows}
    missing = {key for key in wanted.values() if key not in own}
    mapped: dict[str, StoreItemCode] = {}
    if missing and store_id is not None:
        known = StoreItemCode.objects.select_related("sku__product").filter(store_id=store_id, code__in=missing)
        mapped = {row.code: row for row in known}
    found: dict[str, tuple[Sku, int]] = {}
    for code, key in wanted.items():
        if key in own:
            found[code] = (own[key], 1)
        elif key in mapped:
            found[code] = (mapped[key].sku, mapped[key].quantity)
    return found


def sku_by_scan(text: str) -> Sku | None:
    """The SKU a scanned or typed code names: SKU code first, then JAN. None if unknown or if a JAN names several."""
    key = nfkc(text)
    skus = Sku.objects.select_related("product")
    exact = skus.filter(code=key).first()
    if exact is not None:
        return exact
    digits = jan_codes.clean(text)
    several = list(skus.filter(jan=digits)[:2]) if digits else []
    return several[0] if len(several) == 1 else None


def search_skus(query: str, *, active_only: bool = False) -> QuerySet[Sku]:
    """SKUs whose code, JAN, shelf, variation or product name contains every word of the query, folded."""
    rows = Sku.objects.select_related("product").order_by("code")
    if active_only:
        rows = rows.filter(is_active=True)
    for word in query.split():
        rows = rows.filter(search_text__contains=fold(word))
    return rows


def listed_products() -> QuerySet[Product]:
    """Products with the number of their SKUs (`sku_count`, `off_count` of them not on sale) and the range of prices."""
    return Product.objects.annotate(
        sku_count=Count("skus"),
        off_count=Count("skus", filter=Q(skus__is_active=False)),
        lowest=Min("skus__price"),
        highest=Max("skus__price"),
    )


def product(product_id: int) -> Product:
    """One product with its SKUs. Raises NotFound."""
    row = Product.objects.prefetch_related("skus").filter(pk=product_id).first()
    if row is None:
        raise NotFound(_("This product does not exist."))
    return row


def sku(sku_id: int) -> Sku:
    """One SKU with its product. Raises NotFound."""
    row = Sku.objects.select_related("product").filter(pk=sku_id).first()
    if row is None:
        raise NotFound(_("This SKU does not exist."))
    return row


def store_codes(sku_id: int) -> QuerySet[StoreItemCode]:
    """What the stores call a SKU."""
    return StoreItemCode.objects.select_related("store").filter(sku_id=sku_id).order_by("store", "code")


def with_words(rows: QuerySet[Product], query: str) -> QuerySet[Product]:
    """Those of the products that `search_products` would find."""
    for word in query.split():
        rows = rows.filter(search_text__contains=fold(word))
    return rows


def search_products(query: str) -> QuerySet[Product]:
    """Products whose name or code, or one of whose SKUs, contains every word of the query, folded."""
    return with_words(Product.objects.prefetch_related("skus").order_by("code"), query)
