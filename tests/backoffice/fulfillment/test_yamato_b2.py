from __future__ import annotations

import csv
import datetime as dt
import io
from typing import Any

import pytest

from akinai.backoffice.fulfillment.adapters.yamato_b2.adapter import YamatoB2
from akinai.backoffice.fulfillment.adapters.yamato_b2.columns import HEADINGS
from akinai.backoffice.fulfillment.adapters.yamato_b2.mapping import (
    encode,
    goods_names,
    label_address,
    label_phone,
    shortened,
)
from akinai.backoffice.fulfillment.adapters.yamato_b2.settings import B2Settings
from akinai.backoffice.fulfillment.ports import CarrierFile
from akinai.backoffice.fulfillment.types import CarrierOut, CashOnDelivery, Parcel
from akinai.foundation.core.text import width
from akinai.shop.terms import tracking
from tests.builders.fulfillment import parcel, party, sender

WINDOWS = {"": "", "08-12": "0812", "14-16": "1416", "16-18": "1618", "18-20": "1820", "19-21": "1921"}
SETTINGS = B2Settings("0751234567", windows=WINDOWS)


def out(*parcels: Parcel, settings: B2Settings = SETTINGS) -> CarrierOut:
    return encode(parcels, settings)


def row(changed: Parcel, settings: B2Settings = SETTINGS) -> list[str]:
    """The one row of a file, by column number minus one; problems that stop fail the test."""
    written = out(changed, settings=settings)
    assert [p for p in written.problems if p.stops] == []
    return list(csv.reader(io.StringIO(written.data.decode("cp932"), newline="")))[1]


def stops(changed: Parcel, settings: B2Settings = SETTINGS) -> list[tuple[str, str]]:
    """(heading, sentence) of what keeps a parcel out of the file."""
    written = out(changed, settings=settings)
    found = [(p.field, p.sentence) for p in written.problems if p.stops]
    assert (written.written == ()) == bool(found)
    return found


def test_shp_31_the_whole_row_as_b2_wants_it() -> None:
    """SHP-31 Golden row: 95 columns, CP932, CRLF."""
    full = parcel(
        label_type="2",
        cool="chilled",
        wish_date=dt.date(2026, 11, 26),
        window="14-16",
        to=party(company="株式会社六本木", department="総務部"),
        cod=CashOnDelivery(28018, 2473),
        contents=("宇治煎茶 翠 100g", "湯呑み 藍", "小皿"),
        is_fragile=True,
        handling=("天地無用",),
        note="玄関前に\nお電話ください",
        order_number="AK-100245",
    )
    data = out(full, settings=B2Settings("0751234567", "001", "01", WINDOWS)).data
    heading, line, end = data.split(b"\r\n")
    assert heading.decode("cp932") == ",".join(HEADINGS)
    assert end == b""
    filled = {n: text for n, text in enumerate(line.decode("cp932").split(","), 1) if text}
    assert line.count(b",") == 94
    assert filled == {
        1: "S00000012",
        2: "2",
        3: "2",
        5: "2026/11/24",
        6: "2026/11/26",
        7: "1416",
        9: "090-1234-5678",
        11: "106-0032",
        12: "東京都港区六本木1-2-3",
        13: "アークヒルズ 2001号室",
        14: "株式会社六本木",
        15: "総務部",
        16: "渡邉 髙子",
        20: "075-123-4567",
        22: "604-0001",
        23: "京都府京都市中京区道場町1-2",
        25: "茶と器 あきない堂",
        28: "宇治煎茶 翠 100g",
        30: "湯呑み 藍 他1点",
        31: "ワレ物注意",
        32: "天地無用",
        33: "玄関前に お電話ください",
        34: "28018",
        35: "2473",
        40: "0751234567",
        41: "001",
        42: "01",
        75: "注文番号",
        76: "AK-100245",
    }


def test_the_layout_has_95_columns_in_their_places() -> None:
    assert len(HEADINGS) == 95
    expected = {1: "お客様管理番号", 12: "お届け先住所", 34: "ｺﾚｸﾄ代金引換額（税込)", 40: "請求先顧客コード"}
    assert {n: HEADINGS[n - 1] for n in expected} == expected
    # a public exporter drops 66 and shifts the rest
    assert HEADINGS[63:67] == (
        "収納代行請求先名(漢字)",
        "収納代行請求先名(カナ)",
        "収納代行問合せ先名(漢字)",
        "収納代行問合せ先郵便番号",
    )


def test_shp_32_street_and_building_have_a_field_each() -> None:
    assert label_address(party()) == ("東京都港区六本木1-2-3", "アークヒルズ 2001号室")


def test_shp_32_a_long_line_without_building_splits_at_its_last_blank() -> None:
    """SHP-32 Only the total is a limit: 64 half-width characters for the street."""
    street = "京都市中京区寺町通御池上る上本能寺前町488番地 烏丸御池あきない大手門前プラザビルディング 東館1205号室"
    address = label_address(party(prefecture="京都府", address1=street, address2=""))
    assert address[1] == "東館1205号室"
    assert f"{address[0]} {address[1]}" == "京都府" + street
    assert width("京都府" + street) > 64


@pytest.mark.parametrize("letters", [16, 17])
def test_shp_32_full_width_counts_two_and_half_width_one(letters: int) -> None:
    found = stops(parcel(to=party(address2="ア" * letters)))
    assert [field for field, _ in found] == ([] if letters == 16 else ["お届け先アパートマンション名"])
    assert stops(parcel(to=party(address2="a" * 32))) == []


def test_shp_32_what_does_not_fit_is_named_with_its_measure() -> None:
    ((field, sentence),) = stops(parcel(to=party(name="あ" * 17)))
    assert field == "お届け先名"
    assert "半角で34文字、上限32文字" in sentence


def test_addresses_keep_their_hyphens_and_say_the_prefecture_once() -> None:
    assert label_address(party(address1="港区六本木１－２ー３"))[0] == "東京都港区六本木1-2-3"
    assert label_address(party(address1="東京都港区六本木1"))[0] == "東京都港区六本木1"


def test_shp_31_what_cp932_lacks_is_listed_and_not_replaced() -> None:
    found = stops(parcel(to=party(name="𠮷田 花子😀"), note="午前—正午"))
    assert [field for field, _ in found] == ["お届け先名", "記事"]
    assert "𠮷 😀" in found[0][1]
    assert "— (→ ―)" in found[1][1]
    assert row(parcel(to=party(name="髙﨑 ①㈱～")))[15] == "髙﨑 ①㈱～"


def test_a_parcel_with_a_fault_is_left_out_and_the_others_go() -> None:
    written = out(parcel(key="S1"), parcel(key="S2", to=party(name="")), parcel(key="S3"), parcel(key="S1"))
    assert written.written == ("S1", "S3")
    assert [(p.key, p.field) for p in written.problems] == [("S2", "お届け先名"), ("S1", "お客様管理番号")]
    assert written.data.count(b"\r\n") == 3


@pytest.mark.parametrize(
    ("window", "code"),
    [("", ""), ("08-12", "0812"), ("14-16", "1416"), ("16-18", "1618"), ("18-20", "1820"), ("19-21", "1921")],
)
def test_windows_of_the_carrier_go_out_as_they_are(window: str, code: str) -> None:
    written = out(parcel(window=window))
    assert row(parcel(window=window))[6] == code
    assert written.problems == ()


@pytest.mark.parametrize(("window", "code"), [("18-21", "1820"), ("20-21", "1921"), ("12-18", "1416")])
def test_shp_30_other_windows_go_out_as_the_nearest_and_show_it(window: str, code: str) -> None:
    assert row(parcel(window=window))[6] == code
    (problem,) = out(parcel(window=window)).problems
    assert (problem.field, problem.stops) == ("配達時間帯", False)
    assert window in problem.sentence


def test_shp_30_noon_is_asked_or_mapped_by_setting() -> None:
    assert [field for field, _ in stops(parcel(window="12-14"))] == ["配達時間帯"]
    for noon, code in (("08-12", "0812"), ("14-16", "1416")):
        assert row(parcel(window="12-14"), B2Settings("0751234567", windows=WINDOWS, noon=noon))[6] == code


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"label_type": "2"}, "ｺﾚｸﾄ代金引換額（税込)"),
        ({"cod": CashOnDelivery(1000, 90)}, "送り状種類"),
        ({"label_type": "2", "cod": CashOnDelivery(300_001, 0)}, "ｺﾚｸﾄ代金引換額（税込)"),
        ({"label_type": "9", "cod": CashOnDelivery(30_001, 0)}, "ｺﾚｸﾄ代金引換額（税込)"),
        ({"label_type": "2", "cod": CashOnDelivery(0, 0)}, "ｺﾚｸﾄ代金引換額（税込)"),
        ({"label_type": "2", "cod": CashOnDelivery(1000, 1001)}, "内消費税額等"),
        ({"label_type": "2", "cod": CashOnDelivery(1000, 90), "pieces": 2}, "発行枚数"),
        ({"label_type": "A", "wish_date": dt.date(2026, 11, 26)}, "お届け予定日"),
        ({"label_type": "8", "cool": "frozen"}, "クール区分"),
        ({"label_type": "6"}, "送り状種類"),
        ({"wish_date": dt.date(2026, 11, 23)}, "お届け予定日"),
        ({"pieces": 0}, "発行枚数"),
        ({"contents": ()}, "品名１"),
        ({"is_fragile": True, "handling": ("天地無用", "ナマモノ")}, "荷扱い２"),
        ({"to": party(phone="")}, "お届け先電話番号"),
        ({"to": party(phone="12345")}, "お届け先電話番号"),
        ({"to": party(postcode="106-003")}, "お届け先郵便番号"),
        ({"sender": sender(address1="")}, ""),
    ],
)
def test_what_b2_would_refuse_is_said_before(changes: dict[str, Any], field: str) -> None:
    assert [name for name, _ in stops(parcel(**changes))] == ([field] if field else [])


@pytest.mark.parametrize(("label_type", "amount"), [("2", 300_000), ("9", 30_000), ("2", 1)])
def test_cod_at_its_limits(label_type: str, amount: int) -> None:
    assert row(parcel(label_type=label_type, cod=CashOnDelivery(amount, 0)))[33:35] == [str(amount), "0"]


def test_several_pieces_print_several_labels() -> None:
    assert row(parcel(pieces=3))[37:39] == ["3", "1"]
    assert row(parcel())[37:39] == ["", ""]


@pytest.mark.parametrize(
    ("typed", "label"),
    [
        ("09012345678", "090-1234-5678"),
        ("0422-12-3456", "0422-12-3456"),
        ("０３ー１２３４ー５６７８", "03-1234-5678"),
        ("0312345678", "03-1234-5678"),
        ("0120123456", "0120-123-456"),
        ("08001234567", "0800-123-4567"),
        ("+81 (0)90-1234-5678", "090-1234-5678"),
        ("0751234567", "075-123-4567"),
    ],
)
def test_phones_have_hyphens(typed: str, label: str) -> None:
    assert label_phone(typed) == label


def test_goods_are_described_within_their_fields() -> None:
    assert goods_names([]) == ("", "")
    assert goods_names(["煎茶"]) == ("煎茶", "")
    assert goods_names(["煎茶", "湯呑み", "小皿", "急須"]) == ("煎茶", "湯呑み 他2点")
    first, second = goods_names(["あ" * 40, "い" * 40, "う"])
    assert (width(first), width(second)) == (50, 50)
    assert first.endswith("…")
    assert second.endswith("… 他1点")
    assert shortened("abc", 3) == "abc"


def test_without_the_contract_codes_nothing_is_written() -> None:
    written = out(parcel(), settings=B2Settings("123", "12", "", WINDOWS))
    assert written.written == ()
    assert [p.field for p in written.problems] == ["請求先顧客コード", "請求先分類コード", "運賃管理番号"]


def test_settings_come_from_stored_json() -> None:
    settings = B2Settings.from_config({"customer_code": 751234567890, "other": 1}, windows=WINDOWS, noon="nonsense")
    assert (settings.customer_code, settings.freight_number, settings.noon) == ("751234567890", "01", "ask")


def test_the_adapter_fits_the_port() -> None:
    carrier: CarrierFile = YamatoB2(SETTINGS, tracking.check)
    assert carrier.encode([parcel()]).written == ("S00000012",)
    assert carrier.decode(b"").rows == ()
