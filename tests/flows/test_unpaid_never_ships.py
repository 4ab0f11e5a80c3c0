"""R55: an order that is paid first and is not paid reaches no shipping list, whatever door is tried."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import pytest

from akinai.backoffice.fulfillment import services as fulfillment
from akinai.backoffice.fulfillment.models import Shipment
from akinai.backoffice.orders import services as orders
from akinai.backoffice.orders.models import Order
from akinai.backoffice.orders.states import Stage
from akinai.backoffice.orders.types import ConsentDraft
from akinai.backoffice.payments import services as payments
from akinai.backoffice.payments.services import Money
from akinai.foundation.core.actor import SYSTEM
from akinai.foundation.core.clock import FrozenClock
from akinai.foundation.core.errors import Refused
from akinai.foundation.core.permissions import Role, all_permissions
from akinai.foundation.jobs.services import run_pending
from tests.architecture.route_walk import routes
from tests.builders.accounts import api_client, client_for
from tests.builders.catalog import make_sku
from tests.builders.inventory import stock_up
from tests.builders.orders import make_shop, make_store, place

pytestmark = pytest.mark.django_db
TODAY = dt.date(2026, 11, 24)


@pytest.fixture(autouse=True)
def shop(clock: FrozenClock) -> None:
    make_shop()
    stock_up(make_sku(), 50)


def unpaid() -> Order:
    return place(method="bank", store=make_store(auto_accept=True))


def part_paid() -> Order:
    order = unpaid()
    payments.mark_deposit(SYSTEM, order_id=order.pk, money=Money(2199, TODAY))
    return order


def taken_back() -> Order:
    order = unpaid()
    entry = payments.mark_deposit(SYSTEM, order_id=order.pk, money=Money(2200, TODAY))
    payments.reverse(SYSTEM, entry_id=entry.pk, note="別の方の入金")
    return order


def card_refused() -> Order:
    return place(method="card", guaranteed=0, store=make_store(auto_accept=True))


def credit_check_pending() -> Order:
    """PAY-1: paid later, but nobody has vouched for it yet."""
    return place(method="atobarai", store=make_store(auto_accept=True))


def dearer_after_paying() -> Order:
    """T23: paid, then more was ordered with the buyer's word."""
    order = part_paid()
    payments.mark_deposit(SYSTEM, order_id=order.pk, money=Money(1, TODAY))
    orders.change_quantity(SYSTEM, order_id=order.pk, line=1, to=2, consent=ConsentDraft("phone", TODAY, "渡邉 髙子"))
    return order


def card_became_transfer() -> Order:
    """1.6: the card's authorisation was voided."""
    order = place(method="card", store=make_store(auto_accept=True))
    orders.change_payment_method(SYSTEM, order_id=order.pk, method="bank", old_is_void=True)
    return order


def permission_withdrawn() -> Order:
    """ORD-8: a manager allowed it and took it back."""
    order = unpaid()
    orders.override_gate(SYSTEM, order_id=order.pk, reason="常連のお客様")
    orders.withdraw_override(SYSTEM, order_id=order.pk)
    return order


UNPAID: list[Callable[[], Order]] = [
    unpaid,
    part_paid,
    taken_back,
    card_refused,
    credit_check_pending,
    dearer_after_paying,
    card_became_transfer,
    permission_withdrawn,
]


@pytest.mark.parametrize("make", UNPAID, ids=lambda make: make.__name__)
def test_r55_ord_8_no_use_case_lets_it_out(make: Callable[[], Order]) -> None:
    order = make()
    line = order.lines.get()
    run_pending()
    assert fulfillment.plan_shipments(SYSTEM, order_id=order.pk) is None
    assert fulfillment.make_batch(SYSTEM, order_ids=[order.pk], papers=False).batch is None
    with pytest.raises(Refused):
        orders.instruct(SYSTEM, order_id=order.pk, stages=[Stage.INSTRUCTED])
    with pytest.raises(Refused):
        orders.ship_lines(SYSTEM, order_id=order.pk, quantities={line.pk: 1}, stages=["shipped"], close_wait_until=None)
    assert not Shipment.objects.exclude(stage=Stage.VOID).exists()


def _try_every_door(order: Order) -> None:
    """Every route that takes a POST, with every id it could mean, by the owner and by a program that may everything."""
    owner = client_for(Role.OWNER)
    program = api_client(*[p.name for p in all_permissions().values() if p.scope])
    form = {"id": order.pk, "order": order.pk, "order_ids": order.pk, "orders": order.number, "all": "1"}
    for route in routes():
        if any(word in route.name for word in ("payments:", "logout", "password", "cancel", "reject")):
            continue
        path = route.path.replace("987654321", str(order.pk)).replace("/x", f"/{order.number}")
        if route.is_api:
            for method in route.methods:
                program.generic(method, path, data="{}", content_type="application/json")
        else:
            assert owner.post(path, form).status_code < 500, path


def test_the_same_doors_are_open_to_a_paid_order() -> None:
    """The control: if nothing were printed here, the test below would prove nothing."""
    order = unpaid()
    payments.mark_deposit(SYSTEM, order_id=order.pk, money=Money(2200, TODAY))
    run_pending()
    _try_every_door(order)
    assert Shipment.objects.exclude(stage__in=[Stage.VOID, Stage.PLANNED]).exists()


@pytest.mark.parametrize("make", UNPAID, ids=lambda make: make.__name__)
def test_r55_no_page_and_no_call_of_the_api_lets_it_out(make: Callable[[], Order]) -> None:
    order = make()
    run_pending()
    _try_every_door(order)
    run_pending()
    order.refresh_from_db()
    assert not Shipment.objects.exclude(stage=Stage.VOID).exists()
    assert (order.shipment_stages, order.shipped_at) == ([], None)
    assert not order.lines.filter(shipped__gt=0).exists()


def test_r55_ord_12_money_taken_back_after_printing_stops_the_box() -> None:
    order = unpaid()
    entry = payments.mark_deposit(SYSTEM, order_id=order.pk, money=Money(2200, TODAY))
    assert fulfillment.make_batch(SYSTEM, order_ids=[order.pk], papers=False).batch is not None
    shipment = Shipment.objects.get(stage=Stage.INSTRUCTED)
    payments.reverse(SYSTEM, entry_id=entry.pk, note="別の方の入金")
    order.refresh_from_db()
    assert order.stopped
    assert fulfillment.scan(SYSTEM, shipment_id=shipment.pk, code="YN-AI-01").outcome == "stopped"
    assert [r.done for r in fulfillment.dispatch(SYSTEM, shipment_ids=[shipment.pk])] == [False]
