"""Words stored in the rows of terms, with what people read for each."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class Timing(models.TextChoices):
    """Whether goods wait for the money."""

    PREPAID = "prepaid", _("Paid before shipping")
    POSTPAID = "postpaid", _("Paid after shipping")


class MethodKind(models.TextChoices):
    """What kind of payment a method is: decides how money is confirmed and given back."""

    BANK_TRANSFER = "bank_transfer", _("Bank transfer")
    POSTAL_TRANSFER = "postal_transfer", _("Postal transfer")
    CARD = "card", _("Credit card")
    WALLET = "wallet", _("ID payment")
    CARRIER_BILLING = "carrier_billing", _("Carrier billing")
    KONBINI = "konbini", _("Convenience store (prepaid)")
    COD = "cod", _("Cash on delivery")
    DEFERRED = "deferred", _("Deferred payment")
    INVOICE = "invoice", _("Open account (monthly invoice)")
    STORE = "store", _("Paid at the store")
    NONE = "none", _("Nothing to pay")


class Handover(models.TextChoices):
    """How a parcel reaches the recipient."""

    HAND = "hand", _("Handed over")
    POST_BOX = "post_box", _("Post box")


class TrackingCheck(models.TextChoices):
    """What a failed check digit does (SHP-50)."""

    REFUSE = "refuse", _("Refuse")
    WARN = "warn", _("Warn")
    NONE = "none", _("No check")


class Cool(models.TextChoices):
    """The temperature a service keeps (SHP-31)."""

    NORMAL = "normal", _("Normal temperature")
    CHILLED = "chilled", _("Chilled")
    FROZEN = "frozen", _("Frozen")


class AddressLayout(models.TextChoices):
    """Which label's fields an address has to fit (SHP-32)."""

    B2 = "b2", _("B2 Cloud (32 + 16 characters)")
    EHIDEN = "ehiden", _("e-Hiden (16 x 3 characters)")
    YUPRI = "yupri", _("Yu-Pri R (25 x 3 characters)")
    CLICKPOST = "clickpost", _("Click Post (20 x 4 characters)")
    NONE = "none", _("No limit")
