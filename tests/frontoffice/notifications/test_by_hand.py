"""Every kind a person writes: what it must say, and when it must not be written."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest
from django.test import Client

from akinai.backoffice.orders import services as orders
from akinai.backoffice.orders.models import Order
from akinai.foundation.core.clock import FrozenClock
from akinai.foundation.core.errors import Refused
from akinai.frontoffice.notifications import facts, occasions, services
from akinai.frontoffice.notifications.families import BY_HAND, parent
from akinai.frontoffice.notifications.forms import FORMS
from akinai.frontoffice.notifications.services import Wanted
from akinai.shop.messaging import marks
from akinai.shop.messaging import services as messaging
from akinai.shop.messaging.models import AddressMark, Message
from akinai.shop.messaging.services import AlreadyWritten, BadTemplate
from akinai.shop.messaging.states import Mark, MarkSource, State
from akinai.shop.stores.models import Setting
from tests.builders import orders as build
from tests.builders.catalog import make_sku
from tests.builders.inventory import stock_up
from tests.builders.mails import CLERK, mail_of, make_writing_shop, run_jobs
from tests.builders.shipments import ready_order, sent

pytestmark = pytest.mark.django_db

TOKEN = "b" * 32
OTHER = replace(CLERK, key="staff:8", label="田中 一郎")


@pytest.fixture(autouse=True)
def shop(clock: FrozenClock) -> None:
    make_writing_shop()
    stock_up(make_sku("YN-AI-01"), 50)


def setting(key: str, value: object) -> None:
    Setting.objects.create(key=key, value=value, effective_from=dt.date(2026, 1, 1))


def sent_order(number: str = "A-1") -> Order:
    order = ready_order(number)
    sent(order)
    run_jobs()
    return Order.objects.get(pk=order.pk)


def write(order: Order, kind: str, **values: str) -> Message:
    return services.write(CLERK, order_id=order.pk, wanted=Wanted(kind, values, token=TOKEN))


def test_every_kind_by_hand_has_a_form_and_a_store_that_may_keep_it() -> None:
    assert set(FORMS) == set(BY_HAND)
    assert (parent("M10b"), parent("M13b"), parent("M07")) == ("M10", "M13", "M07")


def test_m10_a_late_parcel_is_named_with_cause_number_and_page() -> None:
    """MAIL-4 a fresh id for what a person writes; R77 the page of the carrier."""
    order = sent_order()
    late = write(order, "M10", reason="大雪", new_date="11月27日(金)")
    for part in (
        "大雪のため遅れて",
        "見込みは 11月27日(金)",
        "ヤマト運輸 宅急便 123456789013",
        "number01=123456789013",
    ):
        assert part in late.body, part
    assert FORMS["M10b"].start(facts.load(order.pk), CLERK) == {"reply_due": dt.date(2026, 12, 1)}
    setting("fulfillment.keep_days", 5)
    assert FORMS["M10b"].start(facts.load(order.pk), CLERK) == {"reply_due": dt.date(2026, 11, 29)}
    held = write(order, "M10b", reply_due="12月1日(火)")
    assert "12月1日(火)を過ぎますと当店へ返送" in held.body and "123456789013" in held.body
    assert late.occasion == held.occasion == f"hand:{TOKEN}"


def test_m13_says_where_to_who_pays_and_until_when_and_apologises_only_for_our_fault() -> None:
    order = sent_order()
    form = FORMS["M13"].fresh(facts.load(order.pk), CLERK)
    assert form.initial["return_due"] == dt.date(2026, 12, 1)
    typed = {"return_due": "12月1日(火)", "new_date": "12月4日(金)"}
    ours = write(order, "M13", freight_bearer=occasions.BY_US, our_fault="1", **typed)
    for part in (
        "〒100-0001 東京都千代田区千代田1-1",
        "返品係",
        "着払い",
        "■期限 12月1日(火)",
        "申し訳ございません",
        "返金",
    ):
        assert part in ours.body, part
    setting("mail.return_address", "〒140-0001 東京都品川区北品川1-1 返品センター")
    theirs = write(order, "M13b", freight_bearer=occasions.BY_BUYER, our_fault="0", **typed)
    assert "返品センター" in theirs.body and "交換のお品を発送" in theirs.body
    assert "申し訳" not in theirs.body


def test_m16_a_first_answer_says_what_is_looked_into_and_when_the_next_word_comes() -> None:
    mail = write(build.place(), "M16", inquiry_no="Q-12", reason="お荷物の状況", next_contact_on="11月27日(金)")
    assert mail.subject == "【茶と器 うつわ屋】お問い合わせをお調べしております(受付 Q-12)"
    assert "佐藤 美咲が承りました" in mail.body and "11月27日(金)までに" in mail.body


def test_only_what_fits_the_order_is_offered_and_may_be_written() -> None:
    """R58: M08 only for cash on delivery; M10 and M13 only for what has left."""
    placed = build.place("A-9", method="cod")
    assert {"M08", "M09", "M16"} <= set(occasions.offered(facts.load(placed.pk)))
    for kind in ("M04", "M10", "M10b", "M13", "M13b", "M14", "M15"):
        assert kind not in occasions.offered(facts.load(placed.pk))
        with pytest.raises(Refused):
            write(placed, kind)
    assert {"M10", "M13", "M14"} <= set(occasions.offered(facts.load(sent_order().pk)))
    cash = write(placed, "M08")
    assert "■お支払い額 2,200円" in cash.body and "受領書が正式な領収書" in cash.body


def test_mail_6_advertising_goes_only_to_who_may_be_written_to_and_can_be_stopped() -> None:
    """LAW-10, LAW-12, LAW-13: refused while it waits, it does not go out."""
    setting("mail.review_url", "https://review.example/utsuwaya")
    order = sent_order()
    review = write(order, "M14")
    for part in ("https://review.example/utsuwaya", "「配信停止」として info@utsuwaya.example", "株式会社うつわ屋"):
        assert part in review.body, part
    messaging.mark_address(CLERK, address=order.buyer_mail.upper(), kind=Mark.NO_ADS, source=MarkSource.STAFF)
    messaging.hurry(CLERK, message_id=review.pk)
    run_jobs()
    review.refresh_from_db()
    assert (review.state, bool(review.last_error)) == (State.STOPPED, True)
    with pytest.raises(Refused):
        write(order, "M15")
    assert "M07" in {m.kind for m in Message.objects.filter(state=State.SENT)}  # mails about the order still go


def test_law_12_a_text_that_advertises_without_the_way_out_is_not_saved() -> None:
    with pytest.raises(BadTemplate) as refused:
        messaging.save_template(CLERK, kind="M15", subject="その後", body="{{customer_name}} 様\n{{signature}}")
    assert "unsubscribe_url" in str(refused.value)


def test_mail_12_malls_get_no_advertising_and_keep_the_masked_address() -> None:
    store = build.make_store("rakuten", kind="mall", name="楽天市場店", mail_senders={"M01": "store"})
    order = build.place("R-1", store=store, buyer=replace(build.TAKA, mail="abc123@pc.fw.example.jp"))
    run_jobs()
    assert mail_of("M02").state == State.SENT and order.buyer_mail == "abc123@pc.fw.example.jp"
    assert occasions.no_ads_because("M14", facts.load(order.pk))


def test_law_13_the_link_in_the_mail_stops_at_once_and_looking_changes_nothing() -> None:
    setting("stores.public_url", "https://desk.example.jp/")
    link = marks.way_to_stop("taka@example.jp", "info@utsuwaya.example")
    assert link.startswith("https://desk.example.jp/letters/stop/")
    path, buyer = link.removeprefix("https://desk.example.jp"), Client()
    assert "taka@example.jp" in buyer.get(path).content.decode()
    assert not AddressMark.objects.exists()
    assert "停止しました" in buyer.post(path, follow=True).content.decode()
    assert marks.wants_no_ads("Taka@example.jp")
    assert buyer.post(f"{path}now/").status_code == 204
    assert AddressMark.objects.count() == 1
    assert buyer.get("/letters/stop/forged/").status_code == 404
    assert "One-Click" in marks.stop_headers("taka@example.jp")["List-Unsubscribe-Post"]


def test_mail_13_where_the_store_confirms_the_transfer_notice_goes_alone() -> None:
    """R54: account and deadline are in M04, too."""
    store = build.make_store("rakuten", kind="mall", name="楽天市場店", mail_senders={"M01": "store", "M03": "store"})
    order = build.place("R-2", store=store, method="bank")
    for check in order.checks.all():
        orders.clear_check(CLERK, order_id=order.pk, code=check.code)
    orders.accept(CLERK, order_id=order.pk)
    run_jobs()
    assert not Message.objects.filter(kind="M03").exists()
    body = mail_of("M04").body
    for part in ("■お振込金額 2,200円", "あおば銀行 本店", "■お振込期限 12月1日(火)", "12月8日(火)に"):
        assert part in body, part


def test_n_13_two_people_do_not_write_the_same_and_one_may_insist(clock: FrozenClock) -> None:
    order = build.place()
    delay = {"reason": "r", "old_date": "11月25日(水)", "new_date": "12月3日(木)", "reply_due": "11月27日(金)"}
    first = services.write(CLERK, order_id=order.pk, wanted=Wanted("M09", delay, token="1" * 32))
    with pytest.raises(AlreadyWritten, match=f"佐藤 美咲.*{first.subject[:10]}"):
        services.write(OTHER, order_id=order.pk, wanted=Wanted("M09", delay, token="2" * 32))
    rule = services.draft_requested(OTHER, order_id=order.pk, kind="M09", note="", occasion="draft:1")
    assert rule is not None and rule.state == State.DRAFT  # a draft leaves nobody's house
    messaging.edit_draft(OTHER, message_id=rule.pk, to="taka@example.jp", subject="s", body="b")
    with pytest.raises(AlreadyWritten):
        messaging.send_draft(OTHER, message_id=rule.pk)
    again = services.write(OTHER, order_id=order.pk, wanted=Wanted("M09", delay, token="3" * 32, insist=True))
    assert again.pk != first.pk
    clock.advance(dt.timedelta(minutes=31))
    assert services.write(CLERK, order_id=order.pk, wanted=Wanted("M09", delay, token="4" * 32)).state == State.WAITING


def test_n_13_what_a_fact_asks_for_keeps_quiet_after_a_persons_mail() -> None:
    """Two parcels are two mails; a notice by hand and the automatic one are the same."""
    order = sent_order()
    held = write(order, "M10b", reply_due="12月1日(火)")
    automatic = services.automatic.to_buyer(
        CLERK, "M10b", facts.load(order.pk), "parcel:1", tracking_no="1", tracking_url="", reply_due="12月1日(火)"
    )
    assert automatic == []
    assert Message.objects.filter(kind="M10b").get() == held


def test_mail_11_an_address_that_sends_mail_back_warns_and_is_overruled_only_on_purpose() -> None:
    order = build.place()
    mark = messaging.mark_address(CLERK, address="taka@example.jp", kind=Mark.BOUNCED, source=MarkSource.MAIL)
    free = Wanted("FREE", subject="ご連絡", body="本文", token=TOKEN)
    with pytest.raises(Refused, match=r"taka@example\.jp"):
        services.write(CLERK, order_id=order.pk, wanted=free)
    run_jobs()  # the automatic reply is kept from leaving, and the order shows it
    assert mail_of("M01").state == State.FAILED
    run_jobs()
    assert Order.objects.get().mail_failed
    assert services.write(CLERK, order_id=order.pk, wanted=replace(free, insist=True)).state == State.WAITING
    with pytest.raises(Refused):
        messaging.resend(CLERK, message_id=mail_of("M01").pk)
    messaging.lift_mark(CLERK, mark_id=mark.pk)
    assert messaging.resend(CLERK, message_id=mail_of("M01").pk).state == State.WAITING


def test_a_waiting_mail_can_be_hurried(clock: FrozenClock) -> None:
    mail = write(build.place(), "M16", inquiry_no="Q-1", reason="r", next_contact_on="11月27日(金)")
    run_jobs()
    assert Message.objects.get(pk=mail.pk).state == State.WAITING
    messaging.hurry(CLERK, message_id=mail.pk)
    run_jobs()
    assert Message.objects.get(pk=mail.pk).sent_at == clock.now()
    with pytest.raises(Refused):
        messaging.hurry(CLERK, message_id=mail.pk)
