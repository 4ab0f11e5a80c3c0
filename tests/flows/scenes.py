"""What the scenarios have in common: orders, the worker, buttons on the order's page, and what came of it."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.urls import reverse

from akinai.backoffice.fulfillment import services as shipping
from akinai.backoffice.orders import services
from akinai.backoffice.orders.models import Order
from akinai.backoffice.payments import services as payments
from akinai.backoffice.payments.services import Money
from akinai.foundation.core import clock
from akinai.foundation.core.actor import SYSTEM, Actor
from akinai.foundation.core.clock import JST, FrozenClock
from akinai.foundation.core.permissions import Role
from akinai.foundation.jobs.models import Job
from akinai.foundation.jobs.services import run_pending
from akinai.shop.messaging.models import Message
from tests.builders.accounts import client_for
from tests.builders.orders import make_store, place
from tests.builders.shipments import tracking

CLERK = Actor("staff:7", "鈴木", frozenset({"returns.work", "returns.receive"}))
BOSS = Actor("staff:1", "佐藤", frozenset({"returns.work", "returns.approve", "returns.except"}))


def auto(number: str = "A-1", **fields: Any) -> Order:
    """An order that a store takes on by itself, and everything a worker does about it."""
    fields.setdefault("store", make_store(auto_accept=True))
    order = place(number, **fields)
    work()
    return fresh(order)


def work() -> None:
    """Whatever waits for a worker; nothing of it may fail."""
    while run_pending():
        pass
    assert list(Job.objects.filter(failures__gt=0).values_list("name", "last_error")) == []


def fresh(order: Order) -> Order:
    return Order.objects.select_related("payment_method", "store").get(pk=order.pk)


def queue(order: Order) -> str:
    return fresh(order).queue


def reasons(order: Order) -> list[str]:
    return sorted(order.checks.filter(closed_at__isnull=True).values_list("code", flat=True))


def holds(order: Order) -> list[str]:
    return sorted(order.holds.filter(closed_at__isnull=True).values_list("kind", flat=True))


def mails(order: Order) -> list[str]:
    """Kinds of mails that left or will leave, in the order in which they were written; drafts in brackets."""
    rows = Message.objects.filter(subject_key=order.subject).exclude(kind="M02").order_by("id")
    return [f"({kind})" if state == "draft" else kind for kind, state in rows.values_list("kind", "state")]


def stopped(order: Order) -> list[str]:
    """Kinds of mails that were stopped before they left."""
    rows = Message.objects.filter(subject_key=order.subject, state="stopped").order_by("id")
    return list(rows.values_list("kind", flat=True))


def pay(order: Order, amount: int, **more: Any) -> None:
    payments.mark_deposit(SYSTEM, order_id=order.pk, money=Money(amount, clock.today(), **more))
    work()


def send(order: Order) -> None:
    """Papers, inspection, tracking number, hand-over."""
    made = shipping.make_batch(SYSTEM, order_ids=[order.pk], papers=False)
    assert made.batch is not None, made.results
    box = made.batch.shipments.get()
    for line in box.lines.select_related("sku"):
        for _piece in range(line.pieces):
            assert shipping.scan(SYSTEM, shipment_id=box.pk, code=line.sku.code).is_good
    shipping.set_tracking(SYSTEM, shipment_id=box.pk, numbers=[tracking(box.pk)])
    [result] = shipping.dispatch(SYSTEM, shipment_ids=[box.pk])
    assert result.done, result.sentences
    work()


def press(button: str, order: Order, **typed: Any) -> int:
    """A button on the order's page, by a member of staff who handles orders; the status that came back."""
    fields = {"version": fresh(order).version, **typed}
    return client_for(Role.MANAGER).post(reverse(button, args=[order.pk]), fields).status_code


def page(order: Order) -> str:
    """The order's page as a clerk reads it."""
    answer = client_for(Role.ORDER).get(reverse("orders:order", args=[order.pk]))
    assert answer.status_code == 200
    return answer.content.decode()


def sleep_until(frozen: FrozenClock, day: dt.date, hour: int = 9) -> None:
    """Time passes; the midnight tick of that day has run."""
    frozen.move_to(dt.datetime.combine(day, dt.time(hour), tzinfo=JST))
    services.tick()
    work()
