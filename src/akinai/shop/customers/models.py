"""People who bought. Rows are made from orders and never rewritten by a merge: `merged_into` points on (AN-10)."""

from __future__ import annotations

from django.db import models

from akinai.foundation.core import clock


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
        """Postcode and address in one line."""
        return " ".join(part for part in (self.postcode, self.prefecture + self.address1, self.address2) if part)
