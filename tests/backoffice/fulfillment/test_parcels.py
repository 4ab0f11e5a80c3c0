"""After the hand-over: T16, T17, T18, SHP-53, ORD-16, ORD-76."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from akinai.backoffice.fulfillment import services
from akinai.backoffice.fulfillment.adapters.yupri.history import read_codes, read_history
from akinai.backoffice.fulfillment.check import violations
from akinai.backoffice.fulfillment.models import Shipment
from akinai.backoffice.fulfillment.states import Tracking
from akinai.backoffice.inventory.check import violations as stock_violations
from akinai.backoffice.orders import services as orders
from akinai.backoffice.orders.check import violations as order_violations
from akinai.backoffice.orders.models import Order
from akinai.backoffice.orders.states import Queue, Stage
from akinai.foundation.core.actor import SYSTEM
from akinai.foundation.core.clock import FrozenClock
from akinai.foundation.core.errors import BadInput, Refused
from akinai.foundation.events.models import StoredEvent
from akinai.foundation.jobs.services import run_pending
from akinai.shop.catalog.models import Sku
from akinai.shop.messaging.models import Message
from akinai.shop.stores import revisions
from akinai.shop.terms.models import Carrier, DeliveryService
from tests.builders.accounts import client_for, make_staff
from tests.builders.inventory import balance
from tests.builders.orders import line, make_shop
from tests.builders.shipments import NUMBERS, ready_order, sent

HEADINGS = (
    "お客様側管理番号,お問い合わせ番号,仮引受確定作業年月日,配送完了作業年月日,"
    "配達ステータス集約コード,配達ステータス明細コード"
)
NOV_24 = dt.date(2026, 11, 24)


def fresh(order: Order) -> Order:
    return Order.objects.get(pk=order.pk)


def days(number: int) -> dt.timedelta:
    return dt.timedelta(days=number)


def history(*rows: str) -> bytes:
    return "\r\n".join([HEADINGS, *rows, ""]).encode("cp932")


def test_t17_the_history_of_yupri_r_is_read_by_its_headings() -> None:
    read = read_history(
        history(
            f"A-1,{NUMBERS[0]},20261124,20261126,30,0A", f"A-2,{NUMBERS[1]},20261124,,10,0A", "A-3,1.23E+11,,,10,0A"
        ),
        read_codes("10/0A=accepted\nnonsense\n20=held"),
    )
    assert [(r.state, r.on, bool(r.said)) for r in read.rows] == [
        (Tracking.DELIVERED, dt.date(2026, 11, 26), False),
        (Tracking.ACCEPTED, NOV_24, False),
        ("", None, True),
    ]
    unknown = read_history(history(f"A-1,{NUMBERS[0]},,,99,ZZ"), {}).rows[0]
    assert "99/ZZ" in unknown.said


def test_shp_53_a_carriers_own_words_are_understood() -> None:
    text = "伝票番号,荷物状況,日付\n444413758703,ご不在のため保管中,2026/11/25\n1,差出人に返送,\n2,？？,\n"
    rows = read_history(text.encode(), {}).rows
    assert [(r.state, r.on) for r in rows] == [
        (Tracking.HELD, dt.date(2026, 11, 25)), (Tracking.RETURNING, None), ("", None),
    ]  # fmt: skip
    assert read_history(b"a,b\n1,2\n", {}).broken
    assert read_history("送り状番号,名前\n1,2\n".encode(), {}).broken


@pytest.mark.django_db
class TestParcels:
    @pytest.fixture(autouse=True)
    def shop(self, clock: FrozenClock) -> Iterator[None]:
        make_shop()
        yield
        assert [*violations(), *stock_violations(), *order_violations()] == []

    def test_t17_delivery_starts_the_days_to_close_and_t28_closes(self, clock: FrozenClock) -> None:
        """ORD-16: 14 days after delivery, or after the day it should have come where nobody says."""
        order = ready_order()
        box = sent(order)
        assert fresh(order).close_wait_until == NOV_24 + days(1 + 14)
        clock.advance(days(3))
        services.note_tracking(SYSTEM, shipment_id=box.pk, state=Tracking.DELIVERED, on=NOV_24 + days(2))
        order = fresh(order)
        assert (order.shipment_stages, order.close_wait_until) == ([Stage.DELIVERED], NOV_24 + days(2 + 14))
        assert order.queue == Queue.SHIPPED
        clock.advance(days(14))
        orders.tick()
        assert fresh(order).queue == Queue.DONE
        assert StoredEvent.objects.filter(name="orders.closed", subject=order.subject).count() == 1
        services.note_tracking(SYSTEM, shipment_id=box.pk, state=Tracking.DELIVERED, on=NOV_24 + days(2))
        assert StoredEvent.objects.filter(name="fulfillment.delivered").count() == 1, "said twice, done once"

    def test_t17_dates_that_cannot_be_are_refused(self, clock: FrozenClock) -> None:
        box = sent(ready_order())
        for on in (NOV_24 - days(1), NOV_24 + days(1)):
            with pytest.raises(BadInput) as caught:
                services.note_tracking(SYSTEM, shipment_id=box.pk, state=Tracking.DELIVERED, on=on)
            assert caught.value.field == "on"
        with pytest.raises(BadInput):
            services.note_tracking(SYSTEM, shipment_id=box.pk, state="eaten")

    def test_ord_76_the_third_day_at_the_depot_is_told_once(self, clock: FrozenClock) -> None:
        order = ready_order()
        box = sent(order)
        services.note_tracking(SYSTEM, shipment_id=box.pk, state=Tracking.HELD)
        clock.advance(days(1))
        services.note_tracking(SYSTEM, shipment_id=box.pk, state=Tracking.HELD)
        assert services.tell_of_held(SYSTEM) == 0
        clock.advance(days(1))
        assert (services.tell_of_held(SYSTEM), services.tell_of_held(SYSTEM)) == (1, 0)
        told = StoredEvent.objects.get(name="fulfillment.held").payload
        assert (told["since"], told["kept_until"]) == ("2026-11-24", "2026-12-01")

    def test_t18_a_parcel_on_its_way_back_keeps_the_order_open(self, clock: FrozenClock) -> None:
        order = ready_order()
        box = sent(order)
        services.note_tracking(SYSTEM, shipment_id=box.pk, state=Tracking.RETURNING)
        assert fresh(order).close_wait_until is None
        clock.advance(days(60))
        orders.tick()
        assert fresh(order).queue == Queue.SHIPPED
        services.note_returned(SYSTEM, shipment_id=box.pk)
        with pytest.raises(Refused):
            services.note_tracking(SYSTEM, shipment_id=box.pk, state=Tracking.DELIVERED)
        with pytest.raises(Refused):
            services.note_returned(SYSTEM, shipment_id=box.pk)
        assert balance(Sku.objects.get()).on_hand == 49, "what came back is no stock before inspection"

    def test_t16_an_undone_dispatch_leaves_everything_as_it_was(self, clock: FrozenClock) -> None:
        order = ready_order(lines=[line(quantity=3)])
        box = sent(order)
        sku = Sku.objects.get()
        run_pending()
        mail = Message.objects.get(kind="M07")
        with pytest.raises(BadInput):
            services.undo_dispatch(SYSTEM, shipment_id=box.pk, reason=" ")
        undone, warnings = services.undo_dispatch(SYSTEM, shipment_id=box.pk, reason="別の箱と取り違えた")
        mail.refresh_from_db()
        assert (len(warnings) == 1) == (mail.state == "sent")
        order = fresh(order)
        assert (order.queue, order.shipped_at, order.close_wait_until) == (Queue.PREPARING, None, None)
        assert (undone.stage, order.shipment_stages) == (Stage.PACKED, [Stage.PACKED])
        assert (balance(sku).on_hand, balance(sku).reserved) == (50, 3)
        with pytest.raises(Refused):
            services.undo_dispatch(SYSTEM, shipment_id=box.pk, reason="二度目")
        assert services.dispatch(SYSTEM, shipment_ids=[box.pk])[0].done
        assert (balance(sku).on_hand, balance(sku).reserved) == (47, 0)
        run_pending()
        assert Message.objects.filter(kind="M07").count() == 2, "the second hand-over is told of by itself"

    def test_t16_not_the_next_day_nor_after_the_van_has_called(self, clock: FrozenClock) -> None:
        box = sent(ready_order())
        Carrier.objects.filter(pk=box.service.carrier_id).update(pickup_time=dt.time(17, 0))
        revisions.bump("terms")
        assert services.obstacles_to_undo(box) == []
        clock.advance(dt.timedelta(hours=8))
        assert len(services.obstacles_to_undo(box)) == 1
        clock.advance(days(1))
        with pytest.raises(Refused):
            services.undo_dispatch(SYSTEM, shipment_id=box.pk, reason="翌日")
        assert Shipment.objects.get(pk=box.pk).stage == Stage.SHIPPED

    def test_t17_a_history_file_is_looked_at_first_and_names_what_it_does_not_know(self, clock: FrozenClock) -> None:
        box = sent(ready_order())
        clock.advance(days(3))
        rows = (f"{box.number},{NUMBERS[0]},20261124,20261126,30,0A", ",999999999999,20261124,20261126,30,0A")
        kept = services.history_in(SYSTEM, data=history(*rows), name="rireki.csv")
        assert [r["outcome"] for r in kept.results] == ["good", "bad"]
        assert Shipment.objects.get(pk=box.pk).stage == Stage.SHIPPED, "a dry run changes nothing"
        results = services.apply_history(SYSTEM, file_id=kept.pk)
        assert [(r.outcome, r.number) for r in results] == [("good", NUMBERS[0]), ("bad", "999999999999")]
        box.refresh_from_db()
        assert (box.stage, box.delivered_on) == (Stage.DELIVERED, dt.date(2026, 11, 26))
        with pytest.raises(Refused):
            services.apply_history(SYSTEM, file_id=kept.pk)
        again = services.history_in(SYSTEM, data=history(*rows))
        assert again.results[0]["outcome"] == "same"

    def test_the_pages(self, clock: FrozenClock, client: Client) -> None:
        client.force_login(make_staff(role="manager"))
        order = ready_order()
        box = sent(order)
        url = f"/shipping/{box.pk}/"
        assert "出荷を取り消す" in client.get(url).content.decode()
        refused = client.post(f"{url}state/", {"state": "delivered", "on": "2027-01-01"})
        assert refused.status_code == 422
        assert "未来の日付" in refused.content.decode()
        assert client.post(f"{url}undo/", {"undo-reason": ""}).status_code == 422
        bad = client.post("/shipping/history/", {"file": SimpleUploadedFile("a.csv", b"a,b\n1,2\n")})
        assert bad.status_code == 422
        data = history(f",{NUMBERS[0]},20261124,20261124,30,0A")
        seen = client.post("/shipping/history/", {"file": SimpleUploadedFile("a.csv", data)}, follow=True)
        assert "配達完了" in seen.content.decode()
        done = client.post(seen.redirect_chain[-1][0], follow=True)
        assert done.status_code == 200
        assert Shipment.objects.get(pk=box.pk).stage == Stage.DELIVERED

    def test_pay_11_papers_are_not_printed_for_cash_the_driver_cannot_collect(self, clock: FrozenClock) -> None:
        """The service was changed behind the order's back, after it was checked."""
        order = ready_order(method="cod", payment_fee=330)
        DeliveryService.objects.filter(pk=order.delivery_service_id).update(cod_ok=False)
        revisions.bump("terms")
        made = services.make_batch(SYSTEM, order_ids=[order.pk], papers=False)
        assert (made.batch, len(made.results[0].sentences)) == (None, 1)

    def test_a_contract_code_that_cannot_be_is_refused_at_its_field(self) -> None:
        boss = client_for("manager")
        answer = boss.post("/settings/carrier-files/", {"customer_code": "でたらめ", "freight_number": "01"})
        assert (answer.status_code, "でたらめ" in answer.content.decode()) == (422, True)
        assert "桁で入力" in answer.content.decode()
        assert boss.post("/settings/carrier-files/", {"customer_code": "0312345678"}).status_code == 302
