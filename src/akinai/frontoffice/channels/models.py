"""What was received from stores, how it was read, and what became of it. Nothing received is lost."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from . import states


class ImportRun(models.Model):
    """One import: the files of one drop, what was found in them (`report`), and the orders they became.

    Without a store it is a dry run for ever. `mapping` is the saved mapping as it stood, where the preset is `own`.
    `report` is what `examining.examine` found last; see there for its keys.
    """

    store = models.ForeignKey("stores.Store", on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    preset = models.CharField(max_length=40)
    mapping_name = models.CharField(max_length=60, blank=True)
    mapping = models.JSONField(default=dict, blank=True)
    state = models.CharField(max_length=10, choices=states.RunState.choices, default=states.RunState.CHECKING)
    report = models.JSONField(default=dict, blank=True)
    orders = models.PositiveIntegerField(default=0)
    refused = models.PositiveIntegerField(default=0)
    taken = models.PositiveIntegerField(default=0)
    job_id = models.BigIntegerField(null=True, blank=True)
    created_at = models.DateTimeField()
    created_by = models.CharField(max_length=60)
    created_label = models.CharField(max_length=100, blank=True)
    started_at = models.DateTimeField(null=True, blank=True)
    finished_at = models.DateTimeField(null=True, blank=True)
    dismissed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-id"]
        indexes = [
            models.Index(
                fields=["-id"],
                name="import_runs_left",
                condition=Q(refused__gt=0, dismissed_at__isnull=True),
            )
        ]

    def __str__(self) -> str:
        return f"import {self.pk}"

    @property
    def subject(self) -> str:
        """The text by which the audit log names this import."""
        return f"import:{self.pk}"


class ImportFile(models.Model):
    """A file as it came, byte for byte."""

    run = models.ForeignKey(ImportRun, on_delete=models.CASCADE, related_name="files")
    position = models.PositiveSmallIntegerField()
    name = models.CharField(max_length=255, blank=True)
    content = models.BinaryField()
    size = models.PositiveIntegerField()
    sha256 = models.CharField(max_length=64)

    class Meta:
        ordering = ["position"]
        constraints = [models.UniqueConstraint(fields=["run", "position"], name="import_file_once")]

    def __str__(self) -> str:
        return self.name


class ImportCorrection(models.Model):
    """A cell a person corrected: `old` became `new`, or was taken out of a row that had one too many.

    `column` counts from 0. Corrections are applied to the file as it came, in the order in which they were made.
    """

    run = models.ForeignKey(ImportRun, on_delete=models.CASCADE, related_name="corrections")
    file = models.PositiveSmallIntegerField(default=0)
    row = models.PositiveIntegerField()
    column = models.PositiveIntegerField()
    old = models.TextField(blank=True)
    new = models.TextField(blank=True)
    removed = models.BooleanField(default=False)
    at = models.DateTimeField()
    by = models.CharField(max_length=60)
    by_label = models.CharField(max_length=100, blank=True)

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return f"{self.row}/{self.column}"


class ImportResult(models.Model):
    """What became of one order of a file; written in the transaction that stored the order."""

    run = models.ForeignKey(ImportRun, on_delete=models.CASCADE, related_name="results")
    store_number = models.CharField(max_length=255)
    rows = models.JSONField(default=list)
    outcome = models.CharField(max_length=10, choices=states.Outcome.choices)
    order = models.ForeignKey("orders.Order", on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    faults = models.JSONField(default=list, blank=True)
    cancel_asked = models.BooleanField(default=False)

    class Meta:
        ordering = ["id"]
        constraints = [models.UniqueConstraint(fields=["run", "store_number"], name="import_result_once")]
        indexes = [models.Index(fields=["order"], name="import_results_cancel", condition=Q(cancel_asked=True))]

    def __str__(self) -> str:
        return self.store_number


class ColumnMapping(models.Model):
    """Which column of a store's own file is which field of ours, said once and kept under a name."""

    store = models.ForeignKey("stores.Store", on_delete=models.CASCADE, related_name="+")
    name = models.CharField(_("Name"), max_length=60)
    columns = models.JSONField(default=dict)

    class Meta:
        ordering = ["name"]
        constraints = [models.UniqueConstraint(fields=["store", "name"], name="column_mapping_once")]

    def __str__(self) -> str:
        return self.name


class ValueMapping(models.Model):
    """What a store means by a word: a payment method, a delivery service or a delivery time of ours."""

    store = models.ForeignKey("stores.Store", on_delete=models.CASCADE, related_name="+")
    field = models.CharField(max_length=20, choices=states.Word.choices)
    raw = models.CharField(max_length=255, blank=True)
    code = models.CharField(max_length=40, blank=True)

    class Meta:
        ordering = ["field", "raw"]
        constraints = [models.UniqueConstraint(fields=["store", "field", "raw"], name="value_mapping_once")]

    def __str__(self) -> str:
        return f"{self.raw} → {self.code}"


class StoreAnswers(models.Model):
    """What was asked at a store's first imports: for which payment methods it vouches (code → yes or no)."""

    store = models.OneToOneField("stores.Store", on_delete=models.CASCADE, related_name="+")
    vouched: models.JSONField[dict[str, bool], dict[str, Any]] = models.JSONField(default=dict, blank=True)

    def __str__(self) -> str:
        return f"answers of store {self.store_id}"
