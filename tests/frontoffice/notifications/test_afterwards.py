"""After the parcel has left: kept at the depot, a request for a review, a follow-up; and tests to oneself."""

from __future__ import annotations

import datetime as dt

import pytest
from django.test import Client

from akinai.backoffice.fulfillment import services as fulfillment
from akinai.backoffice.fulfillment.events import ParcelHeld
from akinai.backoffice.fulfillment.models import Shipment
from akinai.backoffice.fulfillment.states import Tracking
from akinai.backoffice.returns import services as returns
from akinai.foundation import events
from akinai.foundation.core.actor import SYSTEM
from akinai.foundation.core.clock import FrozenClock
from akinai.foundation.core.permissions import Role
from akinai.frontoffice.notifications import services
from akinai.shop.messaging import services as messaging
from akinai.shop.messaging.models import Message
from akinai.shop.messaging.states import Mark, MarkSource, State
from akinai.shop.stores.models import Setting
from tests.builders.accounts import client_for
from tests.builders.mails import CLERK, mail_of, make_message, make_writing_shop, run_jobs
from tests.builders.shipments import ready_order, sent, tracking

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def shop(clock: FrozenClock) -> None:
    make_writing_shop()


def setting(key: str, value: object) -> None:
    Setting.objects.create(key=key, value=value, effective_from=dt.date(2026, 1, 1))


def arrived(number: str, serial: int) -> Shipment:
    shipment = sent(ready_order(number), tracking=tracking(serial))
    return fulfillment.note_tracking(CLERK, shipment_id=shipment.pk, state=Tracking.DELIVERED)


def test_a_parcel_kept_at_the_depot_is_told_once(clock: FrozenClock) -> None:
    """ORD-76, MAIL-4"""
    shipment = sent(ready_order())
    day = clock.now().date()
    held = ParcelHeld(shipment.pk, shipment.order_id, shipment.number, since=day, kept_until=day + dt.timedelta(days=7))
    events.emit(held, held, actor=SYSTEM)
    run_jobs()
    mail = mail_of("M10b", f"parcel:{shipment.pk}")
    assert mail.state == State.SENT
    assert "12月1日(火)を過ぎますと当店へ返送" in mail.body and "123456789013" in mail.body


def test_mail_6_reviews_are_asked_for_days_after_arrival_once_a_buyer_and_only_if_wanted(clock: FrozenClock) -> None:
    """LAW-13; off until the shop switches it on."""
    setting("mail.review_url", "https://review.example/")
    first, second = arrived("A-1", 1), arrived("A-2", 2)
    clock.advance(dt.timedelta(days=4))
    assert services.ask_and_follow(SYSTEM) == 0
    setting("mail.review_on", True)
    messaging.mark_address(CLERK, address=second.order.buyer_mail, kind=Mark.NO_ADS, source=MarkSource.STAFF)
    assert services.ask_and_follow(SYSTEM) == 1
    assert services.ask_and_follow(SYSTEM) == 0
    mail = Message.objects.get(kind="M14")
    assert (mail.subject_key, mail.occasion) == (f"order:{first.order_id}", "arrived")
    assert "配信の停止" in mail.body and mail.headers["Auto-Submitted"] == "auto-generated"


def test_what_is_still_open_is_not_asked_about(clock: FrozenClock) -> None:
    setting("mail.follow_on", True)
    done, case = arrived("A-1", 1), arrived("A-2", 2)
    case.order.open_cases = 1
    case.order.save(update_fields=["open_cases"])
    clock.advance(dt.timedelta(days=21))
    assert services.ask_and_follow(SYSTEM) == 1
    assert Message.objects.get(kind="M15").subject_key == f"order:{done.order_id}"


def test_a_test_to_oneself_is_about_no_order_and_goes_at_once() -> None:
    shipment = sent(ready_order())
    client: Client = client_for(Role.ORDER)
    path = f"/mail/orders/{shipment.order_id}/write/"
    page = client.get(f"{path}?kind=M16").content.decode()
    token = page.partition('name="token" value="')[2][:32]
    typed = {"kind": "M16", "token": token, "inquiry_no": "Q-1", "reason": "状況", "next_contact_on": "2026-11-27"}
    assert client.post(path, {**typed, "probe": "1", "probe_to": "me@example.jp"}).status_code == 200
    run_jobs()
    probe = Message.objects.get(kind="TEST")
    assert (probe.to, probe.state) == ("me@example.jp", State.SENT)
    assert probe.subject.startswith("[テスト]") and "状況につきまして" in probe.body
    assert not Message.objects.filter(kind="M16").exists()
    assert client.post(path, {**typed, "probe": "1", "probe_to": "nobody"}).status_code == 422
    manager = client_for(Role.MANAGER)
    template = {"subject": "{{order_no}}", "body": "{{signature}}", "probe": "1", "probe_to": "me@example.jp"}
    assert manager.post("/mail/templates/M03/", template).status_code == 200
    assert Message.objects.filter(kind="TEST").count() == 2


def test_what_left_is_found_by_words_by_who_and_by_coming_back() -> None:
    """MAIL-3: everything that left can be found again as it was sent."""
    client = client_for(Role.ORDER)
    make_message("hand:1", body="湯呑の件です\n", subject="湯呑について")
    make_message("hand:2", body="急須の件です\n", subject="急須について", actor=CLERK, delay_seconds=600)
    found = client.get("/mail/?words=湯呑の件").content.decode()
    assert "湯呑について" in found and "急須について" not in found
    people = client.get("/mail/?who=people").content.decode()
    assert "急須について" in people and "湯呑について" not in people
    run_jobs()
    waiting = Message.objects.get(state=State.WAITING)
    assert "取り消せる時間" in client.get(f"/mail/{waiting.pk}/").content.decode()
    assert client.post("/mail/hurry/", {"id": [waiting.pk]}).status_code == 302
    run_jobs()
    assert Message.objects.filter(state=State.SENT).count() == 2


def test_m13_goes_with_the_case_once_and_blames_who_is_to_blame(clock: FrozenClock) -> None:
    """T24, ORD-72; a case withdrawn before it left takes it back."""
    first, second = arrived("A-1", 1), arrived("A-2", 2)
    lines = {row.order_line_id: row.quantity for row in first.lines.all()}
    returns.open_case(CLERK, order_id=first.order_id, kind="return", reason="defect", quantities=lines)
    lines = {row.order_line_id: row.quantity for row in second.lines.all()}
    case = returns.open_case(CLERK, order_id=second.order_id, kind="exchange", reason="customer", quantities=lines)
    run_jobs()
    ours, theirs = Message.objects.get(kind="M13"), Message.objects.get(kind="M13b")
    assert "申し訳ございません" in ours.body and "着払い" in ours.body and "返品係" in ours.body
    assert "申し訳" not in theirs.body and "ご負担" in theirs.body
    assert (theirs.occasion, theirs.state) == (f"case:{case.pk}", State.WAITING)
    services.on_case_closed(CLERK, order_id=second.order_id)
    theirs.refresh_from_db()
    assert theirs.state == State.STOPPED
