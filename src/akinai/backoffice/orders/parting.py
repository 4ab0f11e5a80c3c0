"""How the money of an order is divided over its parts: fees stay, discounts go with the goods, no yen is lost."""

from __future__ import annotations

from collections.abc import Sequence

from django.utils.translation import gettext_lazy as _

from akinai.foundation.core.errors import Refused
from akinai.foundation.core.money import share_out

from .models import Order, OrderLine
from .pricing import compute, reprice, standard_rate
from .totals import Basis, Totals, tax_on


def divide_money(
    first: Order, left: Sequence[OrderLine], part: Order, gone: Sequence[OrderLine], *, total: int, store_tax: bool
) -> None:
    """Give the part its share of coupon and points and save the totals of both, which add up to `total` (ORD-52).

    Fees stay with the first part. A yen that rounding the tax of each document for itself would lose or win becomes
    an adjustment of the part. Raises Refused where the rest cannot be divided.
    """
    whole = _together(first, left, gone, store_tax=store_tax)
    mine, theirs = _worth(left) + _covered_fees(first), _worth(gone)
    part.coupon = share_out(whole.discount - _rebate(first), [mine, theirs])[1] if first.coupon else 0
    part.points = share_out(whole.points, [mine, theirs])[1]
    first.coupon, first.points = first.coupon - part.coupon, first.points - part.points
    reprice(first, left, store_tax=False)
    totals = reprice(part, gone, store_tax=False)
    part.other_fee = total - first.total - totals.total
    if part.other_fee:
        reprice(part, gone, store_tax=False)
    if first.total + part.total != total or part.total < 0:
        raise Refused(_("The discounts of this order cannot be divided to the yen. Change them first."))


def _rebate(first: Order) -> int:
    """A negative other fee counts as a coupon in the totals and stays with the first part."""
    return max(0, -first.other_fee)


def _together(first: Order, left: Sequence[OrderLine], gone: Sequence[OrderLine], *, store_tax: bool) -> Totals:
    given = first.store_tax if store_tax else None
    return compute(first, [*left, *gone], fee_rate=standard_rate(first), store_tax=given)


def _covered_fees(first: Order) -> int:
    return first.shipping_fee if first.coupon_covers_shipping else 0


def _worth(lines: Sequence[OrderLine]) -> int:
    """Live goods, tax included; how discounts are shared."""
    return sum(
        line.amount + (tax_on(line.amount, line.tax_rate) if line.price_basis == Basis.EXCLUDED else 0)
        for line in lines
    )
