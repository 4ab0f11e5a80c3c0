"""39 columns, one row a line; the 61-column form of the invoice era is read as far as its headings are known."""

from __future__ import annotations

from collections.abc import Sequence

from django.utils.translation import gettext_lazy as _

from akinai.foundation.tabular import Table
from akinai.foundation.tabular.mapping import Mapped, SavedMapping, column
from akinai.frontoffice.channels.adapters.base import Group, Preset, Status, ValueMaps, read_by
from akinai.frontoffice.channels.adapters.words import names
from akinai.frontoffice.channels.types import ReadResult

#: The published headings, in their order.
HEADINGS = names(
    """店舗伝票番号 受注日 受注郵便番号 受注住所１ 受注住所２ 受注名 受注名カナ 受注電話番号 受注メールアドレス
    発送郵便番号 発送先住所１ 発送先住所２ 発送先名 発送先カナ 発送電話番号 支払方法 発送方法 商品計 税金
    発送料 手数料 ポイント その他費用 合計金額 ギフトフラグ 時間帯指定 日付指定 作業者欄 備考 商品名
    商品コード 商品価格 受注数量 商品オプション 出荷済フラグ 顧客区分 顧客コード 消費税率（%） 出荷予定日"""
)

MAPPING = SavedMapping(
    "nextengine",
    (
        column("store_number", "店舗伝票番号", required=True),
        column("ordered_at", "受注日", required=True),
        column("buyer_postcode", "受注郵便番号"),
        column("buyer_address1", "受注住所１"),
        column("buyer_address2", "受注住所２"),
        column("buyer_name", "受注名"),
        column("buyer_kana", "受注名カナ"),
        column("buyer_phone", "受注電話番号"),
        column("buyer_mail", "受注メールアドレス"),
        column("ship_postcode", "発送郵便番号", "発送先郵便番号"),
        column("ship_address1", "発送先住所１"),
        column("ship_address2", "発送先住所２"),
        column("ship_name", "発送先名"),
        column("ship_kana", "発送先カナ", "発送先名カナ"),
        column("ship_phone", "発送電話番号", "発送先電話番号"),
        column("payment_word", "支払方法"),
        column("delivery_word", "発送方法"),
        column("goods_total", "商品計"),
        column("tax", "税金"),
        column("shipping_fee", "発送料"),
        column("payment_fee", "手数料"),
        column("points", "ポイント"),
        column("other_fee", "その他費用"),
        column("total", "合計金額", "請求金額"),
        column("gift", "ギフトフラグ"),
        column("wish_window", "時間帯指定"),
        column("wish_date", "日付指定"),
        column("staff_note", "作業者欄"),
        column("remark", "備考"),
        column("item_name", "商品名"),
        column("item_code", "商品コード", required=True),
        column("unit_price", "商品価格", required=True),
        column("quantity", "受注数量", required=True),
        column("item_options", "商品オプション"),
        column("shipped", "出荷済フラグ"),
        column("tax_rate", "消費税率（%）", "ピッキング指示内容"),
        column("ship_date", "出荷予定日"),
    ),
)


def read(tables: Sequence[Table], maps: ValueMaps) -> ReadResult:
    """Orders of the file; the two last-but-one columns hold either a tax rate or picking words."""
    return read_by(MAPPING, tables, maps, _shape)


def _shape(group: Group, mapped: Mapped) -> None:
    if mapped.at.get("tax_rate", (0, ""))[1] != "ピッキング指示内容":
        return
    words = group.head.get("tax_rate", "").strip()
    if words and not words.rstrip("%％").isdigit():
        group.head["staff_note"] = "\n".join(t for t in (group.head["staff_note"].strip(), words) if t)


PRESET = Preset(
    "nextengine",
    _("Next Engine, general purpose"),
    Status.SPECIFICATION,
    read,
    MAPPING.headings(),
)
