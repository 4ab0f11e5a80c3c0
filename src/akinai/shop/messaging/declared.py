"""Settings of this app."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from akinai.shop.stores.settings import declare

UNDO_SECONDS = declare(
    "mail.undo_seconds", default=120, kind="int", maximum=3600,
    label=_("A mail that a person sets off waits so long in the outbox"), unit=_("seconds"),
    help_text=_("Until then it can be stopped. Automatic replies go at once."),
)  # fmt: skip
TRIES = declare(
    "mail.tries", default=12, kind="int", minimum=1, maximum=50,
    label=_("A mail that cannot be handed over is tried so often"), unit=_("times"),
    help_text=_("Twelve tries take about seven hours. What the mail server refuses for good is not tried again."),
)  # fmt: skip
SUBJECT_WIDTH = declare(
    "mail.subject_width", default=40, kind="int", minimum=10, maximum=100,
    label=_("A subject longer than this gets a warning"), unit=_("full-width characters"),
)  # fmt: skip
GUARD_MINUTES = declare(
    "mail.guard_minutes", default=30, kind="int", maximum=1440,
    label=_("Nobody else writes the same mail about the same order for so long"), unit=_("minutes"),
    help_text=_("A person who insists may. 0 switches this off."),
)  # fmt: skip
LARGEST_FILES = declare(
    "mail.files_mb", default=7, kind="int", minimum=1, maximum=25,
    label=_("Files that go with a mail have together at most"), unit=_("MB"),
    help_text=_("On the way they grow by a third; many mailboxes refuse more than 10 MB."),
)  # fmt: skip
