"""People who bought. Rows are made from orders and never rewritten by a merge: `merged_into` points on (AN-10)."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from akinai.foundation.accounts.models import Language
from akinai.foundation.core import clock
from akinai.foundation.ui import html


class Customer(models.Model):
    """One person or company as the shop knows them. The `…_key` columns are the folded forms that matching uses."""

    name = models.CharField(max_length=120, blank=True)
    kana = models.CharField(max_length=120, blank=True)
    company = models.CharField(max_length=120, blank=True)
    phone = models.CharField(max_length=40, blank=True)
    mail = models.CharField(max_length=254, blank=True)
    postcode = models.CharField(max_length=10, blank=True)
    prefecture = models.CharField(max_length=10, blank=True)
    address1 = models.CharField(max_length=255, blank=True)
    address2 = models.CharField(max_length=255, blank=True)
    note = models.TextField(blank=True)
    #: what their mails are written in; none: as at the store they buy from (MAIL-12). It may be null: SQLite then adds
    #: the column in place, where a rebuilt table would lose the triggers of the search
    language = models.CharField(max_length=5, choices=Language.choices, null=True, blank=True)
    name_key = models.CharField(max_length=120, blank=True, editable=False)
    phone_key = models.CharField(max_length=40, blank=True, editable=False)
    #: lower-case address; empty for addresses lent by a mall
    mail_key = models.CharField(max_length=254, blank=True, editable=False)
    address_key = models.CharField(max_length=520, blank=True, editable=False)
    #: the strongest key the customer was made under; two imports at once cannot make the same person twice
    identity = models.CharField(max_length=700, unique=True, null=True, editable=False)
    merged_into = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="merged", editable=False
    )
    #: whom a person named when merging; `merged_into` is where that ends, so that reading needs one step
    joined_to = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="joined", editable=False
    )
    search_text = models.TextField(blank=True, editable=False)
    created_at = models.DateTimeField(default=clock.now, editable=False)

    class Meta:
        ordering = ["-id"]
        indexes = [
            models.Index(fields=["mail_key"], name="customers_mail", condition=~models.Q(mail_key="")),
            models.Index(fields=["phone_key", "name_key"], name="customers_phone", condition=~models.Q(phone_key="")),
            models.Index(fields=["name_key", "address_key"], name="customers_name"),
        ]

    def __str__(self) -> str:
        return self.name or self.company or self.mail

    @property
    def address(self) -> str:
        """`〒106-0032 東京都港区…` in one line; what is missing is left out."""
        code = f"〒{html.postcode(self.postcode)}" if self.postcode else ""
        return " ".join(part for part in (code, self.prefecture + self.address1, self.address2) if part)


class Level(models.TextChoices):
    """CS-40: how careful to be with somebody on the attention list."""

    ATTENTION = "attention", pgettext_lazy("level", "Take care")
    PREPAID = "prepaid", pgettext_lazy("level", "Prepayment only")
    STOP = "stop", pgettext_lazy("level", "No more business")


class AttentionQuerySet(models.QuerySet["Attention"]):
    """Entries of the attention list."""

    def in_force(self) -> AttentionQuerySet:
        """Those nobody has ended and whose last day (JST) has not passed."""
        return self.filter(ended_at=None).filter(models.Q(until=None) | models.Q(until__gte=clock.today()))


class Attention(models.Model):
    """要注意リスト (CS-40): why orders of a customer are looked at first. Never shown to buyers.

    The `…_key` columns are what orders are compared with, as they were when the entry was written; an empty one is not
    compared. An entry is a proposal until a manager has approved it. `until` is its last day (JST). Ended entries stay.
    """

    customer = models.ForeignKey(Customer, on_delete=models.PROTECT, related_name="attention")
    level = models.CharField(_("Level"), max_length=10, choices=Level.choices)
    reason = models.TextField(_("Reason"))
    evidence = models.TextField(_("What shows it"), blank=True)
    until = models.DateField(null=True, blank=True)
    mail_key = models.CharField(max_length=254, blank=True)
    phone_key = models.CharField(max_length=40, blank=True)
    #: postcode and address
    address_key = models.CharField(max_length=520, blank=True)
    #: name and address without the postcode
    name_place_key = models.CharField(max_length=650, blank=True)
    listed_at = models.DateTimeField(default=clock.now)
    listed_by = models.CharField(max_length=60)
    listed_by_label = models.CharField(max_length=100, blank=True)
    approved_at = models.DateTimeField(null=True, blank=True)
    approved_by = models.CharField(max_length=60, blank=True)
    approved_by_label = models.CharField(max_length=100, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_by = models.CharField(max_length=60, blank=True)
    ended_by_label = models.CharField(max_length=100, blank=True)
    ended_why = models.TextField(blank=True)

    objects = AttentionQuerySet.as_manager()

    class Meta:
        ordering = ["-id"]
        indexes = [
            models.Index(fields=[field], name=f"attention_{field[:-4]}", condition=~models.Q(**{field: ""}))
            for field in ("mail_key", "phone_key", "address_key", "name_place_key")
        ]

    def __str__(self) -> str:
        return str(self.get_level_display())

    @property
    def state(self) -> str:
        """proposed, active, over (its last day has passed) or ended."""
        if self.ended_at is not None:
            return "ended"
        if self.until is not None and self.until < clock.today():
            return "over"
        return "active" if self.approved_at else "proposed"
