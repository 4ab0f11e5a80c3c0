"""Cash on delivery fees and bank transfer dates."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from akinai.shop.terms.due import DueRules, bank_dates, bank_day_before, is_bank_day, step_due
from akinai.shop.terms.fees import FeeBand, cod_fee, cod_obstacles, valid_bands

BANDS = [FeeBand(10_000, 330), FeeBand(30_000, 440), FeeBand(100_000, 660), FeeBand(300_000, 1_100)]


@pytest.mark.parametrize(
    ("amount", "fee"),
    [
        (9_670, 330),
        (9_671, 440),
        (29_560, 440),
        (29_561, 660),
        (99_340, 660),
        (99_341, 1_100),
        (298_900, 1_100),
        (298_901, None),
    ],
)
def test_pay_10_the_band_is_chosen_with_the_fee(amount: int, fee: int | None) -> None:
    """PAY-10 the first band that holds amount and fee together; above the last not allowed."""
    assert cod_fee(amount, BANDS) == fee


def test_pay_10_a_limit_may_mean_less_than() -> None:
    """PAY-10 bands of carriers that write "less than" carry the flag inclusive = False."""
    less_than = [FeeBand(10_000, 330, inclusive=False), FeeBand(30_000, 440, inclusive=False)]
    assert [cod_fee(amount, less_than) for amount in (9_669, 9_670)] == [330, 440]


@given(st.integers(0, 400_000))
def test_pay_10_amount_and_fee_stay_within_their_band(amount: int) -> None:
    """PAY-10 holds for every amount."""
    fee = cod_fee(amount, BANDS)
    if fee is None:
        assert amount + 1_100 > 300_000
    else:
        assert next(band for band in BANDS if band.fee == fee).up_to >= amount + fee


def test_fee_tables_change_whole_on_their_date() -> None:
    new = dt.date(2027, 4, 1)
    bands = [*BANDS, FeeBand(50_000, 500, effective_from=new)]
    assert valid_bands(bands, dt.date(2027, 3, 31)) == BANDS
    assert [band.fee for band in valid_bands(bands, new)] == [500]


@pytest.mark.parametrize(
    ("cash", "service", "codes"),
    [
        (5_000, {"cod_ok": False, "is_post_box": True, "cod_limit": None}, ["post_box"]),
        (30_001, {"cod_ok": True, "is_post_box": False, "cod_limit": 30_000}, ["over_limit"]),
        (30_000, {"cod_ok": True, "is_post_box": False, "cod_limit": 30_000}, []),
        (None, {"cod_ok": True, "is_post_box": False, "cod_limit": 300_000}, ["over_limit"]),
        (5_000, {"cod_ok": False, "is_post_box": False, "cod_limit": None}, ["not_offered"]),
    ],
)
def test_pay_11_what_cash_on_delivery_cannot_be_combined_with(
    cash: int | None, service: dict[str, object], codes: list[str]
) -> None:
    """PAY-11 no post box services, コンパクト up to 30,000 yen."""
    assert [found.code for found in cod_obstacles(cash, **service)] == codes  # type: ignore[arg-type]


def test_pay_11_islands_may_refuse() -> None:
    """PAY-11 together with the carrier's island list (SHP-20)."""
    found = cod_obstacles(1_000, cod_ok=True, is_post_box=False, cod_limit=None, island_refuses=True)
    assert [obstacle.code for obstacle in found] == ["island"]


def test_pay_7_dates_over_a_holiday() -> None:
    """PAY-7 accepted Fri 2026-11-13: due 11-20, reminders 11-18, 11-24, 11-26, lapse 11-27."""
    dates = bank_dates(dt.date(2026, 11, 13))
    assert dates.due == dt.date(2026, 11, 20)
    assert dates.remind_first == dt.date(2026, 11, 18)
    assert dates.remind_second == dt.date(2026, 11, 24)
    assert dates.remind_last == dt.date(2026, 11, 26)
    assert dates.cancel_on == dt.date(2026, 11, 27)


def test_pay_7_a_due_date_on_a_holiday_moves_on() -> None:
    """PAY-7 accepted Mon 2026-11-16: 11-23 is a holiday, due Tue 11-24."""
    assert bank_dates(dt.date(2026, 11, 16)).due == dt.date(2026, 11, 24)


def test_a_short_due_date_gets_no_gentle_reminder() -> None:
    assert bank_dates(dt.date(2026, 11, 13), DueRules(due_days=2)).remind_first is None


@given(st.dates(dt.date(2026, 1, 1), dt.date(2028, 12, 31)), st.integers(0, 60))
def test_pay_7_money_steps_fall_on_bank_days_in_order(accepted: dt.date, days: int) -> None:
    """PAY-7 for every day and term."""
    dates = bank_dates(accepted, DueRules(due_days=days))
    assert accepted <= dates.due < dates.remind_second < dates.remind_last
    assert all(is_bank_day(day) for day in (dates.due, dates.remind_second, dates.remind_last))
    assert dates.remind_first is None or accepted < dates.remind_first < dates.due


@pytest.mark.parametrize("day", ["2026-12-31", "2027-01-01", "2027-01-03", "2026-11-23", "2026-11-21"])
def test_banks_rest_at_the_turn_of_the_year(day: str) -> None:
    assert not is_bank_day(dt.date.fromisoformat(day))


@pytest.mark.parametrize(
    ("today", "written", "step"),
    [
        ("2026-11-17", "", ""),
        ("2026-11-18", "", "R1"),
        ("2026-11-18", "R1", ""),
        ("2026-11-20", "", "R1"),
        ("2026-11-21", "", ""),
        ("2026-11-23", "R1", ""),
        ("2026-11-24", "R1", "R2"),
        ("2026-11-25", "R1", "R2"),
        ("2026-11-25", "R1 R2", ""),
        ("2026-11-26", "R1 R2", "R3"),
        ("2026-11-26", "", "R3"),
        ("2026-11-24", "R3", ""),
        ("2026-11-27", "R1 R2", ""),
    ],
)
def test_t07_each_reminder_has_its_day(today: str, written: str, step: str) -> None:
    """PAY-7, T07: R1 two days before, R2 on the first and R3 on the third bank business day after 11-20, each once."""
    dates = bank_dates(dt.date(2026, 11, 13))
    assert step_due(dates, dt.date.fromisoformat(today), written.split()) == step


def test_pay_6_the_bank_business_day_before() -> None:
    """PAY-6 over the weekend and the holiday of 11-23, and over the turn of the year."""
    assert bank_day_before(dt.date(2026, 11, 24)) == dt.date(2026, 11, 20)
    assert bank_day_before(dt.date(2026, 11, 25)) == dt.date(2026, 11, 24)
    assert bank_day_before(dt.date(2027, 1, 4)) == dt.date(2026, 12, 30)
