"""Settings pages of the shop, as people use them."""

from __future__ import annotations

import datetime as dt

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from akinai.foundation.core.clock import FrozenClock
from akinai.foundation.core.permissions import Role
from akinai.shop.stores import selectors, settings
from akinai.shop.stores.models import ClosedDay, Setting, Store, TaxRate
from tests.builders.accounts import client_for
from tests.builders.stores import make_shop, make_store

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def standing(clock: FrozenClock) -> FrozenClock:
    return clock


@pytest.fixture
def owner() -> Client:
    return client_for(Role.OWNER)


PAGES = [
    "/settings/shop/",
    "/settings/stores/",
    "/settings/stores/add/",
    "/settings/calendar/",
    "/settings/calendar/?month=2026-12",
    "/settings/calendar/?month=9999-99",
    "/settings/numbers/",
    "/settings/numbers/stores.cutoff/",
    "/settings/numbers/stores.confirm_days/",
    "/settings/numbers/terms.hold_prints_date/",
    "/settings/tax/",
]


@pytest.mark.parametrize("url", PAGES)
def test_pages_open_before_and_after_set_up(owner: Client, url: str) -> None:
    assert owner.get(url).status_code == 200
    make_shop()
    make_store()
    assert owner.get(url).status_code == 200


def test_the_shop_is_saved_as_typed(owner: Client) -> None:
    typed = {
        "name": "うつわ屋",
        "registration_number": "t7123 4567 89012",
        "price_basis": "incl",
        "tax_rounding": "floor",
    }
    answer = owner.post("/settings/shop/save/", {**typed, "legal_price": "表示価格（税込）"})
    assert answer.status_code == 302
    shop = selectors.shop()
    assert (shop.name, shop.registration_number, shop.legal) == (
        "うつわ屋",
        "T7123456789012",
        {"price": "表示価格（税込）"},
    )


def test_tax_37_a_wrong_number_is_said_at_its_field_and_nothing_is_lost(owner: Client) -> None:
    """TAX-37 the form comes back with what was typed."""
    typed = {"name": "うつわ屋", "registration_number": "T1123456789012", "is_corporation": "on"}
    answer = owner.post("/settings/shop/save/", {**typed, "price_basis": "incl", "tax_rounding": "floor"})
    assert answer.status_code == 422
    assert "T1123456789012" in answer.content.decode()
    assert not selectors.is_set_up()


def store_form(**changes: str) -> dict[str, str]:
    return {
        "code": "rakuten",
        "name": "楽天市場店",
        "kind": "mall",
        "when_short": "accept",
        "ship_policy": "all",
        "language": "ja",
        "is_active": "on",
        **changes,
    }


def test_a_store_is_added_and_changed(owner: Client) -> None:
    assert owner.post("/settings/stores/add/", store_form(mail_M07="nobody")).status_code == 302
    store = Store.objects.get()
    assert store.mail_senders == {"M07": "nobody"}
    changed = store_form(code="other", name="楽天店", auto_accept="on")
    assert owner.post(f"/settings/stores/{store.pk}/", changed).status_code == 302
    store.refresh_from_db()
    assert (store.code, store.name, store.auto_accept) == ("rakuten", "楽天店", True)


@pytest.mark.parametrize("changes", [{"code": ""}, {"code": "a b"}, {"kind": "tent"}, {"name": "あ" * 101}])
def test_a_store_that_makes_no_sense_is_refused_with_what_was_typed(owner: Client, changes: dict[str, str]) -> None:
    answer = owner.post("/settings/stores/add/", store_form(**changes))
    assert answer.status_code == 422
    assert not Store.objects.exists()


def test_a_taken_code_is_said_at_its_field(owner: Client) -> None:
    make_store("rakuten")
    answer = owner.post("/settings/stores/add/", store_form())
    assert answer.status_code == 422
    assert 'id="id_code_err"' in answer.content.decode()


def test_days_are_marked_on_the_month(owner: Client) -> None:
    make_shop()
    day = {"date": "2026-11-25"}
    answer = owner.post("/settings/calendar/day/", {**day, "deed": "close"})
    assert answer.headers["Location"] == "/settings/calendar/?month=2026-11"
    assert not selectors.business_calendar().is_open(dt.date(2026, 11, 25))
    owner.post("/settings/calendar/day/", {**day, "deed": "clear"})
    assert selectors.business_calendar().is_open(dt.date(2026, 11, 25))
    assert "勤労感謝の日" in owner.get("/settings/calendar/").content.decode()


@pytest.mark.parametrize("typed", [{"date": "soon", "deed": "close"}, {"date": "2026-11-25", "deed": "burn"}, {}])
def test_a_day_nobody_knows_is_not_found(owner: Client, typed: dict[str, str]) -> None:
    assert owner.post("/settings/calendar/day/", typed).status_code == 404


def test_the_week_and_a_run_of_days(owner: Client) -> None:
    make_shop()
    assert owner.post("/settings/calendar/week/", {"closed_weekdays": ["2", "6"]}).status_code == 302
    assert selectors.shop().closed_weekdays == [2, 6]
    assert not selectors.shop().closed_on_holidays
    assert owner.post("/settings/calendar/week/", {"closed_weekdays": list("0123456")}).status_code == 422
    closing = {"first": "2027-08-11", "last": "2027-08-16", "note": "夏季休業"}
    assert owner.post("/settings/calendar/closing/", closing).status_code == 302
    assert ClosedDay.objects.filter(note="夏季休業").count() == 6
    assert owner.post("/settings/calendar/closing/", {"first": "x", "last": ""}).status_code == 422


def test_a_number_is_planned_and_taken_back(owner: Client) -> None:
    typed = {"value": "15:00", "effective_from": "2026-12-01"}
    assert owner.post("/settings/numbers/stores.cutoff/", typed).status_code == 302
    assert settings.value("stores.cutoff", dt.date(2026, 12, 1)) == "15:00"
    row = Setting.objects.get()
    assert "15:00" in owner.get("/settings/numbers/").content.decode()
    assert owner.post(f"/settings/numbers/{row.pk}/remove/").status_code == 302
    assert not Setting.objects.exists()


@pytest.mark.parametrize(
    ("key", "value", "since"),
    [
        ("stores.cutoff", "25:00", "2026-12-01"),
        ("stores.cutoff", "", "2026-12-01"),
        ("stores.cutoff", "15:00", "2026-01-01"),
        ("stores.confirm_days", "never", "2026-12-01"),
        ("terms.cancel_after", "-1", "2026-12-01"),
        ("terms.cancel_after", "9" * 30, "2026-12-01"),
        ("terms.cancel_after", "2", ""),
    ],
)
def test_a_number_that_makes_no_sense_is_refused(owner: Client, key: str, value: str, since: str) -> None:
    answer = owner.post(f"/settings/numbers/{key}/", {"value": value, "effective_from": since})
    assert answer.status_code == 422
    assert not Setting.objects.exists()


def test_unknown_numbers_and_stores_are_not_found(owner: Client) -> None:
    assert owner.get("/settings/numbers/no.such/").status_code == 404
    assert owner.get("/settings/stores/99/").status_code == 404
    assert owner.post("/settings/numbers/99/remove/").status_code == 404


def test_a_tax_rate_is_added_and_taken_back(owner: Client) -> None:
    typed = {"code": "red", "percent": "0", "effective_from": "2027-04-01"}
    assert owner.post("/settings/tax/add/", typed).status_code == 302
    assert owner.post("/settings/tax/add/", typed).status_code == 422
    rate = TaxRate.objects.get(code="red", percent=0)
    assert owner.post(f"/settings/tax/{rate.pk}/remove/").status_code == 302
    begun = TaxRate.objects.get(code="red")
    assert owner.post(f"/settings/tax/{begun.pk}/remove/").status_code == 409


def test_who_may_only_look_gets_no_buttons_and_changes_nothing() -> None:
    make_shop()
    viewer = client_for(Role.VIEWER)
    assert "calendar/day/" not in viewer.get("/settings/calendar/").content.decode()
    assert viewer.post("/settings/tax/add/", {"code": "red"}).status_code == 403
    assert viewer.get("/settings/stores/add/").status_code == 403


def test_the_list_of_stores_asks_the_same_whatever_its_length(
    owner: Client, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    make_store()
    owner.get("/settings/stores/")
    with CaptureQueriesContext(
        connection,
    ) as one:
        owner.get("/settings/stores/")
    make_store()
    make_store()
    with django_assert_num_queries(len(one)):
        owner.get("/settings/stores/")
