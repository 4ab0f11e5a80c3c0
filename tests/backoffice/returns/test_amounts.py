"""ORD-74, TAX-20, TAX-50, TAX-52: what goes back for goods that came back. Pure."""

from __future__ import annotations

import dataclasses

from hypothesis import given
from hypothesis import strategies as st

from akinai.backoffice.orders.totals import Basis, Charges, PointsKind, Priced, total_order
from akinai.backoffice.returns.amounts import Sale, SoldLine, line_amounts, reverse

FOOD, CUP = SoldLine(1998, 2, 8), SoldLine(1760, 1, 10)


def sale(*lines: SoldLine, charges: Charges | None = None, **more: int) -> Sale:
    charges = charges or Charges()
    totals = total_order([Priced(x.unit_price, x.quantity, x.rate, Basis(x.basis)) for x in lines], charges)
    return Sale(lines, charges, totals.total, **more)  # type: ignore[arg-type]


def test_tax_20_the_discount_share_of_each_rate_stays_with_its_goods() -> None:
    """500 over (8% 3,996; 10% 1,760) is 347 and 153."""
    assert line_amounts(sale(FOOD, CUP, charges=Charges(coupon=500))) == [3996 - 347, 1760 - 153]


def test_ord_74_a_buyers_wish_gives_back_the_goods_and_no_fees() -> None:
    sold = sale(dataclasses.replace(FOOD, now=1), CUP, charges=Charges(shipping=660, payment_fee=330, coupon=500))
    found = reverse(sold, with_fees=False)
    assert (found.goods, found.fees, found.money) == ((3996 - 347) // 2, 0, 1824)
    assert [(p.rate, p.gross, p.tax) for p in found.rates] == [(8, 1824, 135)]


def test_ord_74_the_shops_fault_gives_everything_back_to_the_yen() -> None:
    sold = sale(dataclasses.replace(FOOD, now=2), dataclasses.replace(CUP, now=1),
                charges=Charges(shipping=660, payment_fee=330, coupon=500))  # fmt: skip
    found = reverse(sold, with_fees=True)
    assert (found.money, found.fees) == (sold.total, 990)


def test_ord_76_freights_are_withheld_and_never_more_than_the_goods() -> None:
    sold = sale(dataclasses.replace(CUP, now=1), charges=Charges(shipping=660))
    assert reverse(sold, with_fees=False, withheld=660).money == 1100
    assert reverse(sold, with_fees=False, withheld=9999).money == 0


def test_ord_74_money_goes_back_before_points_of_a_mall() -> None:
    points = Charges(points=1000, points_kind=PointsKind.TENDER)
    found = reverse(sale(dataclasses.replace(CUP, now=1), charges=points), with_fees=False)
    assert (found.money, found.points) == (760, 1000)


def test_tax_52_nothing_is_left_of_a_sale_that_was_reversed() -> None:
    """Money that never came does not turn into points."""
    sold = sale(dataclasses.replace(FOOD, now=2), dataclasses.replace(CUP, now=1), charges=Charges(payment_fee=440))
    gone = dataclasses.replace(sold, reversed_money=sold.total, reversed_rates={8: 3996, 10: 2200})
    assert sold.total == 3996 + 2200
    for with_fees in (False, True):
        found = reverse(gone, with_fees=with_fees, withheld=100)
        assert (found.money, found.points, found.rates) == (0, 0, ())


@given(
    st.lists(
        st.tuples(st.integers(1, 9999), st.integers(1, 5), st.sampled_from([8, 10]), st.sampled_from(list(Basis))),
        min_size=1, max_size=4,
    ),
    st.integers(0, 3000), st.integers(0, 3000), st.booleans(), st.integers(0, 900), st.integers(0, 440), st.data(),
)  # fmt: skip
def test_tax_52_returns_in_any_number_of_parts_reverse_the_sale_exactly(
    goods: list[tuple[int, int, int, Basis]], coupon: int, points: int, covers: bool, shipping: int, fee: int,
    data: st.DataObject,
) -> None:  # fmt: skip
    """Whatever is sent back first, the parts add up to what was owed, and no rate gives back more than it took."""
    charges = Charges(shipping=shipping, payment_fee=fee, coupon=coupon, coupon_covers_shipping=covers, points=points)
    lines = [SoldLine(*g) for g in goods]
    totals = total_order([Priced(x.unit_price, x.quantity, x.rate, Basis(x.basis)) for x in lines], charges)
    money, rates = 0, dict[int, int]()
    first = [data.draw(st.integers(0, x.quantity)) for x in lines]
    for before, now, last in (
        ([0] * len(lines), first, False),
        (first, [x.quantity - n for x, n in zip(lines, first, strict=True)], True),
    ):
        steps = [dataclasses.replace(x, before=b, now=n) for x, b, n in zip(lines, before, now, strict=True)]
        found = reverse(Sale(steps, charges, totals.total, money, dict(rates)), with_fees=last)
        money += found.money
        for part in found.rates:
            rates[part.rate] = rates.get(part.rate, 0) + part.gross
    assert money == totals.total
    sold = {r.rate: r.gross for r in totals.rates}
    assert all(rates[rate] <= sold[rate] for rate in rates)
