"""Orders as rows of a file: one row a line item, in the order of the list, with flat memory."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from akinai.foundation.core import clock

from .models import Order, OrderLine
from .states import Payment, Queue

#: Orders fetched at a time; their lines come with one query more.
CHUNK = 1000
Cell = str | int | None

_ORDER = (
    ("number", _("Order number")), ("store__name", _("Store")), ("store_number", _("Store's number")),
    ("ordered_at", _("Ordered")), ("queue", _("Queue")), ("payment", _("Payment")),
    ("payment_method__name", _("Payment method")), ("buyer_name", _("Customer")), ("buyer_kana", _("Kana")),
    ("buyer_phone", _("Phone")), ("buyer_mail", _("Mail")), ("ship_name", _("Ship-to name")),
    ("ship_postcode", _("Ship-to postcode")), ("ship_prefecture", _("Ship-to prefecture")),
    ("ship_address1", _("Ship-to city and street")), ("ship_address2", _("Ship-to building")),
    ("ship_phone", _("Ship-to phone")), ("delivery_service__name", _("Delivery service")),
    ("wish_date", _("Wished date")), ("wish_window", _("Wished time")), ("shipping_fee", _("Shipping fee")),
    ("payment_fee", _("Payment fee")), ("discount_total", _("Discounts")), ("total", _("Total")),
    ("remark", _("Remark")),
)  # fmt: skip
_LINE = (
    ("number", _("Line")), ("sku__code", _("SKU")), ("store_code", _("Store's item code")), ("name", _("Item")),
    ("options", _("Options")), ("quantity", _("Quantity ordered")), ("cancelled", _("Quantity cancelled")),
    ("allocated", _("Quantity allocated")), ("shipped", _("Quantity shipped")), ("unit_price", _("Unit price")),
    ("tax_rate", _("Tax rate")),
)  # fmt: skip


def headings() -> list[str]:
    """The first row, in the reader's language."""
    return [str(label) for _name, label in (*_ORDER, *_LINE)]


def rows(orders: QuerySet[Order]) -> Iterator[list[Cell]]:
    """One row a line item of these orders; an order without lines does not appear."""
    names = [name for name, _label in _ORDER]
    queues = {q.value: str(q.label) for q in Queue}
    payments = {p.value: str(p.label) for p in Payment}
    page: list[tuple[Any, ...]] = []
    # one pass in the order of the list; `select_related` of the list would fetch rows nobody writes
    plain = orders.select_related(None).only("pk").values_list("pk", *names)
    for row in plain.iterator(chunk_size=CHUNK):
        page.append(row)
        if len(page) == CHUNK:
            yield from _page(page, queues, payments)
            page = []
    yield from _page(page, queues, payments)


_QUEUE, _PAYMENT, _ORDERED = 4, 5, 3


def _page(page: list[tuple[Any, ...]], queues: dict[str, str], payments: dict[str, str]) -> Iterator[list[Cell]]:
    lines: dict[int, list[tuple[Any, ...]]] = {row[0]: [] for row in page}
    found = OrderLine.objects.filter(order_id__in=lines).order_by("order_id", "number")
    for order_id, *line in found.values_list("order_id", *(name for name, _label in _LINE)):
        lines[order_id].append(tuple(line))
    for pk, *order in page:
        order[_ORDERED] = clock.aware(order[_ORDERED]).strftime("%Y-%m-%d %H:%M:%S")
        order[_QUEUE], order[_PAYMENT] = queues[order[_QUEUE]], payments[order[_PAYMENT]]
        head = [_cell(value) for value in order]
        for line in lines[pk]:
            yield [*head, *line]


def _cell(value: Any) -> Cell:
    return value.isoformat() if isinstance(value, dt.date) else value


def file_name() -> str:
    """`受注_20261124_0950.csv`."""
    return gettext("orders_%(at)s.csv") % {"at": clock.now().strftime("%Y%m%d_%H%M")}
