"""What is owed to buyers, from facts alone: pure."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest

from akinai.backoffice.orders.states import Promised
from akinai.foundation.core.clock import JST
from akinai.overview.desk.owing import Happening, Mail, OrderFacts, Owed, Reason, Terms, owed
from akinai.shop.stores.calendar import BusinessCalendar
from akinai.shop.stores.deadlines import confirmation_deadline

#: Weekends and holidays closed; 23 November is one.
CALENDAR = BusinessCalendar(closed_weekdays=frozenset({5, 6}), closed_on_holidays=True)
TERMS = Terms(CALENDAR)


def at(day: int, hour: int = 0, minute: int = 0) -> dt.datetime:
    """A time in November 2026."""
    return dt.datetime(2026, 11, day, hour, minute, tzinfo=JST)


FRIDAY = at(20, 18)
PLAIN = OrderFacts(
    is_history=False, ordered_at=FRIDAY, confirm_by=at(24, 12), confirmation="needs_check", accepted_at=None,
    cancel="none", has_mail=True, timing="prepaid", shipped_at=None, short=False,
    ours=frozenset({"M03", "M05", "M07", "M09", "M12"}),
)  # fmt: skip


def only(facts: OrderFacts, kind: Promised) -> Owed:
    [found] = [promise for promise in owed(facts, TERMS) if promise.kind == kind]
    return found


@pytest.mark.parametrize(("calendar_days", "due"), [(False, at(24, 12)), (True, at(21, 12))])
def test_ord_22_confirmation_by_noon_of_the_next_open_day(calendar_days: bool, due: dt.datetime) -> None:
    """ORD-22 R27 Friday 18:00 before a long weekend: Tuesday noon; a shop of calendar days: Saturday noon."""
    by = confirmation_deadline(FRIDAY, CALENDAR, calendar_days=calendar_days)
    promise = only(replace(PLAIN, confirm_by=by), Promised.CONFIRM)
    assert (promise.opened_at, promise.due_at, promise.kept_at) == (FRIDAY, due, None)


def test_the_confirmation_is_kept_by_the_mail_and_not_by_accepting() -> None:
    """R27 Accepting is no word to the buyer; the first M03 is, also where a changed one follows."""
    accepted = replace(PLAIN, confirmation="accepted", accepted_at=at(24, 9))
    assert only(accepted, Promised.CONFIRM).kept_at is None
    mails = (Mail(7, "M03", "v1", at(24, 9, 2)), Mail(9, "M03", "v2", at(25, 9)))
    promise = only(replace(accepted, mails=mails), Promised.CONFIRM)
    assert (promise.kept_at, promise.kept_by) == (at(24, 9, 2), "mail:7")
    by_phone = only(replace(accepted, has_mail=False), Promised.CONFIRM)
    assert (by_phone.kept_at, by_phone.kept_by) == (at(24, 9), "accepted")


def test_mail_13_what_the_store_sends_is_no_promise_of_ours() -> None:
    """MAIL-13 Where the store (or nobody) confirms, thanks and announces, nothing of that is owed."""
    busy = replace(
        PLAIN, ours=frozenset(), deposits=(Happening("deposit:1", at(24, 10)),),
        parcels=(Happening("shipment:1", at(25, 15)),),
    )  # fmt: skip
    assert owed(busy, TERMS) == []
    assert owed(replace(PLAIN, is_history=True), TERMS) == []


def test_r56_a_deposit_is_thanked_for_on_its_day() -> None:
    """R56 PAY-9 Each deposit its own mail, by the end of the day; none for money that came after the parcel."""
    paid = replace(PLAIN, deposits=(Happening("deposit:1", at(24, 10)),))
    assert only(paid, Promised.PAID).due_at == at(24, 23, 59) + dt.timedelta(seconds=59)
    other = replace(paid, mails=(Mail(1, "M05", "deposit:2", at(24, 11)),))
    assert only(other, Promised.PAID).kept_at is None
    mine = replace(paid, mails=(Mail(1, "M05", "deposit:1", at(24, 11)),))
    assert only(mine, Promised.PAID).kept_at == at(24, 11)
    assert [p.kind for p in owed(replace(paid, shipped_at=at(23)), TERMS)] == [Promised.CONFIRM]
    assert [p.kind for p in owed(replace(paid, timing="postpaid"), TERMS)] == [Promised.CONFIRM]
    assert only(replace(paid, cancel="cancelled"), Promised.PAID).dropped


def test_r76_each_parcel_is_announced_on_its_day() -> None:
    """R76 SHP-73 Two parcels, two mails; the mail of the first says nothing of the second."""
    parcels = (Happening("shipment:1", at(24, 15)), Happening("shipment:2", at(25, 15)))
    sent = replace(PLAIN, parcels=parcels, mails=(Mail(1, "M07", "shipment:1", at(24, 16)),))
    first, second = [p for p in owed(sent, TERMS) if p.kind == Promised.SHIPPED]
    assert (first.kept_by, second.kept_at) == ("mail:1", None)
    assert second.due_at.date() == dt.date(2026, 11, 25)


def test_r32_a_remark_is_answered_with_the_confirmation_at_the_latest() -> None:
    """R32 The confirmation or a person's own words answer it; the automatic reply, sent before, does not."""
    asked = replace(PLAIN, reasons=(Reason(3, "REMARK", FRIDAY),))
    promise = only(asked, Promised.REPLY)
    assert (promise.due_at, promise.kept_at) == (at(24, 12), None)
    assert only(replace(asked, mails=(Mail(1, "M01", "v1", FRIDAY),)), Promised.REPLY).kept_at is None
    assert only(replace(asked, mails=(Mail(2, "FREE", "hand:x", at(24, 9)),)), Promised.REPLY).kept_by == "mail:2"
    assert only(replace(asked, told=(("staff:3", at(24, 10)),)), Promised.REPLY).kept_by == "staff:3"
    elsewhere = only(replace(asked, confirm_by=None), Promised.REPLY)
    assert elsewhere.due_at.date() == dt.date(2026, 11, 24)


def test_a_wish_to_cancel_gets_an_answer_on_the_next_open_day() -> None:
    """T20 Asked on Friday evening: by the end of Tuesday; the cancellation mail answers, a refusal needs words."""
    asked = replace(PLAIN, cancel="requested", cancel_wishes=(Happening("wish:1", FRIDAY),))
    assert only(asked, Promised.CANCEL).due_at.date() == dt.date(2026, 11, 24)
    refused = only(replace(asked, cancel="none"), Promised.CANCEL)
    assert (refused.kept_at, refused.dropped) == (None, False)
    granted = replace(asked, cancel="cancelled", mails=(Mail(4, "M12", "v1", at(24, 9)),))
    assert only(granted, Promised.CANCEL).kept_by == "mail:4"
    assert only(replace(asked, cancel="none", has_mail=False), Promised.CANCEL).dropped


def test_m09_missing_goods_are_told_of_within_one_business_day() -> None:
    """M09 On Saturday: by the end of Tuesday, the next open day; not owed once the goods are there after all."""
    short = replace(PLAIN, short=True, reasons=(Reason(5, "STOCKOUT", at(21, 10)),))
    assert only(short, Promised.STOCKOUT).due_at.date() == dt.date(2026, 11, 24)
    assert only(replace(short, short=False), Promised.STOCKOUT).dropped
    assert only(replace(short, mails=(Mail(4, "M09", "hand:1", at(24, 9)),)), Promised.STOCKOUT).kept_by == "mail:4"
    assert Terms(CALENDAR, answer_days=0).answer_by(at(20, 9)).date() == dt.date(2026, 11, 20)
