"""The states of a job."""

from __future__ import annotations

from django.db import models
from django.utils.translation import pgettext_lazy


class JobState(models.TextChoices):
    """`ready` waits for its time or its turn; `dead` needs a person; the last three stay as they are."""

    READY = "ready", pgettext_lazy("job", "Waiting")
    RUNNING = "running", pgettext_lazy("job", "Running")
    DONE = "done", pgettext_lazy("job", "Done")
    DEAD = "dead", pgettext_lazy("job", "Failed")
    CANCELLED = "cancelled", pgettext_lazy("job", "Cancelled")
