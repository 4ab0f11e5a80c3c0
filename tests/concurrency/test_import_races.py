"""The same file taken in twice at the same moment, and by two workers: each order once (ORD-32)."""

from __future__ import annotations

import threading
from collections.abc import Callable
from functools import partial

import pytest
from django.db import connection

from akinai.backoffice.orders.models import Order
from akinai.foundation.core.actor import SYSTEM
from akinai.frontoffice.channels import selectors, services
from akinai.frontoffice.channels.models import ImportResult, ImportRun
from akinai.frontoffice.channels.states import LEFT, RunState
from akinai.shop.stores.models import Store
from akinai.workbench.bench import clerk
from tests.builders.channels import check, orders_file, shop_and_store

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]


def at_once(*works: Callable[[], object]) -> list[BaseException]:
    """Let all go at the same moment; what went wrong."""
    gate = threading.Barrier(len(works))
    faults: list[BaseException] = []

    def go(work: Callable[[], object]) -> None:
        try:
            gate.wait(timeout=30)
            work()
        except BaseException as fault:  # noqa: BLE001 - told to the test below
            faults.append(fault)
        finally:
            connection.close()

    racers = [threading.Thread(target=go, args=(work,)) for work in works]
    for racer in racers:
        racer.start()
    for racer in racers:
        racer.join()
    return faults


def begun(store: Store, count: int) -> ImportRun:
    """An import that has begun and whose work nobody has done yet."""
    run = check(store, orders_file(count))
    services.begin(SYSTEM, run)
    return run


def test_ord_32_the_same_file_in_two_imports_at_once_places_each_order_once() -> None:
    store = shop_and_store()
    runs = [begun(store, 40), begun(store, 40)]
    faults = at_once(*(partial(services.work_off, run) for run in runs))
    assert faults == []
    assert Order.objects.count() == 40
    assert not ImportResult.objects.filter(outcome__in=LEFT).exists()
    assert ImportResult.objects.filter(outcome="created").count() == 40


def test_two_workers_on_one_import_place_each_order_once() -> None:
    run = begun(shop_and_store(), 40)
    faults = at_once(*(partial(services.work_off, selectors.run(run.pk)) for _worker in range(2)))
    assert faults == []
    assert (Order.objects.count(), run.results.count()) == (40, 40)
    assert selectors.run(run.pk).state == RunState.DONE


def test_a_clerk_is_answered_at_once_while_three_thousand_orders_come_in() -> None:
    """The time of an "accept" that 95 of 100 stay below is 300 ms; in a program and on a database of its own."""
    outcome = clerk.run(count=3000)
    assert outcome["orders"] == 3000
    assert outcome["accepts"] >= 20
    assert outcome["accept_p95_ms"] <= 300
