"""What the attention list means for orders that are here already (CS-40)."""

from __future__ import annotations

from collections.abc import Sequence

from django.db import transaction

from akinai.backoffice.orders import attention
from akinai.backoffice.orders.events import OrderChanged
from akinai.backoffice.orders.models import Hold, Order
from akinai.backoffice.orders.states import Cancel, Check, HoldKind
from akinai.foundation import audit, events
from akinai.foundation.core import clock
from akinai.foundation.core.actor import SYSTEM, Actor
from akinai.shop.customers.attention import Listed

from .guarding import lock
from .reasons import close_reason, open_reason
from .refreshing import refresh

#: Orders judged in one go.
BATCH = 200


def heed_attention(actor: Actor) -> int:
    """Compare every order that has not left yet with the list as it is now; returns how many changed.

    What a person has answered for the same entries stays answered. In short transactions.
    """
    open_ones = Order.objects.still_open().filter(shipped_at__isnull=True, is_history=False, cancel=Cancel.NONE)
    ids = list(open_ones.order_by("pk").values_list("pk", flat=True))
    changed = 0
    for start in range(0, len(ids), BATCH):
        orders = list(Order.objects.filter(pk__in=ids[start : start + BATCH]).order_by("pk"))
        concerned = [o.pk for o, found in zip(orders, attention.listed_of(orders), strict=True) if found]
        marked = _marked([o.pk for o in orders])
        changed += _heed(actor, sorted(marked.union(concerned)))
    return changed


def _marked(ids: Sequence[int]) -> set[int]:
    """Those of the orders that carry a mark of the list."""
    rows = Order.objects.filter(pk__in=ids)
    with_reason = rows.filter(checks__code=Check.BLACKLIST, checks__closed_at__isnull=True)
    with_hold = rows.filter(holds__kind=HoldKind.BLACKLIST, holds__closed_at__isnull=True)
    return {*with_reason.values_list("pk", flat=True), *with_hold.values_list("pk", flat=True)}


@transaction.atomic
def _heed(actor: Actor, ids: Sequence[int]) -> int:
    orders = lock(ids) if ids else []
    changed = [o for o, found in zip(orders, attention.listed_of(orders), strict=True) if settle(actor, o, found)]
    for order in changed:
        order.version += 1
        order.save(update_fields=["version"])
        events.emit(OrderChanged(order.pk, order.number, order.edition, what="attention"), actor=actor)
    refresh(actor, changed)
    return len(changed)


def settle(actor: Actor, order: Order, found: Sequence[Listed]) -> bool:
    """Open or close reason and hold of an order that the caller has taken and will refresh; says if one changed."""
    reason = attention.judge_attention(found, order.payment_method.timing)
    if reason is None:
        return _withdraw(actor, order, answer="unlisted")
    held = attention.keeps_back(found, order.payment_method.timing)
    if attention.is_answered(order, reason):
        return not held and _withdraw(actor, order, answer="answered")
    before = order.checks.filter(code=Check.BLACKLIST, closed_at__isnull=True).values_list("detail", flat=True).first()
    if before != reason.detail:
        open_reason(actor, order, Check.BLACKLIST, reason.detail)
    moved = _keep_back(actor, order) if held else _let_go(actor, order)
    return moved or before != reason.detail


def _withdraw(actor: Actor, order: Order, answer: str) -> bool:
    """Nothing of the list concerns this order, or somebody has looked at all that does."""
    gone = close_reason(actor, order, Check.BLACKLIST, answer=answer)
    return _let_go(actor, order) or gone


def new_hold(order: Order) -> Hold:
    """The unsaved hold of an order whose buyer or recipient is on the list."""
    return Hold(order_id=order.pk, kind=HoldKind.BLACKLIST, opened_at=clock.now(), opened_by=SYSTEM.key)


def _keep_back(actor: Actor, order: Order) -> bool:
    if order.holds.filter(kind=HoldKind.BLACKLIST, closed_at__isnull=True).exists():
        return False
    new_hold(order).save()
    audit.record(actor, "orders.hold", order.subject, detail={"kind": HoldKind.BLACKLIST.value})
    return True


def _let_go(actor: Actor, order: Order) -> bool:
    """Close the hold the list has opened; one that a person opened stays theirs."""
    open_ones = order.holds.filter(kind=HoldKind.BLACKLIST, closed_at__isnull=True, opened_by=SYSTEM.key)
    if not open_ones.update(closed_at=clock.now(), closed_by=actor.key):
        return False
    audit.record(actor, "orders.release_hold", order.subject, detail={"kind": HoldKind.BLACKLIST.value})
    return True
