"""Proof that mails are right: what `akinai check` asks of them. No line means that all is well."""

from __future__ import annotations

from collections.abc import Iterator

from django.db.models import Exists, OuterRef

from akinai.backoffice.orders.models import Order
from akinai.foundation.jobs.models import Job
from akinai.foundation.jobs.states import JobState
from akinai.shop.messaging.models import Attempt, Message
from akinai.shop.messaging.selectors import STUCK
from akinai.shop.messaging.states import State

from .facts import order_id_of

NOTE = "notifications.note_delivery"


def violations() -> Iterator[str]:
    """One line for each sent mail that no attempt delivered, and each order that tells of its mails what is not so.

    While a job that tells an order is still waiting, orders are not judged: they learn of a failure a moment later.
    """
    delivered = Attempt.objects.filter(message=OuterRef("pk"), outcome="sent")
    for pk, kind in Message.objects.filter(~Exists(delivered), state=State.SENT).values_list("pk", "kind"):
        yield f"MAIL-3 mail {pk} ({kind}) is sent, but no attempt says so"
    if Job.objects.filter(name=NOTE).exclude(state__in=[JobState.DONE, JobState.CANCELLED]).exists():
        return
    stuck = {order_id_of(key) for key in Message.objects.filter(STUCK).values_list("subject_key", flat=True)}
    told = dict(Order.objects.filter(mail_failed=True).values_list("pk", "number"))
    for pk, number in told.items():
        if pk not in stuck:
            yield f"R19 {number}: says that a mail failed, but none did"
    silent = Order.objects.filter(pk__in=[pk for pk in stuck if pk is not None and pk not in told])
    for number in silent.values_list("number", flat=True):
        yield f"R19 {number}: a mail failed, but the order does not say so"
