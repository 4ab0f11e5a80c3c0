"""What goes back for goods that came back (ORD-74): pure, integer yen including tax."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from akinai.backoffice.orders.totals import Basis, Charges, PointsKind, take_off, tax_on, tax_within
from akinai.foundation.core.money import Rounding, share_out


@dataclass(frozen=True, slots=True)
class SoldLine:
    """A line as it was sold: yen in its basis, its rate in percent, how many; `before` and `now` come back."""

    unit_price: int
    quantity: int
    rate: int
    basis: str = Basis.INCLUDED
    before: int = 0
    now: int = 0


@dataclass(frozen=True, slots=True)
class Sale:
    """A sale: lines, what stood beside them, and what of it was reversed before (gross by rate, and in money).

    `total` is what the buyer owed, after tender points.
    """

    lines: Sequence[SoldLine]
    charges: Charges
    total: int
    reversed_money: int = 0
    reversed_rates: Mapping[int, int] = field(default_factory=dict)
    rounding: Rounding = Rounding.FLOOR


@dataclass(frozen=True, slots=True)
class RatePart:
    """What of one rate is reversed; `tax` is the tax in it by the original rate, rounded once (TAX-50)."""

    rate: int
    gross: int
    tax: int


@dataclass(frozen=True, slots=True)
class Reversal:
    """What is reversed: `goods` after their share of discounts, `fees`, less `withheld`.

    `money` is what the buyer owes less; `points` go back as points, where they had been paid with.
    """

    goods: int
    fees: int
    withheld: int
    rates: tuple[RatePart, ...]
    money: int
    points: int


def line_amounts(sale: Sale) -> list[int]:
    """Each line's amount including tax after its share of coupons and own points (largest remainder, TAX-20)."""
    included = _included(sale)
    shipping = sale.charges.shipping
    coupon = _shared(included, sale, sale.charges.coupon, shipping if sale.charges.coupon_covers_shipping else 0)
    left = [a - c for a, c in zip(included, coupon, strict=True)]
    own = sale.charges.points if sale.charges.points_kind is PointsKind.DISCOUNT else 0
    shipped = shipping - _shipping_part(included, sale, sale.charges.coupon, shipping)
    points = _shared(left, sale, own, shipped)
    return [a - p for a, p in zip(left, points, strict=True)]


def _included(sale: Sale) -> list[int]:
    """Amounts with tax; the tax of excluded prices is rounded once a rate and shared out."""
    amounts = [line.unit_price * line.quantity for line in sale.lines]
    for rate in {line.rate for line in sale.lines}:
        own = [i for i, x in enumerate(sale.lines) if x.rate == rate and x.basis == Basis.EXCLUDED]
        nets = [amounts[i] for i in own]
        for i, tax in zip(own, share_out(tax_on(sum(nets), rate, sale.rounding), nets), strict=True):
            amounts[i] += tax
    return amounts


def _shared(amounts: Sequence[int], sale: Sale, discount: int, shipping: int) -> list[int]:
    """A discount by line: one part a rate, then by amount inside it; shipping bears its own part at the fee rate."""
    found = [0] * len(amounts)
    parts, _lost = take_off(_by_rate(amounts, sale, shipping), discount)
    for rate, part in parts.items():
        own = [i for i, line in enumerate(sale.lines) if line.rate == rate]
        weights = [amounts[i] for i in own] + ([shipping] if rate == sale.charges.fee_rate else [])
        for i, share in zip(own, share_out(part, weights), strict=False):
            found[i] = share
    return found


def _by_rate(amounts: Sequence[int], sale: Sale, shipping: int) -> dict[int, int]:
    sums: dict[int, int] = {}
    for amount, line in zip(amounts, sale.lines, strict=True):
        sums[line.rate] = sums.get(line.rate, 0) + amount
    if shipping:
        sums[sale.charges.fee_rate] = sums.get(sale.charges.fee_rate, 0) + shipping
    return sums


def _shipping_part(amounts: Sequence[int], sale: Sale, discount: int, shipping: int) -> int:
    """How much of a coupon the shipping bears."""
    if not sale.charges.coupon_covers_shipping or not shipping:
        return 0
    return min(discount, sum(amounts) + shipping) - sum(_shared(amounts, sale, discount, shipping))


def returned_goods(sale: Sale) -> dict[int, int]:
    """What comes back now, by rate. Parts of a line add up to the line exactly, in however many returns."""
    found: dict[int, int] = {}
    for line, amount in zip(sale.lines, line_amounts(sale), strict=True):
        after = amount * (line.before + line.now) // line.quantity if line.quantity else 0
        before = amount * line.before // line.quantity if line.quantity else 0
        if line.now:
            found[line.rate] = found.get(line.rate, 0) + after - before
    return found


def reverse(sale: Sale, *, with_fees: bool, withheld: int = 0) -> Reversal:
    """What is reversed for the goods that come back now.

    `with_fees`: shipping, COD fee and the like go back, too: only on the shop's fault or when the whole sale is
    reversed (ORD-74). `withheld` are freights kept back under the posted rule. Never more than is left of the sale, by
    rate (TAX-52) and in money.
    """
    rates = returned_goods(sale)
    goods = sum(rates.values())
    fees = _fees(sale) if with_fees else 0
    if fees:
        rates[sale.charges.fee_rate] = rates.get(sale.charges.fee_rate, 0) + fees
    kept, _lost = take_off(rates, withheld)
    left = _left(sale)
    rates = {rate: max(0, min(amount - kept.get(rate, 0), left.get(rate, 0))) for rate, amount in rates.items()}
    gross = sum(rates.values())
    money = min(gross, sale.total - sale.reversed_money)
    parts = tuple(
        RatePart(rate, amount, tax_within(amount, rate, sale.rounding))
        for rate, amount in sorted(rates.items(), reverse=True)
        if amount
    )
    return Reversal(goods, fees, sum(kept.values()), parts, money, gross - money)


def _left(sale: Sale) -> dict[int, int]:
    """What of the sale was not reversed before, by rate."""
    whole: dict[int, int] = {sale.charges.fee_rate: _all_fees(sale)}
    for line, amount in zip(sale.lines, line_amounts(sale), strict=True):
        whole[line.rate] = whole.get(line.rate, 0) + amount
    return {rate: amount - sale.reversed_rates.get(rate, 0) for rate, amount in whole.items()}


def _fees(sale: Sale) -> int:
    """Fees that are left of the sale when what comes back now is taken off it; nothing if they went back before."""
    fees = _all_fees(sale)
    whole = sum(line_amounts(sale)) + fees
    return max(0, min(fees, whole - sum(sale.reversed_rates.values()) - sum(returned_goods(sale).values())))


def _all_fees(sale: Sale) -> int:
    """Fees after what discounts took of the shipping."""
    charges = sale.charges
    included = _included(sale)
    coupon = _shipping_part(included, sale, charges.coupon, charges.shipping)
    shipping = charges.shipping - coupon
    if charges.points_kind is PointsKind.DISCOUNT and charges.points:
        left = [a - c for a, c in zip(included, _shared(
            included, sale, charges.coupon, charges.shipping if charges.coupon_covers_shipping else 0
        ), strict=True)]  # fmt: skip
        shipping -= min(charges.points, sum(left) + shipping) - sum(_shared(left, sale, charges.points, shipping))
    return shipping + charges.payment_fee + charges.wrapping + charges.other
