"""The words a message is described with. Data only."""

from __future__ import annotations

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class State(TextChoices):
    """Where a message stands. `sent` and `stopped` are final; a `failed` one is answered by a resend."""

    DRAFT = "draft", pgettext_lazy("mail", "Draft")
    WAITING = "waiting", pgettext_lazy("mail", "Waiting to be sent")
    SENDING = "sending", pgettext_lazy("mail", "Being sent")
    SENT = "sent", pgettext_lazy("mail", "Sent")
    FAILED = "failed", pgettext_lazy("mail", "Not delivered")
    STOPPED = "stopped", pgettext_lazy("mail", "Stopped")


class Outcome(TextChoices):
    """What came of one attempt to deliver."""

    SENT = "sent", _("Accepted by the mail server")
    LATER = "later", _("Will be tried again")
    REFUSED = "refused", _("Refused for good")
    LOST = "lost", _("Broken off")
    BOUNCED = "bounced", pgettext_lazy("mail", "Came back")
    DELAYED = "delayed", _("The other side tries on")


class TransportName(TextChoices):
    """How mail leaves the house."""

    SMTP = "smtp", _("Mail server (SMTP)")
    MAILBOX = "mailbox", _("Built-in mailbox (nothing leaves the house)")


class Security(TextChoices):
    """How the connection to the mail server is protected."""

    STARTTLS = "starttls", _("STARTTLS (usually port 587)")
    TLS = "tls", _("TLS from the start (usually port 465)")
    NONE = "none", _("None (only inside one's own network)")


class ReceivedKind(TextChoices):
    """What somebody's mail to us is."""

    MAIL = "mail", pgettext_lazy("received", "Mail")
    BOUNCE = "bounce", pgettext_lazy("received", "A mail of ours that came back")
    AUTO = "auto", pgettext_lazy("received", "Automatic answer")


class LinkedBy(TextChoices):
    """How a conversation came to what it is about."""

    NOBODY = "", pgettext_lazy("linked", "nothing")
    REFERENCE = "ref", pgettext_lazy("linked", "answer to our mail")
    NUMBER = "number", pgettext_lazy("linked", "number in the subject")
    ADDRESS = "address", pgettext_lazy("linked", "the sender's address")
    HAND = "hand", pgettext_lazy("linked", "by hand")


class Mark(TextChoices):
    """What is known about an address."""

    NO_ADS = "no_ads", _("Wants no advertising")
    BOUNCED = "bounced", _("Mails come back")


class MarkSource(TextChoices):
    """How it became known."""

    LINK = "link", _("The line in the mail")
    MAIL = "mail", _("A mail")
    STAFF = "staff", pgettext_lazy("source", "Staff")
    SERVER = "server", _("The mail server's answer")


#: What still moves or asks for somebody; the partial index covers them.
OPEN = (State.DRAFT, State.WAITING, State.SENDING, State.FAILED)

#: The entry of `ui.statuses` that draws each state.
LOOK: dict[str, str] = {
    State.DRAFT: "mail_draft",
    State.WAITING: "mail_waiting",
    State.SENDING: "mail_waiting",
    State.SENT: "mail_sent",
    State.FAILED: "mail_failed",
    State.STOPPED: "mail_stopped",
}
