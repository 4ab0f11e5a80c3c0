"""The money ledger of each order: append only, corrected by an opposite entry (GEN-4)."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.db.models import Q

from . import states


class Settlement(models.Model):
    """One sum on the account for several orders: a buyer's transfer, or what a carrier or agency hands over (T19).

    `paid` is what came in, `fee` what the carrier kept, yen; together they are the sum of the entries (PAY-20).
    """

    kind = models.CharField(max_length=10, choices=states.SettlementKind.choices)
    on = models.DateField()
    paid = models.BigIntegerField()
    fee = models.BigIntegerField(default=0)
    reference = models.CharField(max_length=200, blank=True)
    note = models.TextField(blank=True)
    at = models.DateTimeField()
    by = models.CharField(max_length=60)
    by_label = models.CharField(max_length=100, blank=True)
    key = models.CharField(max_length=200, unique=True)

    class Meta:
        ordering = ["-id"]
        constraints = [models.CheckConstraint(condition=Q(paid__gt=0) & Q(fee__gte=0), name="settlement_amounts")]

    def __str__(self) -> str:
        return f"{self.kind} {self.paid}"

    @property
    def subject(self) -> str:
        """The text by which the foundation names it."""
        return f"settlement:{self.pk}"


class LedgerEntry(models.Model):
    """One thing that happened to an order's money. `amount` is yen, above zero; `occurred_on` is a JST date.

    `key` names the occasion, so that the same one is never written twice. A reversal points at what it takes back and
    has the same amount.
    """

    order = models.ForeignKey("orders.Order", on_delete=models.PROTECT, related_name="ledger")
    kind = models.CharField(max_length=12, choices=states.Entry.choices)
    amount = models.BigIntegerField()
    occurred_on = models.DateField()
    at = models.DateTimeField()
    actor = models.CharField(max_length=60)
    actor_label = models.CharField(max_length=100, blank=True)
    key = models.CharField(max_length=200, unique=True)
    reference = models.CharField(max_length=200, blank=True)
    payer_name = models.CharField(max_length=200, blank=True)
    method = models.CharField(max_length=20, blank=True)
    note = models.TextField(blank=True)
    settlement = models.ForeignKey(Settlement, on_delete=models.PROTECT, null=True, blank=True, related_name="entries")
    reverses = models.OneToOneField("self", on_delete=models.PROTECT, null=True, blank=True, related_name="reversed_by")

    class Meta:
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(condition=Q(amount__gt=0), name="ledger_amount_positive"),
            models.CheckConstraint(
                condition=Q(kind="reversal", reverses__isnull=False) | (~Q(kind="reversal") & Q(reverses__isnull=True)),
                name="ledger_reversal_points",
            ),
        ]
        indexes = [
            models.Index(fields=["order", "id"], name="ledger_of_order"),
            models.Index(fields=["-occurred_on", "-id"], name="ledger_latest"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.amount}"

    @property
    def signed(self) -> int:
        """Yen with the sign people read: what went out is negative, what a reversal undoes has the other sign."""
        if self.kind == states.Entry.REVERSAL and self.reverses is not None:
            return -self.reverses.signed
        is_less = self.kind in states.GIVEN_BACK or self.kind in states.UNGUARANTEED
        return -self.amount if is_less else self.amount

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Insert only: the ledger is appended to (GEN-4)."""
        if not self._state.adding:
            raise TypeError("an entry of the ledger is never changed")
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        """Refused: the ledger is appended to (GEN-4)."""
        raise TypeError("an entry of the ledger is never deleted")


class RefundRequest(models.Model):
    """A refund typed by hand that needs the word of a second person before the money goes (T26). `amount` is yen."""

    order = models.ForeignKey("orders.Order", on_delete=models.PROTECT, related_name="refund_requests")
    amount = models.BigIntegerField()
    note = models.TextField(blank=True)
    state = models.CharField(max_length=10, choices=states.Asked.choices, default=states.Asked.ASKED)
    asked_at = models.DateTimeField()
    asked_by = models.CharField(max_length=60)
    asked_by_label = models.CharField(max_length=100, blank=True)
    decided_at = models.DateTimeField(null=True, blank=True)
    decided_by = models.CharField(max_length=60, blank=True)
    decided_by_label = models.CharField(max_length=100, blank=True)
    answer = models.TextField(blank=True)

    class Meta:
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(condition=Q(amount__gt=0), name="refund_request_amount_positive"),
            models.CheckConstraint(condition=~Q(asked_by=models.F("decided_by")) | ~Q(state="approved"),
                                   name="refund_request_two_people"),
            models.UniqueConstraint(fields=["order"], condition=Q(state="asked"), name="refund_request_open_once"),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.state} {self.amount}"


class Authorisation(models.Model):
    """What a card, ID payment or agency stands for and until when (PAY-5, ORD-63). `amount` is yen incl. tax.

    `expires_on` is the last JST day on which it can be captured; None where nobody knows. The sum of the live ones is
    what the ledger of the order guarantees.
    """

    order = models.ForeignKey("orders.Order", on_delete=models.PROTECT, related_name="authorisations")
    amount = models.BigIntegerField()
    authorised_on = models.DateField()
    expires_on = models.DateField(null=True, blank=True)
    reference = models.CharField(max_length=200, blank=True)
    state = models.CharField(max_length=10, choices=states.AuthState.choices, default=states.AuthState.LIVE)
    at = models.DateTimeField()
    by = models.CharField(max_length=60)
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["id"]
        constraints = [models.CheckConstraint(condition=Q(amount__gt=0), name="authorisation_amount_positive")]
        indexes = [
            models.Index(fields=["order", "id"], name="authorisations_of_order"),
            models.Index(fields=["expires_on"], name="authorisations_live", condition=Q(state="live")),
        ]

    def __str__(self) -> str:
        return f"{self.state} {self.amount}"


class BankCheck(models.Model):
    """Somebody has read the passbook: every deposit up to the end of the JST day `through` is recorded (PAY-6).

    The latest row counts, so that a slip of the finger is put right by writing the right day.
    """

    through = models.DateField()
    at = models.DateTimeField()
    by = models.CharField(max_length=60)
    by_label = models.CharField(max_length=100, blank=True)

    class Meta:
        ordering = ["-id"]

    def __str__(self) -> str:
        return f"{self.through:%Y-%m-%d}"


class Revival(models.Model):
    """PAY-8: an order cancelled as unpaid was paid after all and taken again, as an order of its own."""

    order = models.OneToOneField("orders.Order", on_delete=models.PROTECT, related_name="taken_again")
    child = models.OneToOneField("orders.Order", on_delete=models.PROTECT, related_name="continues")
    at = models.DateTimeField()
    by = models.CharField(max_length=60)

    def __str__(self) -> str:
        return f"{self.order_id} → {self.child_id}"
