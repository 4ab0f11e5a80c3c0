"""One row a line, order cells repeated; 合計金額 may be the line's or the order's, which the figures tell."""

from __future__ import annotations

from collections.abc import Sequence

from django.utils.translation import gettext_lazy as _

from akinai.foundation.tabular import Table
from akinai.foundation.tabular.fields import yen
from akinai.foundation.tabular.mapping import FieldMap, Mapped, SavedMapping, column, joined
from akinai.frontoffice.channels.adapters.base import Group, Preset, Status, ValueMaps, read_by
from akinai.frontoffice.channels.adapters.words import names
from akinai.frontoffice.channels.types import ReadResult

#: The columns in their order; the last three are newer.
HEADINGS = names(
    """注文ID 注文日時 氏(請求先) 名(請求先) 郵便番号(請求先) 都道府県(請求先) 住所(請求先) 住所2(請求先)
    電話番号(請求先) メールアドレス(請求先) 氏(配送先) 名(配送先) 郵便番号(配送先) 都道府県(配送先)
    住所(配送先) 住所2(配送先) 電話番号(配送先) 備考 商品名 バリエーション 価格 税率 数量 合計金額 送料
    支払い方法 代引き手数料 発送状況 商品ID 種類ID 購入元 配送日 配送時間帯 注文メモ 調整金額 商品コード
    種類コード JAN/GTIN"""
)


def _person(prefix: str, word: str) -> tuple[FieldMap, ...]:
    return (
        joined(f"{prefix}_name", f"氏({word})", f"名({word})", join=" "),
        column(f"{prefix}_postcode", f"郵便番号({word})"),
        column(f"{prefix}_prefecture", f"都道府県({word})"),
        column(f"{prefix}_address1", f"住所({word})"),
        column(f"{prefix}_address2", f"住所2({word})"),
        column(f"{prefix}_phone", f"電話番号({word})"),
    )


MAPPING = SavedMapping(
    "base",
    (
        column("store_number", "注文ID", required=True),
        column("ordered_at", "注文日時", required=True),
        *_person("buyer", "請求先"),
        column("buyer_mail", "メールアドレス(請求先)"),
        *_person("ship", "配送先"),
        column("remark", "備考"),
        column("item_name", "商品名"),
        column("item_options", "バリエーション"),
        column("unit_price", "価格", required=True),
        column("tax_rate", "税率"),
        column("quantity", "数量", required=True),
        column("total", "合計金額", optional=True),
        column("shipping_fee", "送料"),
        column("payment_word", "支払い方法"),
        column("payment_fee", "代引き手数料"),
        column("status_word", "発送状況"),
        column("item_product_code", "商品コード", "商品ID", optional=True),
        column("item_code", "種類コード", optional=True),
        column("wish_date", "配送日"),
        column("wish_window", "配送時間帯"),
        column("staff_note", "注文メモ"),
        column("other_fee", "調整金額"),
    ),
)
_CANCELLED = frozenset(names("cancelled キャンセル キャンセル済み"))
_SHIPPED = frozenset(names("dispatched 発送済み 発送済 対応済み 対応済"))
_UNPAID = frozenset(names("unpaid 入金待ち 未入金"))


def read(tables: Sequence[Table], maps: ValueMaps) -> ReadResult:
    """Orders of the file; prices hold the tax."""
    return read_by(MAPPING, [_without_line_totals(table) for table in tables], maps, _shape)


def _without_line_totals(table: Table) -> Table:
    """合計金額 renamed where it is 価格 × 数量 on every row: then it says nothing about the order."""
    at = {heading: index for index, heading in enumerate(table.headings)}
    if not {"価格", "数量", "合計金額"} <= set(at):
        return table
    price, count, total = at["価格"], at["数量"], at["合計金額"]
    cells = [[yen(row.cells[i]).value for i in (price, count, total)] for row in table.rows if not row.refused]
    if not cells or any(a is None or b is None or a * b != c for a, b, c in cells):
        return table
    return table.renamed(total, "小計")


def _shape(group: Group, mapped: Mapped) -> None:
    status = group.head["status_word"].strip()
    group.head["cancelled"] = "1" if status in _CANCELLED else ""
    group.head["shipped"] = "1" if status in _SHIPPED else ""
    group.head["paid"] = "0" if status in _UNPAID else ""
    for line in group.lines:
        line.values["price_includes_tax"] = "1"
        if not line.values["item_code"].strip():
            line.values["item_code"] = line.values["item_product_code"]


PRESET = Preset("base", _("BASE"), Status.SPECIFICATION, read, MAPPING.headings())
