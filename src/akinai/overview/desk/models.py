"""What the desk remembers: promises to buyers, and the hand-over note of each day with its readers."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from akinai.backoffice.orders.states import Promised

from .states import Outcome


class HandoverNote(models.Model):
    """引き継ぎ of one business day (JST). `edition` grows with each change: a changed note must be read again."""

    day = models.DateField(unique=True)
    text = models.TextField()
    edition = models.PositiveIntegerField(default=1)
    written_at = models.DateTimeField()
    by = models.CharField(max_length=60)
    by_label = models.CharField(max_length=100, blank=True)

    class Meta:
        ordering = ["-day"]
        constraints = [models.CheckConstraint(condition=~Q(text=""), name="desk_note_has_words")]

    def __str__(self) -> str:
        return f"{self.day} {self.text[:40]}"

    @property
    def subject(self) -> str:
        """The text by which the foundation names this note."""
        return f"handover:{self.pk}"


class HandoverRead(models.Model):
    """Somebody has read one edition of a note."""

    note = models.ForeignKey(HandoverNote, on_delete=models.CASCADE, related_name="reads")
    edition = models.PositiveIntegerField()
    by = models.CharField(max_length=60)
    by_label = models.CharField(max_length=100, blank=True)
    at = models.DateTimeField()

    class Meta:
        ordering = ["at"]
        constraints = [models.UniqueConstraint(fields=["note", "edition", "by"], name="desk_note_read_once")]

    def __str__(self) -> str:
        return f"{self.by_label} {self.at}"


class Promise(models.Model):
    """What a buyer was promised, until when, and how it ended (N-2). One row for each occasion of a subject.

    `due_at` is fixed when the promise is opened, by the calendar of that day (JST); later changes of the calendar move
    nothing. `kept_by` names the fact that kept it (`mail:12`, `accepted`, `staff:3`). A promise is broken once `due_at`
    passes while it is open or before it ended; nothing else says so, so nothing can disagree.
    """

    subject = models.CharField(max_length=100)
    order = models.ForeignKey("orders.Order", on_delete=models.PROTECT, null=True, blank=True, related_name="promises")
    kind = models.CharField(max_length=12, choices=Promised.choices)
    occasion = models.CharField(max_length=100)
    opened_at = models.DateTimeField()
    due_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)
    outcome = models.CharField(max_length=8, choices=Outcome.choices, default=Outcome.OPEN)
    kept_by = models.CharField(max_length=60, blank=True)

    class Meta:
        ordering = ["due_at", "id"]
        constraints = [
            models.UniqueConstraint(fields=["subject", "kind", "occasion"], name="promises_once"),
            models.CheckConstraint(
                condition=Q(outcome="open", ended_at__isnull=True) | (~Q(outcome="open") & Q(ended_at__isnull=False)),
                name="promises_end_has_time",
            ),
        ]
        indexes = [
            models.Index(fields=["due_at"], name="promises_open", condition=Q(outcome="open")),
            models.Index(fields=["opened_at"], name="promises_waiting", condition=Q(outcome="open")),
            models.Index(fields=["due_at", "kind"], name="promises_by_day"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.subject}"
