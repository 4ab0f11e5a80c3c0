"""The event table: what happened, in the order it was written down."""

from __future__ import annotations

from django.core.serializers.json import DjangoJSONEncoder
from django.db import models

from akinai.foundation.core import clock


class StoredEvent(models.Model):
    """One fact. `payload` holds the fields of its dataclass as JSON."""

    name = models.CharField(max_length=100)
    version = models.PositiveSmallIntegerField(default=1)
    subject = models.CharField(max_length=100)
    at = models.DateTimeField(default=clock.now)
    actor = models.CharField(max_length=100)
    actor_label = models.CharField(max_length=200, blank=True)
    payload = models.JSONField(default=dict, encoder=DjangoJSONEncoder)

    class Meta:
        indexes = [
            models.Index(fields=["subject", "id"], name="events_by_subject"),
            models.Index(fields=["name", "id"], name="events_by_name"),
        ]

    def __str__(self) -> str:
        return f"{self.name} {self.subject}"
