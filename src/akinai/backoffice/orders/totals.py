"""Totals and consumption tax of an order: pure, integer yen, one rounding per rate (TAX-10)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from akinai.foundation.core.money import Rounding, ratio, share_out


class Basis(StrEnum):
    """内税 or 外税: whether a price already holds its tax."""

    INCLUDED = "incl"
    EXCLUDED = "excl"


class PointsKind(StrEnum):
    """TAX-23: own points lower the taxable amount; a mall's points are money the mall pays."""

    DISCOUNT = "discount"
    TENDER = "tender"


@dataclass(frozen=True, slots=True)
class Priced:
    """A line as the totals see it: yen in the document's basis, its rate in percent, quantity still wanted."""

    unit_price: int
    quantity: int
    rate: int
    basis: Basis = Basis.INCLUDED


@dataclass(frozen=True, slots=True)
class Charges:
    """What stands beside the goods; yen including tax. Fees bear `fee_rate` even when the goods are food (TAX-4)."""

    shipping: int = 0
    payment_fee: int = 0
    wrapping: int = 0
    other: int = 0
    coupon: int = 0
    coupon_covers_shipping: bool = False
    points: int = 0
    points_kind: PointsKind = PointsKind.DISCOUNT
    fee_rate: int = 10


@dataclass(frozen=True, slots=True)
class RateTotal:
    """One rate of the document, after discounts. `gross` includes `tax`; `net` is without it."""

    rate: int
    gross: int
    tax: int
    discount: int

    @property
    def net(self) -> int:
        return self.gross - self.tax


@dataclass(frozen=True, slots=True)
class Totals:
    """An order's money in yen. `goods` is in the lines' own basis; `total` is what the buyer owes, tax included.

    `lost_discount` is what no amount was left to take it from (TAX-25).
    """

    goods: int
    added_tax: int
    shipping: int
    payment_fee: int
    wrapping: int
    other: int
    discount: int
    points: int
    total: int
    rates: tuple[RateTotal, ...]
    lost_discount: int = 0

    @property
    def tax(self) -> int:
        return sum(r.tax for r in self.rates)


def tax_within(gross: int, rate: int, rounding: Rounding = Rounding.FLOOR) -> int:
    """TAX-11 内税: the tax inside `gross` yen."""
    return ratio(gross, rate, 100 + rate, rounding)


def tax_on(net: int, rate: int, rounding: Rounding = Rounding.FLOOR) -> int:
    """TAX-11 外税: the tax to add to `net` yen."""
    return ratio(net, rate, 100, rounding)


def take_off(amounts: dict[int, int], discount: int) -> tuple[dict[int, int], int]:
    """Divide a discount over rates in proportion to their tax-included amounts (TAX-20); ties to the higher rate.

    No rate goes below zero; what finds no amount is returned as lost (TAX-25).
    """
    rates = sorted((r for r in amounts if amounts[r] > 0), reverse=True)
    usable = min(discount, sum(amounts[r] for r in rates))
    parts = dict(zip(rates, share_out(usable, [amounts[r] for r in rates]), strict=True)) if rates else {}
    return parts, discount - usable


def _by_rate(lines: Sequence[Priced], rounding: Rounding) -> tuple[dict[int, int], dict[int, int], int]:
    """Tax-included goods per rate, the tax added to excluded prices per rate, and goods as written."""
    included: dict[int, int] = {}
    excluded: dict[int, int] = {}
    for line in lines:
        side = included if line.basis is Basis.INCLUDED else excluded
        side[line.rate] = side.get(line.rate, 0) + line.unit_price * line.quantity
    added = {rate: tax_on(net, rate, rounding) for rate, net in excluded.items()}
    gross = dict(included)
    for rate, net in excluded.items():  # TAX-12: one basis per document before anything is summed
        gross[rate] = gross.get(rate, 0) + net + added[rate]
    return gross, added, sum(included.values()) + sum(excluded.values())


def total_order(
    lines: Sequence[Priced],
    charges: Charges | None = None,
    *,
    rounding: Rounding = Rounding.FLOOR,
    added_tax_given: int | None = None,
) -> Totals:
    """Totals of an order by the TAX rules.

    `added_tax_given` is the tax the store itself charged on excluded prices; it is believed when it differs only by
    the store's own rounding (at most one yen a line), since the buyer paid that amount.
    """
    charges = charges or Charges()
    gross, added, goods = _by_rate(lines, rounding)
    _believe_store(gross, added, added_tax_given, len(lines))
    reduced = _reduce(gross, charges)
    rates = tuple(
        RateTotal(rate, amount, _tax_of(rate, amount, lines, added, charges, rounding), reduced.taken.get(rate, 0))
        for rate, amount in sorted(reduced.amounts.items(), reverse=True)
        if amount or gross.get(rate) or reduced.taken.get(rate)
    )
    is_tender = charges.points_kind is PointsKind.TENDER
    tender = min(charges.points, max(0, sum(reduced.amounts.values()))) if is_tender else 0
    lost_points = charges.points - tender if is_tender else reduced.lost_points
    return Totals(
        goods=goods,
        added_tax=sum(added.values()),
        shipping=charges.shipping,
        payment_fee=charges.payment_fee,
        wrapping=charges.wrapping,
        other=charges.other,
        discount=charges.coupon - reduced.lost_coupon,
        points=charges.points - lost_points,
        total=sum(reduced.amounts.values()) - tender,
        rates=rates,
        lost_discount=reduced.lost_coupon + lost_points,
    )


def _believe_store(gross: dict[int, int], added: dict[int, int], given: int | None, lines: int) -> None:
    """Take over the store's own rounding of the added tax, at the highest rate."""
    drift = (given or 0) - sum(added.values())
    if given is not None and added and 0 < abs(drift) <= lines:
        added[max(added)] += drift
        gross[max(added)] += drift


@dataclass(frozen=True, slots=True)
class _Reduced:
    """Tax-included amounts per rate after discounts and with fees, what was taken off each, and what found nothing."""

    amounts: dict[int, int]
    taken: dict[int, int]
    lost_coupon: int
    lost_points: int


def _reduce(gross: dict[int, int], charges: Charges) -> _Reduced:
    """Coupons first, in their scope; then own points on goods and shipping, not on the COD fee; fees last."""
    fee_rate = charges.fee_rate
    shipped = {**gross, fee_rate: gross.get(fee_rate, 0) + charges.shipping}
    coupon, lost_coupon = take_off(shipped if charges.coupon_covers_shipping else gross, charges.coupon)
    after = {rate: amount - coupon.get(rate, 0) for rate, amount in shipped.items()}
    own_points = charges.points if charges.points_kind is PointsKind.DISCOUNT else 0
    points, lost_points = take_off(after, own_points)
    amounts = {rate: amount - points.get(rate, 0) for rate, amount in after.items()}
    amounts[fee_rate] += charges.payment_fee + charges.wrapping + charges.other
    taken = {rate: coupon.get(rate, 0) + points.get(rate, 0) for rate in amounts}
    return _Reduced(amounts, taken, lost_coupon, lost_points)


def _tax_of(
    rate: int, amount: int, lines: Sequence[Priced], added: dict[int, int], charges: Charges, rounding: Rounding
) -> int:
    """The tax of one rate: taken from the price when prices include it, as added when nothing else stands in it."""
    only_excluded = rate in added and all(line.basis is Basis.EXCLUDED for line in lines if line.rate == rate)
    discounted = charges.coupon or (charges.points and charges.points_kind is PointsKind.DISCOUNT)
    fees = charges.payment_fee + charges.wrapping + charges.other + charges.shipping
    if only_excluded and not discounted and not (rate == charges.fee_rate and fees):
        return added[rate]
    return tax_within(amount, rate, rounding)
