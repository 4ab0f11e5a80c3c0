"""The shop and its stores for tests."""

from __future__ import annotations

import datetime as dt
from itertools import count
from typing import Any

from akinai.foundation.core.actor import SYSTEM
from akinai.shop.stores import services
from akinai.shop.stores.models import Shop, Store
from akinai.shop.stores.selectors import is_set_up

_numbers = count(1)


def make_shop(**changes: Any) -> Shop:
    """The shop 茶と器 うつわ屋 in Tokyo, closed on weekends, public holidays and 12/29 to 1/3."""
    said = {
        "name": "茶と器 うつわ屋",
        "company": "株式会社うつわ屋",
        "responsible": "山田 太郎",
        "mail": "shop@utsuwaya.example",
        "tel": "03-1234-5678",
        "postcode": "1060032",
        "prefecture": "東京都",
        "address1": "港区六本木1-4-5",
        **changes,
    }
    if is_set_up():
        return services.update_shop(SYSTEM, changes=said)
    shop = services.set_up_shop(SYSTEM, **said)
    services.close_days(SYSTEM, first=dt.date(2026, 12, 29), last=dt.date(2027, 1, 3), note="年末年始")
    return shop


def make_store(code: str = "", *, name: str = "うつわ屋 本店", kind: str = "own", **changes: Any) -> Store:
    """A selling place; its code is made up if none is given."""
    said = {"code": code or f"store-{next(_numbers)}", "name": name, "kind": kind, **changes}
    return services.save_store(SYSTEM, changes=said)
