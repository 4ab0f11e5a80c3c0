"""Background work of money."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any

from django.urls import reverse

from akinai.foundation import events, jobs
from akinai.foundation.core.actor import Actor, job_actor

from . import services
from .events import BankChecked

STEP = 20


def start_marking(actor: Actor, *, order_ids: Sequence[int], on: dt.date) -> int:
    """Ask for `mark_deposits` of many orders; returns the job's id, under which its progress is seen."""
    job = mark_many.using(actor=actor).enqueue(order_ids=list(order_ids), on=on.isoformat(), by=actor.label)
    return int(job.pk)


@jobs.task(name="payments.mark_many", transactional=False)
def mark_many(order_ids: list[int], on: str, by: str) -> dict[str, Any]:
    """Confirm the open amount of each order as of one JST date, in the name of who asked.

    Done again after a crash it confirms nothing twice.
    """
    job = jobs.current_job()
    actor = Actor(job.created_by, by)
    rows: list[dict[str, str]] = []
    for start in range(0, len(order_ids), STEP):
        part = order_ids[start : start + STEP]
        results = services.mark_deposits(actor, order_ids=part, on=dt.date.fromisoformat(on), key=f"job:{job.id}")
        for result in results:
            said = " ".join(str(sentence) for sentence in result.sentences)
            url = reverse("payments:order", args=[result.order_id])
            outcome = "good" if result.done else "bad"
            rows.append({"outcome": outcome, "name": result.number, "said": said, "url": url})
        job.progress(len(rows), len(order_ids))
    return {"rows": rows, "url": reverse("payments:waiting")}


@jobs.schedule("payments.end_authorisations", daily_at="00:10")
@jobs.task(name="payments.end_authorisations", transactional=False)
def end_authorisations() -> int:
    """Each night: what ran out no longer opens the gate (ORD-63). Again does no harm."""
    return services.end_authorisations(jobs.current_job().actor)


@jobs.schedule("payments.lapse_orders", daily_at="10:30")
@jobs.task(name="payments.lapse_orders", transactional=False)
def lapse_orders() -> int:
    """Each morning: orders not paid in time end, where the shop wants that without a look (T08). Again does no harm."""
    return services.lapse_orders(jobs.current_job().actor)


@jobs.task(name="payments.bank_checked", transactional=False)
def bank_checked(event_id: int) -> int:
    """PAY-6: what waited for somebody to look at the account."""
    events.load(event_id, BankChecked)
    return services.lapse_orders(job_actor("payments.lapse_orders"))
