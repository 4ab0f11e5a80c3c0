"""The language of rules: every field with every operator, groups, reasons why, sentences. No database (N-10, R36)."""

from __future__ import annotations

import dataclasses
import datetime as dt
import json
from collections.abc import Iterator
from typing import Any

import pytest
from django.utils import translation

from akinai.backoffice.orders.rules.facts import LineFacts
from akinai.backoffice.orders.rules.fields import FIELDS, Read
from akinai.backoffice.orders.rules.judging import Ready, judge
from akinai.backoffice.orders.rules.matching import compiled, fingerprint, pack_seen, reads, why
from akinai.backoffice.orders.rules.operators import OPERATORS, Kind
from akinai.backoffice.orders.rules.sentences import condition_sentence, rule_sentence, why_sentence
from akinai.backoffice.orders.rules.spec import Condition, Group, Spec, pack, unpack
from tests.builders.rules import FACTS, TODAY, act, condition, facts_with, spec

Case = tuple[tuple[Any, ...], Any, Any]


def day(offset: int) -> dt.date:
    return TODAY + dt.timedelta(days=offset)


_TEXT: dict[str, Case] = {
    "contains": (("のし",), "内のしを希望", "お急ぎ"),
    "not_contains": (("のし",), "お急ぎ", "内のしを希望"),
    "contains_any": (("のし", "ﾗｯﾋﾟﾝｸﾞ"), "ラッピング希望", "お急ぎ"),
    "is": (("ABC-1",), "ａｂｃ-1", "abc-12"),
    "is_not": (("ABC-1",), "abc-12", "abc-1"),
    "one_of": (("ABC-1", "XYZ"), "xyz", "abc"),
    "none_of": (("ABC-1", "XYZ"), "abc", "xyz"),
    "starts": (("03",), "03-1234-5678", "06-1234-0300"),
    "ends": (("@example.jp",), "taka@EXAMPLE.jp", "taka@example.jp.invalid"),
    "empty": ((), "", "あり"),
    "not_empty": ((), "あり", ""),
}
_NUMBER: dict[str, Case] = {
    "at_least": ((3,), 3, 2),
    "at_most": ((3,), 3, 4),
    "more": ((3,), 4, 3),
    "less": ((3,), 2, 3),
    "equals": ((3,), 3, 4),
    "differs": ((3,), 4, 3),
    "between": ((2, 4), 4, 5),
}
_DATE: dict[str, Case] = {
    "on": (("2026-11-25",), day(1), day(2)),
    "before": (("2026-11-25",), day(0), day(1)),
    "after": (("2026-11-25",), day(2), day(1)),
    "between": (("2026-11-25", "2026-11-26"), day(2), day(3)),
    "within": ((3,), day(3), day(4)),
    "beyond": ((3,), day(4), day(3)),
    "past": ((3,), day(-3), day(-2)),
    "empty": ((), None, day(0)),
    "not_empty": ((), day(0), None),
}
#: `today` moves with the facts, so what is counted from today is asked of it in another way.
_OF_TODAY: dict[str, Case] = {
    "within": ((3,), day(0), None),
    "beyond": ((-1,), day(9), None),
    "past": ((0,), day(0), None),
}
_YESNO: dict[str, Case] = {"yes": ((), True, False), "no": ((), False, True)}
_LIST: dict[str, Case] = {
    "has": (("a", "b"), ("b", "c"), ("c",)),
    "has_all": (("a", "b"), ("a", "b", "c"), ("a",)),
    "has_none": (("a", "b"), ("c",), ("b", "c")),
    "empty": ((), (), ("a",)),
    "not_empty": ((), ("a",), ()),
}
_CHOICE: dict[str, Case] = {"one_of": (("1", "3"), "3", "2"), "none_of": (("1", "3"), "2", "3")}
CASES = {
    Kind.TEXT: _TEXT,
    Kind.NUMBER: _NUMBER,
    Kind.YEN: _NUMBER,
    Kind.DATE: _DATE,
    Kind.YESNO: _YESNO,
    Kind.LIST: _LIST,
    Kind.CHOICE: _CHOICE,
}
PAIRS = [(field.key, op) for field in FIELDS.values() for op in field.operators]


def test_there_are_enough_things_to_ask() -> None:
    """N-10: at least 80 pairs of field and operator, and each has its case below."""
    assert len(PAIRS) >= 80
    assert {kind: set(cases) for kind, cases in CASES.items()} == {kind: set(ops) for kind, ops in OPERATORS.items()}


@pytest.mark.parametrize(("key", "op"), PAIRS)
def test_every_field_answers_every_operator(key: str, op: str) -> None:
    """N-10: an order that fits and one that does not, for each pair."""
    args, fitting, other = CASES[FIELDS[key].kind][op]
    if key == "today" and op in _OF_TODAY:
        args, fitting, other = _OF_TODAY[op][0], FACTS.today, None
    holds = compiled(spec(Condition(key, op, args)))
    if (key, op) == ("today", "beyond"):
        assert holds(FACTS)
    else:
        assert holds(facts_with(key, fitting)), "an order that fits"
    if key == "today" and op in _OF_TODAY:
        turned = {"within": -1, "beyond": 0, "past": 1}[op]
        assert not compiled(spec(Condition(key, op, (turned,))))(FACTS)
    else:
        assert not holds(facts_with(key, other)), "an order that does not fit"


def test_every_field_says_what_it_reads() -> None:
    assert [f.key for f in FIELDS.values() if not f.reads] == []
    used = {fact for f in FIELDS.values() for fact in f.reads}
    assert used == set(Read)


LINES = (LineFacts(sku="A", quantity=1), LineFacts(sku="B", quantity=5, is_fragile=True))


@pytest.mark.parametrize(
    ("lines", "least", "expected"), [("any", 5, True), ("any", 6, False), ("all", 1, True), ("all", 2, False)]
)
def test_any_line_or_every_line(lines: str, least: int, expected: bool) -> None:
    facts = dataclasses.replace(FACTS, lines=LINES)
    assert compiled(spec(condition("line_quantity", "at_least", least, lines=lines)))(facts) is expected


def test_every_line_of_none_is_not_true() -> None:
    nothing = dataclasses.replace(FACTS, lines=())
    assert not compiled(spec(condition("line_quantity", "at_least", 1, lines="all")))(nothing)


A, B, C = (condition("is_gift", "yes"), condition("total", "at_least", 30_000), condition("remark", "not_empty"))


@pytest.mark.parametrize(
    ("made", "holds"),
    [
        (Spec((Group((A, B)),)), False),
        (Spec((Group((A, B), any=True),)), True),
        (Spec((Group((A,)), Group((B,)))), False),
        (Spec((Group((A,)), Group((B,))), any=True), True),
        (Spec((Group((A,)), Group((B, C), any=True))), False),
        (Spec((Group((B,)), Group((B, C), any=True))), True),
        (Spec((Group((B, C)), Group(()))), True),
        (Spec(), False),
        (Spec((Group(()),)), False),
        (Spec((Group((condition("gone", "is", "x"),)),)), False),
        (Spec((Group((condition("total", "gone", "x"),)),)), False),
    ],
)
def test_groups_are_joined_by_and_and_or(made: Spec, holds: bool) -> None:
    """N-10: AND/OR groups, one level deep; what this program does not know holds for nothing."""
    facts = dataclasses.replace(FACTS, total=30_000, remark="お急ぎ")
    assert compiled(made)(facts) is holds
    assert unpack(json.loads(json.dumps(pack(made)))) == made


def test_why_names_what_was_seen() -> None:
    """N-11: the log says which conditions held and what they saw; the others of an OR are left out."""
    facts = dataclasses.replace(FACTS, total=32_000, lines=LINES)
    made = Spec((Group((A, B), any=True), Group((condition("line_fragile", "yes"),))))
    seen = why(made, facts)
    assert [(s.condition.field, s.value) for s in seen] == [("total", 32_000), ("line_fragile", [True])]
    assert reads(made) == {Read.NOTES, Read.MONEY, Read.LINES}
    with translation.override("ja"):
        assert why_sentence(pack_seen(seen)[0]) == "合計金額（税込）が30,000円以上（32,000円）"


def test_the_same_facts_have_the_same_fingerprint() -> None:
    """N-11: a passing day is no news, a changed amount is."""
    made = spec(B, condition("today", "not_empty"))

    def print_of(**changes: Any) -> str:
        return fingerprint(why(made, dataclasses.replace(FACTS, **{"total": 30_000, **changes})))

    assert print_of() == print_of(today=day(1), remark="x")
    assert print_of() != print_of(total=30_001)


def _ready(number: int, made: Spec, *, is_shadow: bool = False) -> Ready:
    return Ready(number, f"R{number}", 1, is_shadow, made, compiled(made), reads(made))


def test_a_rule_sees_what_the_one_before_did() -> None:
    """R36: rules act in their order, and one that only watches changes nothing for the next."""
    first = spec(B, do=(act("tag", name="高額"), act("note", text="二重箱")))
    second = spec(condition("tags", "has", "高額"), condition("warehouse_note", "contains", "二重箱"))
    facts = dataclasses.replace(FACTS, total=30_000)
    assert [hit.rule.id for hit in judge([_ready(1, first), _ready(2, second)], facts)] == [1, 2]
    assert [hit.rule.id for hit in judge([_ready(2, second), _ready(1, first)], facts)] == [1]
    assert [hit.rule.id for hit in judge([_ready(1, first, is_shadow=True), _ready(2, second)], facts)] == [1]


def test_a_rule_does_not_see_its_own_deed() -> None:
    """N-11: what a rule did is never its reason to take it back."""
    action = act("tag", name="新規")
    rule = _ready(1, spec(condition("tags", "has_none", "新規"), do=(action,)))
    facts = dataclasses.replace(FACTS, tags=("新規",))
    assert judge([rule], facts) == []
    assert len(judge([rule], facts, own={1: [(action, {})]})) == 1


SENTENCES = [
    (condition("total", "at_least", 30_000), "合計金額（税込）が30,000円以上",
     "total (incl. tax) is 30,000 yen or more"),
    (condition("remark", "contains_any", "のし", "熨斗"), "備考に「のし」、「熨斗」のどれかを含む",
     "buyer's remark contains one of “のし”, “熨斗”"),
    (condition("is_gift", "yes"), "ギフトである", "gift: yes"),
    (condition("is_gift", "no"), "ギフトではない", "gift: no"),
    (condition("wish_date", "within", 3), "お届け希望日が今日から3日以内",
     "wished delivery day is today or within 3 days"),
    (condition("ship_prefecture", "one_of", "沖縄県"), "お届け先の都道府県が「沖縄県」",
     "recipient's prefecture is “沖縄県”"),
    (condition("line_quantity", "more", 9, lines="all"), "どの明細も、明細の数量が9より多い",
     "of every line, quantity of a line is more than 9"),
]  # fmt: skip


@pytest.mark.parametrize(("asked", "japanese", "english"), SENTENCES)
def test_a_condition_reads_as_a_sentence(asked: Condition, japanese: str, english: str) -> None:
    with translation.override("ja"):
        assert condition_sentence(asked) == japanese
    with translation.override("en"):
        assert condition_sentence(asked) == english


def test_a_rule_reads_as_a_sentence() -> None:
    made = Spec((Group((A, B), any=True), Group((C,))), (act("tag", name="確認"), act("accept")))
    with translation.override("ja"):
        assert rule_sentence(made) == (
            "（ギフトである、または合計金額（税込）が30,000円以上）、かつ備考が入力されているなら"
            " → タグ「確認」を付ける、受注を確定する"
        )
        assert rule_sentence(Spec()) == "条件がまだありません"


@pytest.mark.parametrize("language", ["ja", "en"])
def test_every_pair_reads_as_a_sentence(language: str) -> None:
    with translation.override(language):
        said = list(_sentences())
    assert len(said) == len(PAIRS)
    assert all(text and "%" not in text.replace("(%)", "").replace("（%）", "") for text in said)


def _sentences() -> Iterator[str]:
    for key, op in PAIRS:
        if FIELDS[key].choices is None or FIELDS[key].operators[op].takes != "many":
            args = CASES[FIELDS[key].kind][op][0]
            yield condition_sentence(Condition(key, op, args))
        else:
            yield f"{FIELDS[key].label} {FIELDS[key].operators[op].label}"
