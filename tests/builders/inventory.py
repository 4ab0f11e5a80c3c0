"""Small explicit builders of stock; they go through the use cases, so the ledger is right."""

from __future__ import annotations

from akinai.backoffice.inventory import services
from akinai.backoffice.inventory.models import Stock
from akinai.backoffice.inventory.states import Reason
from akinai.backoffice.inventory.types import Want
from akinai.foundation.core.actor import SYSTEM
from akinai.shop.catalog.models import Sku


def stock_up(sku: Sku, on_hand: int, *, blocked: int = 0, reserved: int = 0, reference: str = "R-0/1") -> Stock:
    """Receive, block and reserve so that the balance is as told."""
    if on_hand:
        services.receive(SYSTEM, sku_id=sku.pk, quantity=on_hand, reason=Reason.OPENING)
    if blocked:
        services.block(SYSTEM, sku_id=sku.pk, quantity=blocked)
    if reserved:
        services.reserve(SYSTEM, [Want(reference, sku.pk, reserved)])
    return balance(sku)


def balance(sku: Sku) -> Stock:
    return Stock.objects.get(sku=sku, place__is_default=True)
