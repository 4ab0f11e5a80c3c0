"""Customer pages as people use them."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from akinai.foundation.core.actor import Actor
from akinai.shop.customers import selectors
from akinai.shop.customers.check import violations
from akinai.shop.customers.models import Customer
from akinai.shop.customers.services import match_or_create, merge, unmerge
from tests.builders.accounts import client_for
from tests.builders.customers import make_buyer

pytestmark = pytest.mark.django_db


@pytest.fixture
def clerk() -> Client:
    return client_for("order")


def test_customers_are_listed_and_found(clerk: Client) -> None:
    match_or_create([make_buyer()])
    with CaptureQueriesContext(connection) as one:
        assert "山本 花子" in clerk.get("/customers/").content.decode()
    match_or_create(
        [make_buyer(f"客{i}", kana="", mail=f"c{i}@example.com", phone=f"03-1111-222{i}") for i in range(2)]
    )
    with CaptureQueriesContext(connection) as three:
        clerk.get("/customers/")
    assert len(one) == len(three)
    found = clerk.get("/customers/?q=やまもと").content.decode()
    assert "山本 花子" in found and "客1" not in found
    assert "山本 花子" in clerk.get("/search/?q=09012345678", follow=True).content.decode()


def test_a_customer_is_changed_and_found_by_the_new_words(clerk: Client) -> None:
    [customer] = match_or_create([make_buyer()])
    told = {"name": "田中 花子", "phone": "03-1234-5678", "mail": "new@example.com", "note": "4111 1111 1111 1111"}
    assert clerk.post(f"/customers/{customer.pk}/", told).status_code == 302
    customer.refresh_from_db()
    assert (customer.mail_key, customer.phone_key) == ("new@example.com", "0312345678")
    assert "411111******1111" in customer.note
    assert selectors.search("田中").count() == 1
    assert clerk.post(f"/customers/{customer.pk}/", {"mail": "x"}).status_code == 422
    assert clerk.post(f"/customers/{customer.pk}/", {"phone": "1"}).status_code == 422
    assert client_for("viewer").post(f"/customers/{customer.pk}/", told).status_code == 422
    assert client_for("warehouse").get(f"/customers/{customer.pk}/").status_code == 403
    assert clerk.get("/customers/987654321/").status_code == 404


def test_an_10_two_rows_are_merged_and_taken_apart_again(clerk: Client) -> None:
    first, second = match_or_create([make_buyer(), make_buyer("別名", phone="090-1234-5678", mail="b@example.com")])
    assert "b@example.com" in clerk.get(f"/customers/{first.pk}/").content.decode()
    assert clerk.post(f"/customers/{second.pk}/", {"name": "別名", "mail": "hanako@example.com"}).status_code == 422
    assert clerk.post(f"/customers/{first.pk}/merge/", {"other": second.pk}).status_code == 302
    assert match_or_create([make_buyer("別名", mail="b@example.com")]) == [first]
    assert selectors.ids_of(first.pk) == [first.pk, second.pk]
    assert selectors.search("別名").count() == 0
    assert clerk.post(f"/customers/{first.pk}/merge/", {"other": second.pk}).status_code == 409
    assert clerk.post(f"/customers/{first.pk}/merge/", {"other": first.pk}).status_code == 409
    assert clerk.post(f"/customers/{first.pk}/merge/", {"other": "x"}).status_code == 404
    assert clerk.post(f"/customers/{second.pk}/unmerge/").status_code == 302
    assert match_or_create([make_buyer("別名", mail="b@example.com")]) == [second]


def test_an_10_a_merge_shows_what_moves_and_looks_for_the_other(clerk: Client) -> None:
    first, second = match_or_create([make_buyer(), make_buyer("別名", phone="03-9999-8888", mail="b@example.com")])
    page = clerk.get(f"/customers/{first.pk}/merge/?q=べつ").content.decode()
    assert "見つかりませんでした" in page
    assert f"?other={second.pk}" in clerk.get(f"/customers/{first.pk}/merge/?q=03-9999").content.decode()
    asked = clerk.get(f"/customers/{first.pk}/merge/?other={second.pk}").content.decode()
    assert "b@example.com" in asked and "名寄せする" in asked
    assert Customer.objects.filter(merged_into=None).count() == 2, "looking changes nothing"
    assert "名寄せできません" in clerk.get(f"/customers/{first.pk}/merge/?other={first.pk}").content.decode()
    assert clerk.get(f"/customers/{first.pk}/merge/?other=x").status_code == 404
    assert client_for("viewer").get(f"/customers/{first.pk}/merge/").status_code == 403


def test_an_10_a_merge_taken_back_takes_those_who_came_along_with_it(actor: Actor) -> None:
    a, b, c, d = match_or_create(
        [make_buyer(f"客{n}", phone=f"03-1111-000{n}", mail=f"m{n}@example.com") for n in range(4)]
    )
    merge(actor, customer=d, into=c)
    merge(actor, customer=c, into=b)
    merge(actor, customer=b, into=a)
    assert selectors.ids_of(a.pk) == [a.pk, b.pk, c.pk, d.pk] and not list(violations())
    unmerge(actor, customer=c)
    assert selectors.ids_of(a.pk) == [a.pk, b.pk] and selectors.ids_of(c.pk) == [c.pk, d.pk]
    assert {x.pk for x in selectors.same_person(Customer.objects.get(pk=d.pk))} == {c.pk, d.pk} and not list(
        violations()
    )
    unmerge(actor, customer=b)
    unmerge(actor, customer=d)
    assert not Customer.objects.exclude(merged_into=None, joined_to=None).exists()
    Customer.objects.filter(pk=d.pk).update(merged_into=a)
    assert len(list(violations())) == 1


def test_a_phone_number_must_be_one_and_the_list_shows_postcodes_as_such(clerk: Client) -> None:
    for phone in ("でんわ😀", "123", "1" * 16):
        answer = clerk.post("/customers/new/", {"name": "山田", "phone": phone})
        assert answer.status_code == 422 and "電話番号として読めません" in answer.content.decode(), phone
    told = {"name": "山田", "phone": "+81 (0)90-1234-5678 内線12", "postcode": "1060032"}
    assert clerk.post("/customers/new/", told).status_code == 302
    assert "〒106-0032" in clerk.get("/customers/").content.decode()


def test_a_new_customer(clerk: Client) -> None:
    answer = clerk.post("/customers/new/", {"company": "(株)あおば商店", "phone": "03-0000-0000"})
    assert answer["Location"] == f"/customers/{Customer.objects.get().pk}/"
    assert clerk.post("/customers/new/", {"phone": "1"}).status_code == 422
