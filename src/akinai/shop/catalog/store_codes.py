"""What a store's item codes mean here (INV-91): kept once, used for every later order of that store."""

from __future__ import annotations

from django.db import transaction
from django.utils.translation import gettext as _

from akinai.foundation import audit
from akinai.foundation.core.actor import Actor
from akinai.foundation.core.errors import BadInput, NotFound
from akinai.foundation.core.text import nfkc

from .models import Sku, StoreItemCode

MOST_PIECES = 9999


@transaction.atomic
def map_store_code(actor: Actor, *, store_id: int, code: str, sku_id: int, quantity: int = 1) -> StoreItemCode:
    """Remember that `code` of a store means `quantity` pieces of a SKU; a code remembered before is corrected.

    Raises BadInput for a blank code or a quantity below 1.
    """
    key = nfkc(code)
    if not key:
        raise BadInput(_("Enter the store's item code."), field="code")
    if not 1 <= quantity <= MOST_PIECES:
        raise BadInput(_("A quantity must be 1 or more."), field="quantity")
    row, _created = StoreItemCode.objects.update_or_create(
        store_id=store_id, code=key[:120], defaults={"sku_id": sku_id, "quantity": quantity}
    )
    audit.record(actor, "catalog.map_store_code", f"sku:{sku_id}", detail={"code": key, "quantity": quantity})
    return row


@transaction.atomic
def unmap_store_code(actor: Actor, *, code_id: int) -> Sku:
    """Forget what a store's code means; returns the SKU it meant. Orders already read keep their lines.

    Raises NotFound.
    """
    row = StoreItemCode.objects.select_related("sku").filter(pk=code_id).first()
    if row is None:
        raise NotFound(_("This item code is no longer there."))
    detail = {"code": row.code, "quantity": row.quantity}
    audit.record(actor, "catalog.unmap_store_code", f"sku:{row.sku_id}", detail=detail)
    row.delete()
    return row.sku
