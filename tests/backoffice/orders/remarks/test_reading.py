"""The remarks reader on labelled remarks (REM-1 to REM-20): the public forty to the letter, our own by their shares."""

from __future__ import annotations

import datetime as dt
import time
from pathlib import Path

import pytest

from akinai.backoffice.orders.remarks import Confidence, Kind, interpret
from akinai.backoffice.orders.remarks.scoring import Example, evaluate, judge

from . import learn
from .learn import CORPORA
from .learn import corpus as examples

HERE = Path(__file__).parent
SATURDAY = dt.date(2026, 11, 21)


@pytest.mark.parametrize("example", examples("public"), ids=lambda example: example.id)
def test_rem_the_forty_public_examples(example: Example) -> None:
    """REM-3, REM-4, REM-10 to REM-20: kind, dates, window and text of every public example."""
    answer = interpret(example.remark, example.ordered)

    assert all(judge(example.expected, answer).values()), answer
    assert answer.kind is Kind.HARMLESS or answer.evidence or answer.kind is Kind.OTHER_CHECK


@pytest.mark.parametrize("name", CORPORA[1:])
def test_rem_2_our_own_examples_keep_the_targets(name: str) -> None:
    """REM-2: kinds and dates right in nine of ten, nothing that asks for something taken for courtesy."""
    score = evaluate(examples(name)).as_json()

    assert score["kind"] >= 0.94
    assert score["dates"] >= 0.95
    assert score["windows"] >= 0.95
    assert score["text"] >= 0.94
    assert score["false_harmless"] == 0


def test_rem_2_the_habits_are_in_step_with_the_remarks_they_were_learned_from(tmp_path: Path) -> None:
    """`python -m tests.backoffice.orders.remarks.learn` makes the very file the reader weighs remarks by."""
    learn.main(tmp_path / "habits.txt")

    assert (tmp_path / "habits.txt").read_bytes() == learn.LEARNED.read_bytes()


def test_rem_2_nothing_that_may_hide_a_wish_is_taken_for_courtesy() -> None:
    """REM-2: remarks that look like thanks or praise and yet ask for, or hint at, something."""
    traps = (HERE / "traps.txt").read_text(encoding="utf-8").splitlines()

    assert [trap for trap in traps if interpret(trap, SATURDAY).kind is Kind.HARMLESS] == []


def test_rem_2_courtesy_in_other_words_is_known() -> None:
    """REM-2: news, seasons, praise, thanks and good wishes as strangers put them; a few may be left to a person."""
    courtesies = (HERE / "courtesies.txt").read_text(encoding="utf-8").splitlines()

    assert len([said for said in courtesies if interpret(said, SATURDAY).kind is not Kind.HARMLESS]) <= 15


@pytest.mark.parametrize(
    "remark",
    [
        "以前キャンセルした際は丁寧にご対応くださりありがとうございました。今回もよろしくお願いします。",
        "前回のラッピングがとても素敵でした。ありがとうございました。",
        "いつも素早く届けていただき感謝しております。",
    ],
)
def test_rem_6_thanks_for_the_past_wish_nothing(remark: str) -> None:
    assert interpret(remark, SATURDAY).kind is Kind.HARMLESS


def test_rem_6_praise_of_a_service_that_is_wanted_again_stays_a_wish() -> None:
    answer = interpret("いつもラッピングありがとうございます。今回もお願いします。", SATURDAY)

    assert answer.kind is not Kind.HARMLESS


@pytest.mark.parametrize(
    ("remark", "ordered", "day"),
    [
        ("連休明けに届けてください", dt.date(2026, 11, 21), dt.date(2026, 11, 24)),
        ("連休明けに届けてください", dt.date(2027, 1, 5), dt.date(2027, 1, 12)),
        ("じゅうにがつむいかに届けてください", dt.date(2026, 11, 21), dt.date(2026, 12, 6)),
        ("じゅうがつはつかに届けてください", dt.date(2026, 9, 1), dt.date(2026, 10, 20)),
    ],
)
def test_rem_10_kana_days_and_runs_of_days_off(remark: str, ordered: dt.date, day: dt.date) -> None:
    answer = interpret(remark, ordered)

    assert (answer.kind, answer.deliver_on) == (Kind.DELIVER_ON, day)


def test_rem_every_kind_has_its_examples() -> None:
    """Eight examples of our own at least of each of the thirty kinds."""
    kinds = [e.expected["kind"] for name in CORPORA[1:] for e in examples(name)]

    assert {kind for kind in Kind if kinds.count(kind) < 8} == set()


def test_rem_3_evidence_points_at_the_buyers_own_words() -> None:
    remark = "お世話になります。１１／３０以降の到着希望です"
    answer = interpret(remark, SATURDAY)

    assert [remark[start:end] for start, end in answer.evidence] == ["１１／３０"]


def test_rem_3_evidence_of_half_width_kana_is_whole() -> None:
    remark = "ｷﾞﾌﾄﾗｯﾋﾟﾝｸﾞをお願いします"
    answer = interpret(remark, SATURDAY)

    assert answer.kind is Kind.GIFT_WRAP
    assert remark[slice(*answer.evidence[0])].startswith("ｷﾞﾌﾄ")


def test_rem_4_the_first_wish_by_rank_and_the_others_beside() -> None:
    answer = interpret("12/5以降に届けてください。あと領収書もお願いします。", SATURDAY)

    assert (answer.kind, answer.hold_until) == (Kind.HOLD_DELIVERY, dt.date(2026, 12, 5))
    assert answer.also == (Kind.RECEIPT,)


def test_rem_4_a_window_beside_a_date_is_its_field() -> None:
    answer = interpret("来週の土曜日の午前中に届けてください", SATURDAY)

    assert (answer.time_window, answer.also) == ("08-12", ())


@pytest.mark.parametrize(
    ("remark", "kind"),
    [
        ("12/5に届けていただくことは可能でしょうか", Kind.DELIVER_ON),
        ("午前中の配達はできますか？", Kind.TIME_ONLY),
    ],
)
def test_rem_5_a_polite_question_about_delivery_is_the_wish(remark: str, kind: Kind) -> None:
    assert interpret(remark, SATURDAY).kind is kind


@pytest.mark.parametrize(
    ("remark", "kind"),
    [
        ("買うのやめるわ、すんまへん", Kind.CANCEL_REQUEST),
        ("今回の注文は無しにしてもろてもええですか", Kind.CANCEL_REQUEST),
        ("ラッピングは不要です", Kind.HANDLING_NOTE),
        ("のしはいりません", Kind.HANDLING_NOTE),
        ("ノイズキャンセリングのイヤホン、楽しみにしています", Kind.HARMLESS),
        ("前回キャンセルしてしまいましたが今回はよろしくお願いします", Kind.OTHER_CHECK),
    ],
)
def test_rem_6_negation_and_words_inside_words(remark: str, kind: Kind) -> None:
    assert interpret(remark, SATURDAY).kind is kind


@pytest.mark.parametrize(
    ("remark", "kind", "text"),
    [
        ("カードにメリークリスマスと書いてください", Kind.MESSAGE_CARD, "メリークリスマス"),
        ("新年早々に届けてください", Kind.DELIVER_ON, ""),
        ("良い週末をお過ごしください。12/5に届けてください", Kind.DELIVER_ON, ""),
    ],
)
def test_rem_6_good_wishes_hide_no_wish(remark: str, kind: Kind, text: str) -> None:
    answer = interpret(remark, SATURDAY)

    assert (answer.kind, answer.text) == (kind, text)


def test_rem_6_not_cod_but_transfer() -> None:
    answer = interpret("代引きではなく振込でお願いします", SATURDAY)

    assert (answer.kind, answer.text) == (Kind.CHANGE_PAYMENT, "銀行振込")


@pytest.mark.parametrize(
    ("remark", "until", "confidence"),
    [("2/19以降に届けて下さい", dt.date(2027, 2, 19), "high"), ("2/20以降に届けて下さい", dt.date(2027, 2, 20), "low")],
)
def test_rem_11b_more_than_ninety_days_ahead_is_uncertain(remark: str, until: dt.date, confidence: str) -> None:
    answer = interpret(remark, SATURDAY)

    assert (answer.hold_until, str(answer.confidence)) == (until, confidence)


@pytest.mark.parametrize("remark", ["12月3日（金）着で", "紹介コードABC123"])
def test_rem_11b_contradiction_and_the_unknown_are_uncertain(remark: str) -> None:
    assert interpret(remark, SATURDAY).confidence is Confidence.LOW


def test_rem_16_a_date_beats_a_length() -> None:
    assert interpret("一週間ほど留守です。12/3以降に届けて下さい", SATURDAY).hold_until == dt.date(2026, 12, 3)
    assert interpret("一週間ほど留守です。", SATURDAY).hold_until == dt.date(2026, 11, 29)


@pytest.mark.parametrize(
    ("ordered", "remark", "kind", "day"),
    [
        ("2026-12-10", "年明けに届けてください", "deliver_on", "2027-01-04"),
        ("2026-12-10", "年明け以降に届けてください", "hold_delivery", "2027-01-04"),
        ("2026-08-03", "お盆明けに届けてください", "deliver_on", "2026-08-17"),
        ("2026-08-03", "お盆明けになってから届けてください", "hold_delivery", "2026-08-17"),
        ("2027-06-01", "父の日に届くようにお願いします", "deliver_on", "2027-06-20"),
        ("2026-09-01", "敬老の日までに届きますように", "deliver_by", "2026-09-21"),
        ("2026-11-21", "クリスマスに届けて", "deliver_on", "2026-12-25"),
    ],
)
def test_rem_17_named_days(ordered: str, remark: str, kind: str, day: str) -> None:
    answer = interpret(remark, dt.date.fromisoformat(ordered))

    assert (answer.kind, str(answer.hold_until or answer.deliver_on)) == (kind, day)


def test_rem_17_about_a_day_is_approximate() -> None:
    answer = interpret("12月10日頃に届けてください", SATURDAY)

    assert (answer.deliver_on, answer.text) == (dt.date(2026, 12, 10), "approx")


@pytest.mark.parametrize(
    ("said", "window"),
    [
        ("午前中", "08-12"),
        ("お昼", "12-14"),
        ("午後", "12-18"),
        ("夕方", "16-18"),
        ("夜", "18-21"),
        ("19時以降", "19-21"),
        ("午後６時以降", "18-21"),
        ("十五時まで", "08-15"),
        ("夕方六時から八時", "18-20"),
        ("14:00〜16:00", "14-16"),
    ],
)
def test_rem_18_windows(said: str, window: str) -> None:
    answer = interpret(f"{said}に届けてください", SATURDAY)

    assert (answer.kind, answer.time_window) == (Kind.TIME_ONLY, window)


def test_rem_19_shipping_and_delivery_are_told_apart() -> None:
    assert interpret("12/5以降に発送して下さい", SATURDAY).kind is Kind.HOLD_SHIP
    assert interpret("12/5以降に届くように発送して下さい", SATURDAY).kind is Kind.HOLD_DELIVERY


@pytest.mark.parametrize(
    "remark", ["", " ", "\n", "。。。", "😀", "ー", "１" * 500, "(" * 300, "13/45 25時 99日 二十十"]
)
def test_rem_2_nonsense_is_read_without_fail(remark: str) -> None:
    assert interpret(remark, SATURDAY).kind in Kind


@pytest.mark.parametrize(
    "remark",
    ["なしでお願いします", "いつもので", "自宅用です", "ずっと待っています", "Lでお願いします", "娘が注文しました",
     "急ぎです", "ありがとう、でも今回は要らない", "できれば丁寧に", "2つで", "お返事お待ちしております", "玄関で"],
)  # fmt: skip
def test_rem_2_short_words_that_may_ask_for_something_are_no_courtesy(remark: str) -> None:
    assert interpret(remark, SATURDAY).kind is not Kind.HARMLESS


def test_n_1_two_thousand_remarks_a_second() -> None:
    """N-1: at least 2,000 remarks a second on one core; half of it is asked here, for machines that are busy."""
    every = [e for name in ("public", "first", "unseen") for e in examples(name)]
    for example in every:
        interpret(example.remark, example.ordered)
    start = time.process_time()
    for example in every:
        interpret(example.remark, example.ordered)

    assert len(every) / (time.process_time() - start) > 1_000
