"""Cells to values."""

from __future__ import annotations

import datetime as dt

import pytest

from akinai.foundation.core.clock import JST
from akinai.foundation.tabular import dates, fields


@pytest.mark.parametrize(
    ("cell", "value", "code"),
    [
        ("1200", 1200, ""),
        ("１，２００", 1200, ""),
        ("1,200.00", 1200, ""),
        ("▲300", -300, ""),
        ("(300)", -300, ""),
        ("－300", -300, ""),
        ("¥1,200", 1200, "currency_mark"),
        ("1200円", 1200, "currency_mark"),
        ("-9999", None, "unsettled"),
        ("", None, ""),
        ("12.5", None, "bad_yen"),
        ("1,2,3", None, "bad_yen"),
        ("abc", None, "bad_yen"),
        ("1.2E+05", None, "exponent"),
        ("9" * 40, None, "bad_yen"),
        ("²", 2, ""),
    ],
)
def test_yen(cell: str, value: int | None, code: str) -> None:
    assert fields.yen(cell)[:2] == (value, code)


@pytest.mark.parametrize(
    ("cell", "value", "code"),
    [
        ("2", 2, ""),
        ("２", 2, ""),
        ("2.0", 2, ""),
        ("", None, "missing_value"),
        ("0", None, "bad_quantity"),
        ("-1", None, "bad_quantity"),
        ("1.5", None, "bad_quantity"),
        ("二", None, "bad_quantity"),
        ("99999999999", None, "bad_quantity"),
    ],
)
def test_quantity(cell: str, value: int | None, code: str) -> None:
    assert fields.quantity(cell)[:2] == (value, code)


@pytest.mark.parametrize(
    ("cell", "value", "code"),
    [
        ("09012345678", "09012345678", ""),
        ("9012345678", "09012345678", "lost_zero"),
        ("312345678", "0312345678", "lost_zero"),
        ("０９０ー１２３４－５６７８", "090-1234-5678", ""),
        ("1234567", "1234567", ""),
        ("+81 90-1234-5678", "+81 90-1234-5678", ""),
        ("9.01E+09", None, "exponent"),
    ],
)
def test_phone(cell: str, value: str | None, code: str) -> None:
    assert fields.phone(cell)[:2] == (value, code)


@pytest.mark.parametrize(
    ("cell", "value", "code"),
    [
        ("1060032", "1060032", ""),
        ("〒106-0032", "1060032", ""),
        ("１０６−００３２", "1060032", ""),
        ("'1060032", "1060032", ""),
        ("600001", "0600001", "lost_zero"),
        ("12345678", "12345678", ""),
        ("なし", "なし", ""),
    ],
)
def test_postcode(cell: str, value: str | None, code: str) -> None:
    assert fields.postcode(cell)[:2] == (value, code)


@pytest.mark.parametrize("cell", ["1.23E+11", "1E+11", "１．２３Ｅ＋１１", " 4.56e+12 "])
def test_spreadsheet_damage_is_refused(cell: str) -> None:
    assert fields.identifier(cell) == (None, "exponent", "")


def test_codes_with_an_e_are_codes() -> None:
    assert fields.identifier("12E3").value == "12E3"
    assert fields.identifier("ABE+1").value == "ABE+1"


@pytest.mark.parametrize(
    "cell",
    [
        "2026/11/20 15:04:05",
        "2026/11/20 15:04:05 ",
        "2026-11-20T15:04:05+09:00",
        "2026-11-20T06:04:05Z",
        "2026-11-20 15:04:05 +0900",
        "2026-11-20T06:04:05.000+00:00",
        "20261120150405",
        "2026年11月20日 15時04分05秒",
        "2026/11/20(金) 15:04:05",
        "２０２６／１１／２０　１５：０４：０５",
        "2026/11/20 3:04:05 PM",
        "2026/11/20 午後3:04:05",
        "2026.11.20 15:04:05 JST",
    ],
)
def test_moments_in_many_forms(cell: str) -> None:
    assert dates.moment(cell) == (dt.datetime(2026, 11, 20, 15, 4, 5, tzinfo=JST), "", "")


@pytest.mark.parametrize("cell", ["令和8年11月20日", "R8.11.20", "令和８年１１月２０日（金）", "R08/11/20"])
def test_the_japanese_era_is_read_with_a_warning(cell: str) -> None:
    assert dates.day(cell) == (dt.date(2026, 11, 20), "era_date", "2026/11/20")


@pytest.mark.parametrize(
    "cell",
    [
        "JYUCHU_BI",
        "2026/02/30",
        "2026/13/01",
        "2026/11/20 25:00",
        "2026/11/20 24:00:00",
        "46346",
        "11/20/2026",
        "26/11/20",
        "0026/11/20",
        "9999/12/31",
        "令和0年11月20日",
        "平成31年",
        "令和1年4月30日",
        "2026/11/20 x",
        "2026-11-20T15:04+99:00",
    ],
)
def test_dates_that_do_not_exist_are_refused(cell: str) -> None:
    assert dates.moment(cell).code == "bad_date"


def test_blank_and_zero_dates_are_no_dates() -> None:
    assert dates.day("") == (None, "", "")
    assert dates.day("0000-00-00 00:00:00") == (None, "", "")


def test_flags_and_rates() -> None:
    assert [fields.flag(c).value for c in ("1", "あり", "×", "0", "", "?")] == [True, True, False, False, None, None]
    assert fields.flag("?").code == "bad_flag"
    assert [fields.percent(c).value for c in ("10", "８％", "0.08", "0.1", "8.0", "", "x")] == [
        10,
        8,
        8,
        10,
        8,
        None,
        None,
    ]
