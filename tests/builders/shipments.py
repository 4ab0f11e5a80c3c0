"""Small explicit builders of shipments; they go through the use cases, so orders and stock agree."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from akinai.backoffice.fulfillment import services
from akinai.backoffice.fulfillment.models import Shipment
from akinai.backoffice.orders.models import Order
from akinai.foundation.core.actor import SYSTEM, Actor
from akinai.shop.catalog.models import Sku

from .catalog import make_sku
from .inventory import stock_up
from .orders import TAKA, make_store, place

#: Valid by SHP-50.
NUMBERS = ("123456789013", "444413758703", "512547514334", "405548424886")


def tracking(serial: int) -> str:
    """The valid number of this serial (SHP-50: the last digit is the others modulo 7)."""
    digits = f"{10_000_000_000 + serial}"
    return f"{digits}{int(digits) % 7}"


def ready_order(number: str = "A-1", **fields: Any) -> Order:
    """An accepted, paid, allocated order in 出荷待ち."""
    if not Sku.objects.exists():
        stock_up(make_sku(jan="4901234567894", shelf="A-03-2"), 50)
    # a buyer of its own, or the second order looks like a duplicate
    buyer = replace(
        TAKA, name=f"渡邉 髙子{number}", mail=f"{number.lower()}@example.jp", phone=f"03-5000-{_phone(number)}"
    )
    store = fields.pop("store", None) or make_store(auto_accept=True)
    return place(number, store=store, **({"buyer": buyer} | fields))


def _phone(number: str) -> str:
    return f"{sum(ord(c) * 7**i for i, c in enumerate(number)) % 10000:04}"


def printed(order: Order, actor: Actor = SYSTEM) -> Shipment:
    """Its shipment with papers out."""
    made = services.make_batch(actor, order_ids=[order.pk], papers=False)
    assert made.batch is not None, made.results
    return made.batch.shipments.get()


def packed(order: Order, actor: Actor = SYSTEM) -> Shipment:
    """Its shipment, every piece scanned."""
    shipment = printed(order, actor)
    for line in shipment.lines.select_related("sku"):
        for _piece in range(line.pieces):
            assert services.scan(actor, shipment_id=shipment.pk, code=line.sku.code).is_good
    shipment.refresh_from_db()
    return shipment


def sent(order: Order, *, tracking: str = NUMBERS[0], actor: Actor = SYSTEM) -> Shipment:
    """Its shipment, handed over."""
    shipment = packed(order, actor)
    services.set_tracking(actor, shipment_id=shipment.pk, numbers=[tracking])
    results = services.dispatch(actor, shipment_ids=[shipment.pk])
    assert results[0].done, results
    shipment.refresh_from_db()
    return shipment
