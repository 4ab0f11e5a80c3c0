"""The mailboxes that are read, as a manager sets them up."""

from __future__ import annotations

import datetime as dt

import pytest

from akinai.foundation.core.clock import FrozenClock
from akinai.foundation.core.permissions import Role
from akinai.foundation.core.sealing import unseal
from akinai.shop.messaging import conversations, sources
from akinai.shop.messaging.models_inbox import MailAccount
from tests.builders.accounts import client_for
from tests.builders.imap import FakeSource, letter
from tests.builders.mails import make_writing_shop

pytestmark = pytest.mark.django_db

TYPED = {
    "name": "", "host": "imap.example.jp", "port": "993", "security": "tls", "user": "info@utsuwaya.example",
    "password": "秘密 ", "folder": "", "store": "", "is_on": "on",
}  # fmt: skip


def test_a_mailbox_is_set_up_tried_and_changed_and_its_password_never_shown(
    clock: FrozenClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    make_writing_shop()
    client = client_for(Role.MANAGER)
    for wrong in ({"host": "imap example"}, {"host": ""}, {"port": "99999"}, {"security": "x"}, {"user": " "}):
        answer = client.post("/settings/mailboxes/add/", {**TYPED, **wrong})
        assert answer.status_code == 422, wrong
    assert client.post("/settings/mailboxes/add/", TYPED).status_code == 302
    row = MailAccount.objects.get()
    assert (row.folder, row.name, row.since) == ("INBOX", "info@utsuwaya.example", clock.now().date())
    assert unseal(row.sealed_password) == "秘密 " and "秘密" not in row.sealed_password
    page = client.get(f"/settings/mailboxes/{row.pk}/").content.decode()
    assert "秘密" not in page and row.sealed_password not in page

    box = FakeSource({1: letter()})
    monkeypatch.setattr(sources, "source_of", lambda account: box)
    assert client.post(f"/settings/mailboxes/{row.pk}/try/").status_code == 302
    assert conversations.waiting().number == 1
    box.broken = "AUTHENTICATIONFAILED"
    assert client.post(f"/settings/mailboxes/{row.pk}/try/").headers["Location"] == "/settings/mailboxes/"
    assert "AUTHENTICATIONFAILED" in client.get("/settings/mailboxes/").content.decode()

    clock.advance(dt.timedelta(days=1))
    client = client_for(Role.MANAGER)
    assert client.post(f"/settings/mailboxes/{row.pk}/", {**TYPED, "password": "", "folder": "楽天"}).status_code == 302
    row.refresh_from_db()
    assert (unseal(row.sealed_password), row.folder, row.last_uid) == ("秘密 ", "楽天", 0)  # another folder begins anew
    assert client.get("/settings/mailboxes/999/").status_code == 404
    assert client_for(Role.ORDER).get("/settings/mailboxes/").status_code == 403
