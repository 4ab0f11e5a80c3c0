"""分納: one order in several parcels, what is there first, and what the driver collects for each (ORD-50, ORD-51)."""

from __future__ import annotations

from collections.abc import Sequence

from django.db import transaction
from django.utils.translation import gettext as _

from akinai.backoffice.fulfillment import declared
from akinai.backoffice.fulfillment.models import PartPlan
from akinai.backoffice.fulfillment.sums import bands_of, before_fee, goods_of, is_by_band, is_cod
from akinai.backoffice.orders import services as orders
from akinai.backoffice.orders.models import Order, OrderLine
from akinai.backoffice.orders.services.guarding import NOT_SHIPPED, take
from akinai.backoffice.orders.states import HoldKind, ShipPolicy
from akinai.foundation.core.actor import Actor
from akinai.foundation.core.errors import BadInput, Refused
from akinai.shop.stores import settings
from akinai.shop.terms.fees import cod_fee

from .together import bundle_of

RULES = ("free", "first", "each")


@transaction.atomic
def ship_in_parts(
    actor: Actor,
    *,
    order_id: int,
    rule: str = "",
    agreed: bool = False,
    reason: str = "",
    seen_version: int | None = None,
) -> Order:
    """Send what is there now and the rest later (ORD-50).

    `rule` says who bears the fees (default: the shop's setting): `free` charges them once, `first` adds the cash on
    delivery fee of each parcel, `each` a second shipping fee too. Where the buyer then pays more and has not `agreed`,
    the order waits for consent. Prepaid orders still need the whole money before the first parcel. Raises
    BadInput for another rule, Refused for orders that share a parcel or have nothing to send later.
    """
    rule = rule or str(settings.value(declared.PART_FEES))
    if rule not in RULES:
        raise BadInput(_("Choose who bears the fees."), field="rule")
    order = take(order_id, NOT_SHIPPED, seen_version=seen_version)
    if bundle_of(order_id) is not None:
        raise Refused(_("This order ships together with another one. Take them apart first."))
    lines = list(order.lines.select_related("sku"))
    if not any(line.short for line in lines) or not any(line.allocated for line in lines):
        raise Refused(_("Nothing to divide: all of it is there, or nothing is."))
    before = order.total
    planned = _fees(order, lines, rule)
    PartPlan.objects.update_or_create(
        order=order,
        defaults={
            "rule": rule, "later_shipping": planned[0], "later_fee": planned[1], "by": actor.key,
            "shipping_fee": order.shipping_fee, "payment_fee": order.payment_fee,
        },
    )  # fmt: skip
    first_fee = planned[2]
    if order.ship_policy != ShipPolicy.PARTIAL:
        orders.set_ship_policy(actor, order_id=order_id, policy=ShipPolicy.PARTIAL, reason=reason)
    order = orders.change_charges(
        actor, order_id=order_id, shipping_fee=order.shipping_fee + planned[0],
        payment_fee=first_fee + planned[1], what="parts", other=rule, reason=reason,
    )  # fmt: skip
    if order.total > before and not agreed:
        note = _("Shipping in parts costs %(more)d yen more.") % {"more": order.total - before}
        orders.hold(actor, order_id=order_id, kind=HoldKind.CONSENT, reason=note)
    return order


def _fees(order: Order, lines: Sequence[OrderLine], rule: str) -> tuple[int, int, int]:
    """(shipping of later parcels, cash on delivery fee of later parcels, that of the first), yen incl. tax."""
    shipping = order.shipping_fee if rule == "each" else 0
    if rule == "free" or not is_by_band(order):
        return shipping, 0, order.payment_fee
    later = sum(goods_of(line, line.short) for line in lines)
    whole = before_fee(order, lines, shipping_fee=order.shipping_fee)
    bands = bands_of(order)
    first, second = cod_fee(whole - later, bands), cod_fee(later + shipping, bands)
    if first is None or second is None:
        raise Refused(_("A parcel exceeds what may be collected at the door."))
    return shipping, second, first


@transaction.atomic
def ship_together(actor: Actor, *, order_id: int, reason: str = "", seen_version: int | None = None) -> Order:
    """Wait until all is there after all (ORD-11); what shipping in parts had added is taken off again."""
    order = take(order_id, NOT_SHIPPED, seen_version=seen_version)
    _give_back(actor, order)
    return orders.set_ship_policy(actor, order_id=order_id, policy=ShipPolicy.ALL, reason=reason)


def end_parts_if_whole(actor: Actor, order: Order) -> None:
    """Before the first papers: everything has come meanwhile, so there is but one parcel to charge for."""
    if order.shipped_at is None and all(line.short == 0 for line in order.lines.all()):
        _give_back(actor, order)


def _give_back(actor: Actor, order: Order) -> None:
    planned = PartPlan.objects.filter(order=order).first()
    if planned is None:
        return
    if planned.later_shipping or planned.later_fee:
        fee = cod_fee(
            before_fee(order, list(order.lines.all()), shipping_fee=planned.shipping_fee), bands_of(order)
        ) if is_cod(order) else None  # fmt: skip
        orders.change_charges(
            actor, order_id=order.pk, shipping_fee=planned.shipping_fee,
            payment_fee=planned.payment_fee if fee is None else fee, what="parts",
        )  # fmt: skip
    planned.delete()


def later_fees(order: Order) -> int:
    """Yen that later parcels of the order carry beside their goods."""
    planned = PartPlan.objects.filter(order=order).first()
    return planned.later_shipping + planned.later_fee if planned is not None else 0
