"""Each preset's golden order and its traps."""

from __future__ import annotations

import datetime as dt

import pytest

from akinai.foundation.core.clock import JST
from akinai.foundation.tabular import read_table
from akinai.foundation.tabular.mapping import SavedMapping, column
from akinai.frontoffice.channels.adapters.base import STATUS_LABELS, TARGETS, Preset, Status
from akinai.frontoffice.channels.adapters.labels import TARGET_LABELS
from akinai.frontoffice.channels.adapters.own.mapping import missing_targets, preset, unknown_targets
from akinai.frontoffice.channels.adapters.own.suggest import suggest
from akinai.frontoffice.channels.adapters.presets import PRESETS
from akinai.frontoffice.channels.types import Paid, Party, ReadResult, StoreOrder
from tests.builders import order_files as files

ADDRESS = ("1060032", "東京都", "港区六本木1-2-3")


def read(key: str, *data: bytes, **maps: dict[str, str]) -> ReadResult:
    chosen = PRESETS[key]
    return chosen.read([read_table(d, known=chosen.headings) for d in data], maps)


def one(result: ReadResult) -> StoreOrder:
    assert [p.message for p in result.errors] == []
    (order,) = result.orders
    return order


def codes(result: ReadResult) -> list[str]:
    return [p.code for p in result.problems]


GOLDEN = {
    "nextengine": (files.nextengine(),),
    "rakuten": (files.rakuten(),),
    "shopify": (files.shopify(),),
    "colorme": (files.colorme(),),
    "base": (files.base(),),
    "eccube4": (files.eccube4(),),
    "yahoo": (files.yahoo(), files.yahoo_items()),
    "amazon-jp": (files.amazon(),),
}


@pytest.mark.parametrize("key", list(PRESETS))
def test_golden_order(key: str) -> None:
    result = read(key, *GOLDEN[key])
    assert [c for c in codes(result) if c != "missing_columns"] == []
    order = one(result)
    (line,) = order.lines
    assert (line.code, line.quantity, line.unit_price) == ("TEA-001", 2, 1200)
    assert order.ordered_at == dt.datetime(2026, 11, 20, 10, 15, tzinfo=JST)
    assert order.ship_to.name.replace(" ", "") == "試験花子"
    assert (order.ship_to.postcode, order.ship_to.prefecture) == ADDRESS[:2]
    assert order.ship_to.address1.startswith(ADDRESS[2])
    assert order.shipping_fee in (600, 660)
    assert "@" in order.buyer.mail
    assert not order.address_pending


@pytest.mark.parametrize("key", list(PRESETS))
def test_known_files_miss_no_column(key: str) -> None:
    if PRESETS[key].status is not Status.GUESSED:
        assert "missing_columns" not in codes(read(key, *GOLDEN[key]))


def test_every_preset_says_how_far_it_can_be_trusted() -> None:
    assert PRESETS["colorme"].status is Status.GUESSED
    assert all(chosen.status in STATUS_LABELS for chosen in PRESETS.values())
    assert [chosen.key for chosen in PRESETS.values() if chosen.files == 2] == ["yahoo"]


# 楽天市場


def test_rakuten_money_and_status() -> None:
    result = read(
        "rakuten",
        files.rakuten(
            files.rakuten_row(
                送料合計="600",
                ポイント利用額="100",
                クーポン利用総額="300",
                店舗発行クーポン利用額="200",
                楽天発行クーポン利用額="100",
                ラッピング料金1="300",
                ラッピングタイトル1="ラッピング",
                請求金額="2900",
            )
        ),
    )
    order = one(result)
    assert codes(result) == []
    assert (order.discount, order.mall_discount, order.points, order.wrapping_fee) == (200, 100, 100, 300)
    assert (order.total, order.paid, order.gift) == (2900, Paid.PAID, True)
    assert order.lines[0].price_includes_tax is True
    assert order.lines[0].product_code == "tea-001"


@pytest.mark.parametrize(
    ("status", "payment", "paid", "cancelled", "requested"),
    [
        ("100", "クレジットカード", Paid.UNKNOWN, False, False),
        ("発送待ち", "銀行振込", Paid.PAID, False, False),
        ("300", "代金引換", Paid.UNKNOWN, False, False),
        ("800", "クレジットカード", Paid.UNKNOWN, False, True),
        ("900", "クレジットカード", Paid.UNKNOWN, True, False),
    ],
)
def test_rakuten_status(status: str, payment: str, paid: Paid, cancelled: bool, requested: bool) -> None:
    order = one(read("rakuten", files.rakuten(files.rakuten_row(ステータス=status, 支払方法名=payment))))
    assert (order.paid, order.cancelled, order.cancel_requested) == (paid, cancelled, requested)


@pytest.mark.parametrize(
    ("comment", "date", "window", "remark"),
    [
        ("[配送日時指定:]\n2026-11-25(水)\n14:00～16:00\n\n玄関前へ", dt.date(2026, 11, 25), "14-16", "玄関前へ"),
        ("[配送日時指定:]\n午前中", None, "08-12", ""),
        ("[配送日時指定:]\n指定なし\n[備考:]\n", None, "", ""),
        ("[配送日時指定:]\n夜がいいです", None, "", "夜がいいです"),
        ("[配送日時指定:]\n[備考:]\nのしをお願いします", None, "", "[備考:]\nのしをお願いします"),
        ("14:00に電話ください", None, "", "14:00に電話ください"),
        ("", None, "", ""),
    ],
)
def test_rakuten_comment(comment: str, date: dt.date | None, window: str, remark: str) -> None:
    order = one(read("rakuten", files.rakuten(files.rakuten_row(コメント=comment))))
    assert (order.wish_date, order.wish_window, order.remark) == (date, window, remark)


def test_rakuten_window_codes() -> None:
    def window(word: str) -> str | None:
        return one(read("rakuten", files.rakuten(files.rakuten_row(お届け時間帯=word)))).wish_window

    assert [window(word) for word in ("0", "1", "1416", "2")] == ["", "08-12", "14-16", None]


def test_rakuten_social_gift_without_an_address_is_warned_and_blocked() -> None:
    dummy = {
        "送付先郵便番号1": "999",
        "送付先郵便番号2": "9999",
        "送付先住所都道府県": "入力待ち",
        "送付先住所郡市区": "入力待ち",
        "送付先住所それ以降の住所": "入力待ち",
        "送付先姓": "入力待ち",
        "送付先名": "入力待ち",
        "送付先電話番号1": "999",
        "ソーシャルギフト注文フラグ": "1",
    }
    result = read("rakuten", files.rakuten(files.rakuten_row(**dummy)))
    assert "dummy_address" in codes(result)
    assert one(result).address_pending


def test_rakuten_unsettled_postage() -> None:
    result = read("rakuten", files.rakuten(files.rakuten_row(送料合計="-9999", 請求金額="-9999", 合計金額="-9999")))
    assert codes(result) == ["unsettled", "unsettled"]
    assert (one(result).shipping_fee, one(result).total) == (None, None)


def test_rakuten_several_receivers_are_refused() -> None:
    second = files.rakuten_row(送付先ID="2", 送付先姓="別人")
    assert "several_ship_to" in codes(read("rakuten", files.rakuten(files.rakuten_row(), second)))
    assert "several_ship_to" in codes(read("rakuten", files.rakuten(files.rakuten_row(複数送付先フラグ="1"))))


def test_rakuten_sku_number_wins_and_lost_zeros_are_filled() -> None:
    row = files.rakuten_row(
        システム連携用SKU番号="SKU-9", 送付先郵便番号1="60", 送付先郵便番号2="1", 送付先電話番号1="90", SKU情報="色:藍"
    )
    result = read("rakuten", files.rakuten(row))
    order = one(result)
    assert (order.lines[0].code, order.lines[0].options) == ("SKU-9", "色:藍")
    assert (order.ship_to.postcode, order.ship_to.phone) == ("0600001", "090-1234-5678")
    assert codes(result) == ["lost_zero", "lost_zero"]


def test_rakuten_without_the_newer_columns_is_complete() -> None:
    headings = files.RAKUTEN
    result = read("rakuten", files.file_of(headings, [files.rakuten_row()[: len(headings)]]))
    assert codes(result) == []
    assert one(result).lines[0].code == "TEA-001"


# Shopify


def test_shopify_rows_after_the_first_hold_only_the_line() -> None:
    first = files.shopify_row(Subtotal="3400", Total="4000", Notes="急ぎません")
    more = files.shopify_more(**{"Lineitem sku": "CUP-9", "Lineitem quantity": "1", "Lineitem price": "1000"})
    result = read("shopify", files.shopify(first, more))
    order = one(result)
    assert codes(result) == []
    assert [(line.code, line.quantity, line.unit_price) for line in order.lines] == [
        ("TEA-001", 2, 1200),
        ("CUP-9", 1, 1000),
    ]
    assert (order.total, order.paid, order.remark, order.paid_on) == (
        4000,
        Paid.PAID,
        "急ぎません",
        dt.date(2026, 11, 20),
    )
    assert order.lines[0].price_includes_tax is True
    assert order.buyer == Party(
        "試験 花子", "", "", "1060032", "東京都", ADDRESS[2], "茶葉ビル501", "+81312345678", "hanako@example.com"
    )


@pytest.mark.parametrize(
    ("status", "paid"), [("paid", Paid.PAID), ("pending", Paid.UNPAID), ("authorized", Paid.UNKNOWN)]
)
def test_shopify_payment(status: str, paid: Paid) -> None:
    row = files.shopify_row(**{"Financial Status": status, "Paid at": ""})
    assert one(read("shopify", files.shopify(row))).paid is paid


def test_shopify_cancelled_foreign_and_foreign_currency() -> None:
    assert one(
        read("shopify", files.shopify(files.shopify_row(**{"Cancelled at": "2026-11-21 09:00:00 +0900"})))
    ).cancelled
    assert "foreign_country" in codes(read("shopify", files.shopify(files.shopify_row(**{"Shipping Country": "US"}))))
    assert "wrong_currency" in codes(read("shopify", files.shopify(files.shopify_row(Currency="USD"))))


# EC-CUBE 4


def test_eccube4_rows_that_are_no_goods_become_amounts() -> None:
    changes = {"合計": "3182", "支払合計": "3182", "値引き": "400"}
    rows = [
        files.eccube4_row(**changes),
        files.eccube4_extra("2", "660", **changes),
        files.eccube4_extra("3", "330", **changes),
        files.eccube4_extra("4", "-300", **changes),
        files.eccube4_extra("6", "-100", **changes),
    ]
    result = read("eccube4", files.eccube4(*rows))
    order = one(result)
    assert codes(result) == []
    assert len(order.lines) == 1
    assert (order.shipping_fee, order.payment_fee, order.discount, order.points) == (660, 330, 300, 100)
    assert (order.goods_total, order.total, order.lines[0].price_includes_tax) == (2592, 3182, False)


def test_eccube4_tells_the_two_postage_columns_apart() -> None:
    assert one(read("eccube4", files.eccube4(files.eccube4_row("660", "9999")))).shipping_fee == 660


def test_eccube4_head_comes_from_a_row_of_goods() -> None:
    result = read("eccube4", files.eccube4(files.eccube4_extra("3", "0"), files.eccube4_row()))
    assert one(result).ship_to.name == "試験 花子"


@pytest.mark.parametrize(
    ("status", "shipped", "cancelled", "paid"),
    [("3", False, True, Paid.UNKNOWN), ("5", True, False, Paid.UNKNOWN), ("6", False, False, Paid.PAID)],
)
def test_eccube4_status(status: str, shipped: bool, cancelled: bool, paid: Paid) -> None:
    order = one(read("eccube4", files.eccube4(files.eccube4_row(**{"対応状況(ID)": status}))))
    assert (order.shipped, order.cancelled, order.paid) == (shipped, cancelled, paid)


def test_eccube4_orders_in_checkout_are_refused() -> None:
    assert codes(read("eccube4", files.eccube4(files.eccube4_row(**{"対応状況(ID)": "8"})))) == ["not_placed"]


def test_eccube4_several_shippings_are_refused() -> None:
    second = files.eccube4_row(出荷ID="10", 商品コード="CUP-9")
    assert "several_ship_to" in codes(read("eccube4", files.eccube4(files.eccube4_row(), second)))


# BASE


def test_base_totals_of_lines_and_of_orders() -> None:
    order = one(read("base", files.base()))
    assert (order.total, order.lines[0].tax_rate, order.lines[0].price_includes_tax) == (3000, 8, True)
    more = files.base_row(商品コード="CUP-9", 価格="1000", 数量="1", 合計金額="1000")
    result = read("base", files.base(files.base_row(合計金額="2400"), more))
    assert codes(result) == []
    assert one(result).total is None


@pytest.mark.parametrize(
    ("word", "field"), [("キャンセル", "cancelled"), ("cancelled", "cancelled"), ("dispatched", "shipped")]
)
def test_base_status(word: str, field: str) -> None:
    assert getattr(one(read("base", files.base(files.base_row(発送状況=word)))), field) is True


# Yahoo!ショッピング


def test_yahoo_two_files_in_either_order() -> None:
    items = files.yahoo_items(
        files.yahoo_item_row(Quantity="1", UnitPrice="1400"),
        files.yahoo_item_row(LineId="2", ItemId="cup", SubCode="", Quantity="1", UnitPrice="1000"),
    )
    for pair in ((files.yahoo(), items), (items, files.yahoo())):
        order = one(read("yahoo", *pair))
        assert [(line.code, line.product_code) for line in order.lines] == [("TEA-001", "tea"), ("cup", "cup")]
        assert (order.paid, order.buyer.name) == (Paid.PAID, "試験 花子")


def test_yahoo_packed_lines() -> None:
    result = read("yahoo", files.yahoo_packed())
    order = one(result)
    assert codes(result) == []
    assert [(line.code, line.name, line.quantity, line.unit_price) for line in order.lines] == [
        ("TEA-001", "深蒸し煎茶 A&B", 2, 700),
        ("cup", "湯呑", 1, 1000),
    ]
    assert order.rows == (2, 2)


def test_yahoo_problems_name_the_file() -> None:
    result = read("yahoo", files.yahoo(), files.yahoo_items(files.yahoo_item_row(Quantity="0")))
    (problem,) = result.errors
    assert (problem.code, problem.row, problem.column) == ("bad_quantity", 2, "Quantity")
    assert problem.file
    assert result.refused[0].store_number == "shop-10000001"


def test_yahoo_one_file_of_two_is_not_enough() -> None:
    assert codes(read("yahoo", files.yahoo())) == ["two_files_needed"]
    assert read("yahoo", files.yahoo_items()).broken
    assert "no_order_for_items" in codes(
        read("yahoo", files.yahoo(), files.yahoo_items(files.yahoo_item_row(), files.yahoo_item_row(OrderId="x-9")))
    )
    foreign = read("yahoo", files.yahoo(), files.yahoo_items(files.yahoo_item_row(OrderId="x-9")))
    assert sorted(codes(foreign)) == ["no_lines", "no_order_for_items"]


# Amazon.co.jp


def test_amazon_prices_are_per_line() -> None:
    row = files.amazon_row(quantity_purchased="3", item_price="1000", item_promotion_discount="100")
    result = read("amazon-jp", files.amazon(row))
    order = one(result)
    assert codes(result) == ["price_divided"]
    assert [(line.quantity, line.unit_price) for line in order.lines] == [(1, 334), (2, 333)]
    assert (order.discount, order.shipping_fee, order.paid, order.payment_word) == (100, 600, Paid.PAID, "Amazon")


def test_amazon_delivery_slot_and_drift() -> None:
    row = files.amazon_row(
        delivery_start_date="2026-11-25T05:00:00+00:00", delivery_end_date="2026-11-25T07:00:00+00:00"
    )
    order = one(read("amazon-jp", files.amazon(row)))
    assert (order.wish_date, order.wish_window) == (dt.date(2026, 11, 25), "14-16")
    headings = [*reversed(files.AMAZON), "is-business-order"]
    drifted = files.file_of(headings, [[*reversed(files.amazon_row()), "false"]], encoding="utf-8", delimiter="\t")
    assert one(read("amazon-jp", drifted)).extra["is-business-order"] == "false"


def test_amazon_bad_cells_are_told_once() -> None:
    bad = files.amazon(files.amazon_row(quantity_purchased="0"))
    assert codes(read("amazon-jp", bad)) == ["bad_quantity"]


# one's own file


def test_own_file_by_a_saved_mapping() -> None:
    saved = SavedMapping(
        "おちゃのこ",
        (
            column("store_number", "番号", required=True),
            column("ordered_at", "日時"),
            column("buyer_name", "お名前"),
            column("item_code", "型番"),
            column("unit_price", "単価"),
            column("quantity", "数"),
        ),
    )
    chosen: Preset = preset(saved)
    data = files.file_of(
        ["番号", "日時", "お名前", "型番", "単価", "数"], [["1", "2026/11/20", "試験花子", "T", "5", "1"]]
    )
    order = one(chosen.read([read_table(data, known=chosen.headings)], {}))
    assert (order.store_number, order.buyer.name, order.lines[0].code) == ("1", "試験花子", "T")
    assert (missing_targets(saved), unknown_targets(saved)) == ([], [])
    assert missing_targets(SavedMapping("x", saved.fields[:1])) == ["ordered_at", "unit_price", "quantity", "item_code"]
    assert len(set(TARGETS)) == len(TARGETS)


def test_no_preset_takes_the_wrong_number_of_files() -> None:
    assert codes(read("rakuten", files.rakuten(), files.rakuten())) == ["one_file_needed"]
    assert codes(read("yahoo")) == ["two_files_needed"]


def test_every_field_has_a_label() -> None:
    assert set(TARGET_LABELS) == set(TARGETS)


@pytest.mark.parametrize("data", [files.nextengine(), files.colorme(), files.base()])
def test_a_mapping_is_suggested_from_known_headings(data: bytes) -> None:
    table = read_table(data)
    saved = suggest(table.headings)
    assert missing_targets(saved) == []
    order = one(preset(saved).read([table], {}))
    assert (order.buyer.name.replace(" ", ""), order.lines[0].unit_price) == ("試験花子", 1200)
    assert suggest(["謎", "の", "列"]).fields == ()
