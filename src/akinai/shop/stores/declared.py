"""Settings of this app."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from .settings import declare, name_group

name_group("stores", _("Shop"))

CUTOFF = declare(
    "stores.cutoff",
    default="14:00",
    kind="time",
    label=_("Cut-off time for same-day shipping"),
    help_text=_("An order placed at exactly this time counts for the next business day."),
)
CONFIRM_BY = declare("stores.confirm_by", default="12:00", kind="time", label=_("Order confirmation goes out by"))
CONFIRM_DAYS = declare(
    "stores.confirm_days",
    default="open",
    kind="choice",
    label=_("Order confirmation counts"),
    choices=[("open", _("Business days")), ("calendar", _("Calendar days"))],
)
PUBLIC_URL = declare(
    "stores.public_url",
    default="",
    kind="text",
    label=_("Address at which buyers reach this program"),
    help_text=_("Such as https://desk.example.jp. Links in mails begin with it; blank: mails have no such links."),
)
