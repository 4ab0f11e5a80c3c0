"""REL-4 where yen are at stake: the same form twice at once, the same label by two people, a bundle taken apart."""

from __future__ import annotations

import datetime as dt

import pytest

from akinai.backoffice.fulfillment import services as shipping
from akinai.backoffice.fulfillment.models import CarrierFile, Shipment
from akinai.backoffice.fulfillment.services.instructing import open_batch
from akinai.backoffice.orders import services as orders
from akinai.backoffice.orders.models import Order
from akinai.backoffice.orders.states import Payment, Stage
from akinai.backoffice.payments import services as payments
from akinai.backoffice.payments.models import LedgerEntry, Settlement
from akinai.backoffice.payments.services import Money
from akinai.foundation.core.actor import Actor
from tests.builders.catalog import make_sku
from tests.builders.inventory import stock_up
from tests.builders.orders import line, make_shop, make_store, place
from tests.builders.shipments import printed, ready_order

from .rivals import Rival, told

pytestmark = pytest.mark.django_db(transaction=True)
SUZUKI, SATO = Actor("staff:7", "鈴木"), Actor("staff:8", "佐藤")
TODAY = dt.date(2026, 11, 24)


@pytest.fixture(autouse=True)
def shop(transactional_db: None, clock: object) -> None:
    make_shop(postcode="604-0001", prefecture="京都府", address1="京都市中京区道場町1-2", tel="075-123-4567")


def test_pay_24_a_double_click_on_one_deposit_records_it_once_and_says_so_twice() -> None:
    stock_up(make_sku(), 50)
    pair = [
        place(f"A-{n}", method="bank", store=make_store(auto_accept=True), lines=[line(quantity=n)]) for n in (1, 2)
    ]
    ids, money = [order.pk for order in pair], Money(6600, TODAY, key="form:together-once")

    def press() -> object:
        return payments.split_deposit(SUZUKI, order_ids=ids, money=money)

    rival = Rival(press)
    with rival.steps_in("before", "akinai.backoffice.payments.services.settling:_taken"):
        assert told(press) == "done"
    assert rival.finish() == "done"
    assert (Settlement.objects.count(), LedgerEntry.objects.count()) == (1, 2)
    assert {order.payment for order in Order.objects.all()} == {Payment.PAID}


def test_r71_two_people_who_write_the_labels_of_a_batch_write_each_once() -> None:
    shipping.set_contract(SUZUKI, adapter="yamato_b2", config={"customer_code": "0751234567", "freight_number": "01"})
    box = printed(ready_order())

    def write() -> object:
        return shipping.carrier_file_out(SUZUKI, adapter="yamato_b2", batch_id=box.batch_id)

    rival = Rival(write)
    with rival.steps_in("before", "akinai.backoffice.fulfillment.services.labels:look_at_labels"):
        assert told(write) == "done"
    assert "ありません" in str(rival.finish())
    assert CarrierFile.objects.count() == 1


def pair_to_one_door() -> list[Order]:
    """Two orders in 出荷待ち of one buyer, each with goods of its own, or they look like duplicates."""
    pair = []
    for n in (1, 2):
        stock_up(make_sku(f"G-{n}"), 1)
        store, fees = make_store(auto_accept=True), {"payment_fee": 330, "shipping_fee": 500}
        order = place(f"A-{n}", store=store, lines=[line(f"G-{n}")], method="cod", **fees)
        codes = list(order.checks.filter(closed_at__isnull=True).values_list("code", flat=True))
        pair.append(orders.confirm(SUZUKI, order_id=order.pk, codes=codes) if codes else order)
    return pair


def test_ord_54_what_is_taken_apart_this_very_moment_is_not_charged_as_one_parcel() -> None:
    pair = pair_to_one_door()
    before = [order.total for order in pair]
    made = shipping.bundle(SATO, order_ids=[order.pk for order in pair])
    rival = Rival(lambda: shipping.unbundle(SATO, bundle_id=made.pk))
    with rival.steps_in("before", "akinai.backoffice.fulfillment.services.bundling:lock"):
        assert told(lambda: shipping.plan_shipments(SUZUKI, order_id=pair[1].pk)) == "done"
    assert rival.finish() == "done"
    assert [Order.objects.get(pk=order.pk).total for order in pair] == before
    assert Shipment.objects.filter(stage=Stage.PLANNED, bundle=None).count() == 2


def test_ord_54_orders_put_together_this_very_moment_are_not_printed_one_by_one() -> None:
    pair = pair_to_one_door()
    batch = open_batch(SUZUKI)
    rival = Rival(lambda: shipping.bundle(SATO, order_ids=[order.pk for order in pair]))
    with rival.steps_in("before", "akinai.backoffice.fulfillment.services.together:take_all"):
        clerk = told(lambda: shipping.instruct_one(SUZUKI, order_id=pair[1].pk, batch_id=batch.pk))
    met = rival.finish()
    assert "done" in (clerk, met) and (clerk, met) != ("done", "done")
    alone = Shipment.objects.filter(order=pair[1], stage=Stage.INSTRUCTED, bundle=None).exists()
    assert alone == (clerk == "done")
