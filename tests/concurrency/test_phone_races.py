"""The same phone form sent eight times at once, and the last piece wanted on the phone and by a file (R24, REL-5)."""

from __future__ import annotations

import threading

import pytest
from django.db import connection
from django.utils import translation

from akinai.backoffice.inventory.check import violations as stock_violations
from akinai.backoffice.inventory.models import Reservation
from akinai.backoffice.orders import permissions, services
from akinai.backoffice.orders.check import violations
from akinai.backoffice.orders.checks import Judge
from akinai.backoffice.orders.models import Order, OrderCall
from akinai.backoffice.orders.phone.quoting import Entry, EntryLine, quote
from akinai.backoffice.orders.phone.reading import digest_of, six_items
from akinai.backoffice.orders.states import Check
from akinai.foundation.core.actor import SYSTEM, Actor
from akinai.foundation.core.clock import FrozenClock
from akinai.foundation.events.models import StoredEvent
from akinai.foundation.jobs.services import run_pending
from akinai.shop.messaging.models import Message
from tests.builders.catalog import make_sku
from tests.builders.inventory import balance, stock_up
from tests.builders.orders import TAKA, draft, line, make_shop, make_store

from .rivals import Rival, told

pytestmark = pytest.mark.django_db(transaction=True)
CLERK = Actor("staff:1", "佐藤", frozenset({permissions.PLACE}))


def typed(quantity: int = 1) -> tuple[Entry, str]:
    """A form and what was read out of it."""
    make_shop(order_prefix="TW-")
    store = make_store("phone", kind="phone", name="電話")
    entry = Entry(
        "phone", store.pk, TAKA, TAKA, (EntryLine(0, "YN-AI-01", quantity),), "cod", "takkyubin", shipping=800
    )
    judge = Judge.load()
    return entry, digest_of(six_items(quote(entry, judge), judge))


def test_rel_5_eight_hands_on_the_same_form_make_one_order(clock: FrozenClock) -> None:
    """R24: one order, one reservation, one event from which the one mail comes; all eight are led to it."""
    sku = make_sku()
    stock_up(sku, 20)
    entry, read = typed(2)
    gate, found, faults = threading.Barrier(8), [], []

    def press() -> None:
        try:
            gate.wait(timeout=30)
            with translation.override("ja"):
                order, new = services.take_phone_order(CLERK, key="0123456789ab", entry=entry, read=read)
            found.append((order.pk, new))
        except BaseException as fault:  # noqa: BLE001 - told to the test below
            faults.append(fault)
        finally:
            connection.close()

    hands = [threading.Thread(target=press) for _ in range(8)]
    for hand in hands:
        hand.start()
    for hand in hands:
        hand.join()
    assert faults == []
    order = Order.objects.get()
    assert {pk for pk, _new in found} == {order.pk} and sorted(new for _pk, new in found) == [False] * 7 + [True]
    assert balance(sku).reserved == 2 and Reservation.objects.count() == 1
    assert StoredEvent.objects.filter(name="orders.placed").count() == 1
    run_pending()
    assert Message.objects.filter(subject_key=order.subject, kind="M01").count() == 1
    assert OrderCall.objects.get().order_id == order.pk and order.version == 1
    assert list(violations()) == [] and list(stock_violations()) == []


@pytest.mark.parametrize("when", ["before", "after"])
def test_last_unit_to_two_stores_on_the_phone_and_by_a_file(when: str, clock: FrozenClock) -> None:
    """Whoever comes second is told: the clerk by a sentence, and nothing is placed; the file's order waits (ORD-14)."""
    sku = make_sku()
    stock_up(sku, 1)
    entry, read = typed()
    coming = draft("M-1", store=make_store("mall", kind="mall"), lines=[line()])
    rival = Rival(lambda: services.take_in(SYSTEM, [coming]))

    def press() -> object:
        return services.take_phone_order(CLERK, key="0123456789ab", entry=entry, read=read)

    with rival.steps_in(when, "akinai.backoffice.orders.services.phoning:_place"):
        clerk = told(press)
    assert rival.finish() == "done"
    by_file = Order.objects.get(store_number="M-1")
    missed = Check.STOCKOUT in by_file.checks.values_list("code", flat=True)
    if clerk == "done":
        assert missed and Order.objects.count() == 2
    else:
        assert "在庫が残り0点" in str(clerk) and not missed and Order.objects.count() == 1
        assert not OrderCall.objects.exists()
    stock = balance(sku)
    assert (stock.on_hand, stock.reserved) == (1, 1)
    assert list(violations()) == [] and list(stock_violations()) == []
