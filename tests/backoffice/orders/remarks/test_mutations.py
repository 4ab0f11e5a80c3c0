"""What a remark asks for does not depend on how it is typed or on what courtesy stands around it (REM-10, REM-4)."""

from __future__ import annotations

import datetime as dt

from hypothesis import given, settings
from hypothesis import strategies as st

from akinai.backoffice.orders.remarks import Interpretation, Kind, interpret

SATURDAY = dt.date(2026, 11, 21)
DAYS = st.dates(SATURDAY, dt.date(2027, 2, 19))
WISHES = st.sampled_from(
    [
        ("{day}以降に届けてください", Kind.HOLD_DELIVERY),
        ("{day}まで不在です", Kind.HOLD_DELIVERY),
        ("{day}以降に発送してください", Kind.HOLD_SHIP),
        ("{day}に届けてください", Kind.DELIVER_ON),
        ("{day}必着でお願いします", Kind.DELIVER_BY),
        ("{day}までに届くようにお願いします", Kind.DELIVER_BY),
        ("{day}は留守なので避けてください", Kind.AVOID_PERIOD),
    ]
)
SIDE_WISHES = st.sampled_from(
    [
        ("領収書をお願いします", Kind.RECEIPT),
        ("のしを付けてください", Kind.NOSHI),
        ("ラッピングしてください", Kind.GIFT_WRAP),
        ("玄関前に置いてください", Kind.PLACE_DROP),
        ("発送したらメールをください", Kind.CONTACT_REQUEST),
    ]
)
BEFORE = st.sampled_from(["", "お世話になります。", "こんにちは！\n", "いつもありがとうございます♪ ", "はじめまして。"])
AFTER = st.sampled_from(["", "。よろしくお願いします", "！楽しみにしています(^^)", "\nお手数をおかけします。", "😊"])
SLIPS = {
    "不在": "不材",
    "届": "屆",
    "以降": "以後",
    "配達": "配逹",
    "ください": "下さい",
    "お願い": "おねがい",
    "必着": "必着",
}
_KANJI = "〇一二三四五六七八九"


def _fields(answer: Interpretation) -> tuple[object, ...]:
    return answer.kind, answer.hold_until, answer.deliver_on, answer.time_window


def _kanji(number: int) -> str:
    tens, ones = divmod(number, 10)
    ten = "" if not tens else "十" if tens == 1 else _KANJI[tens] + "十"
    return ten + (_KANJI[ones] if ones else "")


def _written(day: dt.date) -> st.SearchStrategy[str]:
    plain = f"{day.month}月{day.day}日"
    return st.sampled_from(
        [
            plain,
            f"{day.month}/{day.day}",
            plain.translate({ord(c): ord(c) + 0xFEE0 for c in "0123456789"}),
            f"{_kanji(day.month)}月{_kanji(day.day)}日",
            f"{day.month}がつ{day.day}にち",
            f"{day.year}年{plain}",
            f"令和{day.year - 2018}年{plain}",
            f"{plain}({'月火水木金土日'[day.weekday()]})",
            f" {day.month}月 {day.day}日",
        ]
    )


@settings(max_examples=300, deadline=None)
@given(st.data(), DAYS, WISHES, BEFORE, AFTER)
def test_rem_10_how_a_day_is_written_changes_nothing(
    data: st.DataObject, day: dt.date, wish: tuple[str, Kind], before: str, after: str
) -> None:
    pattern, kind = wish
    plain = interpret(pattern.format(day=f"{day.month}月{day.day}日"), SATURDAY)
    dressed = interpret(before + pattern.format(day=data.draw(_written(day))) + after, SATURDAY)

    if day > SATURDAY + dt.timedelta(days=1):
        assert plain.kind is kind
    assert _fields(dressed) == _fields(plain)


@settings(max_examples=150, deadline=None)
@given(DAYS, WISHES, st.sampled_from(sorted(SLIPS)))
def test_rem_10_common_slips_change_nothing(day: dt.date, wish: tuple[str, Kind], meant: str) -> None:
    remark = wish[0].format(day=f"{day.month}/{day.day}")

    assert _fields(interpret(remark.replace(meant, SLIPS[meant]), SATURDAY)) == _fields(interpret(remark, SATURDAY))


@settings(max_examples=150, deadline=None)
@given(DAYS, WISHES, SIDE_WISHES, st.booleans())
def test_rem_4_of_two_wishes_the_rank_decides_not_the_order(
    day: dt.date, wish: tuple[str, Kind], side: tuple[str, Kind], side_first: bool
) -> None:
    main = wish[0].format(day=f"{day.month}/{day.day}")
    both = f"{side[0]}。{main}" if side_first else f"{main}。{side[0]}"
    answer = interpret(both, SATURDAY)

    assert _fields(answer)[:3] == _fields(interpret(main, SATURDAY))[:3]
    assert side[1] in answer.also


@settings(max_examples=200, deadline=None)
@given(BEFORE, SIDE_WISHES, AFTER)
def test_rem_2_courtesy_around_a_wish_never_hides_it(before: str, side: tuple[str, Kind], after: str) -> None:
    assert interpret(before + side[0] + after, SATURDAY).kind is side[1]


@settings(max_examples=300, deadline=None)
@given(st.text(max_size=80))
def test_rem_any_text_is_read_without_fail(text: str) -> None:
    answer = interpret(text, SATURDAY)

    assert all(0 <= start <= end <= len(text) for start, end in answer.evidence)
