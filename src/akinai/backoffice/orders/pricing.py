"""From an order's rows to its totals and back: the only place where order money is computed anew."""

from __future__ import annotations

from collections.abc import Sequence

from akinai.foundation.core import clock
from akinai.foundation.core.money import Rounding
from akinai.foundation.core.text import digits
from akinai.shop.stores import selectors as stores
from akinai.shop.stores.settings import Settings
from akinai.shop.terms import declared
from akinai.shop.terms import selectors as terms
from akinai.shop.terms.charges import ShippingCharge
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


def charge_of(order: Order, snapshot: TermsSnapshot, kept: Settings) -> ShippingCharge | None:
    """What shipping an order costs by our own table on the day it was ordered (SHP-10); None without one.

    Reads the goods, coupon, address and service that stand on the order now.
    """
    goods = order.goods_total + order.added_tax
    if kept[declared.FREE_COUNTS] == "after_coupon":
        goods = max(0, goods - order.coupon)
    return snapshot.shipping_charge(
        store_id=order.store_id,
        on=clock.aware(order.ordered_at).date(),
        prefecture=order.ship_prefecture,
        postcode=digits(order.ship_postcode),
        service=order.delivery_service.code,
        goods=goods,
    )


def fee_for(
    order: Order, lines: Sequence[OrderLine], snapshot: TermsSnapshot, rate: int, *, is_new: bool
) -> int | None:
    """The payment fee after an edit, in yen; None where the method does not allow the amount (PAY-10).

    `is_new`: the method was just chosen, so its own table decides. Else a fee that was ours follows its band and one
    that the store set by its own table stays. Call it while `order.total` is still the total before the edit.
    """
    bands = snapshot.bands(order.payment_method.code, clock.aware(order.ordered_at).date())
    if is_new and not bands:
        return 0
    follows = order.payment_fee and cod_fee(order.total - order.payment_fee, bands) == order.payment_fee
    if not is_new and not follows:
        return order.payment_fee
    kept, order.payment_fee = order.payment_fee, 0
    without = compute(order, lines, fee_rate=rate).total
    order.payment_fee = kept
    return cod_fee(without, bands)


def price_order(order: Order, lines: Sequence[OrderLine]) -> None:
    """Compute an order's money anew after its lines have changed and save it; fees of ours follow (PAY-10)."""
    rate, snapshot = standard_rate(order), terms.snapshot()
    if any(x.live for x in lines):
        order.payment_fee = fee_for(order, lines, snapshot, rate, is_new=False) or 0
    write_totals(order, compute(order, lines, fee_rate=rate, store_tax=order.store_tax if order.edition == 1 else None))
    order.save(update_fields=list(MONEY_FIELDS))


def standard_rate(order: Order) -> int:
    """The percent at which shipping and fees of this order are taxed: standard on the day it was ordered (TAX-4)."""
    return stores.snapshot().tax_rates(clock.aware(order.ordered_at).date())["std"]


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
