"""SHP-20: island lists from files."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from akinai.shop.terms.islands import IslandRow, read

HEAD = "郵便番号,地名,追加日数,追加送料,クール不可,代引不可,日時指定不可\r\n"


def test_shp_20_a_list_is_read_in_cp932_and_utf_8() -> None:
    """SHP-20 all columns."""
    text = HEAD + "100-2101,東京都小笠原村父島,7,1500,1,あり,×\r\n０６８,どこか,1,,,,\r\n"
    wanted = [IslandRow("1002101", "東京都小笠原村父島", 7, 1500, True, True, False), IslandRow("068", "どこか", 1)]
    for encoding in ("cp932", "utf-8", "utf-8-sig"):
        found = read(text.encode(encoding))
        assert found.rows == wanted
        assert found.is_sound


def test_shp_20_only_the_postcode_is_required() -> None:
    """SHP-20 a bare list of postcodes."""
    found = read("郵便番号\r\n1000101\r\n10014\r\n".encode())
    assert [row.postcode for row in found.rows] == ["1000101", "10014"]


@pytest.mark.parametrize(
    ("line", "code"),
    [
        ("12,短い,1,,,,", "island_postcode"),
        ("600001,ゼロ落ち,1,,,,", "island_postcode"),
        ("1.23E+06,壊れた,1,,,,", "island_postcode"),
        ("1000101,大島,一日,,,,", "island_number"),
        ("1000101,大島,-1,,,,", "island_number"),
        ("1000101,大島,61,,,,", "island_number"),
        ("1000101,大島,1,,たぶん,,", "island_flag"),
    ],
)
def test_shp_20_faults_are_named_by_row_and_column(line: str, code: str) -> None:
    """SHP-20 with one fault nothing is taken."""
    found = read((HEAD + "1002101,父島,7,,,,\r\n" + line + "\r\n").encode())
    assert not found.is_sound
    assert [(problem.code, problem.row) for problem in found.problems] == [(code, 3)]
    assert found.problems[0].column


def test_shp_20_a_place_stands_once() -> None:
    """SHP-20 the second row is named."""
    found = read((HEAD + "10001,大島,1,,,,\r\n10001,大島,2,,,,\r\n").encode())
    assert [problem.code for problem in found.problems] == ["island_twice"]


@given(st.binary(max_size=400))
def test_shp_20_no_bytes_break_the_reader(data: bytes) -> None:
    """SHP-20 whatever is uploaded gets an answer."""
    found = read(data)
    assert found.is_sound or not found.rows or found.problems


@given(st.text(max_size=200))
def test_shp_20_no_text_breaks_the_reader(text: str) -> None:
    """SHP-20 also under the right headings."""
    read((HEAD + text).encode("utf-8", "surrogatepass"))
