"""Whatever a store, a file or a program may say: one nonsensical order is refused in sentences, the batch goes on."""

from __future__ import annotations

import dataclasses
import datetime as dt
from typing import Any

import pytest

from akinai.backoffice.orders import services
from akinai.backoffice.orders.models import Order
from akinai.backoffice.orders.types import OrderDraft, Placed, Rejected
from akinai.foundation.core.actor import SYSTEM
from akinai.foundation.core.clock import JST, FrozenClock
from akinai.foundation.core.errors import BadInput, NotFound
from tests.builders.catalog import make_sku
from tests.builders.inventory import stock_up
from tests.builders.orders import TAKA, draft, line, make_shop

pytestmark = pytest.mark.django_db
NONSENSE: list[dict[str, Any]] = [
    {"store_number": " "}, {"store_number": "9" * 61}, {"store_id": 0}, {"lines": ()}, {"points_kind": "gold"},
    {"lines": (line(quantity=0),)}, {"lines": (line(quantity=2**40),)}, {"lines": (line(unit_price=-1),)},
    {"lines": (line(unit_price=2**70),)}, {"lines": (line(price_basis="?"),)}, {"lines": (line(tax_rate=-8),)},
    {"lines": (line(tax_rate=1000),)}, {"lines": (line(name="名" * 501),)}, {"lines": (line("x" * 101),)},
    {"shipping_fee": -1}, {"coupon": -1}, {"points": 2**70}, {"other_fee": -(2**70)}, {"store_total": 2**70},
    {"ordered_at": dt.datetime(1, 1, 1)}, {"ordered_at": dt.datetime(9999, 12, 31, 23, 59)},
    {"ordered_at": dt.datetime(1868, 1, 1, tzinfo=JST)}, {"wish_date": dt.date(9999, 12, 31)},
    {"wish_date": dt.date(1, 1, 1)}, {"wish_window": "25-26"}, {"wish_window_raw": "午" * 61}, {"remark": "a\0b"},
    {"gift_note": "\ud83d"}, {"delivery_service": "飛脚"}, {"buyer": dataclasses.replace(TAKA, name=" ")},
    {"buyer": dataclasses.replace(TAKA, name="名" * 201)}, {"ship_to": dataclasses.replace(TAKA, postcode="1" * 11)},
    {"buyer": dataclasses.replace(TAKA, mail="a" * 255)}, {"ship_to": dataclasses.replace(TAKA, address1="\0")},
]  # fmt: skip


@pytest.fixture(autouse=True)
def shop(clock: FrozenClock) -> None:
    make_shop()
    stock_up(make_sku(), 500)


def test_each_kind_of_nonsense_is_refused_by_itself() -> None:
    sound = [draft(f"S-{n}") for n in range(2)]
    odd: list[OrderDraft] = [dataclasses.replace(draft(f"N-{n}"), **what) for n, what in enumerate(NONSENSE)]
    results = services.place_orders(SYSTEM, [sound[0], *odd, sound[1]])
    assert [type(results[0]), type(results[-1])] == [Placed, Placed]
    for what, answer in zip(NONSENSE, results[1:-1], strict=True):
        assert isinstance(answer, Rejected), what
        assert all(str(sentence).strip() for sentence in answer.reasons), what
    assert Order.objects.count() == 2


def test_odd_but_possible_orders_come_in() -> None:
    """Free goods, many points, a wish for yesterday, an order of years ago, a number with blanks around it."""
    odd = [
        draft("O-1", lines=[line(unit_price=0)]),
        draft("O-2", points=5000, store_total=0),
        draft("O-3", wish_date=dt.date(2026, 11, 1)),
        draft("O-4", ordered_at=dt.datetime(2018, 5, 1, 12, 0)),
        draft("  O-5 "),
    ]
    assert [type(r) for r in services.place_orders(SYSTEM, odd)] == [Placed] * 5
    [again] = services.place_orders(SYSTEM, [draft("O-5")])
    assert isinstance(again, Placed) and not again.created


def test_stock_work_on_nothing_is_refused_in_a_sentence() -> None:
    with pytest.raises(NotFound):
        services.receive_stock(SYSTEM, sku_id=0, quantity=1)
    with pytest.raises(NotFound):
        services.correct_stock(SYSTEM, sku_id=0, counted=1, reason="count")
    for reason in ("", "magic"):
        with pytest.raises(BadInput):
            services.correct_stock(SYSTEM, sku_id=1, counted=1, reason=reason)
