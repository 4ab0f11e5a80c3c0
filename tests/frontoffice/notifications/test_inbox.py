"""Mails of buyers: taken in once, found to their order, answered, linked, reported; and those that come back."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from akinai.backoffice.orders.models import Order
from akinai.foundation.core.actor import job_actor
from akinai.foundation.core.clock import FrozenClock
from akinai.foundation.core.errors import BadInput, Refused
from akinai.foundation.core.permissions import Role
from akinai.foundation.events.models import StoredEvent
from akinai.frontoffice.notifications import facts as loading
from akinai.frontoffice.notifications import services
from akinai.frontoffice.notifications.forms import FORMS
from akinai.frontoffice.notifications.services import Answer, Wanted
from akinai.shop.messaging import conversations, marks, selectors, sources
from akinai.shop.messaging import services as messaging
from akinai.shop.messaging.models import Attempt, Message
from akinai.shop.messaging.models_inbox import MailAccount, Received, Thread
from akinai.shop.messaging.services import AccountSettings, AlreadyWritten
from akinai.shop.messaging.services.sending import as_mail
from akinai.shop.messaging.states import LinkedBy, Mark, State
from tests.builders import orders as build
from tests.builders.accounts import client_for
from tests.builders.catalog import make_sku
from tests.builders.imap import FakeSource, letter
from tests.builders.inventory import stock_up
from tests.builders.mails import CLERK, mail_of, make_message, make_writing_shop, run_jobs
from tests.builders.shipments import ready_order, sent
from tests.shop.messaging.test_parsing import REPORT

pytestmark = pytest.mark.django_db

FETCHER = job_actor("messaging.fetch")
OTHER = replace(CLERK, key="staff:8", label="田中 一郎")


@pytest.fixture(autouse=True)
def shop(clock: FrozenClock) -> None:
    make_writing_shop()
    stock_up(make_sku("YN-AI-01"), 50)


@pytest.fixture
def client() -> Client:
    return client_for(Role.ORDER)


@pytest.fixture
def box(monkeypatch: pytest.MonkeyPatch) -> FakeSource:
    """One account, and the mailbox behind it."""
    typed = AccountSettings("店舗の受信箱", "imap.example.jp", "info", password="秘密")
    account = messaging.save_account(CLERK, settings=typed)
    assert "秘密" not in account.sealed_password
    box = FakeSource()
    monkeypatch.setattr(sources, "source_of", lambda account: box)
    return box


def arrive(box: FakeSource, raw: bytes) -> Received:
    box.mails[max(box.mails, default=0) + 1] = raw
    messaging.fetch_all(FETCHER)
    return Received.objects.latest("id")


def about(received: Received) -> tuple[str, str]:
    assert received.thread is not None
    return received.thread.subject_key, received.thread.linked_by


def test_each_mail_is_taken_in_once_also_when_the_server_numbers_anew(box: FakeSource) -> None:
    received = arrive(box, letter())
    box.mails[2] = letter("別の便り", message_id="<a2@example.jp>")
    assert messaging.fetch_all(FETCHER) == 1
    assert messaging.fetch_all(FETCHER) == 0
    box.uidvalidity = 8
    assert messaging.fetch_all(FETCHER) == 0
    assert Received.objects.count() == 2
    assert bytes(received.raw) == box.mails[1]
    assert MailAccount.objects.get().last_uid == 2
    assert StoredEvent.objects.filter(name="messaging.received").count() == 2


def test_a_server_that_fails_says_so_and_what_came_before_is_kept(box: FakeSource) -> None:
    box.mails, box.broken = {1: letter()}, "connection reset"
    assert messaging.fetch_all(FETCHER) == 1
    account = MailAccount.objects.get()
    assert (account.last_error, account.fetched_at) == ("connection reset", None)
    with pytest.raises(Refused, match="connection reset"):
        messaging.try_account(CLERK, account_id=account.pk)


def test_an_answer_finds_its_mail_its_order_and_one_conversation(box: FakeSource, clock: FrozenClock) -> None:
    order = build.place()
    run_jobs()
    reply = arrive(box, letter(In_Reply_To=mail_of("M01").message_id, subject="Re: 件名は変えました"))
    assert reply.answers == mail_of("M01")
    assert about(reply) == (f"order:{order.pk}", LinkedBy.REFERENCE)
    again = arrive(box, letter("もう一つ", message_id="<a2@example.jp>", References="<a1@example.jp>"))
    assert again.thread == reply.thread
    assert conversations.waiting().number == 1 and conversations.waiting().oldest == clock.now()


def test_a_mail_out_of_nowhere_is_found_by_number_by_address_or_not_at_all(box: FakeSource) -> None:
    first = build.place("10471")
    other = build.place("10472", buyer=replace(build.TAKA, name="別人", mail="betsu@example.jp", phone="03-9999-0000"))
    number = arrive(box, letter(subject=f"注文 {other.number} の件", message_id="<1@x>", sender="x@example.jp"))
    assert about(number) == (f"order:{other.pk}", LinkedBy.NUMBER)
    stores = arrive(box, letter(subject="10471 について", message_id="<2@x>"))
    assert about(stores) == (f"order:{first.pk}", LinkedBy.NUMBER)
    strange = arrive(box, letter(subject="10471円の品", message_id="<3@x>", sender="x2@example.jp"))
    assert about(strange) == ("", "")  # an amount is no order number of a stranger
    address = arrive(box, letter(subject="まだですか", message_id="<4@x>", sender="betsu@example.jp"))
    assert about(address) == (f"order:{other.pk}", LinkedBy.ADDRESS)


def test_mail_12_a_masked_address_is_known_by_what_we_wrote_to_it(box: FakeSource) -> None:
    make_message(subject_key="order:5", to="abc@pc.fw.example.jp")
    received = arrive(box, letter(sender="abc@pc.fw.example.jp"))
    assert about(received) == ("order:5", LinkedBy.ADDRESS)


def test_an_answer_goes_into_the_same_conversation_of_mail_programs_and_nothing_waits(box: FakeSource) -> None:
    """R103, N-13"""
    order = build.place()
    run_jobs()
    received = arrive(box, letter(subject="器の大きさ"))
    thread = received.thread
    assert thread is not None
    start = services.answer_start(CLERK, thread)
    assert (
        start["subject"] == "Re: 器の大きさ" and "> 届きました。" in start["body"] and "渡邉 髙子 様" in start["body"]
    )
    file = messaging.as_file("C:\\寸法.pdf", b"%PDF")
    wanted = Answer(start["subject"], "直径12cmです。", "c" * 32, files=[file])
    message = services.answer(CLERK, thread_id=thread.pk, wanted=wanted)
    assert (message.subject_key, message.headers["In-Reply-To"]) == (f"order:{order.pk}", "<a1@example.jp>")
    assert conversations.waiting().number == 0
    assert [f.name for f in as_mail(message).files] == ["寸法.pdf"]
    with pytest.raises(AlreadyWritten):
        services.answer(OTHER, thread_id=thread.pk, wanted=Answer("Re", "私も", "d" * 32))
    arrive(box, letter("ありがとう", message_id="<a2@example.jp>", In_Reply_To=message.message_id))
    thread.refresh_from_db()
    assert thread.waits_since is not None
    theirs, ours = conversations.mails_in(thread)
    assert (len(theirs), message in ours) == (2, True)
    services.write(CLERK, order_id=order.pk, wanted=Wanted("FREE", subject="s", body="b", token="e" * 32))
    assert conversations.waiting().number == 0  # any mail of a person to them about it is an answer
    messaging.reopen_thread(CLERK, thread_id=thread.pk)
    rule = services.draft_requested(FETCHER, order_id=order.pk, kind="M16", note="", occasion="draft:1")
    assert rule is not None and conversations.waiting().number == 1
    messaging.edit_draft(CLERK, message_id=rule.pk, to="taka@example.jp", subject="s", body="b")
    messaging.send_draft(CLERK, message_id=rule.pk)
    assert conversations.waiting().number == 0  # a rule's draft, too, once a person sends it


def test_a_conversation_is_linked_closed_and_opened_by_hand(box: FakeSource) -> None:
    order = build.place()
    thread = arrive(box, letter(sender="x@example.jp")).thread
    assert thread is not None
    with pytest.raises(BadInput):
        services.link(CLERK, thread_id=thread.pk, number="nothing")
    assert services.link(CLERK, thread_id=thread.pk, number="A-1").subject_key == f"order:{order.pk}"
    messaging.close_thread(CLERK, thread_id=thread.pk)
    with pytest.raises(Refused):
        messaging.close_thread(CLERK, thread_id=thread.pk)
    assert messaging.reopen_thread(CLERK, thread_id=thread.pk).waits_since is not None
    assert services.link(CLERK, thread_id=thread.pk, number="").subject_key == ""


def test_who_only_names_a_number_is_not_told_who_the_buyer_is(box: FakeSource, client: Client) -> None:
    order = build.place()
    thread = arrive(box, letter(subject=f"{order.number} はいつ届きますか", sender="山田 <x@example.jp>")).thread
    assert thread is not None and thread.subject_key == f"order:{order.pk}"
    body = services.answer_start(CLERK, thread)["body"]
    assert "渡邉" not in body and "山田 様" in body and thread.number in body
    assert "ご注文者のアドレスではありません" in client.get(f"/mail/threads/{thread.pk}/").content.decode()
    form = FORMS["M16"].fresh(loading.load(order.pk), CLERK)
    assert form.initial["inquiry_no"] == thread.number


def test_an_automatic_answer_waits_for_nobody_and_a_word_stops_advertising(box: FakeSource) -> None:
    """LAW-13"""
    arrive(box, letter(Auto_Submitted="auto-replied"))
    assert conversations.waiting().number == 0
    arrive(box, letter(subject="配信停止", message_id="<a2@example.jp>"))
    assert marks.wants_no_ads("taka@example.jp")


def test_r89_a_report_of_arrival_is_kept_on_the_order(box: FakeSource) -> None:
    order = ready_order()
    thread = arrive(box, letter(sender=order.buyer_mail)).thread
    assert thread is not None
    with pytest.raises(Refused):
        services.note_arrival(CLERK, thread_id=thread.pk)
    sent(order)
    services.note_arrival(CLERK, thread_id=thread.pk)
    assert StoredEvent.objects.filter(name="notifications.arrival_reported").count() == 1
    assert conversations.waiting().number == 0


def bounce(message: Message, status: str = "5.1.1", action: str = "failed") -> bytes:
    text = REPORT.format(action=action, status=status, said=f"550 {status} said")
    return text.replace("<m1@utsuwaya.example>", message.message_id).encode()


def test_mail_11_a_mail_that_comes_back_is_undelivered_and_its_address_warns(box: FakeSource) -> None:
    order = build.place()
    run_jobs()
    late = arrive(box, bounce(mail_of("M01"), "4.4.1", "delayed"))
    assert (late.kind, mail_of("M01").state) == ("bounce", State.SENT)
    arrive(box, bounce(mail_of("M01")) + b"\n")
    mail = mail_of("M01")
    assert (mail.state, mail.sent_at is not None, mail.is_open_failure) == (State.FAILED, True, True)
    assert mail.last_error.startswith("戻ってきました: 宛先のアドレスがありません (5.1.1")
    assert list(Attempt.objects.filter(message=mail).values_list("outcome", flat=True)) == [
        "sent",
        "delayed",
        "bounced",
    ]
    assert marks.mark_of("taka@example.jp", Mark.BOUNCED) is not None
    run_jobs()
    assert Order.objects.get(pk=order.pk).mail_failed
    assert conversations.waiting().number == 0
    messaging.resend(CLERK, message_id=mail.pk, to="taka2@example.jp")
    run_jobs()
    assert not selectors.has_stuck(order.subject)


def test_mail_11_a_full_mailbox_fails_the_mail_but_not_the_address(box: FakeSource) -> None:
    build.place()
    run_jobs()
    arrive(box, bounce(mail_of("M01"), "5.2.2"))
    assert mail_of("M01").state == State.FAILED
    assert marks.mark_of("taka@example.jp", Mark.BOUNCED) is None


def test_mail_11_a_report_without_id_belongs_to_the_last_mail_to_its_address(
    box: FakeSource, clock: FrozenClock
) -> None:
    build.place()
    run_jobs()
    plain = "550 Unknown user taka@example.jp"
    received = arrive(box, letter(plain, sender="MAILER-DAEMON@mx.example.jp", subject="Returned mail: User unknown"))
    assert received.answers == mail_of("M01")
    clock.advance(dt.timedelta(days=8))
    stranger = letter(plain, message_id="<z@x>", sender="MAILER-DAEMON@mx.example.jp", subject="Returned mail")
    assert arrive(box, stranger).answers is None


def test_the_pages_show_both_directions_and_take_an_answer(box: FakeSource, client: Client) -> None:
    order = build.place()
    run_jobs()
    thread = arrive(box, letter("割れていました <b>写真</b>", In_Reply_To=mail_of("M01").message_id)).thread
    assert isinstance(thread, Thread)
    listed = client.get("/mail/inbox/").content.decode()
    assert "返信待ち" in listed and order.number in listed
    path = f"/mail/threads/{thread.pk}/"
    page = client.get(path).content.decode()
    assert "割れていました &lt;b&gt;" in page and order.number in page
    panel = client.get(f"/mail/orders/{order.pk}/").content.decode()
    assert path in panel and "受付自動返信" in panel
    token = page.partition('name="token" value="')[2][:32]
    refused = client.post(f"{path}answer/", {"token": token, "subject": "", "body": "書きかけ"})
    assert refused.status_code == 422 and "書きかけ" in refused.content.decode()
    assert client.post(f"{path}answer/", {"token": token, "subject": "Re", "body": "お詫び"}).status_code == 302
    assert client.post(f"{path}reopen/").status_code == client.post(f"{path}close/").status_code == 302
    assert client.post(f"{path}link/", {"number": "none"}).status_code == 422
    assert client.post(f"{path}link/", {"number": order.number}).status_code == 302
    received = Received.objects.get()
    source = client.get(f"/mail/received/{received.pk}/source/")
    assert source.content == bytes(received.raw) and "attachment" in source["Content-Disposition"]
    assert client.get(f"/mail/received/{received.pk}/files/9/").status_code == 404
    sent_mail = client.get(f"/mail/{mail_of('M01').pk}/source/").content
    assert mail_of("M01").message_id.encode() in sent_mail


def test_a_list_of_conversations_asks_as_often_for_three_as_for_one(box: FakeSource, client: Client) -> None:
    counts = []
    for number in range(3):
        build.place(
            f"A-{number}", buyer=replace(build.TAKA, name=f"人{number}", mail=f"t{number}@example.jp", phone="")
        )
        arrive(box, letter(sender=f"t{number}@example.jp", message_id=f"<{number}@x>"))
        with CaptureQueriesContext(
            connection,
        ) as found:
            client.get("/mail/inbox/")
        counts.append(len(found))
    assert counts[1] == counts[2]


def test_mail_11_the_customer_shows_that_mails_come_back_and_what_they_wrote(box: FakeSource, client: Client) -> None:
    order = build.place()
    run_jobs()
    arrive(box, bounce(mail_of("M01")))
    arrive(box, letter(subject="届きません", message_id="<b@x>"))
    path = f"/mail/customers/{order.customer_id}/"
    page = client.get(path).content.decode()
    assert "メールが戻ってきます" in page and "03-" in page and "届きません" in page
    mark = marks.mark_of("taka@example.jp", Mark.BOUNCED)
    assert mark is not None
    assert client.post(f"{path}lift/{mark.pk}/").status_code == 302
    assert client.post(f"{path}no-ads/").status_code == 302
    assert not marks.mark_of("taka@example.jp", Mark.BOUNCED) and marks.wants_no_ads("taka@example.jp")
    assert client.get("/mail/customers/99999/").status_code == 404
