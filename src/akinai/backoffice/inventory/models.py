"""Stock: balances that only movements change, and reservations that say who was promised what.

Nothing outside `ledger.py` writes `Stock`, `Movement` or `Reservation`.
"""

from __future__ import annotations

from typing import Any

from django.db import models
from django.db.models import F, Q

from akinai.foundation.core import clock
from akinai.shop.catalog.models import Sku

from .states import Kind, PlaceKind, Reason


class Place(models.Model):
    """A warehouse or part of one that is counted on its own (INV-40). Orders reserve at the default place."""

    code = models.CharField(max_length=40, unique=True)
    name = models.CharField(max_length=80)
    kind = models.CharField(max_length=12, choices=PlaceKind, default=PlaceKind.STORAGE)
    is_default = models.BooleanField(default=False)

    class Meta:
        ordering = ["-is_default", "code"]
        constraints = [
            models.UniqueConstraint(fields=["is_default"], condition=Q(is_default=True), name="inventory_one_default"),
        ]

    def __str__(self) -> str:
        return self.name


class Stock(models.Model):
    """The balance of one SKU at one place, in pieces (INV-1): what is not there is short, never reserved."""

    sku = models.ForeignKey(Sku, on_delete=models.PROTECT, related_name="stocks")
    place = models.ForeignKey(Place, on_delete=models.PROTECT, related_name="stocks")
    on_hand = models.IntegerField(default=0)
    blocked = models.IntegerField(default=0)
    reserved = models.IntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["sku", "place"], name="inventory_stock_once"),
            models.CheckConstraint(condition=Q(reserved__gte=0), name="inventory_reserved_not_negative"),
            models.CheckConstraint(condition=Q(blocked__gte=0), name="inventory_blocked_not_negative"),
            models.CheckConstraint(
                condition=Q(on_hand__gte=F("reserved") + F("blocked")), name="inventory_never_oversold"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.sku_id}@{self.place_id}"

    @property
    def free(self) -> int:
        """Pieces nobody was promised: on hand - blocked - reserved."""
        return self.on_hand - self.blocked - self.reserved


class Movement(models.Model):
    """One line of the ledger: what changed, by whom, why, and the balances afterwards. Never changed or deleted."""

    sku = models.ForeignKey(Sku, on_delete=models.PROTECT, related_name="movements")
    place = models.ForeignKey(Place, on_delete=models.PROTECT, related_name="movements", db_index=False)
    kind = models.CharField(max_length=12, choices=Kind)
    on_hand = models.IntegerField(default=0)
    blocked = models.IntegerField(default=0)
    reserved = models.IntegerField(default=0)
    on_hand_after = models.IntegerField()
    blocked_after = models.IntegerField()
    reserved_after = models.IntegerField()
    #: what it was for, such as `R-1042/2`; empty for stock work by hand
    reference = models.CharField(max_length=80, blank=True)
    reason = models.CharField(max_length=12, choices=Reason, blank=True)
    note = models.CharField(max_length=255, blank=True)
    actor = models.CharField(max_length=80)
    actor_label = models.CharField(max_length=80, blank=True)
    at = models.DateTimeField(default=clock.now)

    class Meta:
        ordering = ["-id"]
        indexes = [
            models.Index(fields=["sku", "place", "-id"], name="inventory_ledger"),
            models.Index(fields=["reference"], name="inventory_reference", condition=~Q(reference="")),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.reference}".strip()

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Insert only: the ledger is appended to."""
        if not self._state.adding:
            raise TypeError("a movement is never changed")
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        """Refused: the ledger is appended to."""
        raise TypeError("a movement is never deleted")

    @property
    def order(self) -> str:
        """The part of the reference before the line: an order's number."""
        return self.reference.rpartition("/")[0] or self.reference

    @property
    def free_after(self) -> int:
        """Free pieces after this movement."""
        return self.on_hand_after - self.blocked_after - self.reserved_after


class Reservation(models.Model):
    """Pieces promised to one reference, `<order number>/<line no>`, or a cart with an expiry: what was allocated."""

    reference = models.CharField(max_length=80)
    sku = models.ForeignKey(Sku, on_delete=models.PROTECT, related_name="reservations", db_index=False)
    place = models.ForeignKey(Place, on_delete=models.PROTECT, related_name="reservations", db_index=False)
    quantity = models.PositiveIntegerField()
    expires_at = models.DateTimeField(null=True, blank=True)
    created_at = models.DateTimeField(default=clock.now)

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["reference", "sku", "place"], name="inventory_reservation_once"),
            models.CheckConstraint(condition=Q(quantity__gte=1), name="inventory_reservation_positive"),
        ]
        indexes = [
            models.Index(fields=["sku", "place"], name="inventory_promised"),
            models.Index(fields=["expires_at"], name="inventory_expiry", condition=Q(expires_at__isnull=False)),
        ]

    def __str__(self) -> str:
        return f"{self.reference}: {self.quantity}"
