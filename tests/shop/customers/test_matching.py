"""Who is the same person (AN-10), on both databases."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from akinai.shop.customers import selectors
from akinai.shop.customers.identity import is_relay, keys_of
from akinai.shop.customers.models import Customer
from akinai.shop.customers.services import match_or_create
from akinai.shop.customers.types import Buyer
from tests.builders.customers import make_buyer


@pytest.mark.parametrize("phone", ["＋81-90-1234-5678", "090 1234 5678", "１８６-090-1234-5678"])
def test_cs_20_one_phone_in_many_writings(phone: str) -> None:
    assert keys_of(make_buyer(phone=phone)).phone == "09012345678"


def test_cs_20_no_number_is_no_key() -> None:
    for phone in ("非通知", "公衆電話", "表示圏外", ""):
        assert keys_of(make_buyer(phone=phone)).phone == ""


def test_an_10_addresses_lent_by_malls_name_nobody() -> None:
    assert is_relay("abc123@pc.fw.rakuten.ne.jp")
    assert is_relay("x.y@marketplace.amazon.co.jp")
    assert not is_relay("fw.rakuten.ne.jp@example.com")
    assert keys_of(make_buyer(mail="abc@pc.fw.rakuten.ne.jp")).mail == ""
    assert keys_of(make_buyer(mail="abc@mall.example", mail_is_masked=True)).mail == ""
    assert keys_of(make_buyer(mail=" Hanako@Example.COM ")).mail == "hanako@example.com"


@pytest.mark.django_db
def test_an_10_mail_then_phone_and_name_then_address() -> None:
    [first] = match_or_create([make_buyer()])
    same = match_or_create(
        [
            make_buyer("別の名", phone="", mail="HANAKO@example.com", address1=""),
            make_buyer("山本花子", mail="a@pc.fw.rakuten.ne.jp", phone="＋81-90-1234-5678"),
            make_buyer("山本　花子", mail="", phone="", address1="港区六本木１－２－３"),
        ]
    )
    assert [c.pk for c in same] == [first.pk] * 3
    others = match_or_create(
        [
            make_buyer("鈴木 一郎", mail="", address1=""),  # the phone of a household, another name
            make_buyer(mail="b@pc.fw.rakuten.ne.jp", phone="03-1111-2222", address1="港区赤坂1-1-1"),
        ]
    )
    assert len({first.pk, *(c.pk for c in others)}) == 3


@pytest.mark.django_db
def test_an_10_the_same_new_person_twice_in_one_file_is_one() -> None:
    found = match_or_create([make_buyer(), make_buyer("山本 ハナコ"), make_buyer(mail="")])
    assert len({c.pk for c in found}) == 1
    assert Customer.objects.count() == 1


@pytest.mark.django_db
def test_nobody_at_all_is_always_somebody_new() -> None:
    first, second = match_or_create([Buyer(), Buyer()])
    assert first.pk and second.pk and first.pk != second.pk


@pytest.mark.django_db
def test_an_10_a_merged_customer_answers_through_the_other() -> None:
    [kept] = match_or_create([make_buyer()])
    [gone] = match_or_create([make_buyer("山本 花子", mail="other@example.com", phone="", address1="")])
    gone.merged_into = kept
    gone.save(update_fields=["merged_into"])
    [found] = match_or_create([make_buyer(mail="other@example.com", phone="")])
    assert found == kept


@pytest.mark.django_db
def test_a_real_mail_address_is_learnt_later() -> None:
    [first] = match_or_create([make_buyer(mail="a@pc.fw.rakuten.ne.jp")])
    [again] = match_or_create([make_buyer()])
    assert again.pk == first.pk
    first.refresh_from_db()
    assert (first.mail, first.mail_key) == ("hanako@example.com", "hanako@example.com")
    [by_mail] = match_or_create([make_buyer("誰か", phone="", address1="")])
    assert by_mail.pk == first.pk


@pytest.mark.django_db
def test_an_10_who_was_made_under_the_same_key_elsewhere_is_taken() -> None:
    """Nobody found by looking, yet the key is taken: as when two imports make the same person at one moment."""
    [first] = match_or_create([make_buyer()])
    Customer.objects.update(mail_key="", phone_key="", name_key="", address_key="")
    again, other = match_or_create([make_buyer(), make_buyer("鈴木 一郎", mail="s@example.com", phone="", address1="")])
    assert again.pk == first.pk
    assert Customer.objects.get(name="鈴木 一郎").pk == other.pk != first.pk


@pytest.mark.django_db
def test_a_hundred_buyers_cost_a_few_statements() -> None:
    buyers = [make_buyer(f"客 {i}", mail=f"c{i}@example.com", phone=f"090-0000-{i:04d}") for i in range(100)]
    with CaptureQueriesContext(connection) as first:
        match_or_create(buyers)
    with CaptureQueriesContext(connection) as again:
        match_or_create(buyers)
    # the look, the keys, and the insert (by COPY, which is not counted) in a savepoint of its own
    assert len(first) <= 5
    assert len(again) == 1
    assert Customer.objects.count() == 100


@pytest.mark.django_db
def test_search_folds_both_sides() -> None:
    match_or_create([make_buyer("髙﨑 花子", kana="タカサキ ハナコ")])
    for query in ("高崎", "高崎花子", "たかさき", "ＴＡＫＡ", "090-1234", "hanako@", "六本木 花子", "1060032"):
        hits = selectors.search(query).count()
        assert hits == (0 if query == "ＴＡＫＡ" else 1), query
