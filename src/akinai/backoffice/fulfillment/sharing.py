"""May two orders share a parcel? (ORD-53). Pure rules over orders that are loaded already."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from akinai.backoffice.orders.models import Order, OrderLine
from akinai.backoffice.orders.neighbours import address_key
from akinai.backoffice.orders.states import Cancel
from akinai.shop.terms.states import MethodKind
from akinai.shop.terms.types import Service


@dataclass(frozen=True, slots=True)
class Judgement:
    """What forbids sharing a parcel, and what somebody should know before; both as sentences."""

    against: tuple[str, ...] = ()
    warnings: tuple[str, ...] = ()

    @property
    def allowed(self) -> bool:
        return not self.against


def judge(first: Order, other: Order, service: Service, other_service: Service, *, across_stores: bool) -> Judgement:
    """ORD-53 for two orders and their services."""
    against = [*_not_open(first), *_not_open(other)]
    if address_key(first) != address_key(other):
        against.append(_("They go to different addresses or names."))
    if service.cool != other_service.cool:
        against.append(_("They are sent at different temperatures."))
    if first.is_gift != other.is_gift:
        against.append(_("One is a gift and the other is not."))
    if first.store_id != other.store_id and not across_stores:
        against.append(_("They come from different stores, and the shop does not send those together."))
    against += _payments(first, other)
    return Judgement(tuple(dict.fromkeys(against)), tuple(_warnings(first, other)))


def _not_open(order: Order) -> list[str]:
    found = []
    if order.is_history or order.cancel == Cancel.CANCELLED or order.shipped_at is not None:
        found.append(_("%(number)s is cancelled or has left.") % {"number": order.number})
    elif order.in_work:
        found.append(_("The papers of %(number)s are printed.") % {"number": order.number})
    elif order.cancel == Cancel.REQUESTED:
        found.append(_("The buyer wants to cancel %(number)s.") % {"number": order.number})
    return found


def _payments(first: Order, other: Order) -> list[str]:
    """Two ways to pay only where at most one of them is cash on delivery; two of that make one amount (ORD-54)."""
    cod = [order for order in (first, other) if order.payment_method.kind == MethodKind.COD]
    if len(cod) == 2 and any(order.received_amount for order in cod):
        return [_("Money has come for a cash on delivery order already.")]
    return []


def _warnings(first: Order, other: Order) -> list[str]:
    found = []
    if first.store_id != other.store_id:
        found.append(_("Different stores: put no leaflet of one into the box of the other."))
    if (first.wish_date, first.wish_window) != (other.wish_date, other.wish_window):
        found.append(_("The wished days or times differ; those of the leading order count."))
    if first.delivery_service_id != other.delivery_service_id:
        found.append(_("The delivery services differ; that of the leading order is used."))
    return found


def too_heavy(service: Service, lines: Sequence[OrderLine]) -> bool:
    """Whether the known weights together exceed what the service takes; goods without a weight weigh nothing."""
    limits = [size.max_weight_g for size in service.sizes]
    if not limits or any(limit is None for limit in limits):
        return False
    weight = sum((x.sku.weight_g or 0) * x.units_per_item * x.live for x in lines if x.sku is not None)
    return weight > max(limit for limit in limits if limit is not None)
