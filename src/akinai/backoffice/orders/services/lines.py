"""How an order's lines are named in the stock ledger, and what is secured for them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from akinai.backoffice.inventory.types import Want
from akinai.backoffice.orders.models import Order, OrderLine


def reference(order: Order, line: OrderLine) -> str:
    """The text under which inventory keeps a line's reservation; it outlives every id."""
    return f"{order.number}/{line.number}"


def references(order: Order) -> list[str]:
    """Of every line."""
    return [reference(order, line) for line in order.lines.all()]


def wants(order: Order, lines: Iterable[OrderLine]) -> list[Want]:
    """What the lines still need from stock, in pieces."""
    return [
        Want(reference(order, line), line.sku_id, line.short * line.units_per_item)
        for line in lines
        if line.sku_id is not None and line.short > 0
    ]


def whole_items(line: OrderLine, pieces: int) -> int:
    """How many ordered items so many reserved pieces make up: a set of three needs all three."""
    return pieces // line.units_per_item


def lines_of(orders: Sequence[Order]) -> dict[int, list[OrderLine]]:
    """The lines of many orders by order id; one query."""
    found: dict[int, list[OrderLine]] = {order.pk: [] for order in orders}
    for line in OrderLine.objects.filter(order_id__in=found).select_related("sku").order_by("order_id", "number"):
        found[line.order_id].append(line)
    return found
