"""Settings of this app."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from akinai.shop.stores.settings import declare

POSTAL_ACCOUNT = declare(
    "mail.postal_account", default="", kind="text", label=_("Postal transfer account, as mails tell it"),
    help_text=_("Where it is blank, mails tell the bank account of the shop."),
)  # fmt: skip
REPLY_DAYS = declare(
    "mail.reply_days", default=3, kind="int", minimum=1, maximum=60,
    label=_("A buyer is asked to answer within"), unit=_("business days"),
)  # fmt: skip
RETURN_ADDRESS = declare(
    "mail.return_address", default="", kind="text", label=_("Where buyers send goods back, as mails tell it"),
    help_text=_("Blank: the address of the shop."),
)  # fmt: skip
RETURN_DAYS = declare(
    "mail.return_days", default=7, kind="int", minimum=1, maximum=60,
    label=_("A buyer is asked to send goods back within"), unit=_("days"),
)  # fmt: skip
INSPECT_DAYS = declare(
    "mail.inspect_days", default=3, kind="int", minimum=1, maximum=60,
    label=_("After that, refund or exchange follows within"), unit=_("business days"),
)  # fmt: skip
REMIND_ON = declare(
    "mail.remind_on", default=True, kind="bool", label=_("Remind of transfers by itself (M06)"),
    help_text=_("Only after somebody has said on the Money page up to which day the passbook was read."),
)  # fmt: skip
REMIND_AT = declare(
    "mail.remind_at", default="10:00", kind="time", label=_("Payment reminders leave from"),
)  # fmt: skip
REVIEW_ON = declare(
    "mail.review_on", default=False, kind="bool", label=_("Ask for a review after delivery (M14)"),
    help_text=_("Only where the money is in, no case is open, and the buyer has not stopped such mails."),
)  # fmt: skip
REVIEW_DAYS = declare(
    "mail.review_days", default=4, kind="int", minimum=1, maximum=90, label=_("Ask for the review after"),
    unit=_("days"),
)  # fmt: skip
FOLLOW_ON = declare(
    "mail.follow_on", default=False, kind="bool", label=_("Write a follow-up after delivery (M15)"),
)  # fmt: skip
FOLLOW_DAYS = declare(
    "mail.follow_days", default=21, kind="int", minimum=1, maximum=180, label=_("Write the follow-up after"),
    unit=_("days"),
)  # fmt: skip
REVIEW_URL = declare(
    "mail.review_url", default="", kind="text", label=_("Page on which buyers write reviews"),
    help_text=_("A store with a page of its own names it in its own text."),
)  # fmt: skip
