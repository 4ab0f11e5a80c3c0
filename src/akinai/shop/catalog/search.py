"""The folded text by which goods are found, kept with each row."""

from __future__ import annotations

from collections.abc import Collection

from akinai.foundation.core.text import fold

from .models import Product, Sku


def refresh(product_ids: Collection[int]) -> None:
    """Write the search text of these products and all of their SKUs anew; four statements."""
    products = list(Product.objects.prefetch_related("skus").filter(pk__in=product_ids))
    skus: list[Sku] = []
    for product in products:
        own = [fold(product.name), fold(product.code)]
        parts = list(own)
        for sku in product.skus.all():
            words = [fold(t) for t in (sku.code, sku.variation, sku.jan, sku.shelf) if t]
            sku.search_text = "\n".join([*own, *words])
            parts += words
            skus.append(sku)
        product.search_text = "\n".join(parts)
    Product.objects.bulk_update(products, ["search_text"], batch_size=200)
    Sku.objects.bulk_update(skus, ["search_text"], batch_size=200)
