"""Which orders stand in one parcel, and what that means for whoever lays hands on one of them (ORD-54)."""

from __future__ import annotations

from collections.abc import Sequence

from django.db.models import Q
from django.utils.translation import gettext as _

from akinai.backoffice.fulfillment.models import Bundle, BundleMember
from akinai.backoffice.fulfillment.states import BundleState
from akinai.backoffice.orders.models import Order
from akinai.backoffice.orders.services import guarding
from akinai.foundation.core.errors import Conflict


def bundle_of(order_id: int) -> Bundle | None:
    """The bundle an order stands in now, asked or agreed; None if it ships alone."""
    return Bundle.objects.filter(members__order_id=order_id, members__is_open=True).first()


def together(order_id: int, *, states: Sequence[str] = (BundleState.OPEN,)) -> list[int]:
    """The orders that ship with this one, itself among them, in the order in which everybody locks; one query."""
    mine = BundleMember.objects.filter(order_id=order_id, bundle__state__in=states).values("bundle_id")
    found = set(BundleMember.objects.filter(bundle_id__in=mine).values_list("order_id", flat=True))
    return sorted(found | {order_id})


def in_parcel(order_id: int, bundle_id: int | None) -> list[int]:
    """The orders of one shipment, in the order in which everybody locks: the leading one and those of its bundle."""
    if bundle_id is None:
        return [order_id]
    found = BundleMember.objects.filter(bundle_id=bundle_id).values_list("order_id", flat=True)
    return sorted({order_id, *found})


def of_order(order_id: int) -> Q:
    """Shipments that carry goods of this order: its own, and shared ones led by another."""
    return Q(order_id=order_id) | Q(bundle__members__order_id=order_id)


def take_together(order_id: int) -> list[Order]:
    """Win an order and those that ship with it. Raises Conflict where somebody put orders together this very moment."""
    ids = together(order_id)
    found = take_all(ids)
    if together(order_id) != ids:
        raise Conflict(_("This order changed at the same moment. Try again."))
    return found


def take_all(order_ids: Sequence[int]) -> list[Order]:
    """Win all of these orders for this transaction, in one order, so that nobody waits in a ring."""
    if len(order_ids) > 1:
        guarding.lock(order_ids)
    return [guarding.take(pk) for pk in sorted(order_ids)]
