"""保留: keeping an order back and letting it go (T09)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from django.db import transaction
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from akinai.backoffice.inventory import services as inventory
from akinai.backoffice.orders import permissions
from akinai.backoffice.orders.events import MailDraftRequested, OrderChanged
from akinai.backoffice.orders.models import Hold, Order
from akinai.backoffice.orders.states import DATE_HOLDS, HoldKind
from akinai.backoffice.orders.timing import Plan, Timetable
from akinai.backoffice.orders.types import BulkResult
from akinai.foundation import audit, events
from akinai.foundation.core import clock
from akinai.foundation.core.actor import Actor
from akinai.foundation.core.errors import BadInput, Refused
from akinai.foundation.core.text import mask_cards
from akinai.shop.customers import permissions as customers

from .bulk import one_by_one
from .guarding import CLOSED, NOT_CANCELLED, NOT_HISTORY, NOT_SHIPPED, Guard, not_in_work, take
from .lines import references
from .refreshing import refresh

#: What a closed order can wait for.
REOPENING = (HoldKind.MANUAL, HoldKind.CUSTOMER_WAIT)


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
    offer_mail: bool = False,
    seen_version: int | None = None,
) -> Order:
    """Open a hold (T09). `until` is a JST date: the day it opens by itself for date holds (ORD-6), or, with
    `is_delivery_date`, the first day on which the goods may arrive; for other kinds a note of when to look again.

    The reservation is kept unless `free_stock`, which is refused once papers are out. Raises BadInput without a date
    where one is needed, Refused if the order is finished or this kind is open already. Emits OrderChanged.
    A closed order is opened again by a manager's hold (T29): it is among the shipped until somebody lets it go.

    With `offer_mail` a notice of the new date (M09) is drafted where an accepted order now arrives later than planned.
    """
    _check(kind, until)
    is_closed = Order.objects.filter(CLOSED.condition, pk=order_id).exists()
    stage = _reopening(actor, kind, reason) if is_closed else NOT_SHIPPED
    order = take(order_id, NOT_CANCELLED, NOT_HISTORY, stage, seen_version=seen_version)
    if free_stock:
        not_in_work(order)
    if order.holds.filter(kind=kind, closed_at__isnull=True).exists():
        raise Refused(_("This order is on hold for that reason already."))
    planned = _planned(order)
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
    if offer_mail:
        _offer_mail(actor, order, planned)
    return order


def _reopening(actor: Actor, kind: str, reason: str) -> Guard:
    """T29: the guard of a hold on a closed order. Raises Refused for others than a manager and for other kinds."""
    if not actor.may(permissions.REOPEN):
        raise Refused(_("This order is closed. The manager can reopen it."))
    if kind not in REOPENING:
        raise Refused(_("Nothing is left to send: a closed order can only wait for you or for the buyer."))
    if not reason.strip():
        raise BadInput(_("Write why the order is opened again."), field="reason")
    return CLOSED


def _check(kind: str, until: dt.date | None) -> None:
    if kind not in HoldKind.values:
        raise BadInput(_("Choose a kind of hold."), field="kind")
    if kind in DATE_HOLDS and until is None:
        raise BadInput(_("Enter the date until which the order waits."), field="until")


@transaction.atomic
def change_hold(
    actor: Actor,
    *,
    order_id: int,
    kind: str,
    until: dt.date | None = None,
    is_delivery_date: bool = False,
    reason: str = "",
    offer_mail: bool = False,
    seen_version: int | None = None,
) -> Order:
    """Give an open hold another date or reason without letting the order go in between (T09).

    Raises as `hold`; Refused if no hold of the kind is open. Emits OrderChanged; `offer_mail` as with `hold`.
    """
    _check(kind, until)
    order = take(order_id, NOT_CANCELLED, NOT_HISTORY, seen_version=seen_version)
    row = order.holds.filter(kind=kind, closed_at__isnull=True).first()
    if row is None:
        raise Refused(_("There is no such hold on this order any more."))
    before = {"until": row.until.isoformat() if row.until else "", "reason": row.reason}
    planned = _planned(order)
    row.until, row.reason = until, mask_cards(reason)
    row.is_delivery_date = is_delivery_date and kind in DATE_HOLDS
    row.save(update_fields=["until", "reason", "is_delivery_date"])
    after = {"until": until.isoformat() if until else "", "reason": row.reason}
    detail = {"kind": kind, "before": before, "after": after}
    audit.record(actor, "orders.change_hold", order.subject, detail=detail)
    events.emit(OrderChanged(order.pk, order.number, order.edition, what="hold"), actor=actor)
    refresh(actor, [order])
    if offer_mail:
        _offer_mail(actor, order, planned)
    return order


def _planned(order: Order) -> Plan | None:
    """When the order ships and arrives as things stand."""
    return Timetable.load().plan(order, order.lines.select_related("sku"))


def _offer_mail(actor: Actor, order: Order, planned: Plan | None) -> None:
    """Draft the notice of a new date (M09) where the buyer of an accepted order gets it later than planned."""
    now = _planned(order)
    if order.accepted_at is None or planned is None or now is None or now == planned:
        return
    if (now.arrive_on or now.ship_on) <= (planned.arrive_on or planned.ship_on):
        return
    note = _("Planned before: ships %(old)s. Planned now: ships %(new)s.") % {
        "old": date_format(planned.ship_on, "n/j"),
        "new": date_format(now.ship_on, "n/j"),
    }
    asked = MailDraftRequested(order.pk, order.number, order.edition, kind="M09", note=str(note))
    events.emit(asked, actor=actor)


@transaction.atomic
def release_hold(actor: Actor, *, order_id: int, kind: str, seen_version: int | None = None) -> Order:
    """Close an open hold. Raises Refused if none of that kind is open, and for one of the attention list unless a
    manager does it (CS-40). Emits OrderChanged.
    """
    if kind == HoldKind.BLACKLIST and not actor.may(customers.ATTENTION):
        raise Refused(_("Only a manager may let an order go that the attention list keeps back."))
    if kind == HoldKind.CONSENT:
        raise Refused(_("Write down how the buyer agreed; that lets the order go."))
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


@transaction.atomic
def release_all(actor: Actor, *, order_id: int, seen_version: int | None = None) -> Order:
    """Close every open hold of an order that a person may close (T09); date holds, too.

    Raises Refused if none is open; what only a consent or a manager can open refuses the whole.
    """
    kinds = Hold.objects.filter(order_id=order_id, closed_at__isnull=True).values_list("kind", flat=True)
    order = take(order_id, NOT_CANCELLED, seen_version=seen_version)
    found = list(kinds)
    if not found:
        raise Refused(_("There is no hold on this order."))
    for kind in found:
        order = release_hold(actor, order_id=order_id, kind=kind)
    return order
