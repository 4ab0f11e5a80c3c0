"""The snapshot orders are judged by, and the rows a new shop begins with."""

from __future__ import annotations

import datetime as dt

import pytest
from pytest_django import DjangoAssertNumQueries

from akinai.foundation.core.actor import Actor
from akinai.shop.terms import models, selectors, services
from akinai.shop.terms.fees import cod_fee
from akinai.shop.terms.initial import METHODS, SERVICES, WORDS

pytestmark = pytest.mark.django_db
TODAY = dt.date(2026, 11, 24)


@pytest.mark.parametrize(
    ("word", "code"),
    [
        ("代金引換", "cod"),
        ("代引き", "cod"),
        ("代引", "cod"),
        ("クレジットカード", "card"),
        ("ｸﾚｼﾞｯﾄｶｰﾄﾞ", "card"),
        ("銀行振込", "bank"),
        (" 銀行振込 ", "bank"),
        ("楽天ペイ", "rakutenpay"),
        ("NP後払い", "atobarai"),
        ("ＰａｙＰａｙ", "paypay"),
        ("Amazon Pay", "amazonpay"),
        ("郵便振替", "postal"),
    ],
)
def test_words_of_order_files_find_their_method(word: str, code: str) -> None:
    found = selectors.snapshot().method(word)
    assert found is not None
    assert found.code == code


@pytest.mark.parametrize("word", ["", "  ", "物々交換"])
def test_an_unknown_word_is_nobodys(word: str) -> None:
    assert selectors.snapshot().method(word) is None
    assert selectors.snapshot().service(word) is None


@pytest.mark.parametrize(
    ("word", "code"),
    [("宅急便", "takkyubin"), ("ヤマト運輸", "takkyubin"), ("佐川急便", "hikyaku"), ("ネコポス", "nekopos")],
)
def test_words_of_order_files_find_their_service(word: str, code: str) -> None:
    found = selectors.snapshot().service(word)
    assert found is not None
    assert found.code == code


def test_no_word_belongs_to_two() -> None:
    from akinai.foundation.core.text import fold

    for codes in ([m[0] for m in METHODS], [s[0] for s in SERVICES]):
        owners: dict[str, str] = {}
        for code in codes:
            for word in {fold(w) for w in WORDS.get(code, "").split("|") if w}:
                assert owners.setdefault(word, code) == code, word


def test_methods_of_a_new_shop_are_prepaid_or_postpaid() -> None:
    methods = selectors.snapshot().methods
    assert {code for code, method in methods.items() if not method.is_prepaid} == {"cod", "atobarai", "invoice"}
    assert methods["atobarai"].needs_credit_check
    assert not methods["cod"].needs_credit_check


@pytest.mark.parametrize(("amount", "fee"), [(9_670, 330), (29_561, 660), (298_900, 1_100), (298_901, None)])
def test_pay_10_default_bands_are_rows(amount: int, fee: int | None) -> None:
    """PAY-10 the default table of the cod method."""
    assert cod_fee(amount, selectors.snapshot().bands("cod", TODAY)) == fee


def test_services_know_what_they_can() -> None:
    snapshot = selectors.snapshot()
    compact, nekopos, click = (snapshot.services[code] for code in ("compact", "nekopos", "clickpost"))
    assert (compact.cod_limit, compact.label_type, compact.cod_label_type) == (30_000, "8", "9")
    assert nekopos.is_post_box
    assert not nekopos.cod_ok
    assert (click.tracking_check, click.address_layout) == ("warn", "clickpost")
    assert snapshot.services["takkyubin"].tracking_check == "refuse"
    default = snapshot.default()
    assert default is not None
    assert default.code == "takkyubin"


def test_shp_52_tracking_pages_take_the_number() -> None:
    """SHP-52 templates are rows."""
    carriers = selectors.snapshot().carriers
    assert carriers["yamato"].tracking_page("123456789013") == (
        "https://toi.kuronekoyamato.co.jp/cgi-bin/tneko?number01=123456789013"
    )
    assert "okurijoNo=1" in carriers["sagawa"].tracking_page("1")
    assert "reqCodeNo1=1&" in carriers["japanpost"].tracking_page("1")
    assert carriers["other"].tracking_page("1") == ""


@pytest.mark.parametrize(("prefecture", "days"), [("大阪府", 1), ("福岡県", 2), ("北海道", 2), ("沖縄県", 3)])
def test_shp_9_days_from_tokyo(prefecture: str, days: int) -> None:
    """SHP-9 rows of a new shop, marked as estimates."""
    transit = selectors.snapshot().transit(origin="東京都", prefecture=prefecture)
    assert transit is not None
    assert (transit.total, transit.is_estimate) == (days, True)


def test_shp_12_an_unknown_prefecture_has_no_days() -> None:
    """SHP-12 a person has to look."""
    assert selectors.snapshot().transit(origin="東京都", prefecture="東京県") is None


def test_shp_20_the_longest_match_of_the_carriers_own_list_wins(actor: Actor) -> None:
    """SHP-20 postcode prefix, carrier's list before the common one."""
    yamato = models.Carrier.objects.get(code="yamato")
    models.Island.objects.all().delete()
    models.Island.objects.create(postcode="10021", extra_days=7)
    models.Island.objects.create(postcode="1002101", extra_days=9, no_cod=True)
    models.Island.objects.create(carrier=yamato, postcode="10021", extra_days=5)
    snapshot = selectors.snapshot()
    found = [snapshot.island("1002101", carrier) for carrier in ("", "yamato", "sagawa")]
    assert [island.extra_days if island else None for island in found] == [9, 9, 9]
    assert [i.extra_days if (i := snapshot.island("1002100", c)) else None for c in ("", "yamato")] == [7, 5]
    assert snapshot.island("1000001") is None
    transit = snapshot.transit(origin="東京都", prefecture="東京都", service="takkyubin", postcode="1002100")
    assert transit is not None
    assert transit.total == 1 + 5


def test_a_services_own_days_come_before_the_common_ones() -> None:
    service = models.DeliveryService.objects.get(code="yupacket")
    models.LeadTime.objects.create(service=service, origin_zone="kanto", zone="kansai", days=3)
    snapshot = selectors.snapshot()
    days = [
        transit.days
        for code in ("yupacket", "takkyubin")
        if (transit := snapshot.transit(origin="東京都", prefecture="大阪府", service=code))
    ]
    assert days == [3, 1]


def test_judging_many_orders_costs_one_query(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    selectors.snapshot()
    with django_assert_num_queries(1):
        snapshot = selectors.snapshot()
        for _ in range(100):
            snapshot.method("代引き")
            snapshot.transit(origin="東京都", prefecture="大阪府", service="takkyubin", postcode="1002101")


def test_the_snapshot_follows_changes(actor: Actor) -> None:
    method = models.PaymentMethod.objects.get(code="bank")
    assert selectors.snapshot().methods["bank"].due_days == 7
    services.save_method(actor, method_id=method.pk, changes={"due_days": 5, "aliases": ["ふりこみ"]})
    assert selectors.snapshot().methods["bank"].due_days == 5
    assert selectors.snapshot().method("フリコミ") is not None


@pytest.mark.django_db(transaction=True)
def test_a_new_database_can_be_paid_and_can_send() -> None:
    """Also after the tables were emptied, as between tests that commit."""
    snapshot = selectors.snapshot()
    assert len(snapshot.methods) == len(METHODS)
    assert len(snapshot.services) == len(SERVICES)
