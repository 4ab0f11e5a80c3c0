"""The words, icons and colours of states. Colour says whose turn it is; the word says what; the icon says it again.

Tones: `act` ours now, `wait` theirs or a date, `ok` flowing or done, `warn` a promise breaks soon, `stop` broken.
"""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from .registry import Label, Registry

TONES = frozenset({"act", "wait", "ok", "warn", "stop"})


@dataclass(frozen=True, slots=True)
class Status:
    """A state as people see it. `queue` states are bold: they say where a thing stands."""

    key: str
    label: Label
    tone: str
    icon: str
    queue: bool = False
    order: int = 100
    permission: str = ""


statuses: Registry[Status] = Registry("statuses")
# the queues of orders (ORD-10), in the order of the day
statuses.add(
    Status("new", pgettext_lazy("queue", "New"), "act", "inbox", queue=True, order=1),
    Status("check", pgettext_lazy("queue", "To check"), "act", "eye", queue=True, order=2),
    Status("awaiting_payment", pgettext_lazy("queue", "Awaiting payment"), "wait", "cash", queue=True, order=3),
    Status("awaiting_stock", pgettext_lazy("queue", "Awaiting stock"), "wait", "packages", queue=True, order=4),
    Status(
        "awaiting_date", pgettext_lazy("queue", "Awaiting ship date"), "wait", "calendar-event", queue=True, order=5
    ),
    Status("hold", pgettext_lazy("queue", "On hold"), "wait", "player-pause", queue=True, order=6),
    Status("ready", pgettext_lazy("queue", "Ready to ship"), "act", "printer", queue=True, order=7),
    Status("preparing", pgettext_lazy("queue", "Preparing"), "ok", "barcode", queue=True, order=8),
    Status(
        "awaiting_settlement", pgettext_lazy("queue", "Awaiting settlement"), "wait", "receipt", queue=True, order=9
    ),
    Status("shipped", pgettext_lazy("queue", "Shipped"), "ok", "truck", queue=True, order=10),
    Status("done", pgettext_lazy("queue", "Completed"), "ok", "check", queue=True, order=11),
    Status("cancelled", pgettext_lazy("queue", "Cancelled"), "wait", "x", queue=True, order=12),
)
# what other parts say
statuses.add(
    Status("stopped", _("Shipping stopped"), "stop", "hand-stop", queue=True),
    Status("allocated", _("Allocated"), "ok", "check"),
    Status("short", _("Out of stock"), "stop", "packages"),
    Status("low", _("Running low"), "warn", "packages"),
    Status("deposit_suggested", _("Suggested"), "act", "user-question"),
    Status("deposit_unknown", _("Unknown"), "warn", "question-mark"),
    Status("deposit_matched", _("Matched"), "ok", "circle-check"),
    Status("mail_draft", _("Draft"), "act", "clock"),
    Status("mail_waiting", _("Waiting to be sent"), "wait", "clock"),
    Status("mail_sent", _("Sent"), "ok", "check"),
    Status("mail_failed", _("Not delivered"), "stop", "alert-octagon"),
    Status("mail_stopped", _("Sending stopped"), "wait", "ban"),
    Status("kept", _("Kept"), "ok", "circle-check"),
)
