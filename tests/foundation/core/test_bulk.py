"""Writing many rows at once gives the same rows as saving them one by one, on both engines."""

from __future__ import annotations

import datetime as dt

import pytest
from django.db import IntegrityError, transaction

from akinai.backoffice.inventory.models import Movement
from akinai.foundation.audit.models import AuditEntry
from akinai.foundation.core import clock
from akinai.foundation.core.bulk import insert_many, insert_rows
from akinai.foundation.core.clock import FrozenClock
from akinai.foundation.core.db import reserve_ids
from akinai.shop.catalog.models import Product, Sku
from tests.builders.catalog import make_product, make_sku
from tests.builders.inventory import stock_up

pytestmark = pytest.mark.django_db
ODD = "tab\there\nline \\ back 'quote' \"double\" 髙﨑🍵 \\N"


def entry(**fields: object) -> AuditEntry:
    values = {"at": clock.now(), "actor": "staff:1", "action": "a.b", "subject": "x:1", "detail": {}, **fields}
    return AuditEntry(**values)


def test_every_kind_of_value_comes_back_as_it_went(clock: FrozenClock) -> None:
    detail = {"text": ODD, "day": "2026-11-24", "none": None, "list": [1, 2.5, True]}
    with transaction.atomic():
        insert_many([entry(detail=detail, reason=ODD), entry(detail={})])
    first, second = AuditEntry.objects.order_by("id")
    assert (first.detail, first.reason, first.at) == (detail, ODD, clock.now())
    assert second.detail == {}


def test_nulls_dates_and_words_of_a_vocabulary(clock: FrozenClock) -> None:
    product = make_product()
    with transaction.atomic():
        insert_many(
            [
                Sku(
                    product=product,
                    code="A",
                    price=1,
                    release_on=dt.date(2026, 12, 1),
                    supply=Sku(supply="made").supply,
                ),
                Sku(product=product, code="B", price=2, cost=None),
            ]
        )
    a, b = Sku.objects.order_by("code")
    assert (a.release_on, a.supply, b.release_on, b.cost, b.is_active) == (
        dt.date(2026, 12, 1),
        "made",
        None,
        None,
        True,
    )


def test_rows_without_objects_take_the_defaults_of_what_is_not_named(clock: FrozenClock) -> None:
    with transaction.atomic():
        insert_rows(AuditEntry, ("actor", "action", "subject"), [("staff:1", ODD, "x:1"), ("staff:2", "a.b", "x:2")])
    first, second = AuditEntry.objects.order_by("id")
    assert (first.actor, first.action, first.detail, first.reason, first.at) == ("staff:1", ODD, {}, "", clock.now())
    assert (second.actor, second.subject) == ("staff:2", "x:2")


def test_reserved_keys_are_kept_and_the_next_ones_follow(clock: FrozenClock) -> None:
    with transaction.atomic():
        keys = reserve_ids(Product, 3)
        insert_many([Product(pk=key, code=f"K-{key}", name="x") for key in keys])
    assert Product.objects.create(code="next", name="x").pk > max(keys)


def test_a_broken_constraint_stops_everything() -> None:
    make_product("P-1")
    with pytest.raises(IntegrityError), transaction.atomic():
        insert_many([Product(code="P-2", name="x"), Product(code="P-1", name="x")])
    assert Product.objects.count() == 1


def test_ledger_rows_have_their_keys() -> None:
    stock_up(make_sku(), 3)
    assert all(movement.pk for movement in Movement.objects.all())
