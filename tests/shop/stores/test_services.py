"""Changing the shop, its stores, days and tax rates."""

from __future__ import annotations

import datetime as dt

import pytest

from akinai.foundation.audit.models import AuditEntry
from akinai.foundation.core import clock
from akinai.foundation.core.actor import Actor
from akinai.foundation.core.clock import JST, FrozenClock
from akinai.foundation.core.errors import BadInput, NotFound, Refused
from akinai.shop.stores import selectors, services, settings
from akinai.shop.stores.models import ClosedDay, Shop, Store
from tests.builders.stores import make_shop, make_store

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def standing(clock: FrozenClock) -> FrozenClock:
    return clock


def test_a_shop_is_set_up_once(actor: Actor) -> None:
    assert not selectors.is_set_up()
    services.set_up_shop(actor, name="うつわ屋", prefecture="東京都")
    assert selectors.shop().name == "うつわ屋"
    with pytest.raises(Refused):
        services.set_up_shop(actor, name="別の店")
    assert Shop.objects.count() == 1


def test_tax_37_a_corporation_needs_a_sound_number(actor: Actor) -> None:
    """TAX-37 refused for 法人, kept for others, stored tidy."""
    make_shop(is_corporation=True)
    with pytest.raises(BadInput) as refused:
        services.update_shop(actor, changes={"registration_number": "T1123456789012"})
    assert refused.value.field == "registration_number"
    services.update_shop(actor, changes={"registration_number": "ｔ7123-4567-89012"})
    assert selectors.shop().registration_number == "T7123456789012"
    services.update_shop(actor, changes={"is_corporation": False, "registration_number": "T1123456789012"})
    assert selectors.shop().registration_number == "T1123456789012"


def test_a_change_records_before_and_after(actor: Actor) -> None:
    make_shop()
    services.update_shop(actor, changes={"tel": "03-9999-0000", "name": "茶と器 うつわ屋"})
    entry = AuditEntry.objects.filter(action="stores.update_shop").latest("pk")
    assert entry.detail == {"tel": ["03-1234-5678", "03-9999-0000"]}
    assert entry.subject == "shop:1"


def test_law_1_what_is_missing_is_named() -> None:
    """LAW-1 seller and statements; filled ones are not named."""
    make_shop(tel="", legal={"price": "表示価格", "payment": "カード"})
    missing = selectors.missing_legal_fields(selectors.shop())
    assert missing == ["tel", "other_charges", "delivery", "returns"]


def test_card_numbers_typed_into_free_text_are_masked() -> None:
    make_shop(bank_account="4111 1111 1111 1111")
    assert "1111 1111 1111" not in selectors.shop().bank_account


@pytest.mark.parametrize("days", [[0, 1, 2, 3, 4, 5, 6], [7], [-1]])
def test_a_week_keeps_an_open_day(actor: Actor, days: list[int]) -> None:
    with pytest.raises(BadInput):
        services.update_shop(actor, changes={"name": "店", "closed_weekdays": days})


def test_stores_are_saved_and_found_by_code(actor: Actor) -> None:
    store = make_store("rakuten", name="楽天市場店", kind="mall")
    services.save_store(actor, store_id=store.pk, changes={"auto_accept": True})
    assert selectors.store("rakuten").auto_accept
    with pytest.raises(NotFound):
        selectors.store("yahoo")


@pytest.mark.parametrize(
    "changes",
    [
        {"code": "taken", "name": "二つ目"},
        {"code": "x y", "name": "空白"},
        {"code": "x", "name": ""},
        {"code": "x", "name": "店", "kind": "tent"},
        {"code": "x", "name": "店", "mail_senders": {"M01": "pigeon"}},
        {"code": "x", "name": "店", "mail_senders": {"M99": "us"}},
    ],
)
def test_a_store_that_makes_no_sense_is_refused(actor: Actor, changes: dict[str, object]) -> None:
    make_store("taken")
    with pytest.raises(BadInput):
        services.save_store(actor, changes=changes)
    assert Store.objects.count() == 1


def test_the_code_of_a_store_stays(actor: Actor) -> None:
    store = make_store("rakuten")
    with pytest.raises(Refused):
        services.save_store(actor, store_id=store.pk, changes={"code": "yahoo"})


@pytest.mark.parametrize(
    ("kind", "preset", "senders"),
    [
        ("mall", "rakuten", {"M01": "store", "M02": "us", "M03": "us", "M07": "us"}),
        ("cart", "colorme", {"M01": "store", "M03": "us"}),
        ("mall", "amazon-jp", {"M01": "store", "M03": "store", "M05": "us", "M07": "store", "M02": "us"}),
        ("own", "", {"M01": "us", "M03": "us", "M07": "us"}),
        ("phone", "", {"M01": "us"}),
        ("fax", "", {"M01": "us"}),
        ("api", "", {"M01": "us"}),
    ],
)
def test_mail_13_defaults_by_kind_of_store(kind: str, preset: str, senders: dict[str, str]) -> None:
    """MAIL-13 malls and carts send M01 themselves, Amazon also M03 and M07, M02 is always ours."""
    store = make_store(kind=kind, preset=preset)
    assert {mail: selectors.mail_sender(store, mail) for mail in senders} == senders


def test_mail_13_what_the_store_says_wins_except_for_m02() -> None:
    """MAIL-13 a table for each store."""
    store = make_store(kind="mall", mail_senders={"M01": "us", "M07": "nobody"})
    store.mail_senders["M02"] = "nobody"
    assert [selectors.mail_sender(store, mail) for mail in ("M01", "M07", "M02")] == ["us", "nobody", "us"]


def test_mail_13_files_that_do_not_tell_are_asked_about() -> None:
    """MAIL-13 ネクストエンジン 汎用 and a file of one's own."""
    assert selectors.must_ask_who_mails(make_store(preset="nextengine"))
    assert not selectors.must_ask_who_mails(make_store(preset="nextengine", mail_senders={"M01": "us"}))
    assert not selectors.must_ask_who_mails(make_store(preset="rakuten"))


def test_days_are_closed_opened_and_let_go(actor: Actor) -> None:
    make_shop()
    saturday, tuesday = dt.date(2026, 11, 28), dt.date(2026, 12, 1)
    services.open_day(actor, date=saturday, note="臨時営業")
    services.close_day(actor, date=tuesday)
    calendar = selectors.business_calendar()
    assert calendar.is_open(saturday)
    assert not calendar.is_open(tuesday)
    services.clear_day(actor, date=tuesday)
    assert selectors.business_calendar().is_open(tuesday)


def test_a_run_of_days_is_closed_at_once(actor: Actor) -> None:
    make_shop()
    assert selectors.business_calendar().next_open(dt.date(2026, 12, 28)) == dt.date(2027, 1, 4)
    with pytest.raises(BadInput):
        services.close_days(actor, first=dt.date(2026, 12, 1), last=dt.date(2026, 11, 30))
    with pytest.raises(BadInput):
        services.close_days(actor, first=dt.date(2026, 12, 1), last=dt.date(2028, 12, 1))
    assert ClosedDay.objects.count() == 6


def test_tax_1_rates_hold_by_date_and_a_new_one_ends_the_old(actor: Actor) -> None:
    """TAX-1 10% and 8% since 2019-10-01; a later row changes the day it says."""
    assert selectors.tax_rates(dt.date(2026, 11, 24)) == {"std": 10, "red": 8, "exempt": 0, "nontax": 0, "out": 0}
    assert selectors.tax_rates(dt.date(2019, 9, 30))["std"] == 8
    rate = services.add_tax_rate(actor, code="red", percent=0, effective_from=dt.date(2027, 4, 1))
    assert [selectors.tax_rates(day)["red"] for day in (dt.date(2027, 3, 31), dt.date(2027, 4, 1))] == [8, 0]
    with pytest.raises(Refused):
        services.add_tax_rate(actor, code="red", percent=5, effective_from=dt.date(2027, 1, 1))
    with pytest.raises(BadInput) as refused:
        services.add_tax_rate(actor, code="std", percent=12, effective_from=clock.today() - dt.timedelta(days=1))
    assert (refused.value.field, selectors.tax_rates(clock.today())["std"]) == ("effective_from", 10)
    services.remove_tax_rate(actor, rate_id=rate.pk)
    assert selectors.tax_rates(dt.date(2027, 4, 1))["red"] == 8


def test_ord_22_the_deadline_follows_the_settings(actor: Actor) -> None:
    """ORD-22 Fri 2026-11-20 18:00 → Tue 12:00; on calendar days Sat 12:00."""
    make_shop()
    friday = dt.datetime(2026, 11, 20, 18, 0, tzinfo=JST)
    assert selectors.confirm_by(friday) == dt.datetime(2026, 11, 24, 12, 0, tzinfo=JST)
    services.set_setting(actor, key="stores.confirm_days", value="calendar")
    tuesday = dt.datetime(2026, 11, 27, 18, 0, tzinfo=JST)
    assert selectors.confirm_by(tuesday) == dt.datetime(2026, 11, 28, 12, 0, tzinfo=JST)


def test_cut_off_is_a_setting(actor: Actor) -> None:
    assert selectors.cutoff() == dt.time(14, 0)
    services.set_setting(actor, key="stores.cutoff", value="15:30")
    assert selectors.cutoff() == dt.time(15, 30)
    assert settings.value("stores.cutoff") == "15:30"


def test_the_snapshot_follows_changes_of_a_store(actor: Actor) -> None:
    store = make_store(name="前")
    assert selectors.snapshot().stores[store.pk].name == "前"
    services.save_store(actor, store_id=store.pk, changes={"name": "後"})
    assert selectors.snapshot().stores[store.pk].name == "後"
    assert selectors.snapshot() is selectors.snapshot()


@pytest.mark.django_db(transaction=True)
def test_a_new_database_has_the_rates_of_the_law() -> None:
    """Also after the tables were emptied, as between tests that commit."""
    assert selectors.tax_rates(dt.date(2026, 11, 24))["std"] == 10
