"""The kinds of mail this house sends, declared to `messaging`."""

from __future__ import annotations

from functools import partial

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from akinai.shop.messaging.kinds import MailKind, kinds

from . import variables
from .house_texts import TEXTS
from .samples import sample_of

LABELS: dict[str, tuple[str | Promise, str | Promise]] = {
    "M01": (_("Order received (automatic reply)"), _("At once, at any hour, when an order comes in.")),
    "M02": (_("New order, to the shop"), _("At once to the shop's own address, for every order.")),
    "M03": (
        _("Order confirmation"),
        _("When an order is accepted, and again after a change. Holds the transfer and cash on delivery notices."),
    ),
    "M05": (_("Payment received"), _("When money of a prepaid order is recorded.")),
    "M06": (_("Payment reminder"), _("Written by hand from the order.")),
    "M07": (_("Shipping notice"), _("When a parcel has been handed to the carrier, for each parcel.")),
    "M09": (_("Arrival delay or out of stock"), _("Written by hand from the order.")),
    "M11": (_("Refund notice"), _("When a refund is recorded.")),
    "M12": (_("Cancellation notice"), _("When an order is cancelled before shipping.")),
    "M17": (_("Request to change payment"), _("Written by hand from the order.")),
    "FREE": (_("Free mail"), _("What a mail written by hand begins with.")),
}
#: Kinds a person writes from the order page, in the order offered.
BY_HAND = ("FREE", "M06", "M09", "M17")


def register() -> None:
    """Declare every kind; called once at the start."""
    for place, (key, (label, when)) in enumerate(LABELS.items()):
        subject, text = TEXTS[key]
        wants = ("our_no",) if key == "M02" else ("order_no",)
        kinds.add(
            MailKind(
                key, label, subject, text, variables.of(key), partial(sample_of, key), order=place,
                to_shop=key == "M02", wants=wants, help=when,
            )
        )  # fmt: skip
