"""What the apps above know about an order, written down here in their transaction."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from akinai.backoffice.inventory import services as inventory
from akinai.backoffice.inventory.types import Want
from akinai.backoffice.orders.models import Order
from akinai.backoffice.orders.queue import may_ship
from akinai.backoffice.orders.rules import asking
from akinai.backoffice.orders.rules.fields import Read
from akinai.backoffice.orders.selectors import load_facts
from akinai.backoffice.orders.states import Queue
from akinai.foundation import audit
from akinai.foundation.core import clock
from akinai.foundation.core.actor import Actor
from akinai.foundation.core.errors import Refused

from .guarding import ACCEPTED, NOT_CANCELLED, NOT_HISTORY, Guard, take
from .lines import reference
from .preordering import sync_release_hold
from .refreshing import refresh

#: What may be recorded, and by whom it is owned; each is compared with its source by `akinai check`.
RECORDABLE = frozenset(
    {
        "received_amount",  # payments: deposits and captures less refunds, yen
        "guaranteed_amount",  # payments: live authorisations, yen
        "guarantee_failed",  # payments
        "credited_amount",  # returns: yen of the sale that were reversed (ORD-79)
        "written_off",  # payments
        "shipment_stages",  # fulfillment: stages of shipments that are not void
        "close_wait_until",  # fulfillment: from when no news means it arrived (ORD-16)
        "open_cases",  # returns
        "open_followups",  # returns: claims on the buyer that are not settled
        "mail_failed",  # notifications: a mail of this order could not be delivered (R19)
        "shipped_at",  # fulfillment: when the first parcel left
    }
)
#: Those of them that rules on payment read.
_MONEY = frozenset({"received_amount", "guaranteed_amount", "guarantee_failed", "credited_amount", "written_off"})
READY = Guard(Q(queue=Queue.READY), _("This order is not ready to ship."))


@transaction.atomic
def record(actor: Actor, order_id: int, **facts: Any) -> Order:
    """Write facts of the apps above onto the order and derive its queue anew. Raises TypeError for an unknown fact.

    Raises the version, so that whoever acts on the older state is refused.
    """
    unknown = set(facts) - RECORDABLE
    if unknown:
        raise TypeError(f"orders.record does not keep {', '.join(sorted(unknown))}")
    order = take(order_id)
    for name, value in facts.items():
        setattr(order, name, value)
    order.save(update_fields=list(facts))
    refresh(actor, [order])
    if not _MONEY.isdisjoint(facts):
        asking.ask(order.pk, [Read.PAYMENT])
    return order


@dataclass(frozen=True, slots=True)
class PromiseDue:
    """What breaks next of an order, and when (JST); nothing is owed while `kind` is blank."""

    kind: str = ""
    due_at: dt.datetime | None = None


@transaction.atomic
def note_promises(dues: Mapping[int, PromiseDue]) -> None:
    """Write onto orders which promise to the buyer breaks next (N-2); owned by `desk`, compared by `akinai check`.

    Unlike `record` it leaves the version alone: nobody decides anything by it, and a clerk must not be turned away
    because a mail went out meanwhile.
    """
    for order_id, due in dues.items():
        Order.objects.filter(pk=order_id).update(promise_kind=due.kind, promise_due_at=due.due_at)


@transaction.atomic
def instruct(actor: Actor, *, order_id: int, stages: list[str]) -> Order:
    """Papers of a ready order are printed (T13): the queue must be 出荷待ち at this very moment (R55, ORD-8).

    Raises Refused with the reasons otherwise, whatever route was taken to get here.
    """
    order = take(order_id, NOT_CANCELLED, NOT_HISTORY, ACCEPTED)
    require_shippable(order)
    order.shipment_stages = stages
    order.save(update_fields=["shipment_stages"])
    audit.record(actor, "orders.instruct", order.subject)
    refresh(actor, [order])
    return order


def require_shippable(order: Order) -> None:
    """Raise Refused unless nothing at all stands against handing the goods over, judged from the facts as of now."""
    if not may_ship(load_facts(order), clock.today()):
        raise Refused(
            _("%(number)s must not leave: something blocks it now. Look at the order.") % {"number": order.number}
        )


@transaction.atomic
def ship_lines(
    actor: Actor,
    *,
    order_id: int,
    quantities: Mapping[int, int],
    stages: list[str],
    close_wait_until: dt.date | None,
) -> Order:
    """Goods of an order left the house (T15): `quantities` are items by line id. Stock falls, the line remembers.

    Guard: gate open, no stop flag, everything shipped was allocated. Raises Refused otherwise, and nothing is done.
    """
    order = take(order_id, NOT_CANCELLED, NOT_HISTORY, ACCEPTED)
    require_shippable(order)
    lines = {line.pk: line for line in order.lines.all()}
    shipped: list[tuple[str, int | None]] = []
    for pk, items in quantities.items():
        line = lines[pk]
        if items > line.allocated:
            raise Refused(_("%(name)s: only %(count)d are secured.") % {"name": line.name, "count": line.allocated})
        shipped.append((reference(order, line), items * line.units_per_item))
        order.lines.filter(pk=pk).update(allocated=F("allocated") - items, shipped=F("shipped") + items)
    inventory.consume(actor, shipped)
    order.shipment_stages, order.close_wait_until = stages, close_wait_until
    order.shipped_at = order.shipped_at or clock.now()
    order.save(update_fields=["shipment_stages", "close_wait_until", "shipped_at"])
    sync_release_hold(actor, order)  # what is left of a basket may have to wait for its day (ORD-60)
    audit.record(actor, "orders.ship", order.subject, detail={"lines": dict(quantities)})
    refresh(actor, [order])
    return order


@transaction.atomic
def unship_lines(
    actor: Actor,
    *,
    order_id: int,
    quantities: Mapping[int, int],
    stages: list[str],
    shipped_at: dt.datetime | None,
    close_wait_until: dt.date | None,
) -> Order:
    """Goods that were shipped by mistake have not left (T16): the opposite of `ship_lines`, line by line.

    `shipped_at` is when what is still gone left, None if nothing is. Raises Refused if less was shipped.
    """
    order = take(order_id, NOT_CANCELLED, NOT_HISTORY)
    lines = {line.pk: line for line in order.lines.all()}
    undone: list[Want] = []
    for pk, items in quantities.items():
        line = lines[pk]
        if items > line.shipped or line.sku_id is None:
            raise Refused(_("%(name)s: only %(count)d have left.") % {"name": line.name, "count": line.shipped})
        undone.append(Want(reference(order, line), line.sku_id, items * line.units_per_item))
        order.lines.filter(pk=pk).update(allocated=F("allocated") + items, shipped=F("shipped") - items)
    inventory.put_back(actor, undone)
    order.shipment_stages, order.shipped_at, order.close_wait_until = stages, shipped_at, close_wait_until
    order.save(update_fields=["shipment_stages", "shipped_at", "close_wait_until"])
    audit.record(actor, "orders.unship", order.subject, detail={"lines": dict(quantities)})
    refresh(actor, [order])
    return order


@transaction.atomic
def take_back(actor: Actor, *, order_id: int, stages: list[str]) -> Order:
    """A shipment was pulled back before it left: its papers are void, the order may be edited or cancelled again."""
    order = take(order_id)
    order.shipment_stages = stages
    order.save(update_fields=["shipment_stages"])
    audit.record(actor, "orders.take_back", order.subject)
    refresh(actor, [order])
    return order
