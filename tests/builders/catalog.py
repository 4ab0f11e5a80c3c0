"""Small explicit builders of goods."""

from __future__ import annotations

from typing import Any

from akinai.shop.catalog import search
from akinai.shop.catalog.models import Product, Sku


def make_product(code: str = "P-1", *, name: str = "湯呑 藍釉", tax_class: str = "std", **more: Any) -> Product:
    return Product.objects.create(code=code, name=name, tax_class=tax_class, **more)


def make_sku(code: str = "YN-AI-01", *, product: Product | None = None, price: int = 2200, **more: Any) -> Sku:
    owner = (
        product or Product.objects.filter(code=f"P-{code}").first() or make_product(f"P-{code}", name=f"湯呑 {code}")
    )
    sku = Sku.objects.create(product=owner, code=code, price=price, **more)
    search.refresh([owner.pk])
    return Sku.objects.select_related("product").get(pk=sku.pk)


def make_skus(count: int, *, price: int = 1000) -> list[Sku]:
    """Many SKUs of one product in one statement."""
    product = make_product("P-MANY", name="小皿")
    return Sku.objects.bulk_create([Sku(product=product, code=f"S-{i:05d}", price=price) for i in range(count)])
