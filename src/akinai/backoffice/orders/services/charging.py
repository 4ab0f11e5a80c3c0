"""What an order is charged beside its goods, and whether it ships in parts: for those who plan parcels above."""

from __future__ import annotations

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from akinai.backoffice.orders.models import Order
from akinai.backoffice.orders.pricing import by_store_tax, reprice
from akinai.backoffice.orders.states import ShipPolicy
from akinai.foundation.core.actor import Actor
from akinai.foundation.core.errors import BadInput, Refused

from .changing import lines_of, new_edition, snapshot
from .guarding import NOT_CANCELLED, NOT_HISTORY, take
from .preordering import sync_release_hold
from .refreshing import refresh


@transaction.atomic
def change_charges(
    actor: Actor, *, order_id: int, shipping_fee: int, payment_fee: int, what: str, other: str = "", reason: str = ""
) -> Order:
    """Set shipping and payment fee (yen incl. tax) because parcels are shared or parted; everything else stays.

    `what` names the occasion (bundle, parts) and `other` the order it concerns. Nothing happens where both stand
    already. Raises BadInput below zero. Emits OrderEdited.
    """
    if min(shipping_fee, payment_fee) < 0:
        raise BadInput(_("A fee must be 0 yen or more."), field="shipping_fee")
    order = take(order_id, NOT_CANCELLED, NOT_HISTORY)
    if (order.shipping_fee, order.payment_fee) == (shipping_fee, payment_fee):
        return order
    lines = lines_of(order)
    original = snapshot(order, lines)
    store_tax = by_store_tax(order, lines)
    before = {"shipping_fee": order.shipping_fee, "payment_fee": order.payment_fee, "total": order.total}
    order.shipping_fee, order.payment_fee = shipping_fee, payment_fee
    reprice(order, lines, store_tax=store_tax)
    after = {what: other, "shipping_fee": shipping_fee, "payment_fee": payment_fee, "total": order.total}
    new_edition(actor, order, what=what, before=before, after=after, reason=reason, original=original)
    refresh(actor, [order])
    return order


@transaction.atomic
def set_ship_policy(
    actor: Actor, *, order_id: int, policy: str, reason: str = "", seen_version: int | None = None
) -> Order:
    """Ship what is there first, or everything together (ORD-11, ORD-62); a preorder in the basket follows.

    Raises BadInput for another word, Refused where it stands so already. Emits OrderEdited.
    """
    if policy not in ShipPolicy.values:
        raise BadInput(_("Choose how the order ships."), field="policy")
    order = take(order_id, NOT_CANCELLED, NOT_HISTORY, seen_version=seen_version)
    if order.ship_policy == policy:
        raise Refused(_("The order ships that way already."))
    before = {"ship_policy": order.ship_policy}
    order.ship_policy = policy
    order.save(update_fields=["ship_policy"])
    sync_release_hold(actor, order)
    new_edition(actor, order, what="policy", before=before, after={"ship_policy": policy}, reason=reason)
    refresh(actor, [order])
    return order
