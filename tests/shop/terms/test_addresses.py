"""ORD-20 ADDRESS and PHONE: addresses taken apart, judged, and fitted to labels (SHP-32)."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from akinai.foundation.core.text import width
from akinai.shop.terms import phones
from akinai.shop.terms.addresses import Address, normalised, reasons, split_city, split_prefecture
from akinai.shop.terms.labels import LAYOUTS, fit
from akinai.shop.terms.postcodes import Place

PLACES = {
    "1060032": Place("1060032", "東京都", "港区", "六本木"),
    "5100075": Place("5100075", "三重県", "四日市市", "安島"),
    "3010000": Place("3010000", "茨城県", "龍ケ崎市", ""),
    "0600001": Place("0600001", "北海道", "札幌市中央区", "北一条西"),
    "3701127": Place("3701127", "群馬県", "佐波郡玉村町", "上之手"),
}


def codes(address: Address, **options: object) -> list[str]:
    return [reason.code for reason in reasons(address, lookup=PLACES.get, **options)]  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "address",
    [
        Address("1060032", "東京都", "港区六本木1-4-5", "アークヒルズ 1203"),
        Address("1060032", "", "東京都港区六本木１－４－５"),
        Address("1060032", "東京", "港区六本木一丁目四番五号"),
        Address("3010000", "茨城県", "竜ヶ崎市無番地"),
        Address("3701127", "群馬県", "玉村町上之手10"),
        Address("0600001", "北海道", "中央区北一条西2丁目"),
        Address("1060032", "東京都", "港区六本木", "1-4-5 アークヒルズ"),
    ],
)
def test_ord_20_sound_addresses_need_nobody(address: Address) -> None:
    """ORD-20 spellings that all reach the buyer; 無番地 counts as a house number."""
    assert codes(address, layout="b2", takes_po_box=False) == []


@pytest.mark.parametrize(
    ("address", "code"),
    [
        (Address("1060032", "大阪府", "港区六本木1-4-5"), "prefecture_mismatch"),
        (Address("1060032", "東京都", "千代田区丸の内1-4-5"), "city_mismatch"),
        (Address("9999999", "東京都", "港区六本木1-4-5"), "unknown_postcode"),
        (Address("", "東京都", "港区六本木1-4-5"), "no_postcode"),
        (Address("1060032", "", "港区六本木1-4-5"), "no_prefecture"),
        (Address("1060032", "東京都", "港区六本木"), "no_house_number"),
        (Address("1060032", "東京都", "港区六本木", "101号室"), "no_house_number"),
        (Address("1060032", "東京都", "港区六本木", "レジデンス3"), "no_house_number"),
        (Address("0600001", "北海道", "札幌市中央区北一条西"), "no_house_number"),
        (Address("1060032", "東京都", "港区六本木1 麻布郵便局私書箱5号"), "po_box"),
        (Address("1060032", "東京都", "港区六本木1-4-5", "あ" * 17), "overflow"),
        (Address("1060032", "東京都", "港区六本木1-4-5" + "あ" * 30, "い"), "overflow"),
        (Address("1060032", "東京都", "港区六本木1 入力待ち"), "dummy"),
    ],
)
def test_ord_20_what_a_person_must_look_at(address: Address, code: str) -> None:
    """ORD-20 ADDRESS: mismatch, no house number, PO box with a courier, overflow of the label."""
    assert codes(address, layout="b2", takes_po_box=False) == [code]


def test_ord_20_the_post_delivers_to_its_boxes() -> None:
    """ORD-20 a PO box is a reason only with couriers."""
    assert codes(Address("1060032", "東京都", "港区六本木1 麻布郵便局私書箱5号"), takes_po_box=True) == []


def test_every_reason_has_a_sentence() -> None:
    found = reasons(Address("1060032", "大阪府", ""), lookup=PLACES.get)
    assert all(str(reason.sentence) for reason in found)
    assert found[0].detail == "東京都"


@pytest.mark.parametrize(
    ("text", "city"),
    [
        ("四日市市安島1-1", "四日市市"),
        ("郡山市朝日1-1", "郡山市"),
        ("大和郡山市北郡山町1", "大和郡山市"),
        ("札幌市中央区北一条西2", "札幌市中央区"),
        ("佐波郡玉村町上之手1", "佐波郡玉村町"),
        ("東村山市本町1", "東村山市"),
        ("町田市森野2", "町田市"),
        ("港区六本木1", "港区"),
        ("八丈島八丈町三根1", "八丈島八丈町"),
        ("余市郡余市町黒川町1", "余市郡余市町"),
        ("どこでもない", ""),
    ],
)
def test_shp_32_cities_are_found_without_a_postcode(text: str, city: str) -> None:
    """SHP-32 word boundary 都道府県市区 / 町名番地, also where a name holds 市, 町 or 村."""
    assert split_city(text) == (city, text[len(city) :])


def test_shp_32_the_postcode_knows_the_city_best() -> None:
    """SHP-32 the place of the postcode wins over patterns."""
    assert split_city("四日市市安島1-1", PLACES["5100075"]) == ("四日市市", "安島1-1")


def test_prefectures_are_taken_from_the_front() -> None:
    assert split_prefecture("京都府京都市左京区") == ("京都府", "京都市左京区")
    assert normalised(Address("", "", "東京都港区1")) == Address("", "東京都", "港区1")


def test_shp_32_only_the_total_counts_for_b2() -> None:
    """SHP-32 B2 takes 32 full-width characters; half-width counts one half."""
    assert fit("b2", "東京都", "港区", "あ" * 27).overflow == ""
    assert fit("b2", "東京都", "港区", "あ" * 26 + "12").overflow == ""
    assert fit("b2", "東京都", "港区", "あ" * 26 + "123").overflow != ""


def test_shp_32_a_building_in_the_street_field_is_split_at_the_last_blank() -> None:
    """SHP-32 where street and building stand in one field and exceed the limit."""
    found = fit("b2", "東京都", "港区", "六本木1-4-5 " + "あ" * 12 + " " + "い" * 14)
    assert found.overflow == ""
    assert found.lines[1] == "い" * 14


@pytest.mark.parametrize(("layout", "lines"), [("ehiden", 3), ("yupri", 3), ("clickpost", 4)])
def test_shp_32_other_labels_split_at_word_boundaries(layout: str, lines: int) -> None:
    """SHP-32 e飛伝 16 x 3, ゆうプリR 25 x 3, クリックポスト 20 x 4."""
    found = fit(layout, "神奈川県", "横浜市中区", "山下町123-4", "山下公園マンション 1203")
    assert found.lines[:3] == ("神奈川県横浜市中区", "山下町123-4", "山下公園マンション 1203")
    assert len(found.lines) == lines


@given(
    st.sampled_from(sorted(LAYOUTS)),
    st.text("あ漢ア1-a ", max_size=40),
    st.text("あ漢ア1-a ", max_size=40),
)
def test_shp_32_what_does_not_overflow_fits_and_loses_nothing(layout: str, street: str, building: str) -> None:
    """SHP-32 for any text: no character is dropped, no field is too long."""
    found = fit(layout, "東京都", "港区", street, building)
    whole = "".join(f"東京都港区{street}{building}".split())
    assert "".join("".join(found.lines).split()) == whole
    if not found.overflow:
        assert all(width(line) <= limit for line, limit in zip(found.lines, LAYOUTS[layout].fields, strict=True))


@pytest.mark.parametrize(
    ("number", "problem"),
    [
        ("03-1234-5678", ""),
        ("090-1234-5678", ""),
        ("+81 (0)90 1234 5678", ""),
        ("０９０−１２３４−５６７８", ""),
        ("0120-123-456", ""),
        ("0800-123-4567", ""),
        ("", "missing"),
        ("非通知", "missing"),
        ("090-1234-567", "length"),
        ("03-1234-567", "length"),
        ("12-3456-7890", "prefix"),
        ("000-0000-0000", "dummy"),
        ("0999999999", "dummy"),
    ],
)
def test_ord_20_phone_numbers_a_driver_can_call(number: str, problem: str) -> None:
    """ORD-20 PHONE: nothing, too short, no leading 0, a made-up number."""
    assert phones.problem(number) == problem
