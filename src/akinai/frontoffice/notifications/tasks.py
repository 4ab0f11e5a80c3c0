"""Background work: one mail to many buyers."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.urls import reverse

from akinai.foundation import jobs
from akinai.foundation.core.actor import Actor

from . import services
from .services import Wanted
from .services.writing import write_one


@jobs.schedule("notifications.ask_and_follow", daily_at="10:30")
@jobs.task(name="notifications.ask_and_follow", transactional=False)
def ask_and_follow() -> None:
    """Requests for reviews and follow-ups that are due."""
    services.ask_and_follow(jobs.current_job().actor)


@jobs.schedule("notifications.remind", every=dt.timedelta(hours=1))
@jobs.task(name="notifications.remind", transactional=False)
def remind() -> int:
    """Payment reminders that are due (T07)."""
    return services.remind(jobs.current_job().actor)


@jobs.task(name="notifications.write_many", transactional=False)
def write_many(order_ids: list[int], subject: str, body: str, token: str, by: str, label: str) -> dict[str, Any]:
    """Write the same free mail to the buyers of many orders, each for itself (ORD-33). Again it writes none twice."""
    actor, wanted = Actor(by, label), Wanted("FREE", {}, subject=subject, body=body, token=token)
    rows = []
    for done, pk in enumerate(order_ids):
        jobs.current_job().progress(done, len(order_ids))
        result = write_one(actor, order_id=pk, wanted=wanted)
        rows.append({
            "outcome": "good" if result.done else "bad", "name": result.number,
            "said": " ".join(str(s) for s in result.sentences), "url": reverse("orders:order", args=[pk]),
        })  # fmt: skip
    return {"rows": sorted(rows, key=lambda r: r["outcome"] == "good"), "url": reverse("messaging:outbox")}
