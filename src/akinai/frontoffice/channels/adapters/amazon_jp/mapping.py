"""Order report, tab-separated, read by heading since columns drift; prices are per line, not per piece."""

from __future__ import annotations

from collections.abc import Sequence

from django.utils.translation import gettext_lazy as _

from akinai.foundation.tabular import Table
from akinai.foundation.tabular.dates import moment
from akinai.foundation.tabular.mapping import FieldMap, Mapped, Record, SavedMapping, column, joined
from akinai.frontoffice.channels.adapters.base import Group, Preset, Status, ValueMaps, read_by
from akinai.frontoffice.channels.adapters.reading import FieldReader
from akinai.frontoffice.channels.adapters.words import names
from akinai.frontoffice.channels.types import ReadResult

#: The columns of the report in their order; newer reports add more.
HEADINGS = names(
    """order-id order-item-id purchase-date payments-date buyer-email buyer-name buyer-phone-number sku
    product-name quantity-purchased currency item-price item-tax shipping-price shipping-tax gift-wrap-price
    gift-wrap-tax ship-service-level recipient-name ship-address-1 ship-address-2 ship-address-3 ship-city
    ship-state ship-postal-code ship-country ship-phone-number gift-wrap-type gift-message-text
    item-promotion-discount item-promotion-id ship-promotion-discount ship-promotion-id delivery-start-date
    delivery-end-date delivery-time-zone delivery-Instructions is-prime"""
)

MAPPING = SavedMapping(
    "amazon-jp",
    (
        column("store_number", "order-id", required=True),
        column("ordered_at", "purchase-date", required=True),
        column("paid_on", "payments-date"),
        column("buyer_mail", "buyer-email"),
        column("buyer_name", "buyer-name"),
        column("buyer_phone", "buyer-phone-number"),
        column("ship_name", "recipient-name"),
        column("ship_postcode", "ship-postal-code"),
        column("ship_prefecture", "ship-state"),
        joined("ship_address1", "ship-city", "ship-address-1"),
        joined("ship_address2", "ship-address-2", "ship-address-3", join=" "),
        column("ship_phone", "ship-phone-number"),
        column("ship_country", "ship-country"),
        column("currency", "currency"),
        column("item_code", "sku", required=True),
        column("item_name", "product-name"),
        column("quantity", "quantity-purchased", required=True),
        column("line_price", "item-price", required=True),
        column("line_shipping", "shipping-price"),
        column("line_wrap", "gift-wrap-price"),
        column("line_discount", "item-promotion-discount"),
        column("line_ship_discount", "ship-promotion-discount"),
        column("gift_type", "gift-wrap-type"),
        column("gift_note", "gift-message-text"),
        column("delivery_word", "ship-service-level"),
        column("start", "delivery-start-date", optional=True),
        column("end", "delivery-end-date", optional=True),
        column("remark", "delivery-Instructions", optional=True),
        FieldMap("payment_word", constant="Amazon"),
    ),
)
_SUMS = (("line_shipping", "shipping_fee"), ("line_wrap", "wrapping_fee"))
_OFF = ("line_discount", "line_ship_discount")


def read(tables: Sequence[Table], maps: ValueMaps) -> ReadResult:
    """Orders of the report; tax is inside the prices."""
    return read_by(MAPPING, tables, maps, _shape)


def _shape(group: Group, mapped: Mapped) -> None:
    head = group.head
    read = FieldReader(mapped, group.first, head, group.problems)
    read.note_foreign("currency", "ship_country")
    readers = [FieldReader(mapped, line.row, line.values, group.problems) for line in group.lines]
    for target, amount in _SUMS:
        head[amount] = str(sum(reader.yen(target) or 0 for reader in readers))
    head["discount"] = str(sum(reader.off(target) or 0 for reader in readers for target in _OFF))
    head["gift"] = "1" if any(line.values["gift_type"].strip() for line in group.lines) else ""
    head["buyer_name"] = head["buyer_name"].strip() or head["ship_name"]
    group.lines[:] = [part for line, reader in zip(group.lines, readers, strict=True) for part in _priced(line, reader)]
    _wish(head)


def _priced(line: Record, read: FieldReader) -> list[Record]:
    """The line with its unit price; two lines where the price does not divide by the quantity."""
    noted = len(read.problems)
    price, count = read.yen("line_price"), read.quantity("quantity")
    values = {**line.values, "price_includes_tax": "1", "unit_price": "" if price is None else str(price)}
    if price is None or count is None:
        # the quantity is read again with the line, so its problem is told there
        del read.problems[noted:]
        values["unit_price"] = line.values["line_price"]
        return [Record(line.row, values)]
    unit, rest = divmod(price, count)
    if not rest:
        return [Record(line.row, {**values, "unit_price": str(unit)})]
    read.note("price_divided", "line_price", value=price, quantity=count)
    more = {**values, "unit_price": str(unit + 1), "quantity": str(rest)}
    fewer = {**values, "unit_price": str(unit), "quantity": str(count - rest)}
    return [Record(line.row, more), Record(line.row, fewer)]


def _wish(head: dict[str, str]) -> None:
    """A delivery slot: its day, and its hours where start and end are of one day."""
    start, end = moment(head["start"]).value, moment(head["end"]).value
    if start is None:
        return
    head["wish_date"] = f"{start:%Y/%m/%d}"
    if end is not None and end.date() == start.date() and start.hour < end.hour:
        head["wish_window"] = f"{start.hour:02d}-{end.hour:02d}"


PRESET = Preset("amazon-jp", _("Amazon.co.jp"), Status.SPECIFICATION, read, MAPPING.headings())
