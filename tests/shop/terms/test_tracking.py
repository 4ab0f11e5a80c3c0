"""SHP-50: tracking numbers."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from akinai.shop.terms.tracking import check, s10_check


@pytest.mark.parametrize("number", ["123456789013", "444413758703", "512547514334", "405548424886", "193715301010"])
def test_shp_50_twelve_digits_modulo_seven_pass(number: str) -> None:
    """SHP-50 valid samples."""
    found = check(number)
    assert (found.number, found.error, found.warning) == (number, "", "")


def test_shp_50_a_wrong_digit_is_refused_or_warned_of() -> None:
    """SHP-50 123456789012 does not fit; the service says what that means."""
    assert check("123456789012", "refuse").error
    warned = check("123456789012", "warn")
    assert warned.is_accepted
    assert warned.warning
    assert check("123456789012", "none").warning == ""


@pytest.mark.parametrize(
    "typed",
    [
        "1234-5678-9013",
        "１２３４５６７８９０１３",
        "1234 5678 9013",
        "1234ー5678−9013",
        "a123456789013a",
        "D123456789013B",
        "1234‐5678‐9013",
    ],
)
def test_shp_50_hyphens_blanks_width_and_codabar_letters_are_stripped(typed: str) -> None:
    """SHP-50 what people type and scanners send."""
    assert check(typed).number == "123456789013"
    assert check(typed).is_accepted


def test_shp_50_ten_digits_are_kept_with_a_warning() -> None:
    """SHP-50 10 digits: warn and keep."""
    found = check("1234567890")
    assert found.is_accepted
    assert found.warning


def test_shp_50_registered_mail_with_eleven_digits_passes() -> None:
    """SHP-50 書留 has no check by this rule."""
    assert check("12345678901") == check("1234567890 1")
    assert check("12345678901").warning == ""


def test_shp_50_international_numbers_only_warn() -> None:
    """SHP-50 S10: RR473124829GB is the sample of the standard."""
    assert s10_check("RR473124829GB")
    assert check("EE-473124829-JP").warning == ""
    wrong = check("RR473124820GB")
    assert wrong.is_accepted
    assert wrong.warning


@pytest.mark.parametrize(
    "typed", ["1.23457E+11", "1.23E+11", "1.23457e+11", "1E+11", "", "  ", "12345", "荷物", "1" * 31]
)
def test_shp_50_what_cannot_be_a_number_is_refused(typed: str) -> None:
    """SHP-50 numbers damaged by a spreadsheet, empty, too short or foreign."""
    assert check(typed).error


@given(st.integers(0, 10**11 - 1), st.integers(1, 6))
def test_shp_50_one_wrong_check_digit_is_always_caught(first: int, off: int) -> None:
    """SHP-50 exactly one of seven digits fits."""
    assert check(f"{first:011}{first % 7}").is_accepted
    assert not check(f"{first:011}{(first % 7 + off) % 7}").is_accepted


@given(st.text(max_size=40))
def test_shp_50_no_input_breaks_it(text: str) -> None:
    """SHP-50 whatever is typed gets an answer."""
    found = check(text)
    assert found.is_accepted or found.error
