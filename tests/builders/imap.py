"""A mail server to read from: a real socket that speaks just enough IMAP, and a source without one."""

from __future__ import annotations

import datetime as dt
import re
import socketserver
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email.message import EmailMessage
from email.policy import SMTP

from akinai.shop.messaging.ports import FetchedMail, FetchError


def letter(body: str = "届きました。", *, message_id: str = "<a1@example.jp>", **headers: str) -> bytes:
    """A mail of the buyer of the builders, as bytes."""
    message = EmailMessage(policy=SMTP)
    message["From"] = headers.pop("sender", "渡邉 髙子 <taka@example.jp>")
    message["To"] = "info@utsuwaya.example"
    message["Subject"] = headers.pop("subject", "お問い合わせ")
    message["Message-ID"] = message_id
    for name, value in headers.items():
        message[name.replace("_", "-")] = value
    message.set_content(body)
    return message.as_bytes()


@dataclass
class FakeSource:
    """A mailbox in memory; `broken` is what the server says instead of answering."""

    mails: dict[int, bytes] = field(default_factory=dict)
    uidvalidity: int = 7
    broken: str = ""

    def fetch(self, *, uidvalidity: int, after: int, since: dt.date, most: int) -> Iterator[FetchedMail]:
        """As the port says."""
        known = after if uidvalidity == self.uidvalidity else 0
        for uid in [uid for uid in sorted(self.mails) if uid > known][:most]:
            yield FetchedMail(self.uidvalidity, uid, self.mails[uid])
        if self.broken:
            raise FetchError(self.broken)


class _Session(socketserver.StreamRequestHandler):
    def handle(self) -> None:
        self._say("* OK ready")
        while line := self.rfile.readline():
            tag, _blank, command = line.decode().strip().partition(" ")
            if not self._answer(tag, command):
                return

    def _say(self, text: str) -> None:
        self.wfile.write(text.encode() + b"\r\n")

    def _answer(self, tag: str, command: str) -> bool:
        server = self.server
        assert isinstance(server, ImapServer)
        server.commands.append(command)
        word = command.upper()
        if word.startswith("CAPABILITY"):
            self._say("* CAPABILITY IMAP4rev1")
        elif word.startswith("LOGIN") and server.password not in command:
            self._say(f"{tag} NO [AUTHENTICATIONFAILED] wrong password")
            return True
        elif word.startswith(("SELECT", "EXAMINE")):
            self._say(f"* {len(server.mails)} EXISTS")
        elif word.startswith("STATUS"):
            self._say(f'* STATUS "INBOX" ({server.status})')
        elif word.startswith("UID SEARCH"):
            self._say("* SEARCH " + " ".join(str(uid) for uid in server.search(command)))
        elif word.startswith("UID FETCH"):
            self._fetch(server, command)
        elif word.startswith("LOGOUT"):
            self._say("* BYE")
            self._say(f"{tag} OK")
            return False
        self._say(f"{tag} OK done")
        return True

    def _fetch(self, server: ImapServer, command: str) -> None:
        uid = int(command.split()[2])
        if uid in server.gone:
            return
        raw = server.mails[uid]
        if "RFC822.SIZE" in command:
            self._say(f"* 1 FETCH (UID {uid} RFC822.SIZE {server.sizes.get(uid, len(raw))})")
            return
        if "HEADER" in command:
            raw = raw.partition(b"\r\n\r\n")[0] + b"\r\n\r\n"
        self.wfile.write(f"* 1 FETCH (UID {uid} BODY[] {{{len(raw)}}}\r\n".encode() + raw + b")\r\n")


class ImapServer(socketserver.ThreadingTCPServer):
    """The server: mails by UID, the commands it heard."""

    allow_reuse_address = True
    daemon_threads = True

    def __init__(self, mails: dict[int, bytes]) -> None:
        super().__init__(("127.0.0.1", 0), _Session)
        self.mails, self.status, self.password = mails, "UIDVALIDITY 42", "secret"
        self.sizes: dict[int, int] = {}
        self.gone: set[int] = set()  # found, but deleted before they are fetched
        self.commands: list[str] = []

    def search(self, command: str) -> list[int]:
        """`n:*` names the last mail even where it is older, as real servers do."""
        found = re.search(r"UID (\d+):\*", command)
        first = int(found.group(1)) if found else 0
        return sorted({uid for uid in self.mails if uid >= first} | ({max(self.mails)} if self.mails else set()))


@contextmanager
def imap_server(mails: dict[int, bytes]) -> Iterator[ImapServer]:
    """A server that runs while the test does."""
    with ImapServer(mails) as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
        thread.start()
        try:
            yield server
        finally:
            server.shutdown()
            thread.join()
