"""受注CSV, 70 columns that a shop may reorder or switch off: one row a line item a shipping; 送料 stands twice."""

from __future__ import annotations

from collections.abc import Sequence

from django.utils.translation import gettext_lazy as _

from akinai.foundation.tabular import Table
from akinai.foundation.tabular.mapping import FieldMap, Mapped, Record, SavedMapping, column, joined
from akinai.frontoffice.channels.adapters.base import Group, Preset, Status, ValueMaps, read_by
from akinai.frontoffice.channels.adapters.reading import FieldReader
from akinai.frontoffice.channels.adapters.words import names
from akinai.frontoffice.channels.types import ReadResult

#: The columns in their order.
HEADINGS = names(
    """注文ID 注文番号 会員ID お名前(姓) お名前(名) お名前(セイ) お名前(メイ) 会社名 郵便番号 都道府県(ID)
    都道府県(名称) 住所1 住所2 メールアドレス TEL 性別(ID) 性別(名称) 職業(ID) 職業(名称) 誕生日
    ショップ用メモ欄 小計 値引き 送料 税金 合計 支払合計 対応状況(ID) 対応状況(名称) 支払方法(ID)
    支払方法(名称) 受注日 入金日 注文詳細ID 商品ID 商品規格ID 商品名 商品コード 規格名1 規格名2 規格分類名1
    規格分類名2 価格 個数 税率 税率ルール(ID) 明細区分(ID) 明細区分(名称) 出荷ID 配送先_お名前(姓)
    配送先_お名前(名) 配送先_お名前(セイ) 配送先_お名前(メイ) 配送先_会社名 配送先_郵便番号
    配送先_都道府県(ID) 配送先_都道府県(名称) 配送先_住所1 配送先_住所2 配送先_TEL 配送業者(ID) 配送業者(名称)
    お届け時間ID お届け時間(名称) お届け希望日 送料 発送日 出荷伝票番号 配達用メモ 出荷メール送信日"""
)


def _person(prefix: str, word: str) -> tuple[FieldMap, ...]:
    return (
        joined(f"{prefix}_name", f"{word}お名前(姓)", f"{word}お名前(名)", join=" "),
        joined(f"{prefix}_kana", f"{word}お名前(セイ)", f"{word}お名前(メイ)", join=" "),
        column(f"{prefix}_company", f"{word}会社名"),
        column(f"{prefix}_postcode", f"{word}郵便番号"),
        column(f"{prefix}_prefecture", f"{word}都道府県(名称)"),
        column(f"{prefix}_address1", f"{word}住所1"),
        column(f"{prefix}_address2", f"{word}住所2"),
        column(f"{prefix}_phone", f"{word}TEL"),
    )


MAPPING = SavedMapping(
    "eccube4",
    (
        column("store_number", "注文番号", "注文ID", required=True),
        column("ordered_at", "受注日", required=True),
        *_person("buyer", ""),
        column("buyer_mail", "メールアドレス"),
        *_person("ship", "配送先_"),
        column("ship_to_id", "出荷ID"),
        column("staff_note", "ショップ用メモ欄"),
        column("goods_total", "小計"),
        column("discount", "値引き"),
        column("shipping_fee", "送料#1"),
        column("tax", "税金"),
        column("total", "支払合計", "合計"),
        column("status_id", "対応状況(ID)"),
        column("status_word", "対応状況(名称)"),
        column("payment_word", "支払方法(名称)"),
        column("paid_on", "入金日"),
        column("item_name", "商品名"),
        column("item_code", "商品コード"),
        column("item_product_code", "商品ID"),
        joined("item_options", "規格分類名1", "規格分類名2", join=" / "),
        column("unit_price", "価格", required=True),
        column("quantity", "個数", required=True),
        column("tax_rate", "税率"),
        column("line_type", "明細区分(ID)"),
        column("line_type_word", "明細区分(名称)"),
        column("delivery_word", "配送業者(名称)"),
        column("wish_window", "お届け時間(名称)"),
        column("wish_date", "お届け希望日"),
        column("ship_date", "発送日"),
        column("tracking", "出荷伝票番号"),
        column("remark", "配達用メモ"),
    ),
    known_duplicates=("送料",),
)
_TYPES = {"商品": "1", "送料": "2", "手数料": "3", "割引": "4", "割引き": "4", "税": "5", "ポイント": "6"}
_STATUS = {"新規受付": "1", "注文取消し": "3", "対応中": "4", "発送済み": "5", "入金済み": "6"}
_STATUS |= {"決済処理中": "7", "購入処理中": "8", "返品": "9"}
_SHIP = names("ship_name ship_kana ship_company ship_postcode ship_prefecture ship_address1 ship_address2 ship_phone")
_SHIPPING = (*_SHIP, *names("delivery_word wish_window wish_date ship_date tracking remark"))


def read(tables: Sequence[Table], maps: ValueMaps) -> ReadResult:
    """Orders of the file; rows that are postage, fees, discounts and points become amounts of the order."""
    return read_by(MAPPING, tables, maps, _shape)


def _shape(group: Group, mapped: Mapped) -> None:
    head = group.head
    goods = [line for line in group.lines if _type(line) in ("1", "")]
    others = [line for line in group.lines if _type(line) not in ("1", "")]
    group.lines[:] = goods
    if goods:
        head.update({target: goods[0].values[target] for target in _SHIPPING})
    _amounts(group, others, mapped)
    status = head["status_id"].strip() or _STATUS.get(head["status_word"].strip(), "")
    if status in ("7", "8"):
        read = FieldReader(mapped, group.first, head, group.problems)
        read.note("not_placed", "status_id", number=group.number, status=head["status_word"] or status)
    head["cancelled"] = "1" if status == "3" else ""
    head["shipped"] = "1" if status in ("5", "9") else ""
    head["paid"] = "1" if status == "6" else ""


def _type(line: Record) -> str:
    return line.values["line_type"].strip() or _TYPES.get(line.values["line_type_word"].strip(), "")


def _amounts(group: Group, others: list[Record], mapped: Mapped) -> None:
    """Fees and points have no column of their own; 値引き holds discounts and points together, so rows win over it."""
    sums: dict[str, int] = {}
    for line in others:
        read = FieldReader(mapped, line.row, line.values, group.problems)
        price, count = read.yen("unit_price"), read.quantity("quantity")
        sums[_type(line)] = sums.get(_type(line), 0) + (price or 0) * (count or 0)
    if "3" in sums:
        group.head["payment_fee"] = str(sums["3"])
    if "6" in sums:
        group.head["points"] = str(abs(sums["6"]))
    if "4" in sums or "6" in sums:
        group.head["discount"] = str(abs(sums.get("4", 0)))


PRESET = Preset("eccube4", _("EC-CUBE 4"), Status.SPECIFICATION, read, MAPPING.headings())
