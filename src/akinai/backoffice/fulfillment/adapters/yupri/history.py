"""発送履歴: the file ゆうプリR writes of what became of parcels; any carrier's list with such headings is read as well.

Six columns are known from a real file: our number, tracking number, date taken in, date delivered, aggregate and
detail status code. What a code means is the shop's setting, since only one is documented; a row whose code nobody
knows is named.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.translation import gettext as _

from akinai.backoffice.fulfillment.states import Tracking
from akinai.foundation.core.text import nfkc
from akinai.foundation.tabular import dates, read_table
from akinai.foundation.tabular.fields import damaged
from akinai.foundation.tabular.table import heading_key

#: What the columns are called, by what they mean to us; the first that stands in the file is taken.
HEADINGS: dict[str, tuple[str, ...]] = {
    "number": ("お問い合わせ番号", "お問合せ番号", "お問い合わせ伝票番号", "送り状番号", "伝票番号", "追跡番号"),
    "key": ("お客様側管理番号", "お客様管理番号", "出荷番号"),
    "taken": ("仮引受確定作業年月日", "引受日", "発送日"),
    "delivered": ("配送完了作業年月日", "配達完了日", "配達日"),
    "code": ("配達ステータス集約コード",),
    "detail": ("配達ステータス明細コード",),
    "words": ("配達状況", "荷物状況", "ステータス", "状態"),
    "day": ("更新日", "日付", "年月日"),
}
#: The carriers' words for where a parcel is (SHP-53), the longer ones first.
WORDS: tuple[tuple[str, Tracking], ...] = (
    ("配達完了", Tracking.DELIVERED), ("お届け済", Tracking.DELIVERED), ("お届け先にお届け", Tracking.DELIVERED),
    ("返送", Tracking.RETURNING), ("返品", Tracking.RETURNING), ("差出人に返", Tracking.RETURNING),
    ("保管", Tracking.HELD), ("持戻", Tracking.MISSED), ("持ち戻", Tracking.MISSED), ("不在", Tracking.MISSED),
    ("持出", Tracking.OUT), ("持ち出", Tracking.OUT), ("配達中", Tracking.OUT), ("配達店", Tracking.AT_DEPOT),
    ("到着", Tracking.AT_DEPOT), ("日時変更", Tracking.RESCHEDULED), ("調査", Tracking.SEARCHED),
    ("輸送", Tracking.IN_TRANSIT), ("中継", Tracking.IN_TRANSIT), ("通過", Tracking.IN_TRANSIT),
    ("引受", Tracking.ACCEPTED), ("受付", Tracking.ACCEPTED),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class HistoryRow:
    """One row: which parcel, where it is and since when (JST). `said` is why it cannot be used, "" if it can."""

    row: int
    number: str
    key: str = ""
    state: str = ""
    on: dt.date | None = None
    said: str = ""


@dataclass(frozen=True, slots=True)
class History:
    """The rows of a file in its order; `broken` is why none could be read."""

    rows: tuple[HistoryRow, ...] = ()
    broken: str = ""


def read_codes(text: str) -> dict[str, str]:
    """`10/0A=accepted` lines as a mapping; lines that say nothing known are passed over."""
    found = {}
    for line in text.splitlines():
        code, _equals, meaning = nfkc(line).partition("=")
        if meaning.strip() in Tracking.values:
            found[code.strip().upper()] = meaning.strip()
    return found


def read_history(data: bytes, codes: Mapping[str, str]) -> History:
    """Read such a file; nothing raises, whatever the bytes. `codes` maps `aggregate/detail` (or `aggregate`)."""
    table = read_table(data)
    if table.broken:
        return History(broken=" ".join(p.what for p in table.problems if p.is_error))
    places = {heading_key(h): i for i, h in reversed(list(enumerate(table.headings)))}
    columns = {
        name: next((places[k] for k in map(heading_key, words) if k in places), None)
        for name, words in HEADINGS.items()
    }
    if columns["number"] is None and columns["key"] is None:
        return History(broken=_("The headings are missing: a column “お問い合わせ番号” is needed."))
    if all(columns[name] is None for name in ("delivered", "code", "words")):
        return History(
            broken=_("The file does not say where the parcels are: a date of delivery or a status is needed.")
        )
    rows = []
    for row in table.rows:
        cells = {n: row.cells[i].strip() if i is not None and i < len(row.cells) else "" for n, i in columns.items()}
        rows.append(_read(row.number, cells, codes))
    return History(tuple(rows))


def _read(row: int, cells: Mapping[str, str], codes: Mapping[str, str]) -> HistoryRow:
    number = "".join(c for c in nfkc(cells["number"]) if c.isalnum()).upper()
    if damaged(cells["number"]):
        return HistoryRow(
            row, cells["number"], said=_("A spreadsheet has shortened this number. Export the file again.")
        )
    if not number and not cells["key"]:
        return HistoryRow(row, "", said=_("There is no number in this row."))
    given = HistoryRow(row, number, cells["key"])
    delivered = dates.day(cells["delivered"])
    if delivered.value is not None:
        return HistoryRow(row, number, given.key, Tracking.DELIVERED, delivered.value)
    if cells["delivered"] and delivered.code:
        return HistoryRow(row, number, given.key, said=_("“%(text)s” is no date.") % {"text": cells["delivered"]})
    state = _state(cells, codes)
    on = dates.day(cells["day"]).value
    if not state:
        code = "/".join(part for part in (cells["code"], cells["detail"]) if part) or cells["words"]
        said = _("The status “%(code)s” is not known. Say in the settings what it means.") % {"code": code or "—"}
        return HistoryRow(row, number, given.key, said=said)
    return HistoryRow(row, number, given.key, state, on or _taken(state, cells))


def _state(cells: Mapping[str, str], codes: Mapping[str, str]) -> str:
    code, detail = nfkc(cells["code"]).upper(), nfkc(cells["detail"]).upper()
    found = codes.get(f"{code}/{detail}") or codes.get(code)
    return found or next((str(state) for word, state in WORDS if word in nfkc(cells["words"])), "")


def _taken(state: str, cells: Mapping[str, str]) -> dt.date | None:
    """Only being taken in has that date; for all else the day the file is read stands."""
    return dates.day(cells["taken"]).value if state == Tracking.ACCEPTED else None
