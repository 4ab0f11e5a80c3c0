"""What all presets share: records of a file, grouped by order number, checked and put together as `StoreOrder`s.

A preset maps its columns to the fields named in `TARGETS`; what a mapping cannot say it does in a `Shape`, which may
change the texts of an order (its head) or its lines before they are read.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import Any, TypeAlias

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from akinai.foundation.core.clock import JST
from akinai.foundation.tabular import Problem, Row, Table
from akinai.foundation.tabular.dates import day
from akinai.foundation.tabular.fields import damaged, flat, percent
from akinai.foundation.tabular.mapping import Mapped, Record, SavedMapping, apply
from akinai.frontoffice.channels.types import Paid, Party, ReadResult, RefusedOrder, StoreLine, StoreOrder

from . import sentences as sentences
from . import sums, words
from .reading import FieldReader

#: What a shop has taught us: field -> the store's word -> ours, such as {"wish_window": {"夜": "18-20"}}.
ValueMaps: TypeAlias = Mapping[str, Mapping[str, str]]

PARTY = ("name", "kana", "company", "postcode", "prefecture", "address1", "address2", "phone", "mail")
_BUYER = tuple(f"buyer_{part}" for part in PARTY)
_SHIP = tuple(f"ship_{part}" for part in PARTY)
_MONEY = words.names(
    "goods_total tax shipping_fee payment_fee wrapping_fee other_fee discount mall_discount points total"
)
_LINE = words.names(
    """item_code item_product_code item_name item_options quantity unit_price tax_rate price_includes_tax
    gift_note"""
)
_REST = words.names(
    """payment_word paid paid_on delivery_word wish_date wish_window remark gift noshi shipped cancelled
    cancel_requested ship_date tracking staff_note ship_to_id status_word"""
)
#: Every field a mapping may fill; the mapping screen offers these.
TARGETS: tuple[str, ...] = ("store_number", "ordered_at", *_BUYER, *_SHIP, *_LINE, *_MONEY, *_REST)
#: Without these a file holds no orders.
REQUIRED = ("store_number", "ordered_at", "unit_price", "quantity")
_IDENTITY = tuple(f"buyer_{part}" for part in ("name", "postcode", "address1", "phone", "mail"))
_PLACE = ("ship_name", "ship_postcode", "ship_address1", "ship_address2", "ship_phone", "ship_to_id")
_NO_DATE = frozenset({"なし", "指定なし", "指定無し", "希望なし", "指定しない", "最短", "最短日", "-", "0", "未定"})


_NO_MOMENT = dt.datetime(1970, 1, 1, tzinfo=JST)


class Status(StrEnum):
    """How far a preset can be trusted; shown on screen."""

    VERIFIED = "verified"
    SPECIFICATION = "from_specification"
    GUESSED = "guessed"


STATUS_LABELS: dict[Status, str | Promise] = {
    Status.VERIFIED: _("Checked with the real service"),
    Status.SPECIFICATION: _("Made from the published columns, not tried with the real service"),
    Status.GUESSED: _("Columns guessed; check the first import"),
}


@dataclass(frozen=True, slots=True)
class Preset:
    """A known order file. `read` takes as many tables as `files` (Yahoo's packed form: one)."""

    key: str
    label: str | Promise
    status: Status
    read: Callable[[Sequence[Table], ValueMaps], ReadResult]
    headings: frozenset[str]
    files: int = 1
    encodings: tuple[str, ...] = ("cp932", "utf-8")
    #: which file is which, by the names its problems use; only where several are read together
    name_files: Callable[[Sequence[Table]], list[str]] | None = None


@dataclass(slots=True)
class Group:
    """The rows of one order while it is read. `head` holds the order's texts, `lines` the records that are goods."""

    number: str
    head: dict[str, str]
    first: Row
    rows: list[Row]
    lines: list[Record]
    problems: list[Problem] = field(default_factory=list)
    file: str = ""


Shape: TypeAlias = Callable[[Group, Mapped], None]


def read_by(mapping: SavedMapping, tables: Sequence[Table], maps: ValueMaps, shape: Shape | None = None) -> ReadResult:
    """Orders of one table by a mapping; the whole reader of most presets."""
    if len(tables) != 1:
        return ReadResult(problems=[Problem("one_file_needed")])
    return assemble(apply(mapping, tables[0]), maps, shape)


def assemble(mapped: Mapped, maps: ValueMaps, shape: Shape | None = None) -> ReadResult:
    """Records to orders. Each order is whole or refused; an error in any of its rows refuses it."""
    problems = list(mapped.problems)
    if mapped.broken:
        return ReadResult(problems=problems)
    groups = _groups(mapped, problems)
    return read_groups(mapped, groups, problems, maps, shape)


def read_groups(
    mapped: Mapped, groups: Sequence[Group], problems: list[Problem], maps: ValueMaps, shape: Shape | None = None
) -> ReadResult:
    """Groups of rows to orders; `problems` are those of the file and its rows, told already."""
    by_row: dict[tuple[str, int], list[Problem]] = {}
    for problem in problems:
        by_row.setdefault((problem.file, problem.row), []).append(problem)
    orders: list[StoreOrder] = []
    refused: list[RefusedOrder] = []
    for group in groups:
        own = [p for row in group.rows for p in by_row.get((group.file, row.number), ())] if by_row else []
        order = _order(group, mapped, maps, shape, own)
        problems.extend(group.problems)
        if isinstance(order, StoreOrder):
            orders.append(order)
        else:
            refused.append(order)
    problems.sort(key=lambda p: (p.row, -1 if p.index is None else p.index))
    return ReadResult(orders, refused, problems, len(mapped.records))


def _groups(mapped: Mapped, problems: list[Problem]) -> list[Group]:
    groups: dict[str, Group] = {}
    for record in mapped.records:
        number = flat(record.values["store_number"])
        group = groups.get(number)
        if group is not None:
            group.rows.append(record.row)
            group.lines.append(record)
        elif number:
            groups[number] = Group(number, dict(record.values), record.row, [record.row], [record])
        elif not record.row.refused:
            problems.append(mapped.problem("missing_value", record.row, "store_number"))
    return list(groups.values())


def _order(
    group: Group, mapped: Mapped, maps: ValueMaps, shape: Shape | None, own: list[Problem]
) -> StoreOrder | RefusedOrder:
    sound = not any(row.refused for row in group.rows) and not any(line.row.refused for line in group.lines)
    if sound and _same_people(group, mapped):
        if shape is not None:
            shape(group, mapped)
        _translate(group.head, maps)
        order = _built(group, mapped)
        if not any(p.is_error for p in group.problems):
            return order if not own else replace(order, problems=(*own, *order.problems))
    rows = tuple(row.number for row in group.rows)
    return RefusedOrder(group.number, rows, tuple(own + group.problems))


def _same_people(group: Group, mapped: Mapped) -> bool:
    """One number with different buyers, or with several receivers, is refused, naming the row."""
    head = group.lines[0].values if group.lines else {}
    for record in group.lines[1:]:
        values = record.values
        for target in _IDENTITY:
            if target in values and values[target] != head[target] and _both(values[target], head[target]):
                facts = {"number": group.number, "value": values[target], "row": group.first.number}
                group.problems.append(mapped.problem("different_buyer", record.row, target, **facts))
                return False
        for target in _PLACE:
            if target in values and values[target] != head[target] and _both(values[target], head[target]):
                group.problems.append(mapped.problem("several_ship_to", record.row, target, number=group.number))
                return False
        for target in ("ordered_at", "total"):
            if target in values and values[target] != head[target] and _both(values[target], head[target]):
                facts = {"value": values[target], "row": group.first.number}
                group.problems.append(mapped.problem("rows_differ", record.row, target, **facts))
    return True


def _both(one: str, other: str) -> bool:
    return bool(one.strip()) and bool(other.strip()) and flat(one) != flat(other)


def _translate(head: dict[str, str], maps: ValueMaps) -> None:
    for target, table in maps.items():
        word = head.get(target, "").strip()
        if word in table:
            head[target], head[target + "_word"] = table[word], word


def _built(group: Group, mapped: Mapped) -> StoreOrder:
    read = FieldReader(mapped, group.first, group.head, group.problems)
    if damaged(group.number):
        read.note("exponent", "store_number", value=group.number)
    ordered_at = read.moment("ordered_at")
    buyer = read.party("buyer_")
    ship_to = _receiver(read, buyer)
    money = {name: read.off(name) if name in sums.TAKEN_OFF else read.yen(name) for name in _MONEY}
    lines = _lines(group, mapped)
    if not lines and not any(p.is_error for p in group.problems):
        read.note("no_lines", "item_code", number=group.number)
    if lines and len(lines) == len(group.lines):
        lines = sums.check(read, lines, money)
    # with an error noted the order is refused; the rest is read all the same, so that every fault shows at once
    return _with_facts(read, group, mapped, (ordered_at or _NO_MOMENT, buyer, ship_to, lines), money)


def _receiver(read: FieldReader, buyer: Party) -> Party:
    """The receiver; the buyer where the file names none, or the same."""
    values = read.values
    given = [values.get(target, "").strip() for target in _SHIP]
    if not any(given) or given[:-1] == [values.get(target, "").strip() for target in _BUYER[:-1]]:
        return buyer
    return read.party("ship_")


def _lines(group: Group, mapped: Mapped) -> list[StoreLine]:
    lines: list[StoreLine] = []
    for record in group.lines:
        read = FieldReader(mapped, record.row, record.values, group.problems)
        code, name = read.code("item_code"), read.text("item_name", 1000)
        if not code and not name:
            read.note("missing_value", "item_code")
        count, price = read.quantity("quantity"), read.yen("unit_price")
        if price is None and not record.values.get("unit_price", "").strip():
            read.note("missing_value", "unit_price")
        elif price is None and group.problems and group.problems[-1].code == "unsettled":
            read.note("missing_value", "unit_price")
        if count is not None and price is not None:
            lines.append(_line(read, record, (code, name, count, price)))
    return lines


def _line(read: FieldReader, record: Record, facts: tuple[str, str, int, int]) -> StoreLine:
    code, name, count, price = facts
    values = record.values
    return StoreLine(
        row=record.row.number,
        code=code,
        name=name,
        quantity=count,
        unit_price=price,
        options=read.text("item_options", 2000),
        product_code=read.code("item_product_code"),
        tax_rate=percent(values["tax_rate"]).value if values.get("tax_rate") else None,
        price_includes_tax=read.flag("price_includes_tax") if values.get("price_includes_tax") else None,
        gift_note=read.text("gift_note", 1000),
    )


def _with_facts(
    read: FieldReader,
    group: Group,
    mapped: Mapped,
    parts: tuple[dt.datetime, Party, Party, list[StoreLine]],
    money: dict[str, Any],
) -> StoreOrder:
    ordered_at, buyer, ship_to, lines = parts
    window_word = read.text("wish_window_word") or read.text("wish_window")
    wish_date, wish_word = _wish(read)
    return StoreOrder(
        store_number=read.code("store_number", 64),
        ordered_at=ordered_at,
        buyer=buyer,
        ship_to=ship_to,
        lines=tuple(lines),
        rows=tuple(row.number for row in group.rows),
        payment_word=read.text("payment_word"),
        paid=_paid(read),
        paid_on=read.day("paid_on"),
        delivery_word=read.text("delivery_word"),
        wish_date=wish_date,
        wish_date_word=wish_word,
        wish_window=_window(read),
        wish_window_word=window_word,
        remark=read.note_text("remark"),
        gift=bool(read.flag("gift")),
        noshi=read.text("noshi", 1000),
        shipped=bool(read.flag("shipped")),
        cancelled=bool(read.flag("cancelled")),
        cancel_requested=bool(read.flag("cancel_requested")),
        ship_date=read.day("ship_date"),
        tracking=_tracking(read),
        staff_note=read.note_text("staff_note"),
        address_pending=_pending(read, ship_to),
        status_word=read.text("status_word"),
        extra=_extra(group.first, mapped),
        problems=tuple(group.problems),
        **money,
    )


def _wish(read: FieldReader) -> tuple[dt.date | None, str]:
    """(day, "") or (None, the words); a day that does not exist is an error."""
    word = read.text("wish_date")
    if not word or flat(word) in _NO_DATE:
        return None, ""
    parsed = day(word)
    if parsed.code == "bad_date" and not any(c.isdigit() for c in word):
        read.note("unknown_wish", "wish_date", value=word)
        return None, word
    return read.day("wish_date"), ""


def _window(read: FieldReader) -> str | None:
    word = read.text("wish_window")
    window = words.window(word)
    if window is None:
        read.note("unknown_window", "wish_window", value=word)
    return window


def _paid(read: FieldReader) -> Paid:
    said = read.flag("paid")
    if said is None:
        return Paid.PAID if read.values.get("paid_on", "").strip() else Paid.UNKNOWN
    return Paid.PAID if said else Paid.UNPAID


def _tracking(read: FieldReader) -> tuple[str, ...]:
    text = read.code("tracking", 1000)
    return tuple(part for part in text.replace("、", ",").replace("/", ",").replace(",", " ").split() if part)


def _pending(read: FieldReader, ship_to: Party) -> bool:
    """True for the placeholders of a social gift whose receiver has not answered."""
    for part, target in ((ship_to.name, "name"), (ship_to.address1, "address1"), (ship_to.prefecture, "prefecture")):
        if "入力待ち" in part:
            read.note("dummy_address", f"ship_{target}", value=part)
            return True
    if ship_to.postcode.replace("-", "") == "9999999":
        read.note("dummy_address", "ship_postcode", value=ship_to.postcode)
        return True
    return False


def _extra(row: Row, mapped: Mapped) -> dict[str, str]:
    cells, headings = row.cells, mapped.headings
    return {headings[i] or f"#{i + 1}": cells[i] for i in mapped.unmapped if i < len(cells) and cells[i].strip()}
