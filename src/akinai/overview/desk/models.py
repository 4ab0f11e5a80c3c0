"""What the desk remembers: promises to buyers, and the hand-over note of each day with its readers."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Func, Q

from akinai.backoffice.orders.states import Promised

from .states import Ending, Outcome


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


class StillOwed(Func):
    """True of promises that are open, written as the partial indexes write it (see `orders.models.StillOpen`)."""

    template = "%(expressions)s = 'open'"
    output_field = models.BooleanField()

    def __init__(self) -> None:
        super().__init__(F("outcome"))


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


class ContactTask(models.Model):
    """A buyer whom somebody has to reach now (R34): the shop cannot do what they wish, or a person said so.

    `check_reason` is what asked for it, `reason` a person's own words. The phone number is the order's, read when it
    is shown. `tries` counts calls nobody answered; `result` is what came of it (R109).
    """

    order = models.ForeignKey("orders.Order", on_delete=models.PROTECT, related_name="contact_tasks")
    check_reason = models.OneToOneField(
        "orders.CheckReason", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    reason = models.TextField(blank=True)
    opened_at = models.DateTimeField()
    opened_by = models.CharField(max_length=60)
    tries = models.PositiveIntegerField(default=0)
    tried_at = models.DateTimeField(null=True, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)
    closed_by = models.CharField(max_length=60, blank=True)
    closed_by_label = models.CharField(max_length=100, blank=True)
    ending = models.CharField(max_length=8, choices=Ending.choices, blank=True)
    result = models.TextField(blank=True)

    class Meta:
        ordering = ["opened_at", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(closed_at__isnull=True, ending="") | (Q(closed_at__isnull=False) & ~Q(ending="")),
                name="contacts_end_has_time",
            ),
            models.CheckConstraint(
                condition=Q(check_reason__isnull=False) | ~Q(reason=""), name="contacts_have_a_reason"
            ),
        ]
        indexes = [
            models.Index(fields=["opened_at"], name="contacts_open", condition=Q(closed_at__isnull=True)),
            models.Index(fields=["-closed_at"], name="contacts_closed", condition=Q(closed_at__isnull=False)),
        ]

    def __str__(self) -> str:
        return f"{self.order_id} {self.reason[:40]}"


class EffortCount(models.Model):
    """How often somebody opened a screen of orders and pressed something there, on one day (JST), by kind of order; how
    many keys they pressed, and how many words those screens had.

    `kind` is what made a person look at the order (`plain`, a check reason, `mixed`) or `many` for work on a whole
    list. It names no order and no buyer (N-9).
    """

    day = models.DateField()
    staff = models.CharField(max_length=60)
    kind = models.CharField(max_length=20)
    views = models.PositiveIntegerField(default=0)
    presses = models.PositiveIntegerField(default=0)
    keystrokes = models.PositiveIntegerField(default=0)
    words = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ["day", "kind"]
        constraints = [models.UniqueConstraint(fields=["day", "staff", "kind"], name="effort_once_a_day")]

    def __str__(self) -> str:
        return f"{self.day} {self.kind}"
