"""Goods: a product is what a buyer sees, a SKU is what stands on the shelf and is counted."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from akinai.foundation.core import clock
from akinai.shop.stores.models import Store

from .states import Supply, TaxClass, Temperature


class Product(models.Model):
    """What is sold under one name. Tax class and packing are common to its SKUs."""

    code = models.CharField(max_length=64, unique=True)
    name = models.CharField(max_length=255)
    tax_class = models.CharField(max_length=8, choices=TaxClass, default=TaxClass.STANDARD)
    packing_note = models.CharField(max_length=255, blank=True)
    is_fragile = models.BooleanField(default=False)
    temperature = models.CharField(max_length=8, choices=Temperature, default=Temperature.NORMAL)
    #: sold from twenty years of age on (LAW-50)
    is_alcohol = models.BooleanField(default=False)
    #: food, opened cosmetics, goods made to order: what came back is never sold again (ORD-73)
    never_resell = models.BooleanField(default=False)
    #: name of the picture under MEDIA_ROOT, random; "" without one (see `pictures.py`)
    image = models.CharField(max_length=120, blank=True)
    note = models.TextField(blank=True)
    search_text = models.TextField(blank=True, editable=False)
    created_at = models.DateTimeField(default=clock.now, editable=False)

    class Meta:
        ordering = ["code"]
        constraints = [models.CheckConstraint(condition=~Q(code=""), name="catalog_product_code_given")]

    def __str__(self) -> str:
        return self.name


class Sku(models.Model):
    """One countable article. `price` is yen incl. tax (excl. if the shop says so), `cost` yen excl. tax per piece."""

    product = models.ForeignKey(Product, on_delete=models.PROTECT, related_name="skus")
    code = models.CharField(max_length=64, unique=True)
    variation = models.CharField(max_length=120, blank=True)
    jan = models.CharField(max_length=14, blank=True, db_index=True)
    price = models.PositiveIntegerField(default=0)
    cost = models.PositiveIntegerField(null=True, blank=True)
    weight_g = models.PositiveIntegerField(null=True, blank=True)
    #: sum of the three edges of the packed piece
    size_cm = models.PositiveIntegerField(null=True, blank=True)
    shelf = models.CharField(max_length=40, blank=True, db_index=True)
    packing_note = models.CharField(max_length=255, blank=True)
    #: days until it can leave, where it is ordered in or made
    lead_days = models.PositiveSmallIntegerField(null=True, blank=True)
    supply = models.CharField(max_length=10, choices=Supply, default=Supply.STOCK)
    release_on = models.DateField(null=True, blank=True)
    #: pieces never shown to buyers: sellable = free - safety
    safety = models.PositiveIntegerField(default=0)
    is_active = models.BooleanField(default=True)
    search_text = models.TextField(blank=True, editable=False)
    created_at = models.DateTimeField(default=clock.now, editable=False)

    class Meta:
        ordering = ["code"]
        constraints = [models.CheckConstraint(condition=~Q(code=""), name="catalog_sku_code_given")]

    def __str__(self) -> str:
        return self.title

    @property
    def title(self) -> str:
        """Product name and variation, as on a delivery note; needs `product` loaded."""
        return f"{self.product.name} {self.variation}".strip()


class StoreItemCode(models.Model):
    """A store's own item code and what it means here: so many pieces of one SKU (INV-91)."""

    store = models.ForeignKey(Store, on_delete=models.PROTECT, related_name="item_codes")
    code = models.CharField(max_length=120)
    sku = models.ForeignKey(Sku, on_delete=models.PROTECT, related_name="store_codes")
    quantity = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ["store", "code"]
        constraints = [
            models.UniqueConstraint(fields=["store", "code"], name="catalog_store_code_once"),
            models.CheckConstraint(condition=Q(quantity__gte=1), name="catalog_store_code_quantity"),
        ]

    def __str__(self) -> str:
        return self.code
