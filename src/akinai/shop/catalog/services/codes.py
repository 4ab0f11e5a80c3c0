"""What a store's own item codes mean (INV-91)."""

from __future__ import annotations

from django.db import transaction
from django.utils.translation import gettext as _

from akinai.foundation.audit import services as audit
from akinai.foundation.core.actor import Actor
from akinai.foundation.core.errors import BadInput, NotFound
from akinai.foundation.core.text import nfkc
from akinai.shop.catalog.models import Sku, StoreItemCode


@transaction.atomic
def map_code(actor: Actor, *, store_id: int, code: str, sku: Sku, quantity: int = 1) -> StoreItemCode:
    """From now on this code of the store means `quantity` pieces of the SKU, whatever it meant before.

    Orders that wait for it are the business of `orders`. Raises BadInput for an empty code or a quantity below 1.
    """
    key = nfkc(code)
    if not key:
        raise BadInput(_("Give the store's item code."), field="code")
    if not 1 <= quantity <= 9999:
        raise BadInput(_("A quantity must be 1 or more."), field="quantity")
    row, _made = StoreItemCode.objects.update_or_create(
        store_id=store_id, code=key[:120], defaults={"sku": sku, "quantity": quantity}
    )
    detail = {"store": store_id, "code": key, "quantity": quantity}
    audit.record(actor, "catalog.code_mapped", f"sku:{sku.pk}", detail=detail)
    return row


@transaction.atomic
def unmap_code(actor: Actor, *, code_id: int) -> Sku:
    """Forget what a store's code means; returns the SKU it meant. Orders already read keep their lines."""
    row = StoreItemCode.objects.select_related("sku").filter(pk=code_id).first()
    if row is None:
        raise NotFound(_("This item code is no longer there."))
    audit.record(actor, "catalog.code_unmapped", f"sku:{row.sku_id}", detail={"store": row.store_id, "code": row.code})
    row.delete()
    return row.sku
