"""The words of the money ledger. Data only."""

from __future__ import annotations

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Entry(TextChoices):
    """What a line of the ledger says happened; amounts are positive yen, the kind gives the sign."""

    DEPOSIT = "deposit", _("Deposit")
    STORE_PAID = "store_paid", _("Paid at the store")
    AUTHORISED = "authorised", _("Authorised at the store")
    REFUND = "refund", _("Refund")
    WRITE_OFF = "write_off", _("Rest written off")
    REVERSAL = "reversal", pgettext_lazy("ledger", "Reversal")


#: Kinds by which the shop has received money, and by which it has given some back.
RECEIVED = (Entry.DEPOSIT, Entry.STORE_PAID)
GIVEN_BACK = (Entry.REFUND,)
#: What a person may take back; an authorisation is the store's word.
REVERSIBLE = (Entry.DEPOSIT, Entry.STORE_PAID, Entry.REFUND, Entry.WRITE_OFF)


class RefundMethod(TextChoices):
    """How money went back."""

    BANK = "bank", _("Bank transfer")
    CARD = "card", _("To the card")
    STORE = "store", _("By the store")
    POINTS = "points", _("As points")
    OTHER = "other", _("Another way")
