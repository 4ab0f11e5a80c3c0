"""通常購入データ: 107 standard columns and the newer SKU columns, one row a line, order cells repeated."""

from __future__ import annotations

from collections.abc import Sequence

from django.utils.translation import gettext_lazy as _

from akinai.foundation.tabular import Table
from akinai.foundation.tabular.mapping import FieldMap, Mapped, SavedMapping, column, joined
from akinai.frontoffice.channels.adapters.base import Group, Preset, Status, ValueMaps, read_by
from akinai.frontoffice.channels.adapters.reading import FieldReader
from akinai.frontoffice.channels.adapters.words import names
from akinai.frontoffice.channels.types import ReadResult

from .comment import read_comment

#: The standard columns in their order, and the newer ones.
_BEFORE = names(
    """注文番号 ステータス サブステータスID サブステータス 注文日時 注文日 注文時間 キャンセル期限日 注文確認日時
    注文確定日時 発送指示日時 発送完了報告日時 支払方法名 クレジットカード支払い方法
    クレジットカード支払い回数 配送方法 配送区分 注文種別 複数送付先フラグ 送付先一致フラグ 離島フラグ
    楽天確認中フラグ 警告表示タイプ 楽天会員フラグ 購入履歴修正有無フラグ 商品合計金額 消費税合計 送料合計
    代引料合計 請求金額 合計金額 ポイント利用額 クーポン利用総額 店舗発行クーポン利用額 楽天発行クーポン利用額
    注文者郵便番号1 注文者郵便番号2 注文者住所都道府県 注文者住所郡市区 注文者住所それ以降の住所 注文者姓
    注文者名 注文者姓カナ 注文者名カナ 注文者電話番号1 注文者電話番号2 注文者電話番号3 注文者メールアドレス
    注文者性別 申込番号 申込お届け回数 送付先ID 送付先送料 送付先代引料 送付先消費税合計 送付先商品合計金額
    送付先合計金額 のし 送付先郵便番号1 送付先郵便番号2 送付先住所都道府県 送付先住所郡市区
    送付先住所それ以降の住所 送付先姓 送付先名 送付先姓カナ 送付先名カナ 送付先電話番号1 送付先電話番号2
    送付先電話番号3 商品明細ID 商品ID 商品名 商品番号 商品管理番号 単価 個数 送料込別 税込別 代引手数料込別
    項目・選択肢 ポイント倍率 納期情報 在庫タイプ ラッピングタイトル1 ラッピング名1 ラッピング料金1
    ラッピング税込別1 ラッピング種類1 ラッピングタイトル2 ラッピング名2 ラッピング料金2 ラッピング税込別2
    ラッピング種類2 お届け時間帯 お届け日指定 担当者 ひとことメモ"""
)
_AFTER = names(
    """ギフト配送希望 コメント 利用端末 メールキャリアコード あす楽希望フラグ 医薬品受注フラグ
    楽天スーパーDEAL商品受注フラグ メンバーシッププログラム受注タイプ"""
)
HEADINGS = (*_BEFORE, "メール差込文 (お客様へのメッセージ)", *_AFTER)
SKU_HEADINGS = names("SKU管理番号 システム連携用SKU番号 SKU情報 ソーシャルギフト注文フラグ")
_WRAP = (("title", "タイトル"), ("name", "名"), ("fee", "料金"))
_INCLUDED = (("税込", "1"), ("税込み", "1"), ("税別", "0"), ("税抜", "0"))


def _person(prefix: str, word: str) -> tuple[FieldMap, ...]:
    return (
        joined(f"{prefix}_name", f"{word}姓", f"{word}名", join=" "),
        joined(f"{prefix}_kana", f"{word}姓カナ", f"{word}名カナ", join=" "),
        column(f"{prefix}_prefecture", f"{word}住所都道府県"),
        joined(f"{prefix}_address1", f"{word}住所郡市区", f"{word}住所それ以降の住所"),
        *(column(f"{prefix}_zip{n}", f"{word}郵便番号{n}") for n in (1, 2)),
        *(column(f"{prefix}_tel{n}", f"{word}電話番号{n}") for n in (1, 2, 3)),
    )


MAPPING = SavedMapping(
    "rakuten",
    (
        column("store_number", "注文番号", required=True),
        column("ordered_at", "注文日時", "注文日", required=True),
        column("status_word", "ステータス"),
        *_person("buyer", "注文者"),
        column("buyer_mail", "注文者メールアドレス"),
        *_person("ship", "送付先"),
        column("ship_to_id", "送付先ID"),
        column("several", "複数送付先フラグ"),
        column("payment_word", "支払方法名"),
        column("delivery_word", "配送方法"),
        column("goods_total", "商品合計金額"),
        column("tax", "消費税合計"),
        column("shipping_fee", "送料合計"),
        column("payment_fee", "代引料合計"),
        column("total", "請求金額"),
        column("points", "ポイント利用額"),
        column("coupons", "クーポン利用総額"),
        column("discount", "店舗発行クーポン利用額"),
        column("mall_discount", "楽天発行クーポン利用額"),
        column("noshi", "のし"),
        column("item_name", "商品名"),
        column("item_code", "システム連携用SKU番号", optional=True),
        column("item_number", "商品番号"),
        column("item_sku", "SKU管理番号", optional=True),
        column("item_product_code", "商品管理番号"),
        column("unit_price", "単価", required=True),
        column("quantity", "個数", required=True),
        FieldMap("price_includes_tax", (("税込別",),), values=_INCLUDED),
        joined("item_options", "項目・選択肢", "SKU情報", join="\n", optional=True),
        column("tax_rate", "商品税率", "税率", optional=True),
        *(column(f"wrap_{part}{n}", f"ラッピング{word}{n}") for n in (1, 2) for part, word in _WRAP),
        column("wish_window", "お届け時間帯"),
        column("wish_date", "お届け日指定"),
        column("staff_note", "ひとことメモ"),
        column("gift", "ギフト配送希望"),
        column("comment", "コメント"),
        column("social_gift", "ソーシャルギフト注文フラグ", optional=True),
    ),
)


def read(tables: Sequence[Table], maps: ValueMaps) -> ReadResult:
    """Orders of the file."""
    return read_by(MAPPING, tables, maps, _shape)


def _shape(group: Group, mapped: Mapped) -> None:
    head = group.head
    read = FieldReader(mapped, group.first, head, group.problems)
    for prefix in ("buyer", "ship"):
        _numbers(read, head, prefix)
    if head["several"].strip() == "1":
        read.note("several_ship_to", "several", number=group.number)
    for line in group.lines:
        _code(line.values)
    _status(head)
    _wrapping(read, head)
    _coupons(read, head)
    _wishes(head)


def _numbers(read: FieldReader, head: dict[str, str], prefix: str) -> None:
    """Postcode and phone from their parts; a part that lost its zeros in a spreadsheet is filled up again."""
    parts = [head[f"{prefix}_zip{n}"].strip() for n in (1, 2)]
    if all(part.isdigit() for part in parts):
        whole = parts[0].zfill(3) + parts[1].zfill(4)
        if whole != "".join(parts):
            read.note("lost_zero", f"{prefix}_zip1", value="-".join(parts), read=whole)
        head[f"{prefix}_postcode"] = whole
    else:
        head[f"{prefix}_postcode"] = "-".join(part for part in parts if part)
    phone = [head[f"{prefix}_tel{n}"].strip() for n in (1, 2, 3)]
    if phone[0].isdigit() and not phone[0].startswith(("0", "999")):
        read.note("lost_zero", f"{prefix}_tel1", value=phone[0], read="0" + phone[0])
        phone[0] = "0" + phone[0]
    head[f"{prefix}_phone"] = "-".join(part for part in phone if part)


def _code(values: dict[str, str]) -> None:
    """The shop's own SKU number first, then item number, then what Rakuten needs to name it."""
    for target in ("item_number", "item_sku", "item_product_code"):
        if not values["item_code"].strip():
            values["item_code"] = values[target]


def _status(head: dict[str, str]) -> None:
    """Rakuten collects the money: from 発送待ち on it is guaranteed, except cash on delivery."""
    status = head["status_word"].strip()
    if status in _READY and "代金引換" not in head["payment_word"] and "代引" not in head["payment_word"]:
        head["paid"] = "1"
    head["shipped"] = "1" if status in _SHIPPED else ""
    head["cancelled"] = "1" if status in ("900", "キャンセル確定") else ""
    head["cancel_requested"] = "1" if status in ("800", "キャンセル確定待ち") else ""


_SHIPPED = frozenset(names("500 発送済 600 支払手続き中 700 支払手続き済"))
_READY = _SHIPPED | frozenset(names("300 発送待ち 400 変更確定待ち"))


def _wrapping(read: FieldReader, head: dict[str, str]) -> None:
    fees = [read.yen(f"wrap_fee{n}") for n in (1, 2)]
    words = [head[f"wrap_{part}{n}"].strip() for n in (1, 2) for part in ("title", "name")]
    if any(fee is not None for fee in fees):
        head["wrapping_fee"] = str(sum(fee or 0 for fee in fees))
    if any(words):
        head["gift"] = "1"
        head["gift_words"] = " ".join(word for word in words if word)


def _coupons(read: FieldReader, head: dict[str, str]) -> None:
    """Where the file gives only the sum of coupons, it counts as the mall's."""
    if not head["discount"].strip() and not head["mall_discount"].strip():
        head["mall_discount"] = head["coupons"]


def _wishes(head: dict[str, str]) -> None:
    """The two columns first, then what stands in コメント; 1 is 午前, hours come as 1416 or 708."""
    found = read_comment(head["comment"])
    head["remark"] = found.text
    if not head["wish_date"].strip():
        head["wish_date"] = found.wish_date
    column_word = head["wish_window"].strip()
    hours = column_word.zfill(4) if column_word.isdigit() and len(column_word) == 3 else column_word
    word = {"1": "午前中", "2": "午後", "9": "", "0": ""}.get(hours, hours)
    head["wish_window"] = word or found.wish_window


PRESET = Preset("rakuten", _("Rakuten Ichiba"), Status.SPECIFICATION, read, MAPPING.headings())
