"""同梱: letting orders share a parcel, holding them for each other, and taking them apart to the yen (ORD-53 to 55)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from akinai.backoffice.fulfillment import declared
from akinai.backoffice.fulfillment.bundles import judge_together
from akinai.backoffice.fulfillment.events import BundleChanged
from akinai.backoffice.fulfillment.models import Bundle, BundleMember, Shipment
from akinai.backoffice.fulfillment.states import BundleState
from akinai.backoffice.fulfillment.sums import bands_of, before_fee, is_by_band, is_cod
from akinai.backoffice.orders import services as orders
from akinai.backoffice.orders.models import Order
from akinai.backoffice.orders.queue import may_ship
from akinai.backoffice.orders.selectors import load_facts
from akinai.backoffice.orders.services.guarding import lock
from akinai.backoffice.orders.services.reasons import close_reason
from akinai.backoffice.orders.states import Cancel, Check, HoldKind, Queue
from akinai.foundation import audit, events
from akinai.foundation.core import clock
from akinai.foundation.core.actor import Actor
from akinai.foundation.core.errors import BadInput, NotFound, Refused
from akinai.foundation.core.text import mask_cards
from akinai.shop.stores import selectors as stores
from akinai.shop.stores import settings
from akinai.shop.terms.fees import cod_fee

from .planning import in_work, plan, plan_alone, unplan
from .together import bundle_of, take_all

LIVE = (BundleState.ASKED, BundleState.OPEN)


@transaction.atomic
def bundle(actor: Actor, *, order_ids: Sequence[int], lead_id: int | None = None) -> Bundle:
    """Let these orders leave in one parcel (ORD-53, ORD-54); the leading one gives ship-to, service and wish.

    Without `lead_id` the earliest leads. The second shipping fee is returned by setting, two cash amounts get the fee
    of their sum. Who is ready first waits for the other (ORD-55). Raises BadInput for fewer than two, Refused with
    everything that forbids it.
    """
    made = begin(actor, order_ids, lead_id, state=BundleState.OPEN)
    charge(actor, made)
    settle(actor, made.pk)
    return made


def begin(actor: Actor, order_ids: Sequence[int], lead_id: int | None, **fields: Any) -> Bundle:
    """The rows of a new bundle, its orders won and judged."""
    if len(set(order_ids)) < 2:
        raise BadInput(_("Choose at least two orders."), field="orders")
    found = take_all(sorted(set(order_ids)))
    lead = _lead(found, lead_id)
    require_allowed(found, lead)
    days = int(settings.value(declared.BUNDLE_WAIT_DAYS))
    until = stores.business_calendar().add_open_days(clock.today(), days)
    made = Bundle.objects.create(until=until, created_by=actor.key, created_by_label=actor.label, **fields)
    BundleMember.objects.bulk_create(
        BundleMember(bundle=made, order=order, is_lead=order.pk == lead.pk) for order in found
    )
    answered = [order for order in found if close_reason(actor, order, Check.COMBINE_CANDIDATE, answer="together")]
    orders.refresh(actor, answered)
    _tell(actor, made, found, "fulfillment.bundle", made.state)
    return made


def _lead(found: Sequence[Order], lead_id: int | None) -> Order:
    if lead_id is None:
        return min(found, key=lambda order: (order.ordered_at, order.pk))
    lead = next((order for order in found if order.pk == lead_id), None)
    if lead is None:
        raise BadInput(_("Choose which of the orders leads."), field="lead")
    return lead


def require_allowed(found: Sequence[Order], lead: Order, *, besides: Bundle | None = None) -> None:
    """Raise Refused with every sentence that forbids one parcel for these orders (ORD-53)."""
    reasons: list[str] = []
    for order in found:
        known = bundle_of(order.pk)
        if known is not None and known != besides:
            reasons.append(_("%(number)s ships together with another order already.") % {"number": order.number})
    reasons += judge_together(lead, [order for order in found if order.pk != lead.pk]).against
    if reasons:
        raise Refused(list(dict.fromkeys(reasons)))


def _tell(actor: Actor, made: Bundle, found: Sequence[Order], action: str, what: str, reason: str = "") -> None:
    numbers = [order.number for order in found]
    audit.record_many(
        actor,
        [(action, o.subject, {"bundle": made.pk, "with": [n for n in numbers if n != o.number]}) for o in found],
    )
    audit.record(actor, action, made.subject, detail={"orders": numbers}, reason=reason)
    lead = made.members.filter(is_lead=True).values_list("order_id", flat=True).first() or found[0].pk
    events.emit(BundleChanged(made.pk, lead, what=what), actor=actor)


def charge(actor: Actor, made: Bundle) -> None:
    """Charge the orders of a bundle as one parcel costs; what they paid before is kept with it (ORD-54)."""
    members = list(made.members.select_related("order__payment_method"))
    give_back = settings.value(declared.BUNDLE_SAVED) == "return"
    for member in members:
        order = member.order
        member.shipping_fee, member.payment_fee = order.shipping_fee, order.payment_fee
        member.by_band = is_by_band(order)
        member.save(update_fields=["shipping_fee", "payment_fee", "by_band"])
    _charge(actor, members, give_back=give_back)


def _charge(actor: Actor, members: Sequence[BundleMember], *, give_back: bool) -> None:
    """Shipping once, and one cash on delivery fee for the sum; again after an edit, when nothing may have changed."""
    shipping = {m.order_id: 0 if give_back and not m.is_lead else m.order.shipping_fee for m in members}
    fees = {m.order_id: m.order.payment_fee for m in members}
    cod = [m.order for m in members if is_cod(m.order)]
    if len(cod) > 1:
        amount = sum(before_fee(o, list(o.lines.all()), shipping_fee=shipping[o.pk]) for o in cod)
        fee = cod_fee(amount, bands_of(cod[0]))
        if fee is None:
            raise Refused(_("Together the orders exceed what may be collected at the door."))
        fees |= {order.pk: fee if order == cod[0] else 0 for order in cod}
    numbers = {m.order_id: m.order.number for m in members}
    for member in members:
        pk = member.order_id
        if (member.order.shipping_fee, member.order.payment_fee) == (shipping[pk], fees[pk]):
            continue
        others = " ".join(number for other, number in numbers.items() if other != pk)
        orders.change_charges(
            actor, order_id=pk, shipping_fee=shipping[pk], payment_fee=fees[pk], what="bundle", other=others
        )


@transaction.atomic
def settle(actor: Actor, bundle_id: int) -> Shipment | None:
    """Bring a bundle to what its orders say now: planned when all are ready, else who is ready waits (ORD-55).

    A cancelled order takes it apart. Any number of times.
    """
    made = Bundle.objects.filter(pk=bundle_id, state__in=LIVE).first()
    if made is None:
        return None
    found = lock(list(made.members.values_list("order_id", flat=True)))
    made.refresh_from_db()
    if made.state not in LIVE or any(in_work(order.pk) for order in found):
        return None
    gone = [order.number for order in found if order.cancel == Cancel.CANCELLED]
    if gone:
        take_apart(actor, made, why=_("%(number)s was cancelled.") % {"number": " ".join(gone)})
        return None
    ready = {order.pk: _is_ready(order) for order in found}
    if made.state == BundleState.OPEN:
        members = list(made.members.select_related("order__payment_method"))
        _charge(actor, members, give_back=False)  # an edit may have changed the sum of two cash amounts
        if all(ready.values()):
            return _plan_shared(actor, made, found)
    lead = next(o for o in found if o.pk == _lead_id(made))
    unplan(actor, lead)
    for order in found:
        _wait_or_not(actor, made, order, found, waits=ready[order.pk])
    return None


def orders_of(made: Bundle) -> list[Order]:
    """The orders of a bundle as they are now, by id."""
    rows = Order.objects.filter(pk__in=made.members.values("order_id")).order_by("pk")
    return list(rows.select_related("store", "payment_method", "delivery_service"))


def _lead_id(made: Bundle) -> int:
    return int(made.members.get(is_lead=True).order_id)


def _is_ready(order: Order) -> bool:
    """Whether only the wait for each other keeps the order here; what is short is waited for, too."""
    facts = load_facts(order)
    alone = replace(facts, holds=tuple(h for h in facts.holds if h.kind != HoldKind.BUNDLE_WAIT))
    return may_ship(alone, clock.today()) and not any(line.short > 0 for line in facts.lines)


def _is_waiting(order: Order) -> bool:
    return order.holds.filter(kind=HoldKind.BUNDLE_WAIT, closed_at__isnull=True).exists()


def _wait_or_not(actor: Actor, made: Bundle, order: Order, found: Sequence[Order], *, waits: bool) -> None:
    if waits == _is_waiting(order):
        return
    if not waits:
        orders.release_hold(actor, order_id=order.pk, kind=HoldKind.BUNDLE_WAIT)
        return
    others = "、".join(o.number for o in found if o.pk != order.pk)
    orders.hold(
        actor, order_id=order.pk, kind=HoldKind.BUNDLE_WAIT, until=max(made.until, clock.today()), reason=others
    )


def _plan_shared(actor: Actor, made: Bundle, found: Sequence[Order]) -> Shipment | None:
    for order in found:
        _wait_or_not(actor, made, order, found, waits=False)
        if order.pk != _lead_id(made):
            unplan(actor, order)
    fresh = orders_of(made)
    if any(order.queue != Queue.READY for order in fresh):
        return None
    return plan(actor, next(o for o in fresh if o.pk == _lead_id(made)), bundle=made)


@transaction.atomic
def unbundle(actor: Actor, *, bundle_id: int, reason: str = "") -> Bundle:
    """Take orders apart again; what they were charged before comes back to the yen (ORD-54).

    Raises NotFound, Refused once the papers of the parcel are printed or it has left.
    """
    made = Bundle.objects.filter(pk=bundle_id).first()
    if made is None:
        raise NotFound(_("There is no such bundle."))
    found = take_all(sorted(made.members.values_list("order_id", flat=True)))
    made.refresh_from_db()
    if made.state not in LIVE:
        raise Refused(_("These orders do not ship together any more."))
    if any(in_work(order.pk) for order in found):
        raise Refused(_("The papers of this parcel are printed. Pull it back first."))
    take_apart(actor, made, why=mask_cards(reason.strip()))
    return made


def take_apart(actor: Actor, made: Bundle, *, why: str, state: BundleState = BundleState.APART) -> None:
    """End a bundle of orders that are held: charges as before, nobody waits, each ships alone."""
    for member in made.members.select_related("order__payment_method"):
        if member.order.cancel != Cancel.CANCELLED and member.shipping_fee is not None:
            _restore(actor, member)
    found = orders_of(made)
    made.members.update(is_open=False)
    made.state, made.ended_at, made.ended_why = state, clock.now(), why
    made.save(update_fields=["state", "ended_at", "ended_why"])
    for order in found:
        unplan(actor, order)
        if order.cancel != Cancel.CANCELLED and _is_waiting(order):
            orders.release_hold(actor, order_id=order.pk, kind=HoldKind.BUNDLE_WAIT)
    _tell(actor, made, found, "fulfillment.unbundle", state, why)
    for order in found:
        plan_alone(actor, order_id=order.pk)


def _restore(actor: Actor, member: BundleMember) -> None:
    """What the order was charged alone; a fee of our own table follows what it now contains (PAY-10)."""
    order = member.order
    assert member.shipping_fee is not None and member.payment_fee is not None  # the caller has seen to it
    fee: int | None = member.payment_fee
    if member.by_band:
        alone = before_fee(order, list(order.lines.all()), shipping_fee=member.shipping_fee)
        fee = cod_fee(alone, bands_of(order))
    payment = member.payment_fee if fee is None else fee
    orders.change_charges(
        actor, order_id=order.pk, shipping_fee=member.shipping_fee, payment_fee=payment, what="bundle"
    )


def close_sent(made: Bundle) -> None:
    """The parcel of a bundle has left."""
    made.members.update(is_open=False)
    Bundle.objects.filter(pk=made.pk).update(state=BundleState.SENT, ended_at=clock.now())


def reopen(made: Bundle) -> None:
    """The parcel of a bundle is here again after all (T16)."""
    made.members.update(is_open=True)
    Bundle.objects.filter(pk=made.pk).update(state=BundleState.OPEN, ended_at=None)


def plan_shipments(actor: Actor, *, order_id: int) -> Shipment | None:
    """Make the order's planned shipment what it should be now (T12, ORD-4, ORD-11); any number of times.

    In 出荷待ち one is planned for what is secured; in any other queue a planned one becomes void. What is printed
    already is never touched. Orders that share a parcel are looked at together (ORD-54).
    """
    made = bundle_of(order_id)
    return settle(actor, made.pk) if made is not None else plan_alone(actor, order_id=order_id)
