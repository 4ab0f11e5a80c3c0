"""A shipment as a label to be written: who sends, who receives, what is inside, what is collected."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from akinai.shop.stores import selectors as stores
from akinai.shop.stores import settings
from akinai.shop.stores.models import Shop
from akinai.shop.terms.states import Cool

from . import declared
from .models import Shipment
from .pages import without_prices
from .types import CashOnDelivery, Parcel, Party

SENDER_FIELDS = ("name", "phone", "postcode", "prefecture", "address1", "address2")


def parcel_of(shipment: Shipment, config: Mapping[str, Any], *, gift_sender: str | None = None) -> Parcel:
    """The label of one shipment (loaded by `pages.with_papers`); `config` are the carrier's settings.

    The sender is the shop, or for gifts the buyer where the setting says so (SHP-62). With `contents` in the config
    that text stands for what is inside, else the names of the goods.
    """
    service, order = shipment.service, shipment.order
    cod = CashOnDelivery(shipment.cod_amount, shipment.cod_tax) if shipment.cod_amount else None
    from_buyer = (gift_sender or settings.value(declared.GIFT_SENDER)) == "buyer" and without_prices(order)
    names = tuple(line.order_line.name for line in shipment.lines.all())
    fixed = str(config.get("contents") or "").strip()
    return Parcel(
        key=shipment.number,
        ship_date=shipment.planned_ship_on,
        label_type=service.cod_label_type if cod else service.label_type,
        to=receiver(shipment),
        sender=_buyer(shipment) if from_buyer else shop_sender(config),
        contents=(fixed,) if fixed else names,
        wish_date=shipment.wish_date,
        window=shipment.wish_window,
        cool=Cool(service.cool),
        cod=cod,
        is_fragile=any(line.sku.product.is_fragile for line in shipment.lines.all()),
        pieces=shipment.parcels,
        order_number=order.number,
    )


def receiver(shipment: Shipment) -> Party:
    """Who receives, as printed."""
    return Party(
        name=shipment.ship_name,
        phone=shipment.ship_phone,
        postcode=shipment.ship_postcode,
        prefecture=shipment.ship_prefecture,
        address1=shipment.ship_address1,
        address2=shipment.ship_address2,
        company=shipment.ship_company,
    )


def _buyer(shipment: Shipment) -> Party:
    order = shipment.order
    return Party(
        name=order.buyer_name,
        phone=order.buyer_phone,
        postcode=order.buyer_postcode,
        prefecture=order.buyer_prefecture,
        address1=order.buyer_address1,
        address2=order.buyer_address2,
        company=order.buyer_company,
    )


def shop_sender(config: Mapping[str, Any]) -> Party:
    """The shop as it stands on labels: what was entered for this carrier, else the shop's own data."""
    shop = stores.snapshot().shop
    if str(config.get("sender_address1") or "").strip():
        return Party(**{name: str(config.get(f"sender_{name}") or "") for name in SENDER_FIELDS})
    own = {name: str(config.get(f"sender_{name}") or "") for name in ("name", "phone")}
    return _shop_party(shop, own)


def _shop_party(shop: Shop, own: Mapping[str, str]) -> Party:
    return Party(
        name=own["name"] or shop.name,
        phone=own["phone"] or shop.tel,
        postcode=shop.postcode,
        prefecture=shop.prefecture,
        address1=shop.address1,
        address2=shop.address2,
    )
