"""Icons, yen, states and times, as every page shows them."""

from __future__ import annotations

import datetime as dt

import pytest
from django.utils import translation

from akinai.foundation.core.clock import JST, FrozenClock
from akinai.foundation.ui import html
from akinai.foundation.ui.statuses import TONES, statuses


def at(day: int, hour: int = 0, minute: int = 0, month: int = 11, year: int = 2026) -> dt.datetime:
    return dt.datetime(year, month, day, hour, minute, tzinfo=JST)


@pytest.mark.parametrize(
    ("key", "label", "said"),
    [
        ("staff:3", "佐藤 美咲", "佐藤 美咲"),
        ("job:returns.x", "returns.x", "自動"),
        ("system", "", "自動"),
        ("token:1", "", "token:1"),
    ],
)
def test_people_are_named_and_programs_are_automatic(key: str, label: str, said: str) -> None:
    with translation.override("ja"):
        assert html.person(key, label) == said


def test_yen_has_its_small_unit_and_a_real_minus() -> None:
    assert html.yen(1234) == '1,234<span class="ak-yen">円</span>'
    assert html.yen(-110) == '−110<span class="ak-yen">円</span>'
    assert html.yen(None) == ""


def test_yen_in_english_has_the_sign_in_front() -> None:
    with translation.override("en"):
        assert html.yen(-1234) == '−<span class="ak-yen">¥</span>1,234'


def test_an_icon_is_decoration_unless_it_is_named() -> None:
    assert 'aria-hidden="true"' in html.icon("truck")
    assert 'role="img" aria-label="&lt;出荷&gt;"' in html.icon("truck", label="<出荷>")
    assert "#truck" in html.icon("truck")


def test_words_in_a_badge_are_escaped() -> None:
    assert "<b>" not in html.badge("warn", "<b>")


def test_a_registered_state_brings_word_icon_and_tone() -> None:
    drawn = html.status("check")
    assert "act" in drawn
    assert "#eye" in drawn
    assert "確認待ち" in drawn


def test_a_tone_takes_its_own_words() -> None:
    assert html.status("warn", "不足 1", icon_name="packages").endswith("不足 1</span>")


def test_an_unknown_state_is_a_mistake() -> None:
    with pytest.raises(KeyError):
        html.status("nonsense")


def test_every_state_has_a_tone_and_an_icon() -> None:
    assert all(s.tone in TONES and s.icon and str(s.label) for s in statuses)


@pytest.mark.parametrize(
    ("when", "said"),
    [
        (at(24, 9, 49).replace(second=30), "たった今"),
        (at(24, 9, 12), "38分前"),
        (at(24, 7, 0), "2時間50分前"),
        (at(23, 21, 14), "昨日"),
        (at(21, 9), "3日前"),
        (at(10, 9), "11/10(火)"),
        (at(24, 12, 0), "あと2時間10分"),
        (at(25, 12, 0), "明日 12:00"),
        (at(27, 17, 0), "11/27(金) 17:00"),
    ],
)
def test_relative_time(clock: FrozenClock, when: dt.datetime, said: str) -> None:
    assert html.ago(when) == said


def test_the_exact_time_stands_on_hover_in_jst(clock: FrozenClock) -> None:
    drawn = html.relative_time(dt.datetime(2026, 11, 24, 0, 12, tzinfo=dt.UTC))
    assert drawn == '<time datetime="2026-11-24T09:12:00+09:00" title="2026-11-24 09:12">38分前</time>'


def test_dates_kept_as_text_and_postcodes_read_as_people_write_them(clock: FrozenClock) -> None:
    assert (html.iso_day("2026-11-24"), html.iso_day(""), html.iso_day("soon")) == ("11/24(火)", "", "soon")
    assert (html.postcode("4260019"), html.postcode("426-0019"), html.postcode("")) == ("426-0019", "426-0019", "")


def test_days_say_their_weekday_and_another_year(clock: FrozenClock) -> None:
    assert html.day(dt.date(2026, 11, 24)) == "11/24(火)"
    assert html.day(dt.date(2025, 3, 4)) == "2025/03/04(火)"
    assert html.day_hour(at(24, 9, 5)) == "11/24(火) 9:05"
    assert html.day(dt.datetime(2026, 11, 24, 15, 30, tzinfo=dt.UTC)) == "11/25(水)"
    with translation.override("en"):
        assert html.day(dt.date(2026, 11, 24)) == "Tue 11/24"


@pytest.mark.parametrize(
    ("length", "said"),
    [
        (dt.timedelta(minutes=38, seconds=59), "38分"),
        (dt.timedelta(hours=2), "2時間"),
        (dt.timedelta(hours=2, minutes=10), "2時間10分"),
        (dt.timedelta(hours=31, minutes=20), "31時間"),
        (dt.timedelta(days=3, hours=4), "3日"),
        (dt.timedelta(0), "0分"),
    ],
)
def test_duration(length: dt.timedelta, said: str) -> None:
    assert html.duration(length) == said
