"""Order file and item file, joined by OrderId; or one file, a row an item or `L1=…&L2=…` in its item cells."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from django.utils.translation import gettext_lazy as _

from akinai.foundation.tabular import Problem, Row, Table
from akinai.foundation.tabular.fields import flat
from akinai.foundation.tabular.mapping import FieldMap, Mapped, Record, SavedMapping, apply, column, joined
from akinai.frontoffice.channels.adapters.base import Group, Preset, Status, ValueMaps, assemble, read_groups
from akinai.frontoffice.channels.adapters.words import names
from akinai.frontoffice.channels.types import ReadResult

from .packed import is_packed, unpack

ORDER_HEADINGS = names(
    """OrderId ParentOrderId DeviceType OrderTime OrderStatus StoreStatus SuspectMessage ShipName ShipFirstName
    ShipLastName ShipNameKana ShipZipCode ShipPrefecture ShipCity ShipAddress1 ShipAddress2 ShipPhoneNumber
    ShipMethod ShipMethodName ShipRequestDate ShipRequestTime ShipNotes ArriveType ShipInvoiceNumber1
    ShipInvoiceNumber2 ShipUrl ShipDate ShipStatus GiftWrapType GiftWrapPaperType GiftWrapName
    NeedGiftWrapMessage GiftWrapMessage Option1 Option2 BillName BillFirstName BillLastName BillNameKana
    BillZipCode BillPrefecture BillCity BillAddress1 BillAddress2 BillPhoneNumber BillMailAddress PayMethod
    PayMethodName PayKind PayStatus CardPayType CardPayCount SettleStatus SettleId PayNo PayDate BuyerComments
    AgeConfirm QuantityDetail ShipCharge PayCharge GiftWrapCharge Discount UsePoint GetPoint Total TotalPrice
    ShippingCouponDiscount ItemCouponDiscount TotalMallCouponDiscount"""
)
ITEM_HEADINGS = names(
    """OrderId LineId Quantity ItemId SubCode Title ItemOptionName ItemOptionValue SubCodeOption InscriptionName
    InscriptionValue UnitPrice UnitGetPoint LineSubTotal LineGetPoint PointFspCode Condition CouponId
    CouponDiscount OriginalPrice IsGetPointFix GetPointFixDate ReleaseDate GetPointType Jan ProductId Id"""
)


def _person(prefix: str, word: str) -> tuple[FieldMap, ...]:
    return (
        column(f"{prefix}_whole", f"{word}Name", optional=True),
        joined(f"{prefix}_name", f"{word}LastName", f"{word}FirstName", join=" ", optional=True),
        column(f"{prefix}_kana", f"{word}NameKana", optional=True),
        column(f"{prefix}_postcode", f"{word}ZipCode"),
        column(f"{prefix}_prefecture", f"{word}Prefecture"),
        joined(f"{prefix}_address1", f"{word}City", f"{word}Address1"),
        column(f"{prefix}_address2", f"{word}Address2"),
        column(f"{prefix}_phone", f"{word}PhoneNumber"),
    )


ORDERS = SavedMapping(
    "yahoo",
    (
        column("store_number", "OrderId", required=True),
        column("ordered_at", "OrderTime", required=True),
        *_person("buyer", "Bill"),
        column("buyer_mail", "BillMailAddress"),
        *_person("ship", "Ship"),
        column("status_word", "OrderStatus"),
        column("pay_status", "PayStatus", optional=True),
        column("ship_status", "ShipStatus", optional=True),
        column("delivery_word", "ShipMethodName", "ShipMethod"),
        column("wish_date", "ShipRequestDate"),
        column("wish_window", "ShipRequestTime"),
        joined("tracking", "ShipInvoiceNumber1", "ShipInvoiceNumber2", join=",", optional=True),
        column("ship_date", "ShipDate"),
        column("gift_type", "GiftWrapType", optional=True),
        column("noshi", "GiftWrapName", optional=True),
        column("gift_message", "GiftWrapMessage", optional=True),
        column("payment_word", "PayMethodName", "PayMethod"),
        column("paid_on", "PayDate"),
        joined("remark", "BuyerComments", "ShipNotes", join="\n", optional=True),
        column("shipping_fee", "ShipCharge"),
        column("payment_fee", "PayCharge"),
        column("wrapping_fee", "GiftWrapCharge"),
        column("discount", "Discount"),
        column("mall_discount", "TotalMallCouponDiscount"),
        column("points", "UsePoint"),
        column("total", "TotalPrice", "Total"),
    ),
)
ITEMS = SavedMapping(
    "yahoo items",
    (
        column("store_number", "OrderId", required=True),
        column("item_product_code", "ItemId", required=True),
        column("item_code", "SubCode"),
        column("item_name", "Title"),
        joined("item_options", "ItemOptionName", "ItemOptionValue", "SubCodeOption", join=" ", optional=True),
        joined("gift_note", "InscriptionName", "InscriptionValue", join=" ", optional=True),
        column("unit_price", "UnitPrice", required=True),
        column("quantity", "Quantity", required=True),
    ),
)
_LINE = frozenset(f.target for f in ITEMS.fields[1:])
TOGETHER = SavedMapping("yahoo in one file", (*ORDERS.fields, *ITEMS.fields[1:]))


class _TwoFiles(Mapped):
    """Problems of lines name the item file, all others the order file."""

    __slots__ = ()

    def problem(self, code: str, row: Row, target: str, /, **values: object) -> Problem:
        return replace(super().problem(code, row, target, **values), file=_name(target in _LINE))


def _name(items: bool) -> str:
    return str(_("Item file")) if items else str(_("Order file"))


def read(tables: Sequence[Table], maps: ValueMaps) -> ReadResult:
    """Orders of the two files in either order, or of one file that holds both."""
    if len(tables) == 1:
        table = tables[0]
        if not table.broken and "OrderTime" in table.headings and not set(table.headings) & {"ItemId", "Quantity"}:
            return ReadResult(problems=[Problem("two_files_needed")])
        return assemble(apply(TOGETHER, unpack(table) if is_packed(table) else table), maps, _shape)
    if len(tables) != 2:
        return ReadResult(problems=[Problem("two_files_needed")])
    first, second = tables
    orders, items = (second, first) if _turned(first, second) else (first, second)
    return _read_two(apply(ORDERS, orders), apply(ITEMS, items), maps)


def name_files(tables: Sequence[Table]) -> list[str]:
    """What the problems of each table are told under."""
    if len(tables) != 2:
        return ["" for _table in tables]
    turned = _turned(*tables)
    return [_name(turned), _name(not turned)]


def _turned(first: Table, second: Table) -> bool:
    return _is_items(first) and not _is_items(second)


def _is_items(table: Table) -> bool:
    return "OrderTime" not in table.headings and {"ItemId", "LineId", "UnitPrice"} & set(table.headings) != set()


def _read_two(orders: Mapped, items: Mapped, maps: ValueMaps) -> ReadResult:
    problems = [replace(p, file=_name(items=False)) for p in orders.problems]
    problems += [replace(p, file=_name(items=True)) for p in items.problems]
    if orders.broken or items.broken:
        return ReadResult(problems=problems)
    pair = _TwoFiles(orders.headings, orders.records, problems, {**items.at, **orders.at}, unmapped=orders.unmapped)
    groups: dict[str, Group] = {}
    for record in orders.records:
        number = flat(record.values["store_number"])
        if number and number not in groups:
            groups[number] = Group(number, dict(record.values), record.row, [record.row], [], file=_name(items=False))
        elif number:
            groups[number].rows.append(record.row)
        elif not record.row.refused:
            problems.append(pair.problem("missing_value", record.row, "store_number"))
    for line in items.records:
        _give(line, groups, pair, problems)
    return read_groups(pair, list(groups.values()), problems, maps, _shape)


def _give(line: Record, groups: dict[str, Group], pair: Mapped, problems: list[Problem]) -> None:
    number = flat(line.values.pop("store_number"))
    if number in groups:
        groups[number].lines.append(line)
    elif not line.row.refused:
        problem = pair.problem("no_order_for_items", line.row, "item_product_code", number=number)
        problems.append(replace(problem, column="OrderId"))


def _shape(group: Group, mapped: Mapped) -> None:
    head = group.head
    for prefix in ("buyer", "ship"):
        head[f"{prefix}_name"] = head[f"{prefix}_whole"].strip() or head[f"{prefix}_name"]
    for line in group.lines:
        if not line.values["item_code"].strip():
            line.values["item_code"] = line.values["item_product_code"]
    status, ship = head["status_word"].strip(), head["ship_status"].strip()
    head["cancelled"] = "1" if status in ("4", "キャンセル") else ""
    head["shipped"] = "1" if ship in ("3", "4", "出荷済", "着荷済") else ""
    head["paid"] = {"1": "1", "0": "0"}.get(head["pay_status"].strip(), "")
    if head["paid"] == "0":
        head["paid_on"] = ""
    words = [head[target].strip() for target in ("gift_type", "gift_message")]
    head["gift"] = "1" if any(word and word != "0" for word in words) else ""
    head["staff_note"] = words[1]


PRESET = Preset(
    "yahoo",
    _("Yahoo! Shopping"),
    Status.SPECIFICATION,
    read,
    TOGETHER.headings(),
    files=2,
    name_files=name_files,
)
