"""Words stored in the rows of stores, with what people read for each."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class StoreKind(models.TextChoices):
    """How orders of a selling place come about."""

    OWN = "own", _("Own shop")
    MALL = "mall", _("Mall")
    CART = "cart", _("Cart service")
    PHONE = "phone", _("Phone")
    FAX = "fax", _("Fax")
    API = "api", _("API")


class WhenShort(models.TextChoices):
    """What happens to an order for which stock does not suffice."""

    ACCEPT = "accept", _("Take the order and record what is short")
    REFUSE = "refuse", _("Refuse the order")


class ShipPolicy(models.TextChoices):
    """Whether an order may go out in parts."""

    ALL = "all", _("Only when everything is there")
    PARTIAL = "partial", _("In parts as goods arrive")


class MailSender(models.TextChoices):
    """Who sends one kind of mail for one store (MAIL-13)."""

    US = "us", _("We send it")
    STORE = "store", _("The store sends it")
    NOBODY = "nobody", _("Nobody sends it")


class TaxCode(models.TextChoices):
    """Consumption tax classes (TAX-1, TAX-6)."""

    STD = "std", _("Standard rate")
    RED = "red", _("Reduced rate")
    EXEMPT = "exempt", _("Export exempt")
    NONTAX = "nontax", _("Non-taxable")
    OUT = "out", _("Out of scope")


class TaxRounding(models.TextChoices):
    """How a fraction of a yen of tax is dropped, once per rate and document (TAX-10)."""

    FLOOR = "floor", _("Round down")
    ROUND = "round", _("Round half up")
    CEIL = "ceil", _("Round up")


class PriceBasis(models.TextChoices):
    """Whether the shop's prices include consumption tax."""

    INCL = "incl", _("Tax included")
    EXCL = "excl", _("Tax excluded")


#: Kinds of mail for which a store may say who sends them. M02 goes to our own staff and is always ours.
MAIL_KINDS = {
    "M01": _("Order received (automatic reply)"),
    "M03": _("Order confirmation"),
    "M04": _("Bank transfer instructions"),
    "M05": _("Payment received"),
    "M06": _("Payment reminder"),
    "M07": _("Shipping notice"),
    "M08": _("Cash on delivery notice"),
    "M09": _("Arrival delay or out of stock"),
    "M10": _("Delivery delay"),
    "M11": _("Refund notice"),
    "M12": _("Cancellation notice"),
    "M13": _("Return and exchange instructions"),
    "M14": _("Request for a review"),
    "M15": _("Follow-up"),
    "M17": _("Request to change payment"),
}

#: What the law wants on the page of every mail-order shop besides who sells (LAW-1), in the order shown.
LEGAL_FIELDS = {
    "price": _("Price and shipping fee"),
    "other_charges": _("Charges besides the price"),
    "payment": _("When and how to pay"),
    "delivery": _("When goods are delivered"),
    "returns": _("Returns and cancellation"),
    "limits": _("Quantity limits and special conditions"),
    "offer_period": _("How long the offer holds"),
    "environment": _("Software environment"),
    "liability": _("Liability for defects"),
    "subscription": _("Subscription terms"),
}
#: Fields of LEGAL_FIELDS every shop has to fill; the others may be left out where they do not apply.
LEGAL_REQUIRED = ("price", "other_charges", "payment", "delivery", "returns")

#: Presets whose files come from many carts, so that who sends mails is asked at the first import (MAIL-13).
PRESETS_THAT_ASK = frozenset({"nextengine", "custom"})
