"""Background work of orders: the midnight tick and bulk work on many orders."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

from django.urls import reverse

from akinai.backoffice.orders import services
from akinai.backoffice.orders.models import Order
from akinai.backoffice.orders.rules import again
from akinai.backoffice.orders.rules import services as rules
from akinai.backoffice.orders.rules.fields import Read
from akinai.foundation import jobs
from akinai.foundation.core.actor import Actor
from akinai.foundation.core.errors import AkinaiError, Refused


@jobs.schedule("orders.tick", daily_at="00:00", dated=True)
@jobs.task(name="orders.tick", transactional=False)
def tick(on: str) -> int:
    """The midnight tick of one day (ORD-6, ORD-16): also for days the program slept through; again does no harm."""
    return services.tick(dt.date.fromisoformat(on), actor=jobs.current_job().actor)


@jobs.task(name="orders.rederive", transactional=False)
def rederive() -> int:
    """Every unfinished order anew, since what dates and money are judged by has changed."""
    job = jobs.current_job()
    done = services.rederive(job.actor, progress=job.progress)
    again.reconsider(again.open_orders(), None, trigger="settings")
    return done


@jobs.schedule("orders.rules_day", daily_at="00:10")
@jobs.task(name="orders.rules_day", transactional=False)
def rules_day() -> int:
    """N-11: a new day has begun; rules that ask for dates look at the orders that are still here."""
    return again.reconsider(again.open_orders(), [Read.DAY], trigger="day")


@jobs.task(name="orders.rules_again", transactional=False)
def rules_again(order_id: int, facts: list[str]) -> int:
    """N-11: money or state of an order has changed; rules that read it look again."""
    return again.reconsider([order_id], [Read(name) for name in facts], trigger=facts[0])


@jobs.task(name="orders.try_rule", transactional=False)
def try_rule(trial_id: int) -> dict[str, Any]:
    """What a rule would have done to the orders of the last 30 days (N-10)."""
    made = rules.run_trial(trial_id, progress=jobs.current_job().progress)
    return {"url": reverse("orders:rule", args=[made.rule_id]) + "#trial"}


@jobs.schedule("orders.serve_waiting", every=dt.timedelta(minutes=5))
@jobs.task(name="orders.serve_waiting", transactional=False)
def serve_waiting() -> int:
    """Goods that have become free go to the orders that wait for them, the earliest first (ORD-21)."""
    return services.serve_waiting(jobs.current_job().actor)


@jobs.schedule("orders.follow_releases", every=dt.timedelta(hours=1))
@jobs.task(name="orders.follow_releases", transactional=False)
def follow_releases() -> int:
    """Preorders follow release days that were changed in the master data (ORD-60)."""
    return services.follow_release_dates(jobs.current_job().actor)


def rederive_later() -> None:
    """Ask for it once, in the transaction of the change; nothing to do while no order is open."""
    if Order.objects.still_open().exists():
        rederive.using(unique_key="orders.rederive").enqueue()


@jobs.task(name="orders.bulk", transactional=False)
def bulk(verb: str, order_ids: list[int], more: dict[str, str], by: str, label: str) -> dict[str, Any]:
    """Do one thing to many orders, each in its own transaction, and tell what became of each (ORD-33).

    Run again after a crash it refuses what is done already and goes on with the rest.
    """
    actor, do = Actor(by, label), VERBS[verb]
    numbers = dict(Order.objects.filter(pk__in=order_ids).values_list("pk", "number"))
    rows = []
    for done, pk in enumerate(order_ids):
        jobs.current_job().progress(done, len(order_ids), numbers.get(pk, ""))
        rows.append(_one(actor, do, pk, numbers.get(pk, str(pk)), more))
    jobs.current_job().progress(len(order_ids), len(order_ids))
    return {"rows": sorted(rows, key=lambda r: r["outcome"] == "good"), "url": reverse("orders:list")}


def _one(actor: Actor, do: Callable[..., Order], pk: int, number: str, more: dict[str, str]) -> dict[str, str]:
    row = {"outcome": "good", "name": number, "url": reverse("orders:order", args=[pk])}
    try:
        do(actor, order_id=pk, **more)
    except Refused as refusal:
        return row | {"outcome": "bad", "said": " ".join(str(r) for r in refusal.reasons)}
    except AkinaiError as error:
        return row | {"outcome": "bad", "said": str(error.sentence)}
    return row


VERBS: dict[str, Callable[..., Order]] = {
    "accept": services.accept,
    "checked": services.clear_all,
    "hold": services.hold,
    "reject": services.reject,
    "release": services.release_all,
}
