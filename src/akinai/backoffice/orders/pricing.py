"""From an order's rows to its totals and back: the only place where order money is computed anew."""

from __future__ import annotations

from collections.abc import Sequence

from akinai.foundation.core import clock
from akinai.foundation.core.money import Rounding
from akinai.shop.stores import selectors as stores
from akinai.shop.terms import selectors as terms
from akinai.shop.terms.fees import cod_fee
from akinai.shop.terms.types import TermsSnapshot

from .models import Order, OrderLine
from .totals import Basis, Charges, PointsKind, Priced, Totals, total_order

MONEY_FIELDS = (
    "goods_total", "added_tax", "payment_fee", "discount_total", "total", "tax_lines",
)  # fmt: skip


def charges_of(order: Order, fee_rate: int) -> Charges:
    """What stands beside the goods. A negative other fee is a discount on everything, shipping included (TAX-25)."""
    rebate = max(0, -order.other_fee)
    return Charges(
        shipping=order.shipping_fee,
        payment_fee=order.payment_fee,
        wrapping=order.wrapping_fee,
        other=max(0, order.other_fee),
        coupon=order.coupon + rebate,
        coupon_covers_shipping=order.coupon_covers_shipping or bool(rebate),
        points=order.points,
        points_kind=PointsKind(order.points_kind),
        fee_rate=fee_rate,
    )


def compute(order: Order, lines: Sequence[OrderLine], *, fee_rate: int, store_tax: int | None = None) -> Totals:
    """The totals of the live quantities by the rule the order stored (rounding, bases, points kind)."""
    priced = [Priced(x.unit_price, x.live, x.tax_rate, Basis(x.price_basis)) for x in lines]
    return total_order(
        priced, charges_of(order, fee_rate), rounding=Rounding(order.tax_rounding), added_tax_given=store_tax
    )


def write_totals(order: Order, totals: Totals) -> None:
    """Put totals onto an unsaved order."""
    order.goods_total, order.added_tax = totals.goods, totals.added_tax
    order.discount_total, order.total = totals.discount + totals.points, totals.total
    order.tax_lines = [{"rate": r.rate, "gross": r.gross, "tax": r.tax, "discount": r.discount} for r in totals.rates]


def price_order(order: Order, lines: Sequence[OrderLine]) -> None:
    """Compute an order's money anew after an edit and save it. A COD fee that was ours follows its band (PAY-10)."""
    rate = standard_rate(order)
    snapshot = terms.snapshot()
    if order.payment_fee and any(x.live for x in lines):
        _follow_band(order, lines, snapshot, rate)
    write_totals(order, compute(order, lines, fee_rate=rate, store_tax=order.store_tax if order.edition == 1 else None))
    order.save(update_fields=list(MONEY_FIELDS))


def standard_rate(order: Order) -> int:
    """The percent at which shipping and fees of this order are taxed: standard on the day it was ordered (TAX-4)."""
    return stores.snapshot().tax_rates(clock.aware(order.ordered_at).date())["std"]


def _follow_band(order: Order, lines: Sequence[OrderLine], snapshot: TermsSnapshot, rate: int) -> None:
    method = snapshot.methods[order.payment_method.code]
    if not method.is_cod:
        return
    bands = snapshot.bands(method.code, order.ordered_at.date())
    if cod_fee(order.total - order.payment_fee, bands) != order.payment_fee:
        return  # the store set this fee by its own table
    order.payment_fee = 0
    fee = cod_fee(compute(order, lines, fee_rate=rate).total, bands)
    order.payment_fee = fee or 0


def by_store_tax(order: Order, lines: Sequence[OrderLine]) -> bool:
    """Whether the stored totals believe the store's own rounding of the tax, and not only ours."""
    rate = standard_rate(order)
    ours, stored = compute(order, lines, fee_rate=rate), (order.added_tax, order.total)
    return order.store_tax is not None and (ours.added_tax, ours.total) != stored


def reprice(order: Order, lines: Sequence[OrderLine], *, store_tax: bool) -> Totals:
    """Compute the totals anew with the charges as they now stand on the order and save all of its money.

    For changes that touch charges or divide an order and must leave everything else to the yen: the rounding of the
    tax stays the store's where it was (`store_tax`).
    """
    given = order.store_tax if store_tax else None
    totals = compute(order, lines, fee_rate=standard_rate(order), store_tax=given)
    write_totals(order, totals)
    order.save(update_fields=[*MONEY_FIELDS, *CHARGE_FIELDS])
    return totals


#: What stands on an order beside its goods.
CHARGE_FIELDS = ("shipping_fee", "payment_fee", "wrapping_fee", "other_fee", "coupon", "points")
