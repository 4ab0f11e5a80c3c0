"""The search over everything, as far as orders answer: by what, why, exact numbers, goods."""

from __future__ import annotations

import dataclasses

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from akinai.backoffice.orders import frame, search, selectors
from akinai.foundation.core.actor import SYSTEM
from akinai.foundation.core.clock import FrozenClock
from tests.builders.accounts import client_for
from tests.builders.catalog import make_product, make_sku
from tests.builders.orders import TAKA, line, make_shop, place

pytestmark = pytest.mark.django_db

SATO = dataclasses.replace(
    TAKA, name="佐藤 美咲", kana="サトウ ミサキ", mail="misaki@example.jp", phone="090-9876-5432", company="株式会社 藍"
)


@pytest.fixture(autouse=True)
def shop(clock: FrozenClock) -> None:
    make_shop()


@pytest.fixture
def client() -> Client:
    return client_for()


def test_an_order_is_found_by_everything_it_bears_and_says_why() -> None:
    order = place("R-2026-77", buyer=SATO, ship_to=TAKA)
    asked = {
        order.number: "", "r-2026": "", "佐藤": "", "さとう": "フリガナ サトウ ミサキ", "佐藤 美咲": "",
        "misaki@": "メール misaki@example.jp", "9876": "電話 090-9876-5432", "株式会社藍": "会社名 株式会社 藍",
        "渡辺": "お届け先 渡邉 髙子", "03-1234-5678": "お届け先の電話 03-1234-5678", "佐藤 渡辺": "お届け先 渡邉 髙子",
    }  # fmt: skip
    for text, why in asked.items():
        [hit] = frame.find(text, SYSTEM, 5)
        assert (hit.title, hit.why) == (f"{order.number} 佐藤 美咲", why), text
    for text in ("鈴木", "佐藤 鈴木", "987654321", "美咲佐藤", "・"):
        assert not frame.find(text, SYSTEM, 5), text


def test_the_exact_number_is_opened_at_once_with_or_without_the_prefix(client: Client) -> None:
    first, second = place("A-1"), place("A-10")
    assert [o.number for o in selectors.search_orders("A-1").order_by("pk")] == [first.number, second.number]
    digits = first.number.removeprefix("UW-")
    for text in (first.number, first.number.lower(), "ＵＷ－" + digits, digits, str(int(digits)), "A-1", "a-1"):
        answer = client.get("/search/", {"q": text})
        assert (answer.status_code, answer.headers.get("Location")) == (302, f"/orders/{first.pk}/"), text
    typed = client.get("/search/", {"q": "A-1"}, headers={"HX-Request": "true"}).content.decode()
    assert typed.index(first.number) < typed.index(second.number), "the exact one comes first"


def test_goods_lead_to_the_orders_that_hold_them(client: Client) -> None:
    make_sku("YN-AI-01", product=make_product("YN", name="湯呑 藍釉"), jan="4901234567894")
    make_sku("SR-01", product=make_product("SR", name="小皿"))
    one, two = place("B-1", lines=[line("YN-AI-01")]), place("B-2", lines=[line("SR-01"), line("YN-AI-01", 2)])
    place("B-3", lines=[line("SR-01")])
    for text in ("YN-AI-01", "yn-ai-01", "4901234567894", "湯呑", "湯呑　藍釉"):
        with CaptureQueriesContext(connection) as asked:
            assert [o.pk for o, _name in search.with_goods(text, 6)] == [two.pk, one.pk], text
        assert len(asked) <= 5
        listed = client.get("/orders/", {"queue": "all", "goods": text}).content.decode()
        assert one.number in listed and two.number in listed and "B-3" not in listed
    assert search.with_goods("湯", 6) == [] and search.with_goods("なにもない", 6) == []
    assert client.get("/search/", {"q": "4901234567894"}).status_code == 302, "a JAN opens its SKU"
    page = client.get("/search/", {"q": "湯呑"}).content.decode()
    assert "この商品の受注" in page and "/orders/?queue=all&amp;goods=" in page


def test_what_short_words_find_is_said_honestly(client: Client) -> None:
    for n in range(3):
        place(f"C-{n}", buyer=SATO)
    page = client.get("/search/", {"q": "佐藤"}).content.decode()
    assert "先頭で探しています" in page and "C-2" in page
    assert "先頭で探しています" not in client.get("/search/", {"q": "佐藤美咲"}).content.decode()


def test_the_number_of_questions_does_not_grow_with_the_hits(client: Client) -> None:
    place("D-0", buyer=SATO)
    place("D-1", buyer=SATO)
    with CaptureQueriesContext(connection) as two:
        client.get("/search/", {"q": "佐藤美咲"})
    for n in range(2, 5):
        place(f"D-{n}", buyer=SATO)
    with CaptureQueriesContext(connection) as five:
        client.get("/search/", {"q": "佐藤美咲"})
    assert len(two) == len(five)
