"""SHP-30: delivery time windows."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from akinai.shop.terms.initial import WINDOWS
from akinai.shop.terms.windows import CANONICAL, for_carrier, for_service, hours, parse

YAMATO, SAGAWA, POST = WINDOWS["yamato"], WINDOWS["sagawa"], WINDOWS["japanpost"]


@pytest.mark.parametrize(
    ("wish", "yamato", "sagawa", "post"),
    [
        ("", "", "", "00"),
        ("08-12", "0812", "01", "51"),
        ("14-16", "1416", "14", "53"),
        ("16-18", "1618", "16", "54"),
        ("18-20", "1820", "18", "55"),
        ("19-21", "1921", "19", "57"),
    ],
)
def test_shp_30_windows_all_carriers_have_go_out_as_they_are(wish: str, yamato: str, sagawa: str, post: str) -> None:
    """SHP-30 no badge where nothing changes."""
    found = [for_carrier(wish, codes) for codes in (YAMATO, SAGAWA, POST)]
    assert [choice.code for choice in found] == [yamato, sagawa, post]
    assert not any(choice.badge or choice.ask for choice in found)


@pytest.mark.parametrize(
    ("wish", "codes", "code"),
    [
        ("18-21", YAMATO, "1820"),
        ("18-21", POST, "55"),
        ("20-21", YAMATO, "1921"),
        ("20-21", SAGAWA, "19"),
        ("20-21", POST, "57"),
        ("12-18", YAMATO, "1416"),
        ("12-18", SAGAWA, "12"),
        ("15-16", YAMATO, "1416"),
        ("08-18", YAMATO, "1416"),
        ("08-10", POST, "51"),
    ],
)
def test_shp_30_a_window_the_carrier_lacks_is_replaced_with_a_badge(
    wish: str, codes: dict[str, str], code: str
) -> None:
    """SHP-30 the narrowest inside that starts first, else the one that holds the wish."""
    choice = for_carrier(wish, codes)
    assert (choice.code, choice.badge, choice.ask) == (code, True, False)


def test_shp_30_noon_with_yamato_is_asked_or_set() -> None:
    """SHP-30 12-14 on ヤマト: a person chooses, unless the shop has."""
    assert for_carrier("12-14", YAMATO).ask
    assert for_carrier("12-14", YAMATO, noon="08-12").code == "0812"
    assert for_carrier("12-14", YAMATO, noon="14-16").code == "1416"
    assert not for_carrier("12-14", SAGAWA, noon="14-16").badge


def test_shp_30_a_service_without_windows_asks() -> None:
    """SHP-30 never dropped silently."""
    choice = for_service("14-16", YAMATO, window_ok=False)
    assert choice.ask
    assert choice.badge
    assert not for_service("", YAMATO, window_ok=False).ask


@given(st.integers(0, 23), st.integers(1, 24), st.sampled_from([YAMATO, SAGAWA, POST, {}]))
def test_shp_30_nothing_is_dropped_silently(start: int, end: int, codes: dict[str, str]) -> None:
    """SHP-30 every range is printed as it is, replaced with a badge, or asked."""
    wish = f"{start:02}-{end:02}"
    if start >= end:
        return
    choice = for_carrier(wish, codes)
    assert choice.window == wish or choice.badge
    assert choice.ask == (choice.window == "")
    if choice.window:
        first, last = hours(choice.window)
        assert (start <= first and last <= end) or (first <= start and end <= last) or wish == "12-14"


@pytest.mark.parametrize(
    ("text", "window"),
    [
        ("午前中", "08-12"),
        ("午前中（12時まで）", "08-12"),
        ("14時〜16時", "14-16"),
        ("14時～16時", "14-16"),
        ("14:00-16:00", "14-16"),
        ("１８時～２０時頃", "18-20"),
        ("8時から12時", "08-12"),
        ("1416", "14-16"),
        ("0812", "08-12"),
        ("午後", "12-18"),
        ("指定なし", ""),
        ("", ""),
        ("いつでも夕方以外", None),
        ("20-18", None),
        ("9999", None),
    ],
)
def test_words_of_stores_are_read_or_left_to_a_person(text: str, window: str | None) -> None:
    assert parse(text) == window


@pytest.mark.parametrize("window", CANONICAL)
def test_canonical_windows_are_read_as_themselves(window: str) -> None:
    assert parse(window) == window


@given(st.text(max_size=30))
def test_no_words_break_the_reader(text: str) -> None:
    found = parse(text)
    assert found is None or found == "" or hours(found)[0] < hours(found)[1]
