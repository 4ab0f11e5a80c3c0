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
HELD_DAYS = declare(
    "fulfillment.held_days", default=3, kind="int", minimum=1, unit=_("days"),
    label=_("On this day of being kept at the depot the buyer gets a mail"),
)  # fmt: skip
KEEP_DAYS = declare(
    "fulfillment.keep_days", default=7, kind="int", minimum=1, unit=_("days"),
    label=_("So long carriers keep a parcel nobody has taken in"),
)  # fmt: skip
KEEP_DAYS_COD = declare(
    "fulfillment.keep_days_cod", default=6, kind="int", minimum=1, unit=_("days"),
    label=_("The same for cash on delivery"),
)  # fmt: skip
HISTORY_CODES = declare(
    "fulfillment.history_codes", default="10/0A=accepted", kind="text",
    label=_("Meaning of status codes in Yu-Pri R's history"),
    help_text=_(
        "One a line: aggregate code/detail code=meaning, such as 10/0A=accepted. Meanings: accepted, in_transit, "
        "at_depot, out, missed, held, rescheduled, searched, returning, delivered."
    ),
)  # fmt: skip
GIFT_SENDER = declare(
    "fulfillment.gift_sender", default="buyer", kind="choice", label=_("Sender on the label of a gift"),
    choices=[("buyer", _("The buyer")), ("shop", _("The shop"))],
)  # fmt: skip
BUNDLE_SAVED = declare(
    "fulfillment.bundle_saved", default="return", kind="choice",
    label=_("Shipping fee of an order that leaves in the parcel of another"),
    choices=[("return", _("Given back to the buyer")), ("keep", _("Stays as charged"))],
)  # fmt: skip
BUNDLE_STORES = declare(
    "fulfillment.bundle_stores", default=True, kind="bool", label=_("Orders of different stores may share a parcel"),
)  # fmt: skip
BUNDLE_WAIT_DAYS = declare(
    "fulfillment.bundle_wait_days", default=3, kind="int", minimum=1, maximum=30,
    label=_("An order waits for the other one of its parcel, before staff are asked"), unit=_("business days"),
)  # fmt: skip
ASK_WITHIN_HOURS = declare(
    "fulfillment.ask_within_hours", default=48, kind="int", minimum=1, maximum=720,
    label=_("Orders that come within so many hours of each other are proposed for one parcel"), unit=_("hours"),
)  # fmt: skip
ASK_ANSWER_HOURS = declare(
    "fulfillment.ask_answer_hours", default=24, kind="int", minimum=1, maximum=240,
    label=_("A buyer who is asked whether to send orders together answers within"), unit=_("hours"),
)  # fmt: skip
PART_FEES = declare(
    "fulfillment.part_fees", default="free", kind="choice", label=_("Fees when an order ships in parts"),
    choices=[
        ("free", _("Shipping and COD fee once; the shop bears the other parcels")),
        ("first", _("Shipping once, the COD fee of each parcel")),
        ("each", _("Shipping and COD fee of each parcel")),
    ],
)  # fmt: skip
