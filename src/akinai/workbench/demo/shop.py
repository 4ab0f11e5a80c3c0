"""The demo shop itself: identity, places of sale, people, carriers, goods and their first stock."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass

from django.db import transaction

from akinai.backoffice.fulfillment import services as fulfillment
from akinai.backoffice.inventory import services as inventory
from akinai.backoffice.inventory.states import Reason
from akinai.foundation.accounts import services as accounts
from akinai.foundation.core import clock
from akinai.foundation.core.actor import Actor
from akinai.foundation.core.permissions import Role
from akinai.shop.catalog import services as catalog
from akinai.shop.catalog.models import Sku
from akinai.shop.catalog.types import ProductFacts, SkuFacts
from akinai.shop.messaging import services as messaging
from akinai.shop.messaging.services import ServerSettings
from akinai.shop.messaging.states import TransportName
from akinai.shop.stores import services as stores
from akinai.shop.terms import services as terms
from akinai.shop.terms.charges import ShippingFees
from akinai.shop.terms.models import Carrier
from akinai.shop.terms.zones import ZONES

from .drawing import picture_of
from .goods import Article, articles

Told = Callable[[int, int], None]

#: The same for all four, long enough for the rule and easy to type in front of somebody.
PASSWORD = "ocha to utsuwa demo"  # noqa: S105 - printed on the screen on purpose


@dataclass(frozen=True, slots=True)
class Colleague:
    """Somebody who works in the demo shop."""

    login: str
    name: str
    role: Role


STAFF = (
    Colleague("owner", "山田 太郎", Role.OWNER),
    Colleague("order", "佐藤 美咲", Role.ORDER),
    Colleague("packer", "鈴木 健", Role.WAREHOUSE),
    Colleague("books", "田中 陽子", Role.ACCOUNTING),
)
STORES = (
    {"code": "own", "name": "うつわ屋 自社ストア", "short_name": "自社", "kind": "own", "auto_accept": True},
    {"code": "rakuten", "name": "うつわ屋 楽天市場店", "short_name": "楽天", "kind": "mall", "preset": "rakuten",
     "auto_accept": True},
    {"code": "colorme", "name": "うつわ屋 カラーミー店", "short_name": "カラー", "kind": "cart", "preset": "colorme",
     "auto_accept": True},
    {"code": "phone", "name": "電話・FAX", "short_name": "電話", "kind": "phone"},
)  # fmt: skip
_SHOP = {
    "name": "茶と器 うつわ屋",
    "company": "株式会社うつわ屋",
    "responsible": "山田 太郎",
    "url": "https://utsuwaya.example/",
    "mail": "shop@utsuwaya.example",
    "tel": "0572-00-0148",
    "hours": "平日 9:30〜17:30",
    "postcode": "5095121",
    "prefecture": "岐阜県",
    "address1": "土岐市土岐津町高山0-0",
    "order_prefix": "UW-",
    "bank_account": "美濃銀行 土岐支店 普通 0001234 カ)ウツワヤ",
    "legal": {
        "price": "商品ごとに税込で表示。送料は全国660円(北海道・沖縄1,320円)、8,000円以上で無料。",
        "other_charges": "代金引換手数料330円から。お振込手数料はお客様のご負担。",
        "payment": "クレジットカード(ご注文時)、銀行振込(7日以内)、代金引換(お届け時)ほか。",
        "delivery": "ご入金確認後、在庫のある商品は3営業日以内に発送。",
        "returns": "未使用に限り到着後8日以内。割れ・不良は当店負担で交換いたします。",
    },
}


def open_shop(actor: Actor) -> None:
    """The shop, its stores, carriers and staff. Mails go to the built-in mailbox, never to the network."""
    stores.update_shop(actor, changes=_SHOP)
    messaging.save_server(actor, settings=ServerSettings(transport=TransportName.MAILBOX))
    for store in STORES:
        stores.save_store(actor, changes=store)
    terms.set_shipping_fees(actor, table=_shipping_fees())
    for code, time in (("yamato", dt.time(17, 0)), ("sagawa", dt.time(16, 30)), ("japanpost", dt.time(15, 30))):
        terms.save_carrier(actor, carrier_id=Carrier.objects.get(code=code).pk, changes={"pickup_time": time})
    # an invented customer code, so that label data can be saved at once
    fulfillment.set_contract(actor, adapter="yamato_b2", config={"customer_code": "0900000000", "freight_number": "01"})
    for who in STAFF:
        accounts.create_staff(actor, login=who.login, display_name=who.name, role=who.role, password=PASSWORD)


def _shipping_fees() -> ShippingFees:
    """What the shop's terms say."""
    fees = {zone: 1320 if zone in ("hokkaido", "okinawa") else 660 for zone in ZONES}
    return ShippingFees(clock.today(), fees, free_from=8000)


@transaction.atomic
def stock_shelves(actor: Actor, told: Told, *, most: int | None = None) -> dict[str, Article]:
    """Every product with its picture and SKUs, and the opening stock; by SKU code. `most` keeps a test small."""
    everything = articles()
    made = [a for n, a in enumerate(everything) if most is None or n < most or a.ware.code in KILN]
    by_ware: dict[str, list[Article]] = {}
    for article in made:
        by_ware.setdefault(article.ware.code, []).append(article)
    for done, group in enumerate(by_ware.values()):
        _product(actor, group)
        told(done + 1, len(by_ware))
    keys = dict(Sku.objects.values_list("code", "pk"))
    for article in made:
        if article.ware.code in KILN:
            continue
        inventory.receive(actor, sku_id=keys[article.code], quantity=12 + article.popular * 14, reason=Reason.OPENING)
    return {article.code: article for article in made}


def _product(actor: Actor, group: list[Article]) -> None:
    ware = group[0].ware
    facts = ProductFacts(
        code=ware.code, name=ware.name, tax_class=ware.tax, packing_note=ware.note, is_fragile=ware.fragile
    )
    product = catalog.save_product(actor, facts=facts)
    for article in group:
        catalog.save_sku(actor, facts=_sku(article), product=product)
    data, drawn = picture_of(ware.picture, ware.colour)
    catalog.set_picture(actor, product=product, data=data, drawn_by_us=drawn)


def _sku(article: Article) -> SkuFacts:
    """Goods cost a little over half; a few stand for waiting: ordered from the kiln."""
    from_kiln = article.ware.code in KILN
    return SkuFacts(
        code=article.code,
        variation=article.variation,
        jan=article.jan,
        price=article.price,
        cost=round(article.price * 0.52),
        weight_g=article.weight_g,
        size_cm=article.ware.size_cm,
        shelf=article.shelf,
        safety=3 if article.popular > 3 else 1,
        supply="backorder" if from_kiln else "stock",
        lead_days=14 if from_kiln else None,
    )


#: Fired on order: sold without stock, the buyer is told of the wait.
KILN = frozenset({"MC-SH", "MB-OR", "DG-CT"})
