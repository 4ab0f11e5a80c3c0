"""Words stored for goods; the labels are what people see."""

from __future__ import annotations

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Supply(TextChoices):
    """How a SKU comes to be sold: from the shelf, ordered in, before its release, or made when ordered."""

    STOCK = "stock", _("From stock")
    BACKORDER = "backorder", _("Ordered in")
    PREORDER = "preorder", _("Pre-order")
    MADE = "made", _("Made to order")


class Temperature(TextChoices):
    """How goods must travel; the words are those of delivery services."""

    NORMAL = "normal", _("Normal temperature")
    CHILLED = "chilled", _("Chilled")
    FROZEN = "frozen", _("Frozen")


class TaxClass(TextChoices):
    """Tax codes; the percentage in force on a day is a row of `stores.TaxRate`."""

    STANDARD = "std", _("Standard rate")
    REDUCED = "red", _("Reduced rate")
    EXEMPT = "exempt", _("Exempt")
    NON_TAXABLE = "nontax", _("Not taxable")
    OUT_OF_SCOPE = "out", _("Outside the tax")
