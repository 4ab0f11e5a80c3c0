"""The audit table. Rows name people and things by text, so that they outlive both."""

from __future__ import annotations

from typing import Any, NoReturn

from django.core.serializers.json import DjangoJSONEncoder
from django.db import models

from akinai.foundation.core import clock


class AppendOnly(TypeError):
    """Somebody tried to change or delete what is only ever added to."""


class AuditQuerySet(models.QuerySet["AuditEntry"]):
    """Rows that can be read and added, and nothing else."""

    def update(self, **changes: Any) -> NoReturn:
        raise AppendOnly("audit entries are never changed")

    def delete(self) -> NoReturn:
        raise AppendOnly("audit entries are never deleted")

    def bulk_update(self, *args: Any, **kwargs: Any) -> NoReturn:
        raise AppendOnly("audit entries are never changed")


class AuditEntry(models.Model):
    """One deed. `action` is `app.verb`, `subject` a text key such as `order:12`."""

    at = models.DateTimeField(default=clock.now)
    actor = models.CharField(max_length=100)
    actor_label = models.CharField(max_length=200, blank=True)
    action = models.CharField(max_length=100)
    subject = models.CharField(max_length=100)
    detail = models.JSONField(default=dict, blank=True, encoder=DjangoJSONEncoder)
    reason = models.TextField(blank=True)

    objects = AuditQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["subject", "at"], name="audit_subject_at"),
            models.Index(fields=["at"], name="audit_at"),
            models.Index(fields=["actor", "at"], name="audit_actor_at"),
        ]

    def __str__(self) -> str:
        return f"{self.actor} {self.action} {self.subject}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Insert; a row that exists is refused."""
        if self.pk is not None and not self._state.adding:
            raise AppendOnly("audit entries are never changed")
        kwargs["force_insert"] = True
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> NoReturn:
        """Refused."""
        raise AppendOnly("audit entries are never deleted")
