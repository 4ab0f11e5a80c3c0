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
    MOVED_IN = "moved_in", _("Moved here from another part")
    MOVED_OUT = "moved_out", _("Moved to another part")
    AUTH_IN = "auth_in", _("Authorisation moved here from another part")
    AUTH_OUT = "auth_out", _("Authorisation moved to another part")
    AUTH_OVER = "auth_over", pgettext_lazy("ledger", "Authorisation over")


#: Kinds by which the shop has received money, and by which it has given some back.
RECEIVED = (Entry.DEPOSIT, Entry.STORE_PAID, Entry.MOVED_IN)
GIVEN_BACK = (Entry.REFUND, Entry.MOVED_OUT)
#: Kinds by which something is guaranteed, and by which it no longer is.
GUARANTEED = (Entry.AUTHORISED, Entry.AUTH_IN)
UNGUARANTEED = (Entry.AUTH_OUT, Entry.AUTH_OVER)
#: What a person may take back; an authorisation is the store's word.
REVERSIBLE = (Entry.DEPOSIT, Entry.STORE_PAID, Entry.REFUND, Entry.WRITE_OFF)


class RefundMethod(TextChoices):
    """How money went back."""

    BANK = "bank", _("Bank transfer")
    CARD = "card", _("To the card")
    STORE = "store", _("By the store")
    POINTS = "points", _("As points")
    OTHER = "other", _("Another way")


class Asked(TextChoices):
    """Where a refund stands that needs the word of a second person (T26)."""

    ASKED = "asked", _("Waits for approval")
    APPROVED = "approved", pgettext_lazy("refund", "Approved")
    DECLINED = "declined", pgettext_lazy("refund", "Not approved")


class AuthState(TextChoices):
    """How an authorisation stands (ORD-63)."""

    LIVE = "live", pgettext_lazy("authorisation", "Valid")
    OVER = "over", pgettext_lazy("authorisation", "Run out")
    REPLACED = "replaced", pgettext_lazy("authorisation", "Replaced")
    MOVED = "moved", pgettext_lazy("authorisation", "Moved to another part")
    VOID = "void", pgettext_lazy("authorisation", "Voided")


class SettlementKind(TextChoices):
    """Who pays several orders at once."""

    BUYER = "buyer", _("One deposit for several orders")
    CARRIER = "carrier", _("Statement of a carrier or agency")
