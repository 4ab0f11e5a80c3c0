"""Totals by the TAX rules, with their test values."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from akinai.backoffice.orders.totals import (
    Basis,
    Charges,
    PointsKind,
    Priced,
    Totals,
    take_off,
    tax_within,
    total_order,
)
from akinai.foundation.core.money import Rounding, share_out


def rate(totals: Totals, percent: int) -> tuple[int, int]:
    found = next(r for r in totals.rates if r.rate == percent)
    return found.gross, found.tax


def test_tax_10_x1_excluded_prices_are_rounded_once_a_rate() -> None:
    totals = total_order([Priced(98, 1, 10, Basis.EXCLUDED)] * 3)
    assert totals.tax == 29
    assert totals.total == 294 + 29


def test_tax_11_x2_x3_x4_tax_inside_a_price() -> None:
    assert (tax_within(3996, 8), tax_within(5980, 10), tax_within(999, 10)) == (296, 543, 90)


def test_tax_20_x5_coupon_over_two_rates() -> None:
    totals = total_order([Priced(3300, 1, 10), Priced(2160, 1, 8)], Charges(coupon=1000))
    assert rate(totals, 10) == (2696, 245)
    assert rate(totals, 8) == (1764, 130)
    assert totals.total == 4460


def test_tax_20_one_part_a_rate_and_ties_to_the_higher() -> None:
    assert take_off({8: 3996, 10: 1760}, 500)[0] == {8: 347, 10: 153}
    assert share_out(153, [1100, 660]) == [96, 57]
    assert share_out(100, [1, 1, 1]) == [34, 33, 33]


def test_tax_20_coupon_that_covers_shipping() -> None:
    totals = total_order(
        [Priced(3996, 1, 8), Priced(1100, 1, 10)], Charges(shipping=660, coupon=500, coupon_covers_shipping=True)
    )
    assert {r.rate: r.discount for r in totals.rates} == {8: 347, 10: 153}
    assert totals.total == 3996 + 1100 + 660 - 500


def test_tax_4_shipping_and_fees_are_taxed_at_the_standard_rate_even_for_food() -> None:
    totals = total_order([Priced(1080, 1, 8)], Charges(shipping=550, payment_fee=330))
    assert rate(totals, 8) == (1080, 80)
    assert rate(totals, 10) == (880, 80)


def test_tax_23_points_as_discount_or_as_money_of_the_mall() -> None:
    goods = [Priced(1100, 1, 10)]
    own = total_order(goods, Charges(points=100))
    mall = total_order(goods, Charges(points=100, points_kind=PointsKind.TENDER))
    assert (own.total, own.tax) == (1000, 90)
    assert (mall.total, mall.tax) == (1000, 100)


def test_tax_25_a_discount_never_reaches_shipping_it_does_not_cover() -> None:
    totals = total_order([Priced(300, 1, 8)], Charges(shipping=660, coupon=500))
    assert totals.total == 660
    assert totals.lost_discount == 200


def test_tax_12_mixed_bases_are_brought_to_one() -> None:
    totals = total_order([Priced(1100, 1, 10), Priced(1000, 1, 10, Basis.EXCLUDED)])
    assert totals.total == 2200
    assert rate(totals, 10) == (2200, 200)


def test_the_stores_own_rounding_is_believed_but_not_a_wrong_tax() -> None:
    lines = [Priced(98, 1, 10, Basis.EXCLUDED)] * 3
    assert total_order(lines, added_tax_given=27).total == 294 + 27
    assert total_order(lines, added_tax_given=120).total == 294 + 29


lines = st.lists(
    st.builds(
        Priced,
        st.integers(0, 50_000),
        st.integers(0, 5),
        st.sampled_from([8, 10]),
        st.sampled_from(list(Basis)),
    ),
    min_size=1,
    max_size=5,
)


@given(lines, st.integers(0, 5000), st.integers(0, 900), st.integers(0, 9000), st.booleans(), st.sampled_from(Rounding))
def test_totals_always_add_up(
    priced: list[Priced], shipping: int, fee: int, coupon: int, covers: bool, rounding: Rounding
) -> None:
    charges = Charges(shipping=shipping, payment_fee=fee, coupon=coupon, coupon_covers_shipping=covers)
    t = total_order(priced, charges, rounding=rounding)
    assert t.total == t.goods + t.added_tax + t.shipping + t.payment_fee - t.discount
    assert t.total == sum(r.gross for r in t.rates)
    assert t.discount + t.lost_discount == coupon
    assert all(r.gross >= 0 and 0 <= r.tax <= r.gross for r in t.rates)
    assert sum(r.discount for r in t.rates) == t.discount


def test_points_of_a_mall_beyond_the_worth_of_an_order_are_lost_and_not_owed() -> None:
    totals = total_order([Priced(1000, 1, 10)], Charges(points=1500, points_kind=PointsKind.TENDER))
    assert (totals.total, totals.points, totals.lost_discount) == (0, 1000, 500)
