"""Words stored in the stock ledger; the labels are what people see."""

from __future__ import annotations

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Kind(TextChoices):
    """What a movement was."""

    RESERVE = "reserve", _("Reserved")
    RELEASE = "release", _("Reservation released")
    EXPIRE = "expire", _("Reservation expired")
    SHIP = "ship", _("Shipped")
    UNSHIP = "unship", _("Shipping undone")
    RECEIVE = "receive", _("Received")
    ADJUST = "adjust", _("Corrected")
    BLOCK = "block", _("Blocked")
    UNBLOCK = "unblock", _("Unblocked")
    TRANSFER_OUT = "transfer_out", _("Moved out")
    TRANSFER_IN = "transfer_in", _("Moved in")


class Reason(TextChoices):
    """Why a person changed the stock by hand."""

    OPENING = "opening", _("Opening stock")
    PURCHASE = "purchase", _("Purchase")
    RETURN = "return", _("Return from a buyer")
    MADE = "made", _("Made here")
    COUNT = "count", _("Stock count")
    DAMAGE = "damage", _("Damage")
    LOSS = "loss", _("Loss")
    SAMPLE = "sample", _("Sample")
    INSPECTION = "inspection", _("Inspection")
    OTHER = "other", _("Other reason")


#: which reasons a form offers
RECEIVE_REASONS = (Reason.PURCHASE, Reason.RETURN, Reason.MADE, Reason.OPENING, Reason.OTHER)
ADJUST_REASONS = (Reason.COUNT, Reason.DAMAGE, Reason.LOSS, Reason.SAMPLE, Reason.OTHER)
BLOCK_REASONS = (Reason.DAMAGE, Reason.INSPECTION, Reason.COUNT, Reason.OTHER)


class PlaceKind(TextChoices):
    """What a place is for (INV-40)."""

    STORAGE = "storage", _("Storage")
    RETURNS = "returns", _("Returns")
    DEFECTIVE = "defective", _("Defective goods")
