"""予約・取寄: goods that are not there yet and whose day is known (ORD-60 to ORD-64)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from django.db import transaction
from django.db.models import F
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from akinai.backoffice.orders.events import MailDraftRequested, OrderChanged
from akinai.backoffice.orders.models import Hold, Order, OrderLine
from akinai.backoffice.orders.selectors import awaiting_release
from akinai.backoffice.orders.states import HoldKind
from akinai.backoffice.orders.timing import release_day
from akinai.foundation import audit, events
from akinai.foundation.core import clock
from akinai.foundation.core.actor import Actor
from akinai.foundation.core.errors import BadInput, NotFound
from akinai.foundation.core.text import mask_cards
from akinai.shop.catalog.models import Sku

from .guarding import lock
from .refreshing import refresh

#: Orders of which a moved release date is told in one transaction.
AT_ONCE = 100


def release_hold_of(order: Order, lines: Sequence[OrderLine], *, now: dt.datetime, by: str) -> Hold | None:
    """The unsaved hold with which a coming preorder begins."""
    day = release_day(order, lines, clock.aware(now).date())
    if day is None:
        return None
    return Hold(order=order, kind=HoldKind.RELEASE_DATE, until=day, opened_at=now, opened_by=by)


def sync_release_hold(actor: Actor, order: Order) -> bool:
    """Make the release hold of a taken order what its lines say now; the caller refreshes. Says whether it moved."""
    day = release_day(order, order.lines.select_related("sku"), clock.today())
    known = order.holds.filter(kind=HoldKind.RELEASE_DATE, closed_at__isnull=True).first()
    if day is None:
        if known is None:
            return False
        known.closed_at, known.closed_by = clock.now(), actor.key
        known.save(update_fields=["closed_at", "closed_by"])
        return True
    if known is None:
        now = clock.now()
        Hold.objects.create(order=order, kind=HoldKind.RELEASE_DATE, until=day, opened_at=now, opened_by=actor.key)
        return True
    if known.until == day:
        return False
    known.until = day
    known.save(update_fields=["until"])
    return True


def move_release_date(actor: Actor, *, sku_id: int, to: dt.date, reason: str, tell: bool = True) -> list[Order]:
    """Move the release of preordered goods (JST): every order that waits for them follows, all in one action (ORD-60).

    With `tell` a mail of delay (M09) is drafted for each. Returns the orders, the earliest
    ordered first. Raises NotFound, BadInput for a day that is over or no reason.
    """
    sku = Sku.objects.filter(pk=sku_id).first()
    if sku is None:
        raise NotFound(_("There is no such SKU."))
    if to < clock.today():
        raise BadInput(_("This day has passed."), field="to")
    if not reason.strip():
        raise BadInput(_("Write why, as the buyers shall read it."), field="reason")
    with transaction.atomic():
        before = sku.release_on
        Sku.objects.filter(pk=sku_id).update(release_on=to)
        audit.record(actor, "orders.move_release", f"sku:{sku_id}", detail={"from": before, "to": to}, reason=reason)
    ids = list(awaiting_release(sku_id).values_list("pk", flat=True))
    for start in range(0, len(ids), AT_ONCE):
        _move_some(actor, ids[start : start + AT_ONCE], sku, before, to, reason if tell else "")
    found = Order.objects.in_bulk(ids)
    return [found[pk] for pk in ids]


@transaction.atomic
def _move_some(actor: Actor, ids: Sequence[int], sku: Sku, before: dt.date | None, to: dt.date, reason: str) -> None:
    moved = lock(ids)
    told: list[events.Event] = []
    for order in moved:
        order.version += 1
        order.save(update_fields=["version"])
        sync_release_hold(actor, order)
        detail = {"sku": sku.code, "from": before, "to": to}
        audit.record(actor, "orders.move_release", order.subject, detail=detail, reason=reason)
        told.append(OrderChanged(order.pk, order.number, order.edition, what="hold"))
        if reason:
            told.append(_delay(order, sku, before, to, reason))
    events.emit(*told, actor=actor)
    refresh(actor, moved)


def _delay(order: Order, sku: Sku, before: dt.date | None, to: dt.date, reason: str) -> MailDraftRequested:
    said = _("%(name)s: released on %(day)s") % {"name": sku.title, "day": date_format(to, "n/j")}
    if before is not None:
        said = _("%(name)s: released on %(day)s instead of %(before)s") % {
            "name": sku.title, "day": date_format(to, "n/j"), "before": date_format(before, "n/j"),
        }  # fmt: skip
    note = f"{said}\n{mask_cards(reason)}"
    return MailDraftRequested(order.pk, order.number, order.edition, kind="M09", note=note)


def follow_release_dates(actor: Actor) -> int:
    """Let orders follow release days that were changed in the master data; says how many moved (ORD-60).

    Without a word to anybody: who moves a day for buyers to read of it uses `move_release_date`.
    """
    waits = Hold.objects.filter(
        kind=HoldKind.RELEASE_DATE, closed_at__isnull=True, order__in=Order.objects.still_open().filter(cancel="none")
    )
    return sum(_follow(actor, pk) for pk in list(waits.order_by("order_id").values_list("order_id", flat=True)))


@transaction.atomic
def _follow(actor: Actor, order_id: int) -> bool:
    moved = [order for order in lock([order_id]) if sync_release_hold(actor, order)]
    for order in moved:
        Order.objects.filter(pk=order.pk).update(version=F("version") + 1)
        audit.record(actor, "orders.move_release", order.subject)
        events.emit(OrderChanged(order.pk, order.number, order.edition, what="hold"), actor=actor)
    refresh(actor, moved)
    return bool(moved)


__all__ = ["follow_release_dates", "move_release_date", "release_hold_of", "sync_release_hold"]
