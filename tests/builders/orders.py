"""Small explicit builders of orders; they go through `place_orders`, so everything derived is right."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from django.db import transaction

from akinai.backoffice.orders.models import Order
from akinai.backoffice.orders.services import place_orders
from akinai.backoffice.orders.types import LineDraft, OrderDraft, PartyDraft, PaymentDraft, Placed
from akinai.backoffice.payments.services import record_from_store
from akinai.foundation.core import clock
from akinai.foundation.core.actor import SYSTEM
from akinai.shop.stores.models import Shop, Store

TAKA = PartyDraft(
    name="渡邉 髙子",
    kana="ワタナベ タカコ",
    phone="03-1234-5678",
    mail="taka@example.jp",
    postcode="106-0032",
    prefecture="東京都",
    address1="港区六本木1-2-3",
    address2="コーポ藍 203",
)


def make_shop(**fields: Any) -> Shop:
    values = {"name": "茶と器 うつわ屋", "prefecture": "東京都", "order_prefix": "UW-", **fields}
    shop, _created = Shop.objects.update_or_create(pk=1, defaults=values)
    return shop


def make_store(code: str = "own", *, auto_accept: bool = False, kind: str = "own", **fields: Any) -> Store:
    values = {"name": "自社ストア", "short_name": "自社", "kind": kind, "auto_accept": auto_accept, **fields}
    store, _created = Store.objects.update_or_create(code=code, defaults=values)
    return store


def line(code: str = "YN-AI-01", quantity: int = 1, unit_price: int = 2200, **fields: Any) -> LineDraft:
    return LineDraft(
        code=code, name=fields.pop("name", f"湯呑 {code}"), quantity=quantity, unit_price=unit_price, **fields
    )


def draft(
    number: str = "A-1",
    *,
    store: Store | None = None,
    lines: Sequence[LineDraft] | None = None,
    method: str = "card",
    paid: int = 0,
    guaranteed: int | None = None,
    ordered_at: dt.datetime | None = None,
    buyer: PartyDraft = TAKA,
    ship_to: PartyDraft | None = None,
    **fields: Any,
) -> OrderDraft:
    """A plain order by card, authorised in full unless told otherwise."""
    made = OrderDraft(
        store_id=(store or make_store()).pk,
        store_number=number,
        ordered_at=ordered_at or clock.now(),
        buyer=buyer,
        ship_to=ship_to or buyer,
        lines=tuple(lines) if lines is not None else (line(),),
        payment=PaymentDraft(method=method, paid_amount=paid),
        **fields,
    )
    if guaranteed is None:
        guaranteed = 10_000_000 if method == "card" and not paid else 0
    return replace(made, payment=replace(made.payment, guaranteed_amount=guaranteed))


def place(number: str = "A-1", **fields: Any) -> Order:
    """Place one order as imports do, with its ledger, and give it back fresh."""
    with transaction.atomic():
        result = place_orders(SYSTEM, [draft(number, **fields)])[0]
        assert isinstance(result, Placed), result
        record_from_store(SYSTEM, [result])
    return Order.objects.get(pk=result.order.pk)
