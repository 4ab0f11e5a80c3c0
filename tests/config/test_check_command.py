"""`akinai check`: what it prints and how it ends."""

from __future__ import annotations

import argparse
import json

import pytest

from akinai.backoffice.orders.models import Order
from akinai.config.commands import check
from akinai.foundation.core.clock import FrozenClock
from tests.builders.orders import make_shop, place

pytestmark = pytest.mark.django_db


def run(*, as_json: bool = False) -> int:
    return check.run(argparse.Namespace(json=as_json))


def test_a_house_in_order_ends_well(clock: FrozenClock, capsys: pytest.CaptureFixture[str]) -> None:
    make_shop()
    place()
    assert run() == 0
    assert capsys.readouterr().out == ""
    assert run(as_json=True) == 0
    told = json.loads(capsys.readouterr().out.splitlines()[-1])
    assert told["violations"] == 0
    assert set(told["areas"]) >= {"inventory", "orders", "payments"}


def test_a_violation_is_named_and_the_command_fails(clock: FrozenClock, capsys: pytest.CaptureFixture[str]) -> None:
    make_shop()
    order = place()
    Order.objects.update(received_amount=5)
    assert run() == 1
    assert f"payments: PAY-0 {order.number}: received 5 (ledger 0)" in capsys.readouterr().out
    assert run(as_json=True) == 1
    told = json.loads(capsys.readouterr().out.splitlines()[-1])
    assert told["violations"] == len(told["found"]) >= 1
