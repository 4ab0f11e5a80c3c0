"""The columns are guessed from headings seen in use (`購入者 名前`, blank inside); several spellings are tried."""

from __future__ import annotations

from collections.abc import Sequence

from django.utils.translation import gettext_lazy as _

from akinai.foundation.tabular import Table
from akinai.foundation.tabular.mapping import FieldMap, SavedMapping, column
from akinai.frontoffice.channels.adapters.base import Preset, Status, ValueMaps, read_by
from akinai.frontoffice.channels.types import ReadResult


def _person(prefix: str, *words: str) -> tuple[FieldMap, ...]:
    def first(part: str, *names: str) -> FieldMap:
        return column(f"{prefix}_{part}", *(f"{word} {name}" for word in words for name in names))

    return (
        first("name", "名前", "氏名"),
        first("kana", "フリガナ", "名前(フリガナ)"),
        first("postcode", "郵便番号"),
        first("prefecture", "都道府県", "都道府県名"),
        first("address1", "住所", "住所1"),
        column(f"{prefix}_address2", *(f"{word} 住所2" for word in words), optional=True),
        first("phone", "電話番号"),
    )


MAPPING = SavedMapping(
    "colorme",
    (
        column("store_number", "売上ID", "注文ID", "受注番号", required=True),
        column("ordered_at", "受注日", "受注日時", "注文日", required=True),
        *_person("buyer", "購入者", "注文者"),
        column("buyer_mail", "購入者 メールアドレス", "注文者 メールアドレス"),
        *_person("ship", "宛先", "配送先", "お届け先"),
        column("payment_word", "決済方法", "支払方法"),
        column("delivery_word", "配送方法"),
        column("wish_date", "配送希望日", "宛先 配送希望日"),
        column("wish_window", "配送希望時間", "配送希望時間帯", "宛先 配送希望時間帯"),
        column("goods_total", "商品合計金額", "商品合計", optional=True),
        column("tax", "消費税", optional=True),
        column("shipping_fee", "送料合計", "送料"),
        column("payment_fee", "決済手数料", "手数料合計"),
        column("discount", "割引金額", "クーポン割引額", optional=True),
        column("points", "使用ポイント", "ポイント割引", optional=True),
        column("total", "総合計金額", "合計金額"),
        column("remark", "備考", "購入者 備考"),
        column("paid", "入金", "入金状態", optional=True),
        column("shipped", "発送", "発送状態", optional=True),
        column("item_name", "購入商品 商品名", "商品名"),
        column("item_code", "購入商品 型番", "型番"),
        column("item_product_code", "購入商品 商品ID", "商品ID"),
        column("unit_price", "購入商品 販売価格(消費税込)", "購入商品 販売価格", "販売価格", required=True),
        column("quantity", "購入商品 販売個数", "購入数量", "販売個数", required=True),
    ),
)


def read(tables: Sequence[Table], maps: ValueMaps) -> ReadResult:
    """Orders of the file."""
    return read_by(MAPPING, tables, maps)


PRESET = Preset("colorme", _("Color Me Shop"), Status.GUESSED, read, MAPPING.headings())
