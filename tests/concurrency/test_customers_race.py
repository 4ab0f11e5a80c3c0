"""Two imports at once make the same new buyer once (AN-10)."""

from __future__ import annotations

import random
import threading

import pytest
from django.db import connection

from akinai.shop.customers.models import Customer
from akinai.shop.customers.services import match_or_create
from tests.builders.customers import make_buyer


@pytest.mark.django_db(transaction=True)
def test_an_10_the_same_buyers_in_eight_imports_at_once() -> None:
    buyers = [make_buyer(f"客 {i}", mail=f"c{i}@example.com", phone=f"090-0000-{i:04d}") for i in range(30)]
    gate = threading.Barrier(8)
    faults: list[BaseException] = []

    def work(number: int) -> None:
        mine = random.Random(number).sample(buyers, len(buyers))
        try:
            gate.wait(timeout=30)
            names = [customer.name for customer in match_or_create(mine)]
            assert names == [buyer.name for buyer in mine]
        except BaseException as fault:  # noqa: BLE001 - told to the test below
            faults.append(fault)
        finally:
            connection.close()

    racers = [threading.Thread(target=work, args=(number,)) for number in range(8)]
    for racer in racers:
        racer.start()
    for racer in racers:
        racer.join()
    assert faults == []
    assert Customer.objects.count() == 30
