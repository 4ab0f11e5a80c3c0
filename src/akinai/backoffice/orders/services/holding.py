"""保留: keeping an order back and letting it go (T09)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from akinai.backoffice.inventory import services as inventory
from akinai.backoffice.orders.events import OrderChanged
from akinai.backoffice.orders.models import Hold, Order
from akinai.backoffice.orders.states import DATE_HOLDS, HoldKind
from akinai.backoffice.orders.types import BulkResult
from akinai.foundation import audit, events
from akinai.foundation.core import clock
from akinai.foundation.core.actor import Actor
from akinai.foundation.core.errors import BadInput, Refused
from akinai.foundation.core.text import mask_cards
from akinai.shop.customers import permissions as customers

from .bulk import one_by_one
from .guarding import NOT_CANCELLED, NOT_HISTORY, NOT_SHIPPED, not_in_work, take
from .lines import references
from .refreshing import refresh


@transaction.atomic
def hold(
    actor: Actor,
    *,
    order_id: int,
    kind: str,
    until: dt.date | None = None,
    is_delivery_date: bool = False,
    reason: str = "",
    free_stock: bool = False,
    seen_version: int | None = None,
) -> Order:
    """Open a hold (T09). `until` is a JST date: the day it opens by itself for date holds (ORD-6), or, with
    `is_delivery_date`, the first day on which the goods may arrive; for other kinds a note of when to look again.

    The reservation is kept unless `free_stock`, which is refused once papers are out. Raises BadInput without a date
    where one is needed, Refused if the order is finished or this kind is open already. Emits OrderChanged.
    """
    if kind not in HoldKind.values:
        raise BadInput(_("Choose a kind of hold."), field="kind")
    if kind in DATE_HOLDS and until is None:
        raise BadInput(_("Enter the date until which the order waits."), field="until")
    order = take(order_id, NOT_CANCELLED, NOT_HISTORY, NOT_SHIPPED, seen_version=seen_version)
    if free_stock:
        not_in_work(order)
    if order.holds.filter(kind=kind, closed_at__isnull=True).exists():
        raise Refused(_("This order is on hold for that reason already."))
    Hold.objects.create(
        order=order,
        kind=kind,
        until=until,
        is_delivery_date=is_delivery_date and kind in DATE_HOLDS,
        reason=mask_cards(reason),
        opened_at=clock.now(),
        opened_by=actor.key,
    )
    if free_stock:
        inventory.release(actor, references(order))
        order.lines.update(allocated=0)
    audit.record(
        actor, "orders.hold", order.subject, detail={"kind": kind, "until": until, "free_stock": free_stock},
        reason=reason,
    )  # fmt: skip
    events.emit(OrderChanged(order.pk, order.number, order.edition, what="hold"), actor=actor)
    refresh(actor, [order])
    return order


@transaction.atomic
def release_hold(actor: Actor, *, order_id: int, kind: str, seen_version: int | None = None) -> Order:
    """Close an open hold. Raises Refused if none of that kind is open, and for one of the attention list unless a
    manager does it (CS-40). Emits OrderChanged.
    """
    if kind == HoldKind.BLACKLIST and not actor.may(customers.ATTENTION):
        raise Refused(_("Only a manager may let an order go that the attention list keeps back."))
    order = take(order_id, NOT_CANCELLED, seen_version=seen_version)
    closed = order.holds.filter(kind=kind, closed_at__isnull=True).update(closed_at=clock.now(), closed_by=actor.key)
    if not closed:
        raise Refused(_("There is no such hold on this order any more."))
    audit.record(actor, "orders.release_hold", order.subject, detail={"kind": kind})
    events.emit(OrderChanged(order.pk, order.number, order.edition, what="release"), actor=actor)
    refresh(actor, [order])
    return order


def hold_many(actor: Actor, *, order_ids: Sequence[int], kind: str, reason: str = "") -> list[BulkResult]:
    """Hold several orders, each for itself (ORD-33)."""
    return one_by_one(order_ids, lambda pk: hold(actor, order_id=pk, kind=kind, reason=reason))
