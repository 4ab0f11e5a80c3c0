"""What happened to a message, for those above. An order's page hears of its mails: the subject is the message's."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from akinai.foundation.events import Event

from . import permissions


@dataclass(frozen=True)
class MessageEvent(Event):
    """Something that happened to one message. `about` is its subject key (`order:12`), `kind` such as M03."""

    name: ClassVar[str] = ""
    permission: ClassVar[str] = permissions.VIEW

    message_id: int
    about: str
    kind: str
    occasion: str = ""

    @property
    def subject(self) -> str:
        return self.about


@dataclass(frozen=True)
class MessageChanged(MessageEvent):
    """It was drafted, queued, changed or stopped; `state` is the one it stands in now."""

    name: ClassVar[str] = "messaging.changed"

    state: str = ""


@dataclass(frozen=True)
class MessageSent(MessageEvent):
    """The mail server (or the built-in mailbox) has taken it."""

    name: ClassVar[str] = "messaging.sent"


@dataclass(frozen=True)
class MessageFailed(MessageEvent):
    """It cannot go out as it is: refused for good, tried too often, or with blanks nobody filled (R19, MAIL-2)."""

    name: ClassVar[str] = "messaging.failed"


@dataclass(frozen=True)
class MessageSettled(MessageEvent):
    """A failure needs nobody any more: a resend arrived, a draft was completed, or the buyer was reached otherwise."""

    name: ClassVar[str] = "messaging.settled"


@dataclass(frozen=True)
class MailReceived(Event):
    """Somebody wrote to us (no bounce, no automatic answer). `about` is blank while nobody knows what it is about."""

    name: ClassVar[str] = "messaging.received"
    permission: ClassVar[str] = permissions.VIEW

    received_id: int
    thread_id: int
    about: str
    address: str

    @property
    def subject(self) -> str:
        return self.about or f"thread:{self.thread_id}"


@dataclass(frozen=True)
class ThreadChanged(Event):
    """A conversation was answered, closed, opened again or linked to something else."""

    name: ClassVar[str] = "messaging.thread_changed"
    permission: ClassVar[str] = permissions.VIEW

    thread_id: int
    about: str

    @property
    def subject(self) -> str:
        return self.about or f"thread:{self.thread_id}"
