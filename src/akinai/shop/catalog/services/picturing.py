"""The picture of a product: kept under a random name, so that no name of a user's file is ever used."""

from __future__ import annotations

import secrets
from functools import partial

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import transaction

from akinai.foundation.audit import services as audit
from akinai.foundation.core.actor import Actor
from akinai.shop.catalog.models import Product
from akinai.shop.catalog.pictures import judge

FOLDER = "pictures"


def set_picture(actor: Actor, *, product: Product, data: bytes, drawn_by_us: bool = False) -> Product:
    """Give a product its picture; the one before is removed once that is certain.

    Raises BadInput (field `image`) for anything that is no picture, too large, or of too many points. `drawn_by_us`
    is for SVG made by our own code; an SVG from outside may carry scripts and is refused.
    """
    ending = "svg" if drawn_by_us else judge(data).ending
    name = default_storage.save(f"{FOLDER}/{secrets.token_hex(16)}.{ending}", ContentFile(data))
    return _change(actor, product, name.rpartition("/")[2])


def remove_picture(actor: Actor, *, product: Product) -> Product:
    """Take a product's picture away."""
    return _change(actor, product, "") if product.image else product


@transaction.atomic
def _change(actor: Actor, product: Product, name: str) -> Product:
    before, product.image = product.image, name
    product.save(update_fields=["image"])
    audit.record(actor, "catalog.picture", f"product:{product.pk}", detail={"image": [before, name]})
    if before:
        transaction.on_commit(partial(default_storage.delete, f"{FOLDER}/{before}"))
    return product
