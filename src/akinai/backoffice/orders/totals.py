"""Totals and consumption tax of an order (domain 3.1-3.3): pure, integer yen, one rounding per rate (TAX-10)."""

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
    own_added = sum(added.values())
    drift = 0
    if added_tax_given is not None and added and 0 < abs(added_tax_given - own_added) <= len(lines):
        drift = added_tax_given - own_added
        top = max(added)
        added[top] += drift
        gross[top] += drift
    fees = charges.payment_fee + charges.wrapping + charges.other
    scope = dict(gross)
    if charges.coupon_covers_shipping:
        scope[charges.fee_rate] = scope.get(charges.fee_rate, 0) + charges.shipping
    coupon_parts, lost = take_off(scope, charges.coupon)
    with_shipping = dict(gross)
    with_shipping[charges.fee_rate] = with_shipping.get(charges.fee_rate, 0) + charges.shipping
    after_coupon = {rate: amount - coupon_parts.get(rate, 0) for rate, amount in with_shipping.items()}
    points_parts: dict[int, int] = {}
    lost_points = 0
    if charges.points_kind is PointsKind.DISCOUNT:  # points follow coupons, on goods and shipping, not on the COD fee
        points_parts, lost_points = take_off(after_coupon, charges.points)
    final = {rate: amount - points_parts.get(rate, 0) for rate, amount in after_coupon.items()}
    final[charges.fee_rate] = final.get(charges.fee_rate, 0) + fees
    untouched = not charges.coupon and not points_parts
    rates = tuple(
        _rate_total(rate, final[rate], coupon_parts.get(rate, 0) + points_parts.get(rate, 0), lines, added, fees,
                    charges, rounding, untouched=untouched)
        for rate in sorted(final, reverse=True)
        if final[rate] or gross.get(rate)
    )  # fmt: skip
    tender = charges.points if charges.points_kind is PointsKind.TENDER else 0
    return Totals(
        goods=goods,
        added_tax=sum(added.values()),
        shipping=charges.shipping,
        payment_fee=charges.payment_fee,
        wrapping=charges.wrapping,
        other=charges.other,
        discount=charges.coupon - lost,
        points=charges.points - lost_points,
        total=sum(final.values()) - tender,
        rates=rates,
        lost_discount=lost + lost_points,
    )


def _rate_total(
    rate: int,
    gross: int,
    discount: int,
    lines: Sequence[Priced],
    added: dict[int, int],
    fees: int,
    charges: Charges,
    rounding: Rounding,
    *,
    untouched: bool,
) -> RateTotal:
    """The tax of one rate: taken from the price when prices include it, as added when none of it was discounted."""
    only_excluded = all(line.basis is Basis.EXCLUDED for line in lines if line.rate == rate)
    carries_fees = rate == charges.fee_rate and (fees or charges.shipping)
    if untouched and only_excluded and not carries_fees and rate in added:
        return RateTotal(rate, gross, added[rate], discount)
    return RateTotal(rate, gross, tax_within(gross, rate, rounding), discount)
