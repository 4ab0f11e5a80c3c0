from __future__ import annotations

import dataclasses
import datetime as dt

import pytest

from akinai.backoffice.fulfillment.printing import print_delivery_notes, print_single_picking, print_total_picking
from akinai.backoffice.fulfillment.shelves import shelf_key
from akinai.backoffice.fulfillment.types import (
    AmountRow,
    DeliveryNotePage,
    GiftOnPaper,
    NoteLine,
    PersonOnPaper,
    PickLine,
    TotalPickingPage,
    TotalPickRow,
)
from tests.builders.fulfillment import BUYER, SHOP, note_page, picking_page
from tests.foundation.documents.reading import scan, text_of


def words_of(*pages: DeliveryNotePage, language: str = "ja") -> str:
    return " ".join(text_of(print_delivery_notes(pages, language=language).pdf))


def test_tax_30_a_delivery_note_is_the_simple_invoice() -> None:
    """TAX-30, TAX-10: number, each rate's total and its tax, ※ at what is taxed at 8%."""
    text = words_of(note_page())
    for words in (
        "納 品 書",
        "適格簡易請求書",
        "登録番号 T7123456789012",
        "8%※ 3,996 296",
        "10% 5,980 543",
        "宇治煎茶 ※",
    ):
        assert words in text
    assert "※は軽減税率対象" in text
    assert "湯呑み ※" not in text
    assert "お届け方法" not in text  # nothing to say, no heading


def test_tax_30_an_addressee_makes_it_the_full_invoice() -> None:
    text = words_of(note_page(invoice_addressee="株式会社六本木商事 御中"))
    assert "株式会社六本木商事 御中 適格請求書" in text
    assert "簡易" not in text


def test_tax_32_any_other_paper_says_that_it_is_no_invoice() -> None:
    text = words_of(note_page(is_invoice=False))
    assert "本書は適格請求書ではありません。" in text
    assert "T7123456789012" not in text
    assert "消費税" not in text
    assert "9,976" in text


@pytest.mark.parametrize("is_invoice", [True, False])
def test_tax_35_a_shop_without_number_shows_no_tax_words(is_invoice: bool) -> None:
    shop = dataclasses.replace(SHOP, registration_number="")
    text = words_of(note_page(shop=shop, is_invoice=is_invoice))
    assert not [word for word in ("適格", "税", "※", "登録番号") if word in text]
    assert "9,976" in text


def test_tax_22_sums_show_discounts_and_what_is_left_to_pay() -> None:
    text = words_of(
        note_page(
            charges=(AmountRow("送料", 660), AmountRow("クーポン", -500)),
            total=9476,
            below_total=(AmountRow("ポイント", -1000),),
            due=8476,
        )
    )
    for words in ("商品合計 9,316", "送料 660", "クーポン −500", "¥9,476", "ポイント −1,000", "お支払額 ¥8,476"):
        assert words in text


def test_shp_62_a_gift_carries_no_price_and_no_way_to_one() -> None:
    gift = note_page(
        with_prices=False, buyer=PersonOnPaper("齋藤 一郎"), qr_text="https://shop.example/o/1", scan_code="S00000012"
    )
    made = print_delivery_notes([gift])
    text = " ".join(text_of(made.pdf))
    assert "ご依頼主 齋藤 一郎 様" in text
    assert not [word for word in ("3,996", "5,320", "9,976", "¥", "税", "適格", "銀行振込", "送料") if word in text]
    assert scan(made.pdf) == [("Code 128", "S00000012")]


def test_codes_of_a_delivery_note_are_read_back() -> None:
    made = print_delivery_notes([note_page(scan_code="S00000012", qr_text="https://shop.example/o/AK-100245?k=9f2c")])
    assert scan(made.pdf) == [("Code 128", "S00000012"), ("QR Code", "https://shop.example/o/AK-100245?k=9f2c")]


def test_forty_lines_flow_on_under_a_repeated_heading() -> None:
    lines = tuple(NoteLine(f"商品その{n}", 1, 100, 100) for n in range(1, 41))
    short, long = note_page(number="S00000011"), note_page(lines=lines, order_number="AK-9")
    pages = text_of(print_delivery_notes([short, long, short]).pdf)
    assert len(pages) == 4
    assert "商品 単価 数量 金額" in pages[1]
    assert "商品 単価 数量 金額" in pages[2]
    assert "納品書 AK-9 (続き)" in pages[2]
    assert "(続き)" not in pages[1] + pages[3]
    assert [page.rsplit(" ", 3)[-3:] for page in pages] == [
        ["1", "/", "1"],
        ["1", "/", "2"],
        ["2", "/", "2"],
        ["1", "/", "1"],
    ]
    assert all(f"商品その{n} " in pages[1] + pages[2] for n in range(1, 41))


def test_a_very_long_name_wraps_and_stays_whole() -> None:
    name = "手描き染付急須と湯呑み五客セット" * 8
    assert name in words_of(note_page(lines=(NoteLine(name, 1, 100, 100),))).replace(" ", "")


def test_companies_are_addressed_above_the_name_or_alone() -> None:
    with_person = PersonOnPaper("渡邉 髙子", company="株式会社六本木", department="総務部")
    alone = PersonOnPaper("", company="株式会社六本木", honorific="御中")
    assert "株式会社六本木 総務部 渡邉 髙子 様" in words_of(note_page(ship_to=with_person))
    assert "株式会社六本木 御中" in words_of(note_page(ship_to=alone))


def test_a_note_in_english() -> None:
    text = words_of(note_page(), language="en")
    assert "Delivery note" in text
    assert "Simplified qualified invoice" in text


def test_inv_40_shelves_come_in_the_order_of_the_way() -> None:
    codes = ["", "B-1", "A-10-2", "A-2-10", "a-2-9", "C", "A-2"]
    assert sorted(codes, key=shelf_key) == ["A-2", "a-2-9", "A-2-10", "A-10-2", "B-1", "C", ""]


def total_page() -> TotalPickingPage:
    rows = (
        TotalPickRow("CUP-1", "湯呑み 藍", 6, 5, "A-10", "4901234567900", "色: 藍", "緩衝材で包む", True),
        TotalPickRow("NEW-1", "新商品", 3, 3),
        TotalPickRow("TEA-1", "宇治煎茶", 1024, 318, "A-02", "4901234567894"),
    )
    at = dt.datetime(2026, 11, 24, 0, 50, tzinfo=dt.UTC)
    return TotalPickingPage("B-1124-02", dt.date(2026, 11, 24), at, "佐藤", 57, rows, "本倉庫", (("宅急便", 41),))


def test_a_total_picking_list_goes_by_shelf_and_counts() -> None:
    made = print_total_picking(total_page())
    (text,) = text_of(made.pdf)
    assert text.index("A-02") < text.index("A-10") < text.index("棚なし")
    for words in (
        "トータルピッキングリスト",
        "B-1124-02",
        "11/24（火）",
        "2026/11/24 09:50 佐藤",
        "宅急便 41",
        "1,033",
    ):
        assert words in text
    assert "4901234567894" in text
    assert "318 1,024" in text
    assert scan(made.pdf) == []  # goods are scanned at inspection, never a paper


def test_shp_60_a_single_picking_list_tells_the_packer_all() -> None:
    page = picking_page(
        lines=(PickLine("B", "急須", 1, shelf="B-1", note="木箱に入れる"), PickLine("A", "煎茶", 3, shelf="A-2")),
        marks=("ギフト", "代引"),
        remark="孫の結婚祝いです。\nのしをお願いします。",
        staff_note="濃い包装紙は使わない",
        gift=GiftOnPaper(wrap="包装紙(藍)", noshi_heading="寿", mizuhiki="紅白結び切り10本", names=("山田", "花子")),
    )
    made = print_single_picking([page])
    (text,) = text_of(made.pdf)
    assert text.index("A-2") < text.index("B-1")
    for words in ("ギフト 代引", "木箱に入れる", "孫の結婚祝いです。 のしをお願いします。", "濃い包装紙は使わない"):
        assert words in text
    for words in ("表書き 寿", "紅白結び切り10本", "山田 ・ 花子", "4点", BUYER.name):
        assert words in text
    assert scan(made.pdf) == [("Code 128", "S00000012")]


def test_rare_characters_in_a_name_are_reported_with_their_page() -> None:
    made = print_delivery_notes([note_page(), note_page(ship_to=PersonOnPaper("𠮷田 花子"))])
    assert [(m.page, m.char) for m in made.missing] == [(1, "𠮷")]
