"""The hand-over note: one text a day, and who has read it."""

from __future__ import annotations

from django.db import models
from django.db.models import Q


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
