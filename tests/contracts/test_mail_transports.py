"""One suite for every way a mail leaves the house; SMTP against a real server on loopback."""

from __future__ import annotations

import datetime as dt
import email
import email.policy
import socket
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import Any

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import AuthResult

from akinai.foundation.core.clock import JST
from akinai.shop.messaging.adapters.mailbox.adapter import MailboxTransport
from akinai.shop.messaging.adapters.smtp.adapter import SmtpConfig, SmtpTransport
from akinai.shop.messaging.adapters.smtp.mapping import envelope
from akinai.shop.messaging.ports import DeliveryError, OutgoingMail, Transport
from akinai.shop.messaging.states import TransportName

MAIL = OutgoingMail(
    message_id="<1@utsuwaya.example>",
    from_address="info@utsuwaya.example",
    from_name="茶と器 うつわ屋",
    to="taka@example.jp",
    reply_to="reply@utsuwaya.example",
    subject="【茶と器 うつわ屋】ご注文を受け付けました(ご注文番号 A-1)",
    body="渡邉 髙子 様\n\nありがとうございます。\n.\n" + "長い行" * 200 + "\n",
    date=dt.datetime(2026, 11, 24, 9, 50, tzinfo=JST),
    headers={"Auto-Submitted": "auto-generated"},
)


@dataclass
class Sink:
    """A mail server that keeps what it gets, or answers `answer` to RCPT or DATA."""

    got: list[tuple[str, list[str], bytes]] = field(default_factory=list)
    rcpt: str = ""
    data: str = ""

    async def handle_RCPT(self, server: Any, session: Any, envelope: Any, address: str, options: Any) -> str:
        if self.rcpt:
            return self.rcpt
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:
        if self.data:
            return self.data
        self.got.append((envelope.mail_from, envelope.rcpt_tos, envelope.content))
        return "250 OK"


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@pytest.fixture
def sink() -> Sink:
    return Sink()


def serve(sink: Sink, **more: Any) -> Controller:
    controller = Controller(sink, hostname="127.0.0.1", port=free_port(), **more)
    controller.start()
    return controller


@pytest.fixture
def smtp(sink: Sink) -> Iterator[SmtpTransport]:
    controller = serve(sink)
    yield SmtpTransport(SmtpConfig("127.0.0.1", controller.port, security="none", timeout=5))
    controller.stop()


@pytest.fixture(params=["smtp", "mailbox"])
def transport(request: pytest.FixtureRequest) -> Transport:
    return request.getfixturevalue("smtp") if request.param == "smtp" else MailboxTransport()


def test_every_transport_takes_a_sound_mail_and_says_so(transport: Transport) -> None:
    assert transport.send(MAIL)
    assert transport.name in TransportName.values


def test_every_transport_takes_the_same_mail_again(transport: Transport) -> None:
    """REL-8 a repeat bears the same Message-ID and is no error."""
    assert transport.send(MAIL) == transport.send(MAIL)


def test_the_mail_arrives_as_written(smtp: SmtpTransport, sink: Sink) -> None:
    smtp.send(MAIL)
    sender, receivers, content = sink.got[0]
    message = email.message_from_bytes(content, policy=email.policy.default)
    assert (sender, receivers) == ("info@utsuwaya.example", ["taka@example.jp"])
    assert message["Subject"] == MAIL.subject
    assert message["From"] == "茶と器 うつわ屋 <info@utsuwaya.example>"
    assert message["Reply-To"] == "reply@utsuwaya.example"
    assert message["Message-ID"] == MAIL.message_id
    assert message["Auto-Submitted"] == "auto-generated"
    assert message["Date"].datetime == MAIL.date
    assert message.get_content().replace("\r\n", "\n") == MAIL.body
    assert all(len(line) <= 998 for line in content.split(b"\r\n"))


def test_old_phone_addresses_are_quoted(smtp: SmtpTransport, sink: Sink) -> None:
    smtp.send(replace(MAIL, to="taka..ko@docomo.ne.jp"))
    assert sink.got[0][1][0].replace('"', "") == "taka..ko@docomo.ne.jp"
    assert envelope("taka..ko@docomo.ne.jp") == '"taka..ko"@docomo.ne.jp'


@pytest.mark.parametrize(
    ("answer", "permanent"),
    [("550 no such user", True), ("553 bad mailbox", True), ("450 try later", False), ("421 closing", False)],
)
def test_what_the_server_refuses(smtp: SmtpTransport, sink: Sink, answer: str, permanent: bool) -> None:
    for where in ("rcpt", "data"):
        sink.rcpt = sink.data = ""
        setattr(sink, where, answer)
        with pytest.raises(DeliveryError) as refused:
            smtp.send(MAIL)
        assert (refused.value.permanent, refused.value.code) == (permanent, answer[:3])


def test_a_server_that_is_not_there_is_tried_again_later() -> None:
    with pytest.raises(DeliveryError) as refused:
        SmtpTransport(SmtpConfig("127.0.0.1", free_port(), security="none", timeout=1)).send(MAIL)
    assert not refused.value.permanent


def test_a_server_without_tls_gets_nothing_where_tls_is_wanted(smtp: SmtpTransport, sink: Sink) -> None:
    with pytest.raises(DeliveryError) as refused:
        SmtpTransport(replace(smtp.config, security="starttls")).send(MAIL)
    assert not refused.value.permanent
    assert sink.got == []


@pytest.mark.parametrize(("password", "arrives"), [("geheim", True), ("falsch", False)])
def test_log_in(sink: Sink, password: str, arrives: bool) -> None:
    def check(server: Any, session: Any, envelope: Any, mechanism: str, data: Any) -> AuthResult:
        return AuthResult(success=data.password == b"geheim", handled=False)

    controller = serve(sink, authenticator=check, auth_require_tls=False)
    config = SmtpConfig("127.0.0.1", controller.port, security="none", user="shop", password=password, timeout=5)
    try:
        if arrives:
            SmtpTransport(config).send(MAIL)
        else:
            with pytest.raises(DeliveryError) as refused:
                SmtpTransport(config).send(MAIL)
            assert not refused.value.permanent  # the settings are wrong, not the mail
    finally:
        controller.stop()
    assert bool(sink.got) is arrives
