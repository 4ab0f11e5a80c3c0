"""REL-4 in shipping: of two people who want opposite things of a box, exactly one wins."""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from typing import Any

import pytest
from django.db import connection

from akinai.backoffice.fulfillment import services
from akinai.backoffice.fulfillment.models import Shipment, TrackingNumber
from akinai.backoffice.orders import services as orders
from akinai.backoffice.orders.models import Order
from akinai.backoffice.orders.states import Cancel, Stage
from akinai.foundation.core.actor import Actor
from akinai.foundation.core.errors import AkinaiError
from tests.builders.orders import line, make_shop
from tests.builders.shipments import NUMBERS, packed, printed, ready_order

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]
SUZUKI, SATO = Actor("staff:7", "鈴木"), Actor("staff:8", "佐藤")
ROUNDS = 6


def race(*runners: Callable[[], object]) -> list[Any]:
    """Let them all go at once; what each returned, or the refusal it got. Anything but a refusal fails the test."""
    gate = threading.Barrier(len(runners))
    answers: list[Any] = [None] * len(runners)

    def go(place: int, run: Callable[[], object]) -> None:
        try:
            gate.wait(timeout=30)
            answers[place] = run()
        except AkinaiError as refusal:
            answers[place] = refusal
        except BaseException as fault:  # noqa: BLE001 - told to the test below
            answers[place] = fault
        finally:
            connection.close()

    threads = [threading.Thread(target=go, args=pair) for pair in enumerate(runners)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    faults = [a for a in answers if isinstance(a, BaseException) and not isinstance(a, AkinaiError)]
    assert faults == []
    return answers


def won(answers: Sequence[Any]) -> list[bool]:
    return [not isinstance(answer, AkinaiError) for answer in answers]


def fresh(order: Order) -> Order:
    return Order.objects.get(pk=order.pk)


@pytest.fixture(autouse=True)
def shop(transactional_db: None, clock: Any) -> None:
    make_shop()


def test_rel_4_cancel_and_ship_the_same_box() -> None:
    for n in range(ROUNDS):
        order = ready_order(f"A-{n}")
        box = packed(order)
        services.set_tracking(SATO, shipment_id=box.pk, numbers=[NUMBERS[0]])
        answers = race(
            lambda order=order: services.cancel_and_pull_back(SATO, order_id=order.pk),
            lambda box=box: services.dispatch_one(SUZUKI, shipment_id=box.pk),
        )
        assert sorted(won(answers)) == [False, True]
        box.refresh_from_db()
        if won(answers)[0]:
            assert (fresh(order).cancel, box.stage) == (Cancel.CANCELLED, Stage.VOID)
        else:
            assert (fresh(order).cancel, box.stage) == (Cancel.NONE, Stage.SHIPPED)
        TrackingNumber.objects.all().delete()


def test_rel_4_cancel_and_print_the_same_order() -> None:
    for n in range(ROUNDS):
        order = ready_order(f"A-{n}")
        race(
            lambda order=order: orders.approve_cancel(SATO, order_id=order.pk),
            lambda order=order: services.make_batch(SUZUKI, order_ids=[order.pk], papers=False),
        )
        in_work = Shipment.objects.filter(order=order, stage=Stage.INSTRUCTED).exists()
        assert (fresh(order).cancel == Cancel.CANCELLED) != in_work


def test_rel_4_edit_and_print_the_same_order() -> None:
    """ORD-40: papers never show an address the order no longer has."""
    for n in range(ROUNDS):
        order = ready_order(f"A-{n}")
        race(
            lambda order=order: orders.change_wish(SATO, order_id=order.pk, wish_date=None, wish_window="14-16"),
            lambda order=order: services.make_batch(SUZUKI, order_ids=[order.pk], papers=False),
        )
        box = Shipment.objects.get(order=order, stage=Stage.INSTRUCTED)
        assert box.wish_window == fresh(order).wish_window


def test_two_people_print_the_same_orders() -> None:
    many = [ready_order(f"A-{n}") for n in range(ROUNDS)]
    ids = [order.pk for order in many]
    first, second = race(
        lambda: services.make_batch(SATO, order_ids=ids, papers=False),
        lambda: services.make_batch(SUZUKI, order_ids=list(reversed(ids)), papers=False),
    )
    assert first.done + second.done == ROUNDS
    assert Shipment.objects.filter(stage=Stage.INSTRUCTED).count() == ROUNDS


def test_rel_4_two_scanners_and_one_piece_left() -> None:
    for n in range(ROUNDS):
        box = printed(ready_order(f"A-{n}", lines=[line(quantity=2)]))
        services.scan(SUZUKI, shipment_id=box.pk, code="YN-AI-01")
        answers = race(
            *[lambda box=box: services.scan(SUZUKI, shipment_id=box.pk, code="YN-AI-01", take_over=True)] * 2
        )
        assert sorted(a.outcome for a in answers) == ["ok", "too_many"]
        assert box.lines.get().scanned == 2


def test_two_packers_take_the_same_box() -> None:
    box = printed(ready_order(lines=[line(quantity=5)]))
    answers = race(
        lambda: services.scan(SUZUKI, shipment_id=box.pk, code="YN-AI-01"),
        lambda: services.scan(SATO, shipment_id=box.pk, code="YN-AI-01"),
    )
    assert sorted(a.outcome for a in answers) == ["ok", "taken"]
    assert box.lines.get().scanned == 1


def test_rel_4_a_cancel_wish_and_a_scan() -> None:
    """ORD-12: whoever comes second knows of the first; a scan after the wish never counts."""
    for n in range(ROUNDS):
        order = ready_order(f"A-{n}", lines=[line(quantity=2)])
        box = printed(order)
        wish, scan = race(
            lambda order=order: orders.request_cancel(SATO, order_id=order.pk),
            lambda box=box: services.scan(SUZUKI, shipment_id=box.pk, code="YN-AI-01"),
        )
        assert not isinstance(wish, AkinaiError)
        assert box.lines.get().scanned == (1 if scan.outcome == "ok" else 0)
        assert services.scan(SUZUKI, shipment_id=box.pk, code="YN-AI-01").outcome == "stopped"


def test_shp_51_the_same_number_typed_on_two_boxes() -> None:
    for n in range(ROUNDS):
        one, two = printed(ready_order(f"A-{n}")), printed(ready_order(f"B-{n}"))
        answers = race(
            lambda one=one: services.set_tracking(SATO, shipment_id=one.pk, numbers=[NUMBERS[0]]),
            lambda two=two: services.set_tracking(SUZUKI, shipment_id=two.pk, numbers=[NUMBERS[0]]),
        )
        assert sorted(won(answers)) == [False, True]
        TrackingNumber.objects.all().delete()


def test_the_same_box_is_shipped_once() -> None:
    for n in range(ROUNDS):
        order = ready_order(f"A-{n}")
        box = packed(order)
        services.set_tracking(SATO, shipment_id=box.pk, numbers=[NUMBERS[0]])
        answers = race(*[lambda box=box: services.dispatch_one(SUZUKI, shipment_id=box.pk)] * 3)
        assert sorted(won(answers)) == [False, False, True]
        assert order.lines.get().shipped == 1
        TrackingNumber.objects.all().delete()
