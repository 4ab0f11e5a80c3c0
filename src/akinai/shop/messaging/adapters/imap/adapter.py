"""Reading a mailbox by IMAP with imap-tools: peeking only, nothing is deleted or marked on the server."""

from __future__ import annotations

import contextlib
import datetime as dt
import imaplib
import ssl
from collections.abc import Iterator
from dataclasses import dataclass

from imap_tools import AND, BaseMailBox, ImapToolsError, MailBox, MailBoxStartTls, MailBoxUnencrypted, U

from akinai.shop.messaging.ports import FetchedMail, FetchError

TIMEOUT = 30.0
#: A mail larger than this is kept as its head only.
LARGEST = 25 * 1024 * 1024
_FAULTS = (OSError, imaplib.IMAP4.error, ImapToolsError, LookupError, ValueError)


@dataclass(frozen=True, slots=True)
class ImapConfig:
    """Where the mailbox is. `security` is tls, starttls or none."""

    host: str
    port: int
    security: str
    user: str
    password: str
    folder: str = "INBOX"
    timeout: float = TIMEOUT


class ImapSource:
    """One folder of one account. `tls` replaces the machine's trust, for tests."""

    def __init__(self, config: ImapConfig, tls: ssl.SSLContext | None = None) -> None:
        self.config = config
        self._tls = tls

    def fetch(self, *, uidvalidity: int, after: int, since: dt.date, most: int) -> Iterator[FetchedMail]:
        """As the port says."""
        try:
            with self._logged_in() as box:
                box.folder.set(self.config.folder, readonly=True)
                valid = int(box.folder.status(self.config.folder, ["UIDVALIDITY"])["UIDVALIDITY"])
                known = after if valid == uidvalidity else 0
                for uid in self._numbers(box, known, since)[:most]:
                    if (mail := self._one(box, valid, uid)) is not None:
                        yield mail
        except _FAULTS as error:
            raise FetchError(str(error)[:500] or type(error).__name__) from error

    @contextlib.contextmanager
    def _logged_in(self) -> Iterator[BaseMailBox]:
        """The open mailbox; the connection is closed whatever happens, and a broken good-bye changes nothing."""
        box = self._connect()
        try:
            box.login(self.config.user, self.config.password, initial_folder=None)
            yield box
        finally:
            with contextlib.suppress(*_FAULTS):
                box.logout()
            with contextlib.suppress(*_FAULTS):
                box.client.shutdown()

    def _connect(self) -> BaseMailBox:
        config = self.config
        tls = self._tls or ssl.create_default_context()
        if config.security == "tls":
            return MailBox(config.host, config.port, timeout=config.timeout, ssl_context=tls)
        if config.security == "starttls":
            return MailBoxStartTls(config.host, config.port, timeout=config.timeout, ssl_context=tls)
        return MailBoxUnencrypted(config.host, config.port, timeout=config.timeout)

    @staticmethod
    def _numbers(box: BaseMailBox, known: int, since: dt.date) -> list[int]:
        """What is new. `n:*` also names the last mail where nothing is newer, so it is looked at once more."""
        wanted = AND(uid=U(str(known + 1), "*")) if known else AND(date_gte=since)
        return sorted(uid for uid in map(int, box.uids(wanted, charset=None)) if uid > known)

    @staticmethod
    def _one(box: BaseMailBox, valid: int, uid: int) -> FetchedMail | None:
        """The mail of that number; None if somebody has deleted it this moment."""
        size = ImapSource._number(box, uid, "(RFC822.SIZE)")
        is_cut = size > LARGEST
        what = "(BODY.PEEK[HEADER])" if is_cut else "(BODY.PEEK[])"
        _typ, answer = box.client.uid("FETCH", str(uid), what)
        for piece in answer:
            if isinstance(piece, tuple):
                return FetchedMail(valid, uid, bytes(piece[1]), is_cut)
        return None

    @staticmethod
    def _number(box: BaseMailBox, uid: int, what: str) -> int:
        _typ, answer = box.client.uid("FETCH", str(uid), what)
        said = b" ".join(p if isinstance(p, bytes) else p[0] for p in answer if p).upper()
        _before, _name, after = said.partition(b"RFC822.SIZE ")
        digits = after.split(b" ")[0].rstrip(b")")
        return int(digits) if digits.isdigit() else 0
