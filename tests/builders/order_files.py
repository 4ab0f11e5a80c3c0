"""Order files as the stores write them: rows as dicts over sound defaults, to bytes."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence

from akinai.frontoffice.channels.adapters.nextengine.mapping import HEADINGS as NEXTENGINE


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
