"""Do the figures of a file agree? They are compared, shown when they differ, and never changed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from akinai.foundation.core.money import Rounding, ratio
from akinai.frontoffice.channels.types import StoreLine

from .reading import FieldReader

TAKEN_OFF = frozenset({"discount", "mall_discount", "points"})
_ADDED = ("shipping_fee", "payment_fee", "wrapping_fee", "other_fee")


def check(read: FieldReader, lines: list[StoreLine], money: Mapping[str, int | None]) -> list[StoreLine]:
    """Warn where lines and goods total, or parts and total, differ, with both figures.

    Returns the lines, with "tax included" filled in where the figures prove it one way.
    """
    gross = _compare_goods(read, lines, money)
    goods = money["goods_total"]
    if goods is None:
        goods = sum(line.unit_price * line.quantity for line in lines)
    with_tax = _compare_total(read, goods, money)
    includes = False if gross or with_tax else True if with_tax is False else None
    if includes is None:
        return lines
    return [
        line if line.price_includes_tax is not None else replace(line, price_includes_tax=includes) for line in lines
    ]


def _compare_goods(read: FieldReader, lines: list[StoreLine], money: Mapping[str, int | None]) -> bool:
    """True if the goods total is the lines plus their tax."""
    total = money["goods_total"]
    net = sum(line.unit_price * line.quantity for line in lines)
    if total is None or total == net:
        return False
    if all(line.tax_rate for line in lines) and total in {_gross(lines, mode) for mode in Rounding}:
        return True
    read.note("goods_do_not_add_up", "goods_total", lines=f"{net:,}", value=f"{total:,}")
    return False


def _gross(lines: list[StoreLine], mode: Rounding) -> int:
    return sum(
        (line.unit_price + ratio(line.unit_price, line.tax_rate or 0, 100, mode)) * line.quantity for line in lines
    )


def _compare_total(read: FieldReader, goods: int, money: Mapping[str, int | None]) -> bool | None:
    """True if the tax comes on top, False if the parts hold it already, None if that cannot be told."""
    total = money["total"]
    if total is None or any(problem.code == "unsettled" for problem in read.problems):
        return None
    parts = goods + sum(money[name] or 0 for name in _ADDED) - sum(money[name] or 0 for name in TAKEN_OFF)
    tax = money["tax"] or 0
    if total == parts:
        return False if tax else None
    if tax and total == parts + tax:
        return True
    read.note("total_does_not_add_up", "total", parts=f"{parts + tax:,}", value=f"{total:,}")
    return None
