"""Cases of goods that come back, what inspection found, what of the sale was reversed, and who owes what for it."""

from __future__ import annotations

from typing import Any, NoReturn

from django.db import models
from django.db.models import F, Q

from akinai.foundation.core import clock

from .states import EXPECTING, OVER, SHOP_FAULT, Cause, ClaimKind, ClaimState, Kind, Reason, Result, State


class Case(models.Model):
    """返品・交換・不着 of one order (1.9). Money is yen including tax; dates are JST.

    `goods_amount` to `refund_amount` are what was asked to be given back; the sale is reversed when it is approved.
    """

    number = models.CharField(max_length=60, unique=True)
    order = models.ForeignKey("orders.Order", on_delete=models.PROTECT, related_name="cases")
    shipment = models.ForeignKey(
        "fulfillment.Shipment", on_delete=models.PROTECT, null=True, blank=True, related_name="cases"
    )
    kind = models.CharField(max_length=14, choices=Kind.choices)
    reason = models.CharField(max_length=14, choices=Reason.choices)
    cause = models.CharField(max_length=10, choices=Cause.choices, blank=True)
    state = models.CharField(max_length=10, choices=State.choices)
    note = models.TextField(blank=True)
    version = models.PositiveIntegerField(default=1)
    opened_at = models.DateTimeField(default=clock.now)
    opened_by = models.CharField(max_length=60)
    opened_by_label = models.CharField(max_length=100, blank=True)
    send_back_by = models.DateField(null=True, blank=True)
    overdue_at = models.DateTimeField(null=True, blank=True)
    received_at = models.DateTimeField(null=True, blank=True)

    goods_amount = models.BigIntegerField(default=0)
    fees_amount = models.BigIntegerField(default=0)
    withheld = models.BigIntegerField(default=0)
    refund_amount = models.BigIntegerField(default=0)
    requested_at = models.DateTimeField(null=True, blank=True)
    requested_by = models.CharField(max_length=60, blank=True)
    requested_by_label = models.CharField(max_length=100, blank=True)
    approved_at = models.DateTimeField(null=True, blank=True)
    approved_by = models.CharField(max_length=60, blank=True)
    approved_by_label = models.CharField(max_length=100, blank=True)

    #: the order that replaces the goods (T27, ORD-78), or sends them again (ORD-77)
    child = models.ForeignKey(
        "orders.Order", on_delete=models.PROTECT, null=True, blank=True, related_name="replaces_in"
    )
    closed_at = models.DateTimeField(null=True, blank=True)
    closed_by = models.CharField(max_length=60, blank=True)
    outcome = models.TextField(blank=True)

    class Meta:
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["shipment", "order"],
                condition=Q(kind=Kind.NON_DELIVERY) & ~Q(state__in=OVER),
                name="returns_one_open_non_delivery",
            ),
            models.CheckConstraint(
                condition=~Q(kind=Kind.NON_DELIVERY) | (Q(shipment__isnull=False) & ~Q(cause="")),
                name="returns_non_delivery_of_a_parcel",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=OVER) | Q(closed_at__isnull=False), name="returns_over_has_time"
            ),
            models.CheckConstraint(condition=Q(refund_amount__gte=0) & Q(withheld__gte=0), name="returns_amounts"),
        ]
        indexes = [
            models.Index(fields=["kind", "-id"], name="returns_open", condition=~Q(state__in=OVER)),
            models.Index(fields=["send_back_by"], name="returns_send_back", condition=Q(state__in=EXPECTING)),
        ]

    def __str__(self) -> str:
        return self.number

    @property
    def subject(self) -> str:
        """The text by which the foundation names this case."""
        return f"case:{self.pk}"

    @property
    def is_over(self) -> bool:
        return self.state in OVER

    @property
    def is_shop_fault(self) -> bool:
        """The shop bears the freights (ORD-72)."""
        return self.reason in SHOP_FAULT

    @property
    def is_expecting(self) -> bool:
        """Goods may still come."""
        return self.state in EXPECTING


class CaseLine(models.Model):
    """So many items of an order line belong to a case; `received` of them are back and inspected."""

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="lines")
    order_line = models.ForeignKey("orders.OrderLine", on_delete=models.PROTECT, related_name="case_lines")
    quantity = models.PositiveIntegerField()
    received = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ["order_line__number"]
        constraints = [
            models.UniqueConstraint(fields=["case", "order_line"], name="returns_line_once"),
            models.CheckConstraint(condition=Q(received__lte=F("quantity")), name="returns_received_within"),
        ]

    def __str__(self) -> str:
        return f"{self.received} / {self.quantity}"

    @property
    def missing(self) -> int:
        """Items that are not back."""
        return self.quantity - self.received


class AppendOnly(TypeError):
    """Somebody tried to change or delete what is only ever added to."""


class _Kept(models.Model):
    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Insert; a row that exists is refused (GEN-4)."""
        if not self._state.adding:
            raise AppendOnly("this is never changed")
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> NoReturn:
        """Refused (GEN-4)."""
        raise AppendOnly("this is never deleted")


class Inspection(_Kept):
    """検品: what a person found of so many items, and where they went (ORD-73). `pieces` are those of the SKU."""

    line = models.ForeignKey(CaseLine, on_delete=models.PROTECT, related_name="inspections")
    result = models.CharField(max_length=1, choices=Result.choices)
    quantity = models.PositiveIntegerField()
    pieces = models.PositiveIntegerField()
    sku = models.ForeignKey("catalog.Sku", on_delete=models.PROTECT, related_name="+")
    #: what makes a form that is sent twice count once (R94)
    key = models.CharField(max_length=80, unique=True)
    note = models.CharField(max_length=255, blank=True)
    at = models.DateTimeField(default=clock.now)
    by = models.CharField(max_length=60)
    by_label = models.CharField(max_length=100, blank=True)

    class Meta:
        ordering = ["id"]
        constraints = [models.CheckConstraint(condition=Q(quantity__gte=1), name="returns_inspected_some")]

    def __str__(self) -> str:
        return f"{self.result} × {self.quantity}"


class SaleReversal(_Kept):
    """売上取消 (ORD-79): so much of a sale was reversed, dated the day it was, by rate as originally taxed (TAX-50).

    `rates` is [{"rate", "gross", "tax"}]; `amount` is what the buyer owes less, `points` what goes back as points.
    """

    number = models.CharField(max_length=60, unique=True)
    order = models.ForeignKey("orders.Order", on_delete=models.PROTECT, related_name="reversals")
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="reversals")
    on = models.DateField()
    rates = models.JSONField(default=list)
    amount = models.BigIntegerField()
    points = models.BigIntegerField(default=0)
    at = models.DateTimeField(default=clock.now)
    by = models.CharField(max_length=60)

    class Meta:
        ordering = ["id"]
        constraints = [models.CheckConstraint(condition=Q(amount__gte=0) & Q(points__gte=0), name="reversal_amounts")]

    def __str__(self) -> str:
        return f"{self.number} {self.amount}"


class Claim(models.Model):
    """請求: what the buyer or the carrier owes because of a case; collectable, not assumed paid (ORD-76, ORD-78).

    `order` is the one it belongs to: the order that replaces the goods where those are billed (ORD-75).
    """

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="claims")
    order = models.ForeignKey("orders.Order", on_delete=models.PROTECT, related_name="claims")
    kind = models.CharField(max_length=8, choices=ClaimKind.choices)
    amount = models.BigIntegerField()
    state = models.CharField(max_length=8, choices=ClaimState.choices, default=ClaimState.OPEN)
    note = models.TextField(blank=True)
    at = models.DateTimeField(default=clock.now)
    by = models.CharField(max_length=60)
    paid_on = models.DateField(null=True, blank=True)
    paid_amount = models.BigIntegerField(default=0)
    settled_at = models.DateTimeField(null=True, blank=True)
    settled_by = models.CharField(max_length=60, blank=True)

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["case", "kind"], name="claim_once_a_kind"),
            models.CheckConstraint(condition=Q(amount__gte=1), name="claim_amount_positive"),
        ]
        indexes = [models.Index(fields=["order"], name="claims_open", condition=Q(state=ClaimState.OPEN))]

    def __str__(self) -> str:
        return f"{self.kind} {self.amount}"

    @property
    def is_open(self) -> bool:
        return self.state == ClaimState.OPEN
