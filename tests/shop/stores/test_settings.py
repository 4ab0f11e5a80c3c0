"""Declared settings: values by date, kept copies, and what may be stored."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

import pytest
from django.db import transaction
from pytest_django import DjangoAssertNumQueries

from akinai.foundation.audit.models import AuditEntry
from akinai.foundation.core.actor import Actor
from akinai.foundation.core.clock import FrozenClock
from akinai.foundation.core.errors import BadInput, NotFound, Refused
from akinai.shop.stores import services, settings
from akinai.shop.stores.models import Setting

pytestmark = pytest.mark.django_db
KEY = "test.days"
TODAY = dt.date(2026, 11, 24)


@pytest.fixture(autouse=True)
def declared() -> Iterator[None]:
    settings.declare(KEY, default=7, kind="int", label="days", maximum=60)
    settings.declare("test.choice", default="a", kind="choice", label="choice", choices=[("a", "A"), ("b", "B")])
    settings.declare("test.flag", default=False, kind="bool", label="flag")
    yield
    for key in (KEY, "test.choice", "test.flag"):
        settings._declared.pop(key)


@pytest.fixture(autouse=True)
def standing(clock: FrozenClock) -> FrozenClock:
    return clock


def test_nothing_stored_means_the_default() -> None:
    assert settings.value(KEY) == 7


def test_a_value_holds_from_its_day_on(actor: Actor) -> None:
    services.set_setting(actor, key=KEY, value=5)
    services.set_setting(actor, key=KEY, value=3, effective_from=dt.date(2026, 12, 1))
    assert [settings.value(KEY, dt.date(2026, 11, day)) for day in (23, 24, 30)] == [7, 5, 5]
    assert settings.value(KEY, dt.date(2026, 12, 1)) == 3


def test_a_change_is_seen_at_once_and_a_second_one_on_the_day_replaces_it(actor: Actor) -> None:
    for number in (5, 6):
        services.set_setting(actor, key=KEY, value=number)
        assert settings.value(KEY) == number
    assert Setting.objects.filter(key=KEY).count() == 1


def test_a_change_that_is_rolled_back_leaves_no_trace_in_the_copy(actor: Actor) -> None:
    assert settings.value(KEY) == 7
    with pytest.raises(RuntimeError), transaction.atomic():
        services.set_setting(actor, key=KEY, value=5)
        assert settings.value(KEY) == 5
        raise RuntimeError
    assert settings.value(KEY) == 7


def test_a_snapshot_asks_the_database_once(actor: Actor, django_assert_num_queries: DjangoAssertNumQueries) -> None:
    services.set_setting(actor, key=KEY, value=5)
    settings.value(KEY)
    with django_assert_num_queries(1):
        now = settings.snapshot()
        assert [now[KEY] for _ in range(100)] == [5] * 100


@pytest.mark.parametrize(
    ("key", "value"),
    [
        (KEY, "5"),
        (KEY, True),
        (KEY, -1),
        (KEY, 61),
        ("test.choice", "c"),
        ("test.flag", "yes"),
        ("stores.cutoff", "25:00"),
    ],
)
def test_a_value_of_the_wrong_kind_is_refused(actor: Actor, key: str, value: object) -> None:
    with pytest.raises(BadInput):
        services.set_setting(actor, key=key, value=value)
    assert not Setting.objects.exists()


def test_the_past_stays_as_it_was(actor: Actor) -> None:
    with pytest.raises(BadInput):
        services.set_setting(actor, key=KEY, value=5, effective_from=dt.date(2026, 11, 23))
    row = services.set_setting(actor, key=KEY, value=5)
    with pytest.raises(Refused):
        services.remove_setting(actor, setting_id=row.pk)


def test_a_planned_value_can_be_taken_back(actor: Actor) -> None:
    row = services.set_setting(actor, key=KEY, value=5, effective_from=dt.date(2026, 12, 1))
    services.remove_setting(actor, setting_id=row.pk)
    assert settings.value(KEY, dt.date(2026, 12, 2)) == 7


def test_what_nobody_declared_does_not_exist(actor: Actor) -> None:
    with pytest.raises(NotFound):
        services.set_setting(actor, key="test.nothing", value=1)
    with pytest.raises(KeyError):
        settings.value("test.nothing")


def test_two_apps_cannot_declare_one_key_differently() -> None:
    with pytest.raises(RuntimeError):
        settings.declare(KEY, default=8, kind="int", label="days")


def test_every_change_is_in_the_audit_log(actor: Actor) -> None:
    services.set_setting(actor, key=KEY, value=5)
    services.set_setting(actor, key=KEY, value=6)
    details = list(AuditEntry.objects.filter(action="stores.set_setting").values_list("detail", flat=True))
    assert sorted((detail["value"] for detail in details), key=str) == [[5, 6], [None, 5]]
