"""What staff want said in the confirmation of an order."""

from __future__ import annotations

from django.db import models

from akinai.foundation.core import clock


class ConfirmationNote(models.Model):
    """ひとこと: goes into the next M03 of this order as {{staff_note}}, such as the answer to the remark (MAIL-10)."""

    order = models.OneToOneField("orders.Order", on_delete=models.CASCADE, related_name="+")
    text = models.TextField(blank=True)
    at = models.DateTimeField(default=clock.now)
    by = models.CharField(max_length=60)
    by_label = models.CharField(max_length=100, blank=True)

    def __str__(self) -> str:
        return self.text[:40]
