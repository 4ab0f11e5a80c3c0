"""Finding parts of words and beginnings of names: search folding (11b), both databases."""

from __future__ import annotations

import pytest
from django.db import connection

from akinai.foundation.core import fulltext
from akinai.foundation.core.text import fold
from akinai.shop.customers.identity import INDEX
from akinai.shop.customers.models import Customer


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("渡辺", [["  渡辺"]]),
        ("わたなべ", [["ワタナベ"]]),
        ("ﾜﾀﾅﾍﾞ ＵＷ", [["ワタナベ"], ["uw"]]),
        ("わた uw", [["  ワタ"], ["  uw"]]),
        ("03-1234-5678", [["0312345678"]]),
        ("０３（１２３４）５６７８", [["0312345678"]]),
        ("1234-5678", [["1234-5678", "12345678"]]),
        ("262033-20161122-0000012345", [["262033-20161122-0000012345", "262033201611220000012345"]]),
        ("1-2", [["1-2"]]),
        (" ・ \x00", []),
    ],
)
def test_search_folding_of_what_is_asked(text: str, found: list[list[str]]) -> None:
    assert fulltext.wanted(text) == found


def test_short_words_are_also_one_name() -> None:
    assert fulltext.whole("佐藤 美咲") == "佐藤美咲"
    assert fulltext.whole("森 愛") == "  森愛"
    assert fulltext.whole("佐藤") == ""
    assert fulltext.whole("長谷川 愛") == ""


def row(name: str, *more: str) -> Customer:
    return Customer.objects.create(name=name, search_text=fulltext.joined(fold(p) for p in (name, *more)))


def found(text: str) -> set[str]:
    return set(Customer.objects.filter(INDEX.matches(text)).values_list("name", flat=True))


@pytest.mark.django_db
def test_folded_on_both_sides_long_marks_and_small_kana_are_not() -> None:
    row("髙﨑 邉太", "タカサキ ヘンタ", "taka@example.jp", "0312345678")
    row("林 愛", "ハヤシ アイ", "a_b%c@example.jp")
    row("小林 誠", "コバヤシ マコト")
    row("シャー ロック")
    assert found("高崎") == found("たかさき") == found("髙﨑　辺太") == {"髙﨑 邉太"}
    assert found("林") == {"林 愛"}, "a single character begins a name"
    assert found("林 愛") == found("林・愛") == {"林 愛"}
    assert found("辺太 0312") == {"髙﨑 邉太"}
    assert found("taka@example.jp") == found("aka@exa") == {"髙﨑 邉太"} and found("taka@example.com") == set()
    assert found("a_b%") == {"林 愛"} and found("axb%") == set()
    assert found('"') == found("*") == found("AND OR") == found("") == set()
    assert found("シャー") == {"シャー ロック"} and found("シヤー") == set() and found("シャ") == {"シャー ロック"}


@pytest.mark.django_db
def test_the_index_follows_changes_and_is_made_again_where_it_was_lost() -> None:
    kept = row("山田 花子")
    kept.search_text = fulltext.joined(["田中花子"])
    kept.save()
    assert found("山田") == set() and found("田中") == {"山田 花子"}
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            for deed in ("insert", "update", "delete"):
                cursor.execute(f"DROP TRIGGER customers_search_{deed}")
        lost = row("鈴木 一郎")
        assert found("鈴木") == set()
        INDEX.ensure()
        assert found("鈴木") == {lost.name}
    INDEX.ensure()
    kept.delete()
    assert found("田中") == set()
