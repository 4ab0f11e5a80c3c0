"""The kinds of mail this house sends, declared to `messaging`."""

from __future__ import annotations

from functools import partial

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from akinai.shop.messaging.kinds import MailKind, kinds

from . import variables
from .families import PROMOTIONAL
from .house_texts import TEXTS
from .house_texts_english import ENGLISH
from .samples import sample_of

_BY_HAND = _("Written by hand from the order.")
_WITH_CASE = _("When a return or an exchange is agreed; or by hand.")

LABELS: dict[str, tuple[str | Promise, str | Promise]] = {
    "M01": (_("Order received (automatic reply)"), _("At once, at any hour, when an order comes in.")),
    "M02": (_("New order, to the shop"), _("At once to the shop's own address, for every order.")),
    "M03": (
        _("Order confirmation"),
        _("When an order is accepted, and again after a change. Holds the transfer and cash on delivery notices."),
    ),
    "M04": (_("Bank transfer instructions"), _("On its own only where the store sends the confirmation, or by hand.")),
    "M05": (_("Payment received"), _("When money of a prepaid order is recorded.")),
    "M06": (
        _("Payment reminder"),
        _("Before and after the due date of a transfer, once the passbook was read (three steps); or by hand."),
    ),
    "M07": (_("Shipping notice"), _("When a parcel has been handed to the carrier, for each parcel.")),
    "M08": (_("Cash on delivery notice"), _("On its own only where the store sends the confirmation, or by hand.")),
    "M09": (_("Arrival delay or out of stock"), _BY_HAND),
    "M10": (_("Delivery delay"), _BY_HAND),
    "M10b": (_("Parcel kept at the depot"), _("When the carrier has kept it for some days; or by hand.")),
    "M11": (_("Refund notice"), _("When a refund is recorded.")),
    "M12": (_("Cancellation notice"), _("When an order is cancelled before shipping.")),
    "M13": (_("Return instructions"), _WITH_CASE),
    "M13b": (_("Exchange instructions"), _WITH_CASE),
    "M14": (_("Request for a review"), _("Some days after delivery, if the shop has switched it on; or by hand.")),
    "M15": (_("Follow-up"), _("Some weeks after delivery, if the shop has switched it on; or by hand.")),
    "M16": (_("First answer: being looked into"), _BY_HAND),
    "M17": (_("Request to change payment"), _BY_HAND),
    "BUNDLE": (_("May orders be sent together?"), _("When somebody lets the buyer of two orders decide.")),
    "FREE": (_("Free mail"), _("What a mail written by hand begins with.")),
}
#: What the subject of a kind has to name besides the rule (MAIL-7).
_WANTS: dict[str, tuple[str, ...]] = {"M02": ("our_no",), "M14": (), "M15": (), "M16": ("inquiry_no",)}


def register() -> None:
    """Declare every kind; called once at the start."""
    for place, (key, (label, when)) in enumerate(LABELS.items()):
        subject, text = TEXTS[key]
        kinds.add(
            MailKind(
                key, label, subject, text, variables.of(key), partial(sample_of, key), order=place,
                to_shop=key == "M02", wants=_WANTS.get(key, ("order_no",)), help=when,
                promotional=key in PROMOTIONAL, others={"en": ENGLISH[key]} if key in ENGLISH else {},
            )
        )  # fmt: skip
