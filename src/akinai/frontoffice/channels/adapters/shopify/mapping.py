"""orders_export.csv, 79 columns read by name; order cells only on the first row, provinces JP-01 … JP-47."""

from __future__ import annotations

from collections.abc import Sequence

from django.utils.translation import gettext_lazy as _

from akinai.foundation.tabular import Table
from akinai.foundation.tabular.mapping import FieldMap, Mapped, SavedMapping, column, joined
from akinai.frontoffice.channels.adapters.base import Group, Preset, Status, ValueMaps, read_by
from akinai.frontoffice.channels.adapters.reading import FieldReader
from akinai.frontoffice.channels.types import ReadResult

_PLACE = ("Name", "Street", "Address1", "Address2", "Company", "City", "Zip", "Province", "Country", "Phone")
#: The columns in their order.
HEADINGS = (
    *("Name", "Email", "Financial Status", "Paid at", "Fulfillment Status", "Fulfilled at", "Accepts Marketing"),
    *("Currency", "Subtotal", "Shipping", "Taxes", "Total", "Discount Code", "Discount Amount", "Shipping Method"),
    *("Created at", "Lineitem quantity", "Lineitem name", "Lineitem price", "Lineitem compare at price"),
    *("Lineitem sku", "Lineitem requires shipping", "Lineitem taxable", "Lineitem fulfillment status"),
    *(f"Billing {part}" for part in _PLACE),
    *(f"Shipping {part}" for part in _PLACE),
    *("Notes", "Note Attributes", "Cancelled at", "Payment Method", "Payment Reference", "Refunded Amount", "Vendor"),
    *("Outstanding Balance", "Employee", "Location", "Device ID", "Id", "Tags", "Risk Level", "Source"),
    "Lineitem discount",
    *(f"Tax {n} {part}" for n in range(1, 6) for part in ("Name", "Value")),
    *("Phone", "Receipt Number", "Duties", "Billing Province Name", "Shipping Province Name", "Payment ID"),
    *("Payment Terms Name", "Next Payment Due At", "Payment References"),
)


def _person(prefix: str, word: str) -> tuple[FieldMap, ...]:
    return (
        column(f"{prefix}_name", f"{word} Name"),
        column(f"{prefix}_company", f"{word} Company"),
        column(f"{prefix}_postcode", f"{word} Zip"),
        column(f"{prefix}_prefecture", f"{word} Province", f"{word} Province Name"),
        FieldMap(f"{prefix}_address1", ((f"{word} City",), (f"{word} Address1", f"{word} Street"))),
        column(f"{prefix}_address2", f"{word} Address2"),
        column(f"{prefix}_phone", f"{word} Phone"),
        column(f"{prefix}_country", f"{word} Country"),
    )


MAPPING = SavedMapping(
    "shopify",
    (
        column("store_number", "Name", required=True),
        column("ordered_at", "Created at", required=True),
        column("buyer_mail", "Email"),
        *_person("buyer", "Billing"),
        *_person("ship", "Shipping"),
        column("phone", "Phone", optional=True),
        column("currency", "Currency"),
        column("status_word", "Financial Status"),
        column("paid_on", "Paid at"),
        column("fulfillment", "Fulfillment Status"),
        column("cancelled_at", "Cancelled at"),
        column("shipping_fee", "Shipping"),
        column("tax", "Taxes"),
        column("total", "Total"),
        column("discount", "Discount Amount"),
        column("delivery_word", "Shipping Method"),
        column("payment_word", "Payment Method"),
        joined("remark", "Notes", "Note Attributes", join="\n"),
        column("item_name", "Lineitem name"),
        column("item_code", "Lineitem sku"),
        column("unit_price", "Lineitem price", required=True),
        column("quantity", "Lineitem quantity", required=True),
    ),
)
_PAID = frozenset({"paid", "refunded", "partially_refunded"})
_UNPAID = frozenset({"pending", "partially_paid", "voided", "expired", "unpaid"})


def read(tables: Sequence[Table], maps: ValueMaps) -> ReadResult:
    """Orders of the file. `authorized` says neither paid nor unpaid."""
    return read_by(MAPPING, tables, maps, _shape)


def _shape(group: Group, mapped: Mapped) -> None:
    head = group.head
    read = FieldReader(mapped, group.first, head, group.problems)
    read.note_foreign("currency", "buyer_country", "ship_country")
    head["buyer_phone"] = head["buyer_phone"].strip() or head["phone"]
    status = head["status_word"].strip().lower()
    head["paid"] = "1" if status in _PAID else "0" if status in _UNPAID else ""
    if not head["paid"]:
        head["paid_on"] = ""
    head["cancelled"] = "1" if head["cancelled_at"].strip() else ""
    head["shipped"] = "1" if head["fulfillment"].strip().lower() == "fulfilled" else ""
    group.lines[:] = [
        line for line in group.lines if line.values["item_name"].strip() or line.values["quantity"].strip()
    ]


PRESET = Preset("shopify", _("Shopify"), Status.SPECIFICATION, read, MAPPING.headings(), encodings=("utf-8",))
