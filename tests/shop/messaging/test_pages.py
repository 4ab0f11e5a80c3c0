"""Outbox, templates, mailbox and mail server as people use them."""

from __future__ import annotations

import datetime as dt

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from akinai.foundation.core.clock import FrozenClock
from akinai.foundation.core.permissions import Role
from akinai.shop.messaging import transports
from akinai.shop.messaging.models import MailServer, Message, Template
from akinai.shop.messaging.states import State
from tests.builders import orders as build
from tests.builders.accounts import client_for
from tests.builders.mails import make_message, make_writing_shop, run_jobs

pytestmark = pytest.mark.django_db
HTMX = {"HTTP_HX_REQUEST": "true"}


@pytest.fixture
def client(clock: FrozenClock) -> Client:
    make_writing_shop()
    return client_for(Role.OWNER)


def page(client: Client, path: str) -> str:
    answer = client.get(path)
    assert answer.status_code == 200, path
    return answer.content.decode()


def fresh(message: Message) -> Message:
    return Message.objects.get(pk=message.pk)


def test_the_outbox_shows_each_mail_with_its_button(client: Client) -> None:
    order = build.place()
    run_jobs()
    make_message("w", delay_seconds=120, subject="まだ出ないメール")
    make_message("f", to="そんな宛先", subject="届かないメール")
    make_message("d", body="{{x}}", missing=["x"], subject="書きかけ")
    text = page(client, "/mail/")
    for part in ("取り消す", "再送する", "仕上げる", order.number, "taka@example.jp", "あと2分"):
        assert part in text, part
    assert "まだ出ないメール" not in page(client, "/mail/?state=failed")
    assert "届かないメール" in page(client, "/mail/?state=failed")
    assert "書きかけ" in page(client, "/mail/?state=draft")
    assert order.number in page(client, f"/mail/?q={order.number}")
    assert order.number in page(client, "/mail/?q=A-1")


@pytest.mark.parametrize(
    "query", ["state=x", "kind=;", "store=9e9", "written_from=0", "q=" + "あ" * 300, "page=999", "sort=x"]
)
def test_nonsense_never_breaks_a_list(client: Client, query: str) -> None:
    make_message()
    for path in ("/mail/", "/mail/mailbox/"):
        assert client.get(f"{path}?{query}").status_code == 200


def test_the_lists_ask_as_often_for_three_mails_as_for_one(client: Client) -> None:
    def queries(path: str) -> int:
        with CaptureQueriesContext(connection) as captured:
            assert client.get(path).status_code == 200
        return len(captured)

    build.place("A-1")
    run_jobs()
    for path in ("/mail/", "/mail/mailbox/"):
        queries(path)
        one = queries(path)
        build.place(f"B-{path}")
        build.place(f"C-{path}")
        run_jobs()
        assert queries(path) == one <= 20


def test_rail_and_bell_count_the_mails_once(client: Client) -> None:
    """Views above a list share one count, rail and bell another."""
    with CaptureQueriesContext(connection) as captured:
        client.get("/mail/templates/")
    asked = [q["sql"] for q in captured.captured_queries if "messaging_message" in q["sql"]]
    counting = [sql for sql in asked if "COUNT(CASE WHEN" in sql or "FILTER (WHERE" in sql]
    assert len(counting) == 1


def test_a_mail_is_shown_exactly_as_sent(client: Client) -> None:
    """MAIL-3"""
    message = make_message(body="一行目\n  <b>二行目</b>\n")
    run_jobs()
    text = page(client, f"/mail/{message.pk}/")
    assert "一行目\n  &lt;b&gt;二行目&lt;/b&gt;" in text
    assert message.message_id.strip("<>") in text
    assert client.get("/mail/987654/").status_code == 404


def test_stopping_and_taking_back(client: Client) -> None:
    message = make_message(delay_seconds=120)
    answer = client.post(f"/mail/{message.pk}/stop/", {"next": "/mail/"})
    assert (answer.status_code, answer["Location"]) == (302, "/mail/")
    assert fresh(message).state == State.STOPPED
    assert client.post(f"/mail/{message.pk}/stop/").status_code == 409
    assert client.post(f"/mail/{message.pk}/take-back/")["Location"] == f"/mail/{message.pk}/edit/"
    assert fresh(message).state == State.DRAFT


def test_a_draft_is_finished_and_sent_with_a_way_back(client: Client, clock: FrozenClock) -> None:
    message = make_message(body="{{new_date}}です", missing=["new_date"])
    clock.advance(dt.timedelta(hours=1))
    url = f"/mail/{message.pk}/edit/"
    assert "{{new_date}}" in page(client, url)
    typed = {"to": "taka@example.jp", "subject": "ご連絡", "body": "{{new_date}}です"}
    refused = client.post(url, {**typed, "send": "1"})
    assert refused.status_code == 422
    assert "{{new_date}}" in refused.content.decode()
    assert client.post(url, {**typed, "to": "だめ"}).status_code in (302, 422)
    answer = client.post(url, {**typed, "body": "12月3日です", "send": "1"}, follow=True)
    assert fresh(message).state == State.WAITING
    assert f"/mail/{message.pk}/stop/" in answer.content.decode()
    assert 'data-seconds="120"' in answer.content.decode()  # from now on, not since the draft was begun


def test_a_failed_mail_is_resent_to_a_better_address(client: Client) -> None:
    message = make_message(to="そんな宛先")
    refused = client.post(f"/mail/{message.pk}/resend/", {"to": "まだだめ"})
    assert refused.status_code == 422
    assert "まだだめ" in refused.content.decode()
    answer = client.post(f"/mail/{message.pk}/resend/", {"to": "taka@example.jp"})
    again = Message.objects.get(resend_of=message)
    assert answer["Location"] == f"/mail/{again.pk}/"
    run_jobs()
    assert fresh(message).resolved_at is not None


def test_failures_are_settled_and_many_resent_at_once(client: Client) -> None:
    one, two = make_message("1"), make_message("2", to="そんな宛先")
    run_jobs()
    assert client.post("/mail/resend/", {"id": [one.pk, two.pk]}).status_code == 302
    assert Message.objects.filter(resend_of=one).count() == 1
    assert client.post(f"/mail/{two.pk}/settle/").status_code == 302
    assert fresh(two).resolved_at is not None
    three = make_message("3", delay_seconds=99)
    client.post("/mail/stop/", {"id": [three.pk]})
    assert fresh(three).state == State.STOPPED


def test_a_template_is_changed_with_a_preview_on_a_real_order(client: Client) -> None:
    """R23, MAIL-2"""
    order = build.place("A-77")
    url = "/mail/templates/M01/"
    assert "A-77" in page(client, url)
    typed = {"subject": "毎度 {{order_no}}", "body": "{{customer_name}} 様\n{{signature}}", "version": "0"}
    fragment = client.post(f"{url}preview/", {**typed, "reference": order.number}, **HTMX)
    assert "渡邉 髙子" in fragment.content.decode() and "<html" not in fragment.content.decode()
    looked = client.post(url, {**typed, "look": "1"})
    assert looked.status_code == 200 and not Template.objects.exists()
    refused = client.post(url, {**typed, "body": "{{nothing_known}} と打った"})
    assert refused.status_code == 422
    assert "nothing_known" in refused.content.decode() and "と打った" in refused.content.decode()
    assert client.post(url, typed).status_code == 302
    assert Template.objects.get().subject == "毎度 {{order_no}}"
    assert client.post(url, typed).status_code == 422  # somebody (we) changed it meanwhile
    assert client.post(f"{url}restore/").status_code == 302
    assert "第1版" in page(client, url)


def test_a_stores_own_text(client: Client) -> None:
    """MAIL-12"""
    store = build.make_store("mall", kind="mall", name="楽天市場店")
    typed = {"subject": "店の {{order_no}}", "body": "{{signature}}", "version": "0", "store": str(store.pk)}
    assert client.post("/mail/templates/M03/", typed).status_code == 302
    assert Template.objects.get().store == store
    assert "楽天市場店" in page(client, "/mail/templates/")
    assert client.get("/mail/templates/M03/?store=99999").status_code == 404
    assert client.get("/mail/templates/M99/").status_code == 404


def test_the_mailbox_shows_what_buyers_would_have_got(client: Client) -> None:
    order = build.place(buyer=build.TAKA)
    run_jobs()
    text = page(client, "/mail/mailbox/")
    assert "ご注文を受け付けました" in text
    assert order.number in page(client, "/mail/mailbox/?q=taka@example.jp")
    assert order.number not in page(client, "/mail/mailbox/?q=nobody@example.jp")


def test_the_mail_server_is_kept_with_its_password_sealed(client: Client) -> None:
    typed = {"transport": "smtp", "host": "smtp.example.jp", "port": "587", "security": "starttls", "user": "shop",
             "password": "geheim-wort", "from_address": "info@utsuwaya.example", "from_name": ""}  # fmt: skip
    assert client.post("/settings/mail/", typed).status_code == 302
    row = MailServer.objects.get()
    assert "geheim" not in row.sealed_password
    assert transports.transport_of(row).config.password == "geheim-wort"  # type: ignore[attr-defined]
    assert "geheim" not in page(client, "/settings/mail/")
    client.post("/settings/mail/", {**typed, "password": "", "user": "other"})
    assert transports.transport_of(MailServer.objects.get()).config.password == "geheim-wort"  # type: ignore[attr-defined]
    client.post("/settings/mail/", {**typed, "password": "", "forget_password": "on"})
    assert MailServer.objects.get().sealed_password == ""


@pytest.mark.parametrize(
    "wrong", [{"host": ""}, {"host": "smtp example"}, {"port": "0"}, {"port": "x"}, {"security": "rot13"},
              {"transport": "pigeon"}, {"from_address": "だめ"}],
)  # fmt: skip
def test_wrong_settings_are_refused_with_what_was_typed(client: Client, wrong: dict[str, str]) -> None:
    typed = {"transport": "smtp", "host": "smtp.example.jp", "port": "587", "security": "tls", "user": "shop-user",
             "password": "", "from_address": "", "from_name": ""}  # fmt: skip
    answer = client.post("/settings/mail/", {**typed, **wrong})
    assert answer.status_code == 422
    assert "shop-user" in answer.content.decode()


def test_the_test_mail(client: Client) -> None:
    assert client.post("/settings/mail/test/", {"to": "だめ"}).status_code == 422
    assert client.post("/settings/mail/test/", {"to": "me@example.jp"}).status_code == 302


def test_the_rail_counts_what_is_ours(client: Client) -> None:
    make_message("f", to="そんな宛先")
    make_message("d", body="{{x}}", missing=["x"])
    assert 'class="late" title="送れなかったメール 2通、下書き 1通">2</b>' in page(client, "/mail/")
