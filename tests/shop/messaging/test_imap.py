"""The IMAP adapter against a real socket: what is new, nothing marked, the server's words where it fails."""

from __future__ import annotations

import datetime as dt

import pytest

from akinai.shop.messaging.adapters.imap import adapter
from akinai.shop.messaging.adapters.imap.adapter import ImapConfig, ImapSource
from akinai.shop.messaging.ports import FetchedMail, FetchError
from tests.builders.imap import ImapServer, imap_server, letter

SINCE = dt.date(2026, 11, 1)


def source(server: ImapServer, password: str = "secret") -> ImapSource:
    return ImapSource(ImapConfig("127.0.0.1", server.server_address[1], "none", "info", password, timeout=5))


def fetched(server: ImapServer, **asked: int) -> list[FetchedMail]:
    wanted = {"uidvalidity": 42, "after": 0, "most": 10} | asked
    return list(source(server).fetch(since=SINCE, **wanted))


def test_what_is_new_is_fetched_byte_for_byte_and_nothing_is_marked() -> None:
    with imap_server({3: letter("一"), 5: letter("二"), 9: letter("三")}) as server:
        first = fetched(server)
        assert [(m.uidvalidity, m.uid, m.raw) for m in first] == [(42, uid, server.mails[uid]) for uid in (3, 5, 9)]
        assert any("SINCE 1-Nov-2026" in c for c in server.commands)
        assert [m.uid for m in fetched(server, after=5)] == [9]
        assert fetched(server, after=9) == []  # `10:*` names 9 again; it is not fetched twice
        assert [m.uid for m in fetched(server, most=2)] == [3, 5]
        assert [m.uid for m in fetched(server, uidvalidity=41, after=9)] == [3, 5, 9]  # the numbering is new
        said = " ".join(server.commands)
        assert "EXAMINE" in said and "STORE" not in said and "BODY[]" not in said.replace("BODY.PEEK[]", "")


def test_a_mail_that_is_too_large_is_kept_as_its_head() -> None:
    with imap_server({3: letter("大きい")}) as server:
        server.sizes[3] = adapter.LARGEST + 1
        (mail,) = fetched(server)
    assert mail.is_cut and b"Subject" in mail.raw and mail.raw.endswith(b"\r\n\r\n")


def test_a_mail_that_is_deleted_at_this_moment_is_none() -> None:
    with imap_server({3: letter("一"), 5: letter("二")}) as server:
        server.gone = {3}
        assert [mail.uid for mail in fetched(server)] == [5]


def test_a_server_that_does_not_number_its_mails_is_a_fault_of_that_mailbox() -> None:
    with imap_server({3: letter("一")}) as server:
        server.status = "MESSAGES 1"
        with pytest.raises(FetchError):
            fetched(server)


def test_what_the_server_says_is_what_people_read() -> None:
    with imap_server({}) as server:
        assert fetched(server) == []
        with pytest.raises(FetchError, match="wrong password"):
            list(source(server, "wrong").fetch(uidvalidity=0, after=0, since=SINCE, most=1))
    with pytest.raises(FetchError):
        list(source(server).fetch(uidvalidity=0, after=0, since=SINCE, most=1))
