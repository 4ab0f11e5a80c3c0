"""Calls: what a clerk has begun to type, and what was read out before the order was placed."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from akinai.shop.stores.states import StoreKind


class CallBy(models.TextChoices):
    """How the buyer ordered."""

    PHONE = "phone", _("Phone")
    FAX = "fax", _("Fax")


#: Stores whose orders are typed by hand.
TYPED_KINDS = frozenset({StoreKind.PHONE, StoreKind.FAX})


class OrderCall(models.Model):
    """One phone call or FAX. `key` names the form: one form makes one order, however often it is sent (R24, REL-5).

    While it has no order it is a draft and `typed` holds the form as it stood. Afterwards `read_out` holds, as pairs
    of title and text, what the buyer was told before the button (LAW-2), and by whom and when.
    """

    key = models.CharField(max_length=12, unique=True)
    how = models.CharField(max_length=6, choices=CallBy.choices, default=CallBy.PHONE)
    order = models.OneToOneField("orders.Order", on_delete=models.CASCADE, null=True, blank=True, related_name="call")
    at = models.DateTimeField()
    by = models.CharField(max_length=60)
    by_label = models.CharField(max_length=100, blank=True)
    typed = models.JSONField(default=dict)
    #: what was sent when the order was placed, so that the same form with another content is noticed
    fingerprint = models.CharField(max_length=64, blank=True)
    read_out = models.JSONField(default=list)

    class Meta:
        ordering = ["-at", "-id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(order__isnull=True) | ~Q(fingerprint=""), name="calls_placed_have_fingerprint"
            ),
        ]
        indexes = [models.Index(fields=["-at"], name="calls_begun", condition=Q(order__isnull=True))]

    def __str__(self) -> str:
        return self.key


class CallSheet(models.Model):
    """A FAX sheet or order form on paper that came with a call, kept as it came. The file lies under a random name."""

    call = models.ForeignKey(OrderCall, on_delete=models.CASCADE, related_name="sheets")
    name = models.CharField(max_length=150)
    stored = models.CharField(max_length=60, unique=True)
    content_type = models.CharField(max_length=30)
    size = models.PositiveIntegerField()
    #: SHA-256, so that the same sheet sent twice is there once
    digest = models.CharField(max_length=64)
    at = models.DateTimeField()
    by = models.CharField(max_length=60)
    by_label = models.CharField(max_length=100, blank=True)

    class Meta:
        ordering = ["id"]
        constraints = [models.UniqueConstraint(fields=["call", "digest"], name="sheets_once_a_call")]

    def __str__(self) -> str:
        return self.name

    @property
    def is_picture(self) -> bool:
        """True if it is shown as a picture, False for a PDF."""
        return self.content_type != "application/pdf"
