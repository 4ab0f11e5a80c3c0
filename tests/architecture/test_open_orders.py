"""Counts over unfinished orders must read the partial index, on SQLite too, which plans before it sees parameters."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from django.db import connection

from akinai.backoffice.orders.models import Order
from akinai.backoffice.payments.selectors import money_to_return

SOURCE = Path(__file__).resolve().parents[2] / "src" / "akinai"


def test_nobody_writes_the_condition_in_parameters() -> None:
    """`Order.objects.still_open()` or `.filter(StillOpen())` is the one way; `exclude(queue__in=…)` scans the table."""
    wrong = [
        str(path.relative_to(SOURCE))
        for path in SOURCE.rglob("*.py")
        if "migrations" not in path.parts and re.search(r"exclude\(\s*(order__)?queue__in", path.read_text("utf-8"))
    ]
    assert wrong == []


@pytest.mark.django_db
def test_the_database_answers_from_the_index() -> None:
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SET enable_seqscan = off")  # an empty table would be read whole
    plan = Order.objects.still_open().filter(queue="check").order_by().explain()
    assert "orders_open" in plan


@pytest.mark.django_db
def test_money_to_give_back_is_counted_from_its_index() -> None:
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SET enable_seqscan = off")
    assert "orders_money_to_return" in money_to_return().order_by().explain()
