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
