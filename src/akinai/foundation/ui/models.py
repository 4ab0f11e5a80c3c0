"""What people keep about lists: saved views, their own or for everybody, and the columns they chose."""

from __future__ import annotations

from django.db import models

from akinai.foundation.core import clock


class SavedView(models.Model):
    """A way of looking at a list that somebody saved under a name; the nameless one holds what they chose for the list.

    `owner` is an actor key such as `staff:12`; `query` holds the list's parameters as {name: [values]}, and of the
    nameless one `columns` (keys) and `default` (the id of the view that opens first). A shared view stands on the list
    of everybody who may see it, in the order of `position`.
    """

    owner = models.CharField(max_length=80)
    owner_label = models.CharField(max_length=100, blank=True)
    is_shared = models.BooleanField(default=False)
    position = models.PositiveSmallIntegerField(default=0)
    list_key = models.CharField(max_length=60)
    name = models.CharField(max_length=60, blank=True)
    query = models.JSONField(default=dict)
    created_at = models.DateTimeField(default=clock.now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["owner", "list_key", "name"], name="ui_savedview_one_name")]
        ordering = ["position", "id"]
        indexes = [models.Index(fields=["list_key"], name="ui_savedview_shared", condition=models.Q(is_shared=True))]

    def __str__(self) -> str:
        return f"{self.list_key}: {self.name}"
