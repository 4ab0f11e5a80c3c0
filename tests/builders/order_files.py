"""Order files as the stores write them: rows as dicts over sound defaults, to bytes."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence

from akinai.frontoffice.channels.adapters.amazon_jp.mapping import HEADINGS as AMAZON
from akinai.frontoffice.channels.adapters.base_shop.mapping import HEADINGS as BASE
from akinai.frontoffice.channels.adapters.eccube4.mapping import HEADINGS as ECCUBE4
from akinai.frontoffice.channels.adapters.nextengine.mapping import HEADINGS as NEXTENGINE
from akinai.frontoffice.channels.adapters.rakuten.mapping import HEADINGS as RAKUTEN
from akinai.frontoffice.channels.adapters.rakuten.mapping import SKU_HEADINGS as RAKUTEN_SKU
from akinai.frontoffice.channels.adapters.shopify.mapping import HEADINGS as SHOPIFY
from akinai.frontoffice.channels.adapters.yahoo.mapping import ITEM_HEADINGS as YAHOO_ITEMS
from akinai.frontoffice.channels.adapters.yahoo.mapping import ORDER_HEADINGS as YAHOO_ORDERS


def file_of(
    headings: Sequence[str], rows: Iterable[Sequence[str]], *, encoding: str = "cp932", delimiter: str = ","
) -> bytes:
    """Cells as they stand, CRLF."""
    out = io.StringIO(newline="")
    csv.writer(out, delimiter=delimiter, lineterminator="\r\n").writerows([headings, *rows])
    return out.getvalue().encode(encoding)


def cells(headings: Sequence[str], defaults: dict[str, str], changes: dict[str, str]) -> list[str]:
    """One row; a change under an unknown heading is a mistake of the test."""
    unknown = set(changes) - set(headings)
    assert not unknown, unknown
    return [{**defaults, **changes}.get(heading, "") for heading in headings]


_NEXTENGINE = {
    "店舗伝票番号": "NE-1001",
    "受注日": "2026/11/20 10:15:00",
    "受注郵便番号": "1060032",
    "受注住所１": "東京都港区六本木1-2-3",
    "受注住所２": "茶葉ビル501",
    "受注名": "試験花子",
    "受注名カナ": "シケンハナコ",
    "受注電話番号": "03-1234-5678",
    "受注メールアドレス": "hanako@example.com",
    "発送郵便番号": "1060032",
    "発送先住所１": "東京都港区六本木1-2-3",
    "発送先住所２": "茶葉ビル501",
    "発送先名": "試験花子",
    "発送先カナ": "シケンハナコ",
    "発送電話番号": "03-1234-5678",
    "支払方法": "クレジットカード",
    "発送方法": "ヤマト運輸",
    "商品計": "2400",
    "税金": "0",
    "発送料": "600",
    "手数料": "0",
    "ポイント": "0",
    "その他費用": "0",
    "合計金額": "3000",
    "ギフトフラグ": "0",
    "商品名": "深蒸し煎茶 100g",
    "商品コード": "TEA-001",
    "商品価格": "1200",
    "受注数量": "2",
    "出荷済フラグ": "0",
    "消費税率（%）": "8",
}


def nextengine_row(**changes: str) -> list[str]:
    """One line of a sound order of 3,000 yen (two teas at 1,200, postage 600)."""
    return cells(NEXTENGINE, _NEXTENGINE, changes)


def nextengine(*rows: Sequence[str], encoding: str = "cp932") -> bytes:
    """ネクストエンジン 汎用, 39 columns."""
    return file_of(NEXTENGINE, rows or [nextengine_row()], encoding=encoding)


_RAKUTEN = {
    "注文番号": "123456-20261120-0000000001",
    "ステータス": "300",
    "注文日時": "2026-11-20 10:15:00",
    "支払方法名": "クレジットカード",
    "配送方法": "宅配便",
    "複数送付先フラグ": "0",
    "商品合計金額": "2400",
    "消費税合計": "0",
    "送料合計": "600",
    "代引料合計": "0",
    "請求金額": "3000",
    "合計金額": "3000",
    "ポイント利用額": "0",
    "クーポン利用総額": "0",
    "送付先ID": "1",
    **{
        f"{who}{part}": value
        for who in ("注文者", "送付先")
        for part, value in {
            "郵便番号1": "106",
            "郵便番号2": "0032",
            "住所都道府県": "東京都",
            "住所郡市区": "港区",
            "住所それ以降の住所": "六本木1-2-3 茶葉ビル501",
            "姓": "試験",
            "名": "花子",
            "姓カナ": "シケン",
            "名カナ": "ハナコ",
            "電話番号1": "03",
            "電話番号2": "1234",
            "電話番号3": "5678",
        }.items()
    },
    "注文者メールアドレス": "masked@pc.fw.rakuten.example",
    "商品名": "深蒸し煎茶 100g",
    "商品番号": "TEA-001",
    "商品管理番号": "tea-001",
    "単価": "1200",
    "個数": "2",
    "税込別": "1",
}


def rakuten_row(**changes: str) -> list[str]:
    """One line of a sound order of 3,000 yen with the newer SKU columns."""
    return cells((*RAKUTEN, *RAKUTEN_SKU), _RAKUTEN, changes)


def rakuten(*rows: Sequence[str]) -> bytes:
    """楽天市場 通常購入データ, 107 standard columns and the newer ones."""
    return file_of((*RAKUTEN, *RAKUTEN_SKU), rows or [rakuten_row()])


_SHOPIFY = {
    "Name": "#1001",
    "Email": "hanako@example.com",
    "Financial Status": "paid",
    "Paid at": "2026-11-20 10:15:05 +0900",
    "Fulfillment Status": "unfulfilled",
    "Currency": "JPY",
    "Subtotal": "2400",
    "Shipping": "600",
    "Taxes": "222",
    "Total": "3000",
    "Discount Amount": "0",
    "Shipping Method": "宅配便",
    "Created at": "2026-11-20 10:15:00 +0900",
    "Lineitem quantity": "2",
    "Lineitem name": "深蒸し煎茶 - 100g",
    "Lineitem price": "1200",
    "Lineitem sku": "TEA-001",
    **{
        f"{who} {part}": value
        for who in ("Billing", "Shipping")
        for part, value in {
            "Name": "試験 花子",
            "Street": "六本木1-2-3, 茶葉ビル501",
            "Address1": "六本木1-2-3",
            "Address2": "茶葉ビル501",
            "City": "港区",
            "Zip": "'106-0032",
            "Province": "JP-13",
            "Country": "JP",
            "Phone": "'+81312345678",
        }.items()
    },
    "Payment Method": "Shopify Payments",
}


def shopify_row(**changes: str) -> list[str]:
    """The first row of a sound order; headings with blanks are given as `**{"Paid at": …}`."""
    return cells(SHOPIFY, _SHOPIFY, changes)


def shopify_more(**changes: str) -> list[str]:
    """A further row: only the number, the mail address and the line."""
    line = {name: value for name, value in _SHOPIFY.items() if name in ("Name", "Email") or name.startswith("Lineitem")}
    return cells(SHOPIFY, line, changes)


def shopify(*rows: Sequence[str]) -> bytes:
    """orders_export.csv, 79 columns, UTF-8."""
    return file_of(SHOPIFY, rows or [shopify_row()], encoding="utf-8")


_BASE = {
    "注文ID": "ABCD1234EFGH5678",
    "注文日時": "2026-11-20 10:15:00",
    **{
        f"{part}({who})": value
        for who in ("請求先", "配送先")
        for part, value in {
            "氏": "試験",
            "名": "花子",
            "郵便番号": "1060032",
            "都道府県": "東京都",
            "住所": "港区六本木1-2-3",
            "住所2": "茶葉ビル501",
            "電話番号": "0312345678",
        }.items()
    },
    "メールアドレス(請求先)": "hanako@example.com",
    "商品名": "深蒸し煎茶",
    "バリエーション": "100g",
    "価格": "1200",
    "税率": "8",
    "数量": "2",
    "合計金額": "3000",
    "送料": "600",
    "支払い方法": "クレジットカード決済",
    "代引き手数料": "0",
    "発送状況": "未対応",
    "商品ID": "1234567",
    "商品コード": "TEA-001",
}


def base_row(**changes: str) -> list[str]:
    """One line of a sound order; headings with brackets are given as `**{"氏(請求先)": …}`."""
    return cells(BASE, _BASE, changes)


def base(*rows: Sequence[str]) -> bytes:
    """BASE, 38 columns."""
    return file_of(BASE, rows or [base_row()])


_ECCUBE4 = {
    "注文ID": "7",
    "注文番号": "EC-7",
    "メールアドレス": "hanako@example.com",
    "小計": "2592",
    "値引き": "0",
    "税金": "192",
    "合計": "3252",
    "支払合計": "3252",
    "対応状況(ID)": "1",
    "対応状況(名称)": "新規受付",
    "支払方法(名称)": "銀行振込",
    "受注日": "2026-11-20 10:15:00",
    "商品ID": "3",
    "商品名": "深蒸し煎茶",
    "商品コード": "TEA-001",
    "規格分類名1": "100g",
    "価格": "1200",
    "個数": "2",
    "税率": "8",
    "明細区分(ID)": "1",
    "明細区分(名称)": "商品",
    "出荷ID": "9",
    "配送業者(名称)": "ヤマト運輸",
    **{
        f"{who}{part}": value
        for who in ("", "配送先_")
        for part, value in {
            "お名前(姓)": "試験",
            "お名前(名)": "花子",
            "お名前(セイ)": "シケン",
            "お名前(メイ)": "ハナコ",
            "郵便番号": "1060032",
            "都道府県(名称)": "東京都",
            "住所1": "港区六本木1-2-3",
            "住所2": "茶葉ビル501",
            "TEL": "0312345678",
        }.items()
    },
}


def eccube4_row(order_shipping: str = "660", shipping_shipping: str = "", **changes: str) -> list[str]:
    """One row of a sound order of 3,252 yen; 送料 stands twice and is given by its two arguments."""
    row = cells(ECCUBE4, _ECCUBE4, changes)
    first, second = (i for i, heading in enumerate(ECCUBE4) if heading == "送料")
    row[first], row[second] = order_shipping, shipping_shipping
    return row


def eccube4_extra(kind: str, price: str, **changes: str) -> list[str]:
    """A row that is no goods: `kind` is the 明細区分(ID) (2 送料, 3 手数料, 4 割引, 6 ポイント)."""
    fixed = {"明細区分(ID)": kind, "商品コード": "", "商品ID": "", "価格": price, "個数": "1", "規格分類名1": ""}
    if kind == "3":
        fixed |= {name: "" for name in _ECCUBE4 if name.startswith("配送先_") or name == "出荷ID"}
    return eccube4_row(**{"明細区分(名称)": "", "商品名": "送料など", **fixed, **changes})


def eccube4(*rows: Sequence[str]) -> bytes:
    """EC-CUBE 4 受注CSV, 70 columns."""
    return file_of(ECCUBE4, rows or [eccube4_row()])


_YAHOO_ORDER = {
    "OrderId": "shop-10000001",
    "OrderTime": "2026/11/20 10:15:00",
    "OrderStatus": "2",
    "PayStatus": "1",
    "ShipStatus": "1",
    **{
        f"{who}{part}": value
        for who in ("Ship", "Bill")
        for part, value in {
            "LastName": "試験",
            "FirstName": "花子",
            "ZipCode": "1060032",
            "Prefecture": "東京都",
            "City": "港区",
            "Address1": "六本木1-2-3",
            "Address2": "茶葉ビル501",
            "PhoneNumber": "0312345678",
        }.items()
    },
    "BillMailAddress": "hanako@example.com",
    "ShipMethodName": "宅配便",
    "PayMethodName": "クレジットカード",
    "ShipCharge": "600",
    "PayCharge": "0",
    "Discount": "0",
    "UsePoint": "0",
    "TotalPrice": "3000",
    "TotalMallCouponDiscount": "0",
}
_YAHOO_ITEM = {
    "OrderId": "shop-10000001",
    "LineId": "1",
    "Quantity": "2",
    "ItemId": "tea",
    "SubCode": "TEA-001",
    "Title": "深蒸し煎茶 100g",
    "UnitPrice": "1200",
}


def yahoo_order_row(**changes: str) -> list[str]:
    """A sound order of 3,000 yen."""
    return cells(YAHOO_ORDERS, _YAHOO_ORDER, changes)


def yahoo_item_row(**changes: str) -> list[str]:
    """Its one line."""
    return cells(YAHOO_ITEMS, _YAHOO_ITEM, changes)


def yahoo(*rows: Sequence[str]) -> bytes:
    """Yahoo!ショッピング order file."""
    return file_of(YAHOO_ORDERS, rows or [yahoo_order_row()])


def yahoo_items(*rows: Sequence[str]) -> bytes:
    """Yahoo!ショッピング item file."""
    return file_of(YAHOO_ITEMS, rows or [yahoo_item_row()])


def yahoo_packed(**changes: str) -> bytes:
    """Both in one: each item cell holds all lines as `L1=…&L2=…`."""
    items = {
        "ItemId": "L1=tea&L2=cup",
        "SubCode": "L1=TEA-001&L2=",
        "Title": "L1=深蒸し煎茶 A&B&L2=湯呑",
        "UnitPrice": "L1=700&L2=1000",
        "Quantity": "L1=2&L2=1",
    }
    headings = (*YAHOO_ORDERS, *items)
    return file_of(headings, [cells(headings, {**_YAHOO_ORDER, **items}, changes)])


_AMAZON = {
    "order-id": "249-1234567-1234567",
    "order-item-id": "12345678901234",
    "purchase-date": "2026-11-20T01:15:00+00:00",
    "payments-date": "2026-11-20T01:15:30+00:00",
    "buyer-email": "abc@marketplace.amazon.example",
    "buyer-name": "試験花子",
    "buyer-phone-number": "03-1234-5678",
    "sku": "TEA-001",
    "product-name": "深蒸し煎茶 100g",
    "quantity-purchased": "2",
    "currency": "JPY",
    "item-price": "2400",
    "item-tax": "178",
    "shipping-price": "600",
    "ship-service-level": "Standard",
    "recipient-name": "試験花子",
    "ship-address-1": "港区六本木1-2-3",
    "ship-address-2": "茶葉ビル501",
    "ship-state": "東京都",
    "ship-postal-code": "106-0032",
    "ship-country": "JP",
    "ship-phone-number": "03-1234-5678",
}


def amazon_row(**changes: str) -> list[str]:
    """One line of a sound order; names are given with `_` for `-`."""
    return cells(AMAZON, _AMAZON, {name.replace("_", "-"): value for name, value in changes.items()})


def amazon(*rows: Sequence[str], encoding: str = "cp932") -> bytes:
    """Amazon.co.jp order report, tab-separated."""
    return file_of(AMAZON, rows or [amazon_row()], encoding=encoding, delimiter="\t")


_COLORME = {
    "売上ID": "88001",
    "受注日": "2026/11/20 10:15:00",
    "購入者 名前": "試験花子",
    "購入者 郵便番号": "1060032",
    "購入者 都道府県": "東京都",
    "購入者 住所": "港区六本木1-2-3",
    "購入者 電話番号": "03-1234-5678",
    "購入者 メールアドレス": "hanako@example.com",
    "決済方法": "銀行振込",
    "配送方法": "宅配便",
    "送料合計": "600",
    "総合計金額": "3000",
    "備考": "",
    "購入商品 型番": "TEA-001",
    "購入商品 商品名": "深蒸し煎茶 100g",
    "購入商品 販売価格(消費税込)": "1200",
    "購入数量": "2",
}


def colorme_row(**changes: str) -> list[str]:
    """One line of a sound order of 3,000 yen."""
    return cells(tuple(_COLORME), _COLORME, changes)


def colorme(*rows: Sequence[str]) -> bytes:
    """カラーミーショップ, in the heading style seen in use."""
    return file_of(tuple(_COLORME), rows or [colorme_row()])
