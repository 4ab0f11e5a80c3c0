"""What delivers a mail, as the house sees it. Adapters know no model and no template."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Protocol


@dataclass(frozen=True, slots=True)
class EnclosedFile:
    """A file that goes with a mail."""

    name: str
    content_type: str
    content: bytes


@dataclass(frozen=True, slots=True)
class OutgoingMail:
    """A mail ready to go. Addresses are bare; `message_id` is the same on every try."""

    message_id: str
    from_address: str
    to: str
    subject: str
    body: str
    date: dt.datetime
    from_name: str = ""
    reply_to: str = ""
    headers: Mapping[str, str] = field(default_factory=dict)
    files: tuple[EnclosedFile, ...] = ()


class DeliveryError(Exception):
    """The mail was not taken. `permanent`: trying again cannot help. `code` is the other side's, if it gave one."""

    def __init__(self, text: str, *, permanent: bool, code: str = "") -> None:
        super().__init__(text)
        self.text, self.permanent, self.code = text, permanent, code


class Transport(Protocol):
    """A way out of the house. Called outside of any transaction; may take as long as its time-out."""

    @property
    def name(self) -> str:
        """The TransportName kept with the message."""
        ...

    def send(self, mail: OutgoingMail) -> str:
        """Hand the mail over and return what the other side said. Raises DeliveryError if it did not take it."""
        ...


@dataclass(frozen=True, slots=True)
class FetchedMail:
    """A mail on a server: its number there, and its bytes. `is_cut`: it was too large, only its head was fetched."""

    uidvalidity: int
    uid: int
    raw: bytes
    is_cut: bool = False


class FetchError(Exception):
    """The mail server could not be asked; `text` is what it or the network said."""

    def __init__(self, text: str) -> None:
        super().__init__(text)
        self.text = text


class MailSource(Protocol):
    """A mailbox on a server. Called outside of any transaction; nothing there is changed, read marks neither."""

    def fetch(self, *, uidvalidity: int, after: int, since: dt.date, most: int) -> Iterator[FetchedMail]:
        """Mails numbered above `after`, oldest first, at most so many; all since a day where the numbering is new.

        Raises FetchError.
        """
        ...
