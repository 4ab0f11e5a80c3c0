"""The postcode table: what people type, what a code covers, and the file's own round trip."""

from __future__ import annotations

import subprocess
import sys
import time

import pytest

from akinai.shop.terms import postcodes
from akinai.shop.terms.postcodes import Place, lookup, merge, pack


@pytest.mark.parametrize("typed", ["1060032", "106-0032", "〒106-0032", "１０６－００３２", " 106 0032 "])
def test_a_code_is_found_however_it_is_typed(typed: str) -> None:
    assert lookup(typed) == Place("1060032", "東京都", "港区", "六本木")


@pytest.mark.parametrize("typed", ["", "9999999", "106003", "10600322", "abc", "²³⁴⁵⁶⁷⁸"])
def test_what_is_no_code_gives_nothing(typed: str) -> None:
    assert lookup(typed) is None


def test_an_office_with_its_own_code_is_found() -> None:
    place = lookup("0608621")
    assert place is not None
    assert (place.prefecture, place.city) == ("北海道", "札幌市中央区")


def test_shp_12_every_prefecture_resolves() -> None:
    """SHP-12: all 47 prefectures are in the table."""
    found = {prefecture for prefecture in (p.partition("\t")[0] for p in postcodes._table()._areas) if prefecture}
    assert len(found) == 47


def test_several_towns_give_their_common_beginning() -> None:
    one, two = Place("1", "岩手県", "和賀郡西和賀町", "湯川"), Place("1", "岩手県", "和賀郡西和賀町", "湯本")
    assert merge([one, two]).town == "湯"


def test_several_cities_give_the_whole_name_they_share() -> None:
    one, two = Place("1", "埼玉県", "さいたま市浦和区", "上"), Place("1", "埼玉県", "さいたま市中央区", "上")
    assert merge([one, two]) == Place("1", "埼玉県", "さいたま市", "")


def test_several_prefectures_give_none() -> None:
    one, two = Place("1", "愛知県", "弥富市", ""), Place("1", "三重県", "桑名郡木曽岬町", "")
    assert merge([one, two]) == Place("1", "", "", "")


def test_what_is_packed_is_found_again() -> None:
    rows = [Place("9876543", "大分県", "別府市", "北浜"), Place("0010000", "北海道", "札幌市北区", "")]
    table = postcodes._Table(pack(rows))
    assert [table.find(row.postcode) for row in rows] == rows
    assert table.find("0000000") is None


def test_a_table_of_another_version_is_refused() -> None:
    with pytest.raises(postcodes.TableMissing):
        postcodes._Table(b"something else")


def test_the_first_look_up_is_quick_and_the_file_small() -> None:
    assert postcodes.TABLE.stat().st_size < 4_000_000
    packed = postcodes.TABLE.read_bytes()
    best = min(_seconds(packed) for _ in range(3))
    assert best < 0.05


def _seconds(packed: bytes) -> float:
    start = time.process_time()
    postcodes._Table(packed)
    return time.process_time() - start


def test_the_table_is_read_on_the_first_look_up_only() -> None:
    program = "from akinai.shop.terms import postcodes as p; assert p._table.cache_info().currsize == 0"
    assert subprocess.run([sys.executable, "-c", program], check=False).returncode == 0
