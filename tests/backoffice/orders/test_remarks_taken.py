"""What becomes of a remark: the reason with its reading, taking it with one key, and what may not be (N-1)."""

from __future__ import annotations

import datetime as dt

import pytest

from akinai.backoffice.orders import filters, services
from akinai.backoffice.orders.models import Order
from akinai.backoffice.orders.proposals import canonical_window, read_remark
from akinai.backoffice.orders.selectors import reply_to_remark
from akinai.backoffice.orders.states import Cancel, Confirmation, HoldKind, Queue, ShipPolicy
from akinai.backoffice.orders.timing import Timetable
from akinai.foundation.core.actor import SYSTEM, Actor
from akinai.foundation.core.clock import FrozenClock
from akinai.foundation.core.errors import Conflict, Refused
from akinai.foundation.core.permissions import Role
from akinai.shop.stores.services import set_setting
from tests.builders.accounts import client_for
from tests.builders.catalog import make_sku
from tests.builders.inventory import stock_up
from tests.builders.orders import make_shop, make_store, place

SATO = Actor("staff:1", "佐藤")


@pytest.fixture
def shop(clock: FrozenClock, db: None) -> None:
    make_shop()
    stock_up(make_sku(), 50)


def taken(remark: str) -> Order:
    order = place(remark=remark)
    services.accept_remark(SATO, order_id=order.pk, seen_version=order.version)
    return Order.objects.get(pk=order.pk)


def reasons(order: Order) -> list[str]:
    return list(order.checks.filter(closed_at__isnull=True).values_list("code", flat=True))


def warnings(order: Order) -> list[str]:
    return read_remark(order, list(order.lines.select_related("sku")), Timetable.load()).warnings


@pytest.mark.parametrize(
    ("window", "label"),
    [("19-21", "19-21"), ("12-18", "12-14"), ("16-21", "18-21"), ("08-15", "08-12"), ("", ""), ("09-10", "")],
)
def test_rem_18_a_window_of_the_labels_lies_inside_what_was_written(window: str, label: str) -> None:
    assert canonical_window(window) == label


@pytest.mark.usefixtures("shop")
class TestIntake:
    def test_rem_3_the_reason_holds_what_was_read(self) -> None:
        order = place(remark="12/20以降に届けてください")

        detail = order.checks.get(code="REMARK").detail
        assert (detail["read"]["kind"], detail["read"]["hold_until"][5:]) == ("hold_delivery", "12-20")

    def test_rem_2_courtesy_passes_only_where_the_shop_says_so(self) -> None:
        """REM-1, R30: off by default; and never anything that asks for something."""
        store = make_store("auto", auto_accept=True)
        assert "REMARK" in reasons(place("A-1", store=store, remark="よろしくお願いします"))
        set_setting(SYSTEM, key="orders.harmless_remarks_pass", value=True)
        assert "REMARK" not in reasons(place("A-2", store=store, remark="よろしくお願いします"))
        assert "REMARK" in reasons(place("A-3", store=store, remark="よろしく。12/20以降で"))


@pytest.mark.usefixtures("shop")
class TestTaking:
    def test_r31_r32_a_hold_its_reply_and_the_acceptance_in_one_press(self) -> None:
        """ORD-64, R31, R32: the order waits for its date, the confirmation says so."""
        order = taken("12/20以降に届けてください")

        hold = order.holds.get()
        assert (hold.kind, hold.is_delivery_date) == (HoldKind.UNTIL_DATE, True)
        assert hold.until is not None and (hold.until.month, hold.until.day) == (12, 20)
        assert (order.confirmation, order.queue) == (Confirmation.ACCEPTED, Queue.AWAITING_DATE)
        assert not order.checks.filter(closed_at__isnull=True).exists()
        assert "12月20日" in reply_to_remark(order.pk) and "以降のお届け" in reply_to_remark(order.pk)

    def test_rem_19_shipping_is_held_not_delivery(self) -> None:
        assert not taken("12/20以降に発送してください").holds.get().is_delivery_date

    def test_a_wished_day_and_window(self) -> None:
        order = taken("12/18の午前中に届けてください")

        assert order.wish_date is not None and (order.wish_date.day, order.wish_window) == (18, "08-12")

    def test_gift_and_ship_policy_and_notes_together(self) -> None:
        """REM-4: every wish is done, not only the first."""
        order = taken("ラッピングお願いします。在庫のあるものから先に送ってください。領収書も「山田」宛でお願いします")

        assert (order.is_gift, order.ship_policy) == (True, ShipPolicy.PARTIAL)
        assert "山田" in order.notes.get().text
        assert "ギフト包装" in reply_to_remark(order.pk) and "領収書" in reply_to_remark(order.pk)

    def test_the_place_is_for_the_warehouse(self) -> None:
        assert "宅配ボックス" in taken("留守なら宅配ボックスに入れてください").warehouse_note

    def test_together_with_an_order_that_is_named_waits_for_it(self) -> None:
        """ORD-55: without a number it is only a word for the warehouse."""
        assert taken("A-10231 と一緒に送ってください").holds.get().kind == HoldKind.BUNDLE_WAIT

    def test_together_with_no_order_named_is_a_word_for_the_warehouse(self) -> None:
        order = taken("前回の注文と一緒に送ってください")

        assert (order.holds.count(), order.warehouse_note) == (0, "同梱のご希望")

    def test_t20_a_wish_to_cancel_is_noted_and_the_order_not_accepted(self) -> None:
        order = taken("間違えたのでキャンセルしてください")

        assert (order.cancel, order.queue) == (Cancel.REQUESTED, Queue.CHECK)
        assert order.confirmation != Confirmation.ACCEPTED

    def test_courtesy_is_taken_without_a_word(self) -> None:
        order = taken("いつもありがとうございます")

        assert (order.confirmation, reply_to_remark(order.pk)) == (Confirmation.ACCEPTED, "")

    def test_the_reply_is_as_typed(self) -> None:
        order = place(remark="12/20以降に届けてください")
        services.accept_remark(SATO, order_id=order.pk, reply="お帰りに合わせてお届けします。")

        assert reply_to_remark(order.pk) == "お帰りに合わせてお届けします。"

    @pytest.mark.parametrize(
        "remark",
        [
            "12月3日（土）か12月3日（日）着で",
            "例の件よろしく",
            "支払いを代引きに変えてください",
            "使い方を教えてください",
        ],
    )
    def test_rem_11b_what_is_not_certain_is_not_taken(self, remark: str) -> None:
        order = place(remark=remark)

        with pytest.raises(Refused):
            services.accept_remark(SATO, order_id=order.pk)
        order.refresh_from_db()
        assert order.checks.filter(code="REMARK", closed_at__isnull=True).exists()

    def test_rem_11b_more_than_ninety_days(self, clock: FrozenClock) -> None:
        near, far = (clock.now().date() + dt.timedelta(days=n) for n in (90, 91))
        one = place("A-1", remark=f"{near.month}/{near.day}以降に届けてください")
        two = place("A-2", remark=f"{far.month}/{far.day}以降に届けてください")

        assert (warnings(one), len(warnings(two))) == ([], 1)

    def test_two_wishes_that_contradict_are_a_persons_matter(self) -> None:
        order = place(remark="12/20に届けてください。やっぱり土曜日に届けてください。")

        assert warnings(order)

    def test_ord_31_the_slower_of_two_changes_nothing(self) -> None:
        order = place(remark="12/20以降に届けてください")
        services.write_note(SATO, order_id=order.pk, text="電話")
        services.accept_remark(SATO, order_id=order.pk, seen_version=order.version)

        with pytest.raises(Conflict):
            services.accept_remark(SATO, order_id=order.pk, seen_version=order.version)
        with pytest.raises(Refused):
            services.accept_remark(SATO, order_id=order.pk)

    def test_r32_a_hold_without_a_reply_is_listed(self) -> None:
        answered = taken("12/20以降に届けてください")
        silent = place("A-2", remark="12/20以降に届けてください")
        services.hold(SATO, order_id=silent.pk, kind=HoldKind.MANUAL)

        assert list(filters.unanswered(Order.objects.all())) == [silent]
        assert answered.holds.exists()


@pytest.mark.usefixtures("shop")
class TestPage:
    def test_the_page_marks_the_words_and_takes_them(self) -> None:
        client = client_for(Role.ORDER)
        order = place(remark="お世話になります。<b>12/20以降に届けてください")
        page = client.get(f"/orders/{order.pk}/").content.decode()

        assert "<mark>12/20</mark>" in page and "&lt;b&gt;" in page and 'data-key="Enter"' in page
        answer = client.post(f"/orders/{order.pk}/accept-remark/", {"version": order.version, "reply": "承りました。"})
        assert answer.status_code == 302
        assert reply_to_remark(order.pk) == "承りました。"
        assert "承りました。" in client.get(f"/orders/{order.pk}/").content.decode()

    def test_rem_11b_of_two_days_a_person_takes_one_with_one_press(self) -> None:
        client = client_for(Role.ORDER)
        order = place(remark="12/20に届けてください。やっぱり土曜日に届けてください。", wish_window="18-20")
        page = client.get(f"/orders/{order.pk}/").content.decode()

        assert all(f'name="wish_date" value="{day}"' in page for day in ("2026-12-20", "2026-11-28"))
        typed = {"version": order.version, "wish_date": "2026-12-20", "wish_window": "18-20"}
        assert client.post(f"/orders/{order.pk}/wish/", typed).status_code == 302
        page = client.get(f"/orders/{order.pk}/").content.decode()
        assert "受注に設定済み" in page and page.count(">これにする<") == 1

    def test_what_is_not_certain_has_no_key_and_forms_are_filled(self, clock: FrozenClock) -> None:
        """REM-11b"""
        client = client_for(Role.ORDER)
        order = place(remark=f"{(clock.now() - dt.timedelta(days=2)):%-m/%-d}以降に届けてください")
        page = client.get(f"/orders/{order.pk}/").content.decode()

        assert "accept-remark" not in page and 'value="until_date" selected' in page
        assert client.post(f"/orders/{order.pk}/accept-remark/", {"version": order.version}).status_code == 409

    def test_the_preview_never_waves_a_wish_through(self) -> None:
        client = client_for(Role.ORDER)
        order = place(remark="12/20以降に届けてください")

        shown = client.get(f"/orders/{order.pk}/preview/", headers={"HX-Request": "true"}).content.decode()
        assert "accept-remark" in shown and "/confirm/" not in shown
