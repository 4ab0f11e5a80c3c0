"""Settings of this app."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from akinai.shop.stores.settings import declare

INVOICE_PAPER = declare(
    "fulfillment.invoice_paper", default="delivery_note", kind="choice", label=_("Which paper is the invoice"),
    choices=[("delivery_note", _("The delivery note")), ("receipt", _("The receipt")), ("web", _("A page on the web"))],
)  # fmt: skip
PACK_WITH_INSPECTION = declare(
    "fulfillment.pack_with_inspection", default=True, kind="bool",
    label=_("A box is packed as soon as it is inspected"),
    help_text=_("Otherwise packing is a step of its own."),
)  # fmt: skip
NOTE_GREETING = declare(
    "fulfillment.note_greeting", default="", kind="text", label=_("Greeting on the delivery note"),
)  # fmt: skip
GIFT_SENDER = declare(
    "fulfillment.gift_sender", default="buyer", kind="choice", label=_("Sender on the label of a gift"),
    choices=[("buyer", _("The buyer")), ("shop", _("The shop"))],
)  # fmt: skip
