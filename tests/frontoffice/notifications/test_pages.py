"""Mails on the order page and the pages that write them."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
from django.test import Client

from akinai.backoffice.orders import services as orders
from akinai.backoffice.orders.models import Order
from akinai.foundation.core.clock import FrozenClock
from akinai.foundation.core.permissions import Role
from akinai.frontoffice.notifications.models import ConfirmationNote
from akinai.shop.messaging.models import Message
from akinai.shop.messaging.states import State
from tests.builders import orders as build
from tests.builders.accounts import client_for
from tests.builders.catalog import make_sku
from tests.builders.inventory import stock_up
from tests.builders.mails import CLERK, make_writing_shop, run_jobs

pytestmark = pytest.mark.django_db
HTMX = {"HTTP_HX_REQUEST": "true"}


@pytest.fixture
def client(clock: FrozenClock) -> Client:
    make_writing_shop()
    stock_up(make_sku("YN-AI-01"), 50)
    return client_for(Role.ORDER)


def text_of(client: Client, path: str, **more: str) -> str:
    answer = client.get(path, **more)
    assert answer.status_code == 200, path
    return answer.content.decode()


def token_in(page: str) -> str:
    found = re.search(r'name="token" value="([0-9a-f]{32})"', page)
    assert found
    return found[1]


def accepted(number: str = "A-1", **fields: object) -> Order:
    order = build.place(number, **fields)
    for check in order.checks.all():
        orders.clear_check(CLERK, order_id=order.pk, code=check.code)
    return orders.accept(CLERK, order_id=order.pk)


def test_the_panel_shows_what_was_written_and_what_waits(client: Client) -> None:
    order = accepted(method="bank")
    run_jobs()
    path = f"/mail/orders/{order.pk}/"
    fragment = text_of(client, path, **HTMX)
    assert "<html" not in fragment
    for part in ("受付自動返信", "受注確認", "送信を取り消す", "9:52 に送信", "入金のご案内"):
        assert part in fragment, part
    assert "<html" in text_of(client, path)  # without scripts it is a page
    assert path in text_of(client, f"/orders/{order.pk}/")
    assert client.get("/mail/orders/987654/").status_code == 404


def test_the_panel_says_what_the_store_sends_and_who_has_no_address(client: Client) -> None:
    """MAIL-13"""
    store = build.make_store("rakuten", kind="mall", name="楽天市場店")
    order = build.place(store=store, buyer=replace(build.TAKA, mail=""))
    run_jobs()
    fragment = text_of(client, f"/mail/orders/{order.pk}/", **HTMX)
    assert "受付自動返信: 店舗が送ります" in fragment
    assert "お電話でご連絡ください" in fragment


def test_mail_10_the_word_for_the_confirmation_is_kept(client: Client) -> None:
    order = build.place()
    path = f"/mail/orders/{order.pk}/"
    assert client.post(f"{path}note/", {"text": "27日のお届けで承りました"}).status_code == 302
    assert ConfirmationNote.objects.get().text == "27日のお届けで承りました"
    assert "27日のお届けで承りました" in text_of(client, path, **HTMX)


def test_every_kind_has_its_form_and_preview(client: Client) -> None:
    order = accepted(method="bank")
    for kind in ("FREE", "M06", "M09", "M17", "nonsense"):
        page = text_of(client, f"/mail/orders/{order.pk}/write/?kind={kind}")
        assert "渡邉 髙子" in page
        assert "株式会社うつわ屋" in page  # the preview ends with who writes


def test_a_delay_is_written_looked_at_and_sent_with_a_way_back(client: Client) -> None:
    order = build.place()
    url = f"/mail/orders/{order.pk}/write/"
    typed = {"kind": "M09", "token": token_in(text_of(client, f"{url}?kind=M09")), "reason": "製造が遅れて",
             "old_date": "2026-11-25", "new_date": "", "reply_due": "2026-11-27", "staff_note": ""}  # fmt: skip
    fragment = client.post(f"/mail/orders/{order.pk}/preview/", typed, **HTMX).content.decode()
    assert "製造が遅れて" in fragment and "未定" in fragment and "<html" not in fragment
    assert client.post(url, {**typed, "look": "1"}).status_code == 200
    refused = client.post(url, {**typed, "reason": "", "staff_note": "書きかけ", "send": "1"})
    assert refused.status_code == 422
    assert "書きかけ" in refused.content.decode()
    assert not Message.objects.filter(kind="M09").exists()
    answer = client.post(url, {**typed, "send": "1"}, follow=True)
    message = Message.objects.get(kind="M09")
    assert message.state == State.WAITING
    assert f"/mail/{message.pk}/stop/" in answer.content.decode()
    client.post(url, {**typed, "send": "1"})
    assert Message.objects.filter(kind="M09").count() == 1


def test_a_free_mail_is_kept_as_draft(client: Client) -> None:
    order = build.place()
    url = f"/mail/orders/{order.pk}/write/"
    typed = {"kind": "FREE", "token": token_in(text_of(client, url)), "subject": "ご連絡", "body": "こんにちは"}
    assert client.post(url, {**typed, "draft": "1"}).status_code == 302
    assert Message.objects.get(kind="FREE").state == State.DRAFT
    refused = client.post(url, {**typed, "body": "{{unknown_name}}", "send": "1"})
    assert refused.status_code == 422 and "unknown_name" in refused.content.decode()


@pytest.mark.parametrize(
    "wrong", [{"token": "x"}, {"reply_due": "2026-02-31"}, {"kind": "M01"}, {"reason": "あ" * 30000}]
)
def test_nonsense_is_refused_and_never_breaks(client: Client, wrong: dict[str, str]) -> None:
    order = build.place()
    typed = {"kind": "M09", "token": "a" * 32, "reason": "r", "reply_due": "2026-11-27", **wrong}
    for path in ("write", "preview"):
        assert client.post(f"/mail/orders/{order.pk}/{path}/", typed, **HTMX).status_code in (200, 204, 422)
    assert not Message.objects.filter(kind="M09").exists()


def test_one_order_leads_to_its_page_and_many_to_one_mail_for_all(client: Client) -> None:
    """ORD-33"""
    one, two = build.place("A-1"), build.place("A-2", buyer=replace(build.TAKA, mail="", name="別人"))
    assert client.post("/mail/write/", {"id": one.pk})["Location"] == f"/mail/orders/{one.pk}/write/"
    delay = client.post("/mail/write/", {"id": one.pk, "kind": "M09"})
    assert delay["Location"] == f"/mail/orders/{one.pk}/write/?kind=M09"
    assert client.post("/mail/write/", {"id": one.pk, "kind": "<b>"})["Location"] == f"/mail/orders/{one.pk}/write/"
    assert client.post("/mail/write/", {}).status_code == 302
    page = client.post("/mail/write/", {"id": [one.pk, two.pk]}).content.decode()
    typed = {
        "id": [one.pk, two.pk],
        "token": token_in(page),
        "subject": "休業のお知らせ {{order_no}}",
        "body": "{{customer_name}} 様",
    }
    assert client.post("/mail/many/", {**typed, "body": "{{oops}}"}).status_code == 422
    result = client.post("/mail/many/", {**typed, "send": "1"})
    assert result.status_code == 200
    assert two.number in result.content.decode()
    assert Message.objects.get(kind="FREE").subject == "休業のお知らせ A-1"


def test_more_than_a_few_are_written_in_the_background(client: Client) -> None:
    placed = [build.place(f"A-{n}", buyer=replace(build.TAKA, mail=f"b{n}@example.jp")) for n in range(22)]
    page = client.post("/mail/write/", {"id": [o.pk for o in placed]}).content.decode()
    typed = {
        "id": [o.pk for o in placed],
        "token": token_in(page),
        "subject": "お知らせ",
        "body": "{{customer_name}} 様",
    }
    answer = client.post("/mail/many/", {**typed, "send": "1"})
    assert "/jobs/" in answer["Location"]
    run_jobs()
    assert Message.objects.filter(kind="FREE").count() == 22
