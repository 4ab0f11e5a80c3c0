"""What one person keeps about lists: saved views and the columns they chose."""

from __future__ import annotations

from django.db import models

from akinai.foundation.core import clock


class SavedView(models.Model):
    """A way of looking at a list that somebody saved under a name; the nameless one holds their choice of columns.

    `owner` is an actor key such as `staff:12`; `query` holds the list's parameters as {name: [values]}.
    """

    owner = models.CharField(max_length=80)
    list_key = models.CharField(max_length=60)
    name = models.CharField(max_length=60, blank=True)
    query = models.JSONField(default=dict)
    created_at = models.DateTimeField(default=clock.now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["owner", "list_key", "name"], name="ui_savedview_one_name")]
        ordering = ["id"]

    def __str__(self) -> str:
        return f"{self.list_key}: {self.name}"
