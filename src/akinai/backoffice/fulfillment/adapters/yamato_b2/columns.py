"""The 95 columns of B2's 基本レイアウト. Position counts, not the heading: columns go by their number from 1."""

from __future__ import annotations

from enum import IntEnum

HEADINGS = (
    "お客様管理番号",
    "送り状種類",
    "クール区分",
    "伝票番号",
    "出荷予定日",
    "お届け予定日",
    "配達時間帯",
    "お届け先コード",
    "お届け先電話番号",
    "お届け先電話番号枝番",
    "お届け先郵便番号",
    "お届け先住所",
    "お届け先アパートマンション名",
    "お届け先会社・部門１",
    "お届け先会社・部門２",
    "お届け先名",
    "お届け先名(ｶﾅ)",
    "敬称",
    "ご依頼主コード",
    "ご依頼主電話番号",
    "ご依頼主電話番号枝番",
    "ご依頼主郵便番号",
    "ご依頼主住所",
    "ご依頼主アパートマンション",
    "ご依頼主名",
    "ご依頼主名(ｶﾅ)",
    "品名コード１",
    "品名１",
    "品名コード２",
    "品名２",
    "荷扱い１",
    "荷扱い２",
    "記事",
    "ｺﾚｸﾄ代金引換額（税込)",
    "内消費税額等",
    "止置き",
    "営業所コード",
    "発行枚数",
    "個数口表示フラグ",
    "請求先顧客コード",
    "請求先分類コード",
    "運賃管理番号",
    "クロネコwebコレクトデータ登録",
    "クロネコwebコレクト加盟店番号",
    "クロネコwebコレクト申込受付番号１",
    "クロネコwebコレクト申込受付番号２",
    "クロネコwebコレクト申込受付番号３",
    "お届け予定ｅメール利用区分",
    "お届け予定ｅメールe-mailアドレス",
    "入力機種",
    "お届け予定ｅメールメッセージ",
    "お届け完了ｅメール利用区分",
    "お届け完了ｅメールe-mailアドレス",
    "お届け完了ｅメールメッセージ",
    "クロネコ収納代行利用区分",
    "予備",
    "収納代行請求金額(税込)",
    "収納代行内消費税額等",
    "収納代行請求先郵便番号",
    "収納代行請求先住所",
    "収納代行請求先住所（アパートマンション名）",
    "収納代行請求先会社・部門名１",
    "収納代行請求先会社・部門名２",
    "収納代行請求先名(漢字)",
    "収納代行請求先名(カナ)",
    "収納代行問合せ先名(漢字)",
    "収納代行問合せ先郵便番号",
    "収納代行問合せ先住所",
    "収納代行問合せ先住所（アパートマンション名）",
    "収納代行問合せ先電話番号",
    "収納代行管理番号",
    "収納代行品名",
    "収納代行備考",
    "複数口くくりキー",
    "検索キータイトル1",
    "検索キー1",
    "検索キータイトル2",
    "検索キー2",
    "検索キータイトル3",
    "検索キー3",
    "検索キータイトル4",
    "検索キー4",
    "検索キータイトル5",
    "検索キー5",
    "予備",
    "予備",
    "投函予定メール利用区分",
    "投函予定メールe-mailアドレス",
    "投函予定メールメッセージ",
    "投函完了メール（お届け先宛）利用区分",
    "投函完了メール（お届け先宛）e-mailアドレス",
    "投函完了メール（お届け先宛）メールメッセージ",
    "投函完了メール（ご依頼主宛）利用区分",
    "投函完了メール（ご依頼主宛）e-mailアドレス",
    "投函完了メール（ご依頼主宛）メールメッセージ",
)


class Column(IntEnum):
    """The columns we fill, by number."""

    KEY = 1
    LABEL_TYPE = 2
    COOL = 3
    NUMBER = 4
    SHIP_DATE = 5
    WISH_DATE = 6
    WINDOW = 7
    TO_PHONE = 9
    TO_POSTCODE = 11
    TO_ADDRESS = 12
    TO_BUILDING = 13
    TO_COMPANY = 14
    TO_DEPARTMENT = 15
    TO_NAME = 16
    FROM_PHONE = 20
    FROM_POSTCODE = 22
    FROM_ADDRESS = 23
    FROM_BUILDING = 24
    FROM_NAME = 25
    GOODS_1 = 28
    GOODS_2 = 30
    HANDLING_1 = 31
    HANDLING_2 = 32
    REMARK = 33
    COD_AMOUNT = 34
    COD_TAX = 35
    COPIES = 38
    PIECES_SHOWN = 39
    CUSTOMER_CODE = 40
    CLASSIFICATION = 41
    FREIGHT_NUMBER = 42
    SEARCH_TITLE_1 = 75
    SEARCH_KEY_1 = 76


#: Widths in half-width characters: 全16 is 32. The format's own limits, not the shop's.
LIMITS: dict[Column, int] = {
    Column.KEY: 50,
    Column.TO_PHONE: 15,
    Column.TO_POSTCODE: 8,
    Column.TO_ADDRESS: 64,
    Column.TO_BUILDING: 32,
    Column.TO_COMPANY: 50,
    Column.TO_DEPARTMENT: 50,
    Column.TO_NAME: 32,
    Column.FROM_PHONE: 15,
    Column.FROM_POSTCODE: 8,
    Column.FROM_ADDRESS: 64,
    Column.FROM_BUILDING: 32,
    Column.FROM_NAME: 32,
    Column.GOODS_1: 50,
    Column.GOODS_2: 50,
    Column.HANDLING_1: 20,
    Column.HANDLING_2: 20,
    Column.REMARK: 44,
    Column.CUSTOMER_CODE: 12,
    Column.CLASSIFICATION: 3,
    Column.FREIGHT_NUMBER: 2,
    Column.SEARCH_TITLE_1: 20,
    Column.SEARCH_KEY_1: 20,
}

#: Columns B2 refuses when blank, as far as parcels decide them; the shop's own codes are checked once for all.
REQUIRED = (
    Column.KEY,
    Column.TO_PHONE,
    Column.TO_POSTCODE,
    Column.TO_ADDRESS,
    Column.TO_NAME,
    Column.FROM_PHONE,
    Column.FROM_POSTCODE,
    Column.FROM_ADDRESS,
    Column.FROM_NAME,
    Column.GOODS_1,
)


def heading(column: Column) -> str:
    """The heading as B2 shows it, for people who look for the field."""
    return HEADINGS[column - 1]
