"""Earliest shipping and delivery: the ten examples, then what must always hold."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from akinai.foundation.core.clock import JST
from akinai.shop.stores.calendar import BusinessCalendar
from akinai.shop.terms.dates import (
    ShippingDays,
    base_day,
    earliest,
    judge_wish,
    later_of,
    printable_from,
    ship_for,
    ship_not_before,
)
from akinai.shop.terms.types import Notice, Transit

YEAR_END = frozenset(dt.date(2026, 12, day) for day in (29, 30, 31)) | {dt.date(2027, 1, day) for day in (1, 2, 3)}
SHOP = BusinessCalendar(frozenset({5, 6}), closed_on_holidays=True, closed=YEAR_END)
DAYS = ShippingDays(SHOP)
CUTOFF = dt.time(14, 0)
OSAKA, FUKUOKA, HOKKAIDO, OKINAWA = Transit(1), Transit(2), Transit(2), Transit(3)
ISLAND = Transit(1, island_days=2)


def at(text: str) -> dt.datetime:
    return dt.datetime.fromisoformat(text).replace(tzinfo=JST)


def day(text: str) -> dt.date:
    return dt.date.fromisoformat(text)


@pytest.mark.parametrize(
    ("name", "ordered", "handling", "transit", "ship", "deliver"),
    [
        ("E1", "2026-11-20T13:59", 0, OSAKA, "2026-11-20", "2026-11-21"),
        ("E2", "2026-11-20T14:00", 0, OSAKA, "2026-11-24", "2026-11-25"),
        ("E3", "2026-11-21T09:00", 0, FUKUOKA, "2026-11-24", "2026-11-26"),
        ("E4", "2026-11-19T10:00", 2, OKINAWA, "2026-11-24", "2026-11-27"),
        ("E5", "2026-11-24T10:00", 0, ISLAND, "2026-11-24", "2026-11-27"),
        ("E6", "2026-12-28T15:00", 0, OSAKA, "2027-01-04", "2027-01-05"),
        ("E7 (paid by bank)", "2026-11-24T16:00", 0, OSAKA, "2026-11-25", "2026-11-26"),
    ],
)
def test_earliest_examples(name: str, ordered: str, handling: int, transit: Transit, ship: str, deliver: str) -> None:
    """E1 to E7: ship and delivery day by cut-off, closed days, handling and transit."""
    found = earliest(at(ordered), days=DAYS, cutoff=CUTOFF, transit=transit, handling=handling)
    assert (found.ship, found.deliver) == (day(ship), day(deliver)), name


def test_e8_a_wish_over_closed_days_ships_before_them() -> None:
    """E8 delivery on Tue 11-24 in 北海道 must leave on Fri 11-20."""
    assert ship_for(day("2026-11-24"), days=DAYS, transit=HOKKAIDO) == day("2026-11-20")


@pytest.mark.parametrize(
    ("hold", "ship", "deliver"),
    [("2026-12-01", "2026-11-30", "2026-12-01"), ("2026-11-24", "2026-11-24", "2026-11-25")],
)
def test_shp_39_or_later_never_leaves_early(hold: str, ship: str, deliver: str) -> None:
    """SHP-39 with E9 and E10: a hold "on or after" moves forward over closed days."""
    plan = ship_not_before(day(hold), or_later=True, days=DAYS, transit=OSAKA)
    assert (plan.ship_on, plan.deliver_on, plan.label_date) == (day(ship), day(deliver), None)


def test_shp_39_by_setting_leaves_before_with_the_date_on_the_label() -> None:
    """SHP-39 E10 with a service that takes dates: ships Fri 11-20, label says 11-24."""
    plan = ship_not_before(day("2026-11-24"), or_later=True, days=DAYS, transit=OSAKA, label_takes_date=True)
    assert (plan.ship_on, plan.label_date) == (day("2026-11-20"), day("2026-11-24"))


def test_an_exact_date_moves_back_to_the_last_open_day() -> None:
    plan = ship_not_before(day("2026-11-24"), or_later=False, days=DAYS, transit=OSAKA)
    assert (plan.ship_on, plan.deliver_on) == (day("2026-11-20"), day("2026-11-24"))


def test_shp_41_an_impossible_wish_is_shown_with_the_earliest_day() -> None:
    """SHP-41 ordered after cut-off on Friday for Tuesday in 北海道: not possible, soonest is Thursday."""
    soonest = earliest(at("2026-11-20T14:00"), days=DAYS, cutoff=CUTOFF, transit=HOKKAIDO)
    judged = judge_wish(day("2026-11-24"), soonest, days=DAYS, transit=HOKKAIDO)
    assert not judged.possible
    assert judged.earliest.deliver == day("2026-11-26")
    assert judge_wish(day("2026-11-26"), soonest, days=DAYS, transit=HOKKAIDO).possible


def test_goods_leave_only_when_shop_and_carrier_both_work() -> None:
    pickup = BusinessCalendar(closed=frozenset({day("2026-11-24")}))
    days = ShippingDays(SHOP, pickup)
    assert earliest(at("2026-11-20T14:00"), days=days, cutoff=CUTOFF, transit=OSAKA).ship == day("2026-11-25")
    assert ship_for(day("2026-11-25"), days=days, transit=OSAKA) == day("2026-11-20")


def test_no_morning_window_where_the_parcel_arrives_in_the_afternoon() -> None:
    """SHP-41, 4.5: 午前中 is not offered on the first day of such a route; later days and windows are."""
    transit = Transit(1, afternoon=True)
    found = earliest(at("2026-11-24T10:00"), days=DAYS, cutoff=CUTOFF, transit=transit)
    assert not found.morning
    for wanted, window, possible in (
        ("2026-11-25", "08-12", False), ("2026-11-25", "14-16", True), ("2026-11-25", "", True),
        ("2026-11-26", "08-12", True),
    ):  # fmt: skip
        assert judge_wish(day(wanted), found, days=DAYS, transit=transit, window=window).possible is possible


def test_request_and_hold_together_mean_the_later() -> None:
    assert later_of(None, day("2026-12-01"), day("2026-11-28")) == day("2026-12-01")
    assert later_of(None, None) is None


def test_shp_40_a_far_date_waits_until_the_label_takes_it() -> None:
    """SHP-40 with 30 days ahead, 12-31 can be printed from 12-01 on."""
    assert printable_from(day("2026-12-31"), 30) == day("2026-12-01")


def test_shp_42_what_a_carrier_says_of_its_roads_moves_arrival_and_the_day_to_send() -> None:
    """SHP-42: snow; parcels sent from Tuesday to Thursday take two days more, and the longest delay counts."""
    snow = Notice(day("2026-11-24"), day("2026-11-26"), 2, "大雪")
    transit = Transit(2, notices=(snow, Notice(day("2026-11-25"), day("2026-11-25"), 1)))
    arrivals = [transit.arrives(day(f"2026-11-{n}")) for n in (20, 24, 25, 26, 27)]
    assert arrivals == [day(f"2026-11-{n}") for n in (22, 28, 29, 30, 29)]
    soonest = earliest(at("2026-11-24T10:00"), days=DAYS, cutoff=CUTOFF, transit=transit)
    assert (soonest.ship, soonest.deliver) == (day("2026-11-24"), day("2026-11-28"))
    assert ship_for(day("2026-11-28"), days=DAYS, transit=transit) == day("2026-11-24")
    assert ship_for(day("2026-11-27"), days=DAYS, transit=transit) == day("2026-11-20")
    assert not judge_wish(day("2026-11-27"), soonest, days=DAYS, transit=transit).possible
    plan = ship_not_before(day("2026-11-26"), or_later=True, days=DAYS, transit=transit)
    assert (plan.ship_on, plan.deliver_on) == (day("2026-11-24"), day("2026-11-28"))


MOMENTS = st.datetimes(dt.datetime(2026, 1, 1), dt.datetime(2028, 1, 1))
NOTICES = st.builds(
    lambda begins, length, days: Notice(begins, begins + dt.timedelta(days=length), days),
    st.dates(dt.date(2026, 1, 1), dt.date(2028, 1, 1)), st.integers(0, 20), st.integers(0, 9),
)  # fmt: skip
TRANSITS = st.builds(
    Transit, st.integers(0, 5), st.integers(0, 10), notices=st.lists(NOTICES, max_size=2).map(tuple)
)  # fmt: skip


@st.composite
def shipping_days(draw: st.DrawFn) -> ShippingDays:
    dates = st.frozensets(st.dates(dt.date(2026, 1, 1), dt.date(2028, 12, 31)), max_size=10)
    closed = draw(st.frozensets(st.integers(0, 6), max_size=4))
    no_pickup = draw(st.frozensets(st.sampled_from(sorted(set(range(7)) - closed)), max_size=2))
    shop = BusinessCalendar(closed, draw(st.booleans()), draw(dates), draw(dates))
    return ShippingDays(shop, BusinessCalendar(no_pickup))


@given(MOMENTS, shipping_days(), TRANSITS, st.integers(0, 10))
def test_the_earliest_way_is_in_order_and_possible(
    moment: dt.datetime, days: ShippingDays, transit: Transit, handling: int
) -> None:
    found = earliest(moment, days=days, cutoff=CUTOFF, transit=transit, handling=handling)
    assert moment.date() <= found.base <= found.ship <= found.deliver
    assert days.can_ship(found.ship)
    assert judge_wish(found.deliver, found, days=days, transit=transit).possible


@given(MOMENTS, shipping_days(), TRANSITS, st.integers(0, 10))
def test_waiting_never_makes_an_order_ship_sooner(
    moment: dt.datetime, days: ShippingDays, transit: Transit, handling: int
) -> None:
    def ship(when: dt.datetime, more: int) -> dt.date:
        return earliest(when, days=days, cutoff=CUTOFF, transit=transit, handling=more).ship

    assert ship(moment, handling) <= ship(moment + dt.timedelta(hours=5), handling)
    assert ship(moment, handling) <= ship(moment, handling + 1)


@given(st.dates(dt.date(2026, 1, 1), dt.date(2028, 1, 1)), shipping_days(), TRANSITS)
def test_shp_39_a_hold_arrives_on_time_or_later(wanted: dt.date, days: ShippingDays, transit: Transit) -> None:
    """SHP-39 "or later" arrives on the day or after it; exact dates never leave after their last day."""
    plan = ship_not_before(wanted, or_later=True, days=days, transit=transit)
    assert days.can_ship(plan.ship_on)
    assert plan.ship_on + dt.timedelta(days=transit.total) >= wanted
    exact = ship_not_before(wanted, or_later=False, days=days, transit=transit)
    assert transit.arrives(exact.ship_on) <= wanted


def test_exactly_at_cut_off_is_late() -> None:
    assert base_day(at("2026-11-20T14:00"), SHOP, CUTOFF) == day("2026-11-24")
    assert base_day(at("2026-11-20T13:59:59"), SHOP, CUTOFF) == day("2026-11-20")
