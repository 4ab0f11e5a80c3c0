"""Adding and changing products and SKUs; every change is written down with before and after (INV-92)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, replace
from typing import Any

from django.db import IntegrityError, models, transaction
from django.utils.translation import gettext as _

from akinai.foundation.audit import services as audit
from akinai.foundation.core.actor import Actor
from akinai.foundation.core.errors import BadInput
from akinai.foundation.core.text import mask_cards, nfkc
from akinai.shop.catalog import jan, search
from akinai.shop.catalog.models import Product, Sku
from akinai.shop.catalog.types import MOST, ProductFacts, SkuFacts


@transaction.atomic
def save_product(actor: Actor, *, facts: ProductFacts, product: Product | None = None) -> Product:
    """Add a product, or change one. Raises BadInput for a code that is empty or belongs to another product."""
    told = replace(facts, code=nfkc(facts.code), name=facts.name.strip(), note=mask_cards(facts.note))
    if not told.code or not told.name:
        raise BadInput(_("A product needs a code and a name."), field="name" if told.code else "code")
    row = product or Product()
    changes = _apply(row, asdict(told))
    _save(row, _("Another product has this code."))
    search.refresh([row.pk])
    _record(actor, "product", row.pk, changes, is_new=product is None)
    return row


@transaction.atomic
def save_sku(actor: Actor, *, facts: SkuFacts, product: Product, sku: Sku | None = None) -> Sku:
    """Add a SKU to a product, or change one.

    Raises BadInput for a code that is empty or taken, a JAN whose check digit is wrong (INV-93), a number out of range.
    """
    told = replace(facts, code=nfkc(facts.code), jan=jan.clean(facts.jan), shelf=nfkc(facts.shelf))
    if not told.code:
        raise BadInput(_("A SKU needs a code."), field="code")
    if told.jan and not jan.is_valid(told.jan):
        raise BadInput(_("The check digit of this JAN is wrong. Look at the digits again."), field="jan")
    for name, most in MOST.items():
        if not 0 <= (getattr(told, name) or 0) <= most:
            raise BadInput(_("Give a number from 0 to %(most)s.") % {"most": most}, field=name)
    row = sku or Sku(product=product)
    changes = _apply(row, asdict(told))
    _save(row, _("Another SKU has this code."))
    search.refresh([row.product_id])
    _record(actor, "sku", row.pk, changes, is_new=sku is None)
    return row


def _apply(row: models.Model, told: Mapping[str, Any]) -> dict[str, list[Any]]:
    """Set the fields; returns before and after of those that differ."""
    changes: dict[str, list[Any]] = {}
    for name, value in told.items():
        before = getattr(row, name)
        if before != value:
            changes[name] = [before, value]
            setattr(row, name, value)
    return changes


def _save(row: models.Model, taken: str) -> None:
    try:
        with transaction.atomic():
            row.save()
    except IntegrityError:
        raise BadInput(taken, field="code", code="code_taken") from None


def _record(actor: Actor, kind: str, pk: int, changes: dict[str, list[Any]], *, is_new: bool) -> None:
    if is_new or changes:
        action = "catalog.added" if is_new else "catalog.changed"
        audit.record(actor, action, f"{kind}:{pk}", detail={} if is_new else changes)
