"""Reading the trace."""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import QuerySet

from .models import AuditEntry


def for_subject(subject: str) -> QuerySet[AuditEntry]:
    """Everything done to one thing (`order:12`), newest first."""
    return AuditEntry.objects.filter(subject=subject).order_by("-at", "-id")


def for_subjects(subjects: Iterable[str]) -> QuerySet[AuditEntry]:
    """Everything done to several things, newest first; for a page that shows an order with its shipments."""
    return AuditEntry.objects.filter(subject__in=list(subjects)).order_by("-at", "-id")


def by_actor(actor_key: str) -> QuerySet[AuditEntry]:
    """Everything one actor (`staff:12`) did, newest first."""
    return AuditEntry.objects.filter(actor=actor_key).order_by("-at", "-id")
