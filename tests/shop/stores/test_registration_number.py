"""TAX-37: the invoice registration number."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from akinai.shop.stores.registration_number import check_digit, judge


@pytest.mark.parametrize("number", ["T7123456789012", "T4011001098993", "T2120901007402", "T5810109676297"])
def test_tax_37_valid_numbers_pass(number: str) -> None:
    """TAX-37 samples whose check digit fits."""
    judged = judge(number, is_corporation=True)
    assert (judged.number, judged.error, judged.warning) == (number, "", "")


@pytest.mark.parametrize(
    "number", ["T1123456789012", "7123456789012", "T712345678901", "T7123456789O12", "T71234567890123"]
)
def test_tax_37_invalid_numbers_are_refused_for_corporations(number: str) -> None:
    """TAX-37 wrong check digit, no T, too short, a letter O, too long."""
    assert judge(number, is_corporation=True).error


def test_tax_37_a_missing_t_is_offered() -> None:
    """TAX-37 digits alone: offer to add the T."""
    assert judge("7123456789012", is_corporation=True).suggestion == "T7123456789012"


def test_tax_37_a_sole_trader_is_only_warned() -> None:
    """TAX-37 the digits of a sole trader are no corporate number."""
    judged = judge("T1123456789012", is_corporation=False)
    assert judged.warning
    assert not judged.error


@pytest.mark.parametrize(
    "typed", ["Ｔ７１２３４５６７８９０１２", "t7123-456789-012", " T7123 4567 89012 ", "T7123ー456789012"]
)
def test_tax_37_full_width_hyphens_and_lower_case_are_folded(typed: str) -> None:
    """TAX-37 stored normalised, whatever way it was typed."""
    assert judge(typed, is_corporation=True) == judge("T7123456789012", is_corporation=True)


def test_tax_37_blank_means_unregistered() -> None:
    """TAX-37 a shop without a number is a tax-exempt one."""
    assert judge(" ", is_corporation=True).error == ""


@given(st.text("0123456789", min_size=12, max_size=12))
def test_tax_37_the_check_digit_is_1_to_9(twelve: str) -> None:
    """TAX-37 never 0."""
    assert 1 <= check_digit(twelve) <= 9
