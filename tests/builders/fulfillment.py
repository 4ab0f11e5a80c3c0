"""Papers and parcels for tests, with the smallest sound contents."""

from __future__ import annotations

import datetime as dt
from typing import Any

from akinai.backoffice.fulfillment.types import (
    AmountRow,
    DeliveryNotePage,
    NoteLine,
    Parcel,
    Party,
    PersonOnPaper,
    PickLine,
    RateTotal,
    ShopOnPaper,
    SinglePickingPage,
)

SHOP = ShopOnPaper(
    name="茶と器 あきない堂",
    company="株式会社あきない",
    postcode="6040001",
    address=("京都府京都市中京区道場町1-2",),
    tel="075-123-4567",
    registration_number="T7123456789012",
)
BUYER = PersonOnPaper("渡邉 髙子", "1060032", ("東京都港区六本木1-2-3",))


def note_page(**changes: Any) -> DeliveryNotePage:
    """A priced delivery note of 8% tea, a 10% cup and shipping; yen including tax."""
    sound: dict[str, Any] = {
        "number": "S00000012",
        "order_number": "AK-100245",
        "ordered_on": dt.date(2026, 11, 23),
        "shipped_on": dt.date(2026, 11, 24),
        "shop": SHOP,
        "ship_to": BUYER,
        "lines": (
            NoteLine("宇治煎茶", 2, 1998, 3996, code="TEA-1", is_reduced=True),
            NoteLine("湯呑み", 1, 5320, 5320, code="CUP-1"),
        ),
        "charges": (AmountRow("送料", 660),),
        "total": 9976,
        "rates": (RateTotal(8, 3996, 296, is_reduced=True), RateTotal(10, 5980, 543)),
        "payment": "銀行振込",
        "is_invoice": True,
    }
    return DeliveryNotePage(**(sound | changes))


def picking_page(**changes: Any) -> SinglePickingPage:
    """A picking list of one line."""
    sound: dict[str, Any] = {
        "number": "S00000012",
        "order_number": "AK-100245",
        "ship_date": dt.date(2026, 11, 24),
        "ship_to": BUYER,
        "lines": (PickLine("TEA-1", "宇治煎茶", 2, shelf="A-01"),),
    }
    return SinglePickingPage(**(sound | changes))


def party(**changes: Any) -> Party:
    """A receiver in Tokyo."""
    sound: dict[str, Any] = {
        "name": "渡邉 髙子",
        "phone": "09012345678",
        "postcode": "1060032",
        "prefecture": "東京都",
        "address1": "港区六本木1-2-3",
        "address2": "アークヒルズ 2001号室",
    }
    return Party(**(sound | changes))


def sender(**changes: Any) -> Party:
    """The shop as it stands on labels."""
    sound: dict[str, Any] = {
        "name": "茶と器 あきない堂",
        "phone": "075-123-4567",
        "postcode": "604-0001",
        "prefecture": "京都府",
        "address1": "京都市中京区道場町1-2",
    }
    return Party(**(sound | changes))


def parcel(**changes: Any) -> Parcel:
    """A plain prepaid parcel."""
    sound: dict[str, Any] = {
        "key": "S00000012",
        "ship_date": dt.date(2026, 11, 24),
        "label_type": "0",
        "to": party(),
        "sender": sender(),
        "contents": ("宇治煎茶",),
    }
    return Parcel(**(sound | changes))
