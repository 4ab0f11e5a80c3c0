"""Opening a case (T24, T18, T29): which goods, why, and whether the posted rule allows it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

from django.db import models as db
from django.db import transaction
from django.db.models import F, Sum, When
from django.utils.translation import gettext as _

from akinai.backoffice.fulfillment.models import Shipment
from akinai.backoffice.fulfillment.services import note_tracking
from akinai.backoffice.fulfillment.services.together import of_order
from akinai.backoffice.fulfillment.states import UNDER_WAY, Tracking
from akinai.backoffice.orders.models import Order, OrderLine
from akinai.backoffice.orders.services.guarding import NOT_CANCELLED, NOT_HISTORY, take
from akinai.backoffice.orders.states import Queue, Stage
from akinai.backoffice.orders.timing import Timetable
from akinai.backoffice.returns import declared, permissions
from akinai.backoffice.returns.events import CaseOpened
from akinai.backoffice.returns.models import Case, CaseLine, Claim
from akinai.backoffice.returns.states import FIRST, NOT_TAKEN_IN, OVER, REASONS, Cause, ClaimKind, Kind, Reason, State
from akinai.foundation import events
from akinai.foundation.core import clock
from akinai.foundation.core.actor import Actor
from akinai.foundation.core.errors import BadInput, Refused, Sentence
from akinai.foundation.core.text import mask_cards
from akinai.shop.customers.selectors import same_person
from akinai.shop.stores import settings

from .locking import change, key_of, lock, note, require_state, tell_order


@transaction.atomic
def open_case(
    actor: Actor,
    *,
    order_id: int,
    kind: str,
    reason: str,
    quantities: Mapping[int, int] | None = None,
    cause: str = "",
    shipment_id: int | None = None,
    text: str = "",
    exception: str = "",
    seen_version: int | None = None,
) -> Case:
    """Open a case (T24). `quantities` are items by order line; a non-delivery takes the whole parcel.

    Guard: the goods have left and are in no other case; a buyer's wish is inside the posted rule, or a manager writes
    why not (`exception`); a closed order is the manager's to reopen (T29). Raises BadInput for what cannot be, Refused
    with every failed guard. Emits CaseOpened (M13 for returns and exchanges).
    """
    _check_words(kind, reason, cause)
    order = take(order_id, NOT_CANCELLED, NOT_HISTORY, seen_version=seen_version)
    shipment = _shipment_of(order, kind, shipment_id)
    wanted = _wanted(order, kind, quantities or {}, shipment)
    reasons = _obstacles(actor, order, kind, reason, wanted, shipment, exception)
    if reasons:
        raise Refused(reasons)
    case = Case.objects.create(
        number=f"{order.number}-C{order.cases.count() + 1}", order=order, shipment=shipment, kind=kind, reason=reason,
        cause=cause, state=FIRST[kind], note=mask_cards(text.strip()), opened_by=actor.key,
        opened_by_label=actor.label, send_back_by=_send_back_by(kind),
    )  # fmt: skip
    CaseLine.objects.bulk_create(CaseLine(case=case, order_line_id=pk, quantity=n) for pk, n in wanted.items())
    if shipment is not None and kind == Kind.NON_DELIVERY and shipment.stage in (Stage.SHIPPED, Stage.DELIVERED):
        note_tracking(actor, shipment_id=shipment.pk, state=Tracking.RETURNING)
    if kind == Kind.CARRIER_CLAIM:
        _claim_on_carrier(actor, order, case, wanted, shipment)
    tell_order(actor, order.pk)
    note(actor, case, "open", detail={"kind": kind, "why": reason, "cause": cause}, reason=exception or text)
    events.emit(CaseOpened(*key_of(case)), actor=actor)
    return case


def _check_words(kind: str, reason: str, cause: str) -> None:
    if kind not in Kind.values:
        raise BadInput(_("Choose what it is about."), field="kind")
    if reason not in REASONS[kind]:
        raise BadInput(_("Choose a reason that fits."), field="reason")
    if kind == Kind.NON_DELIVERY and cause not in Cause.values:
        raise BadInput(_("Choose why it was not delivered."), field="cause")


def _shipment_of(order: Order, kind: str, shipment_id: int | None) -> Shipment | None:
    """The parcel meant; the only one that has left where nobody says."""
    rows = Shipment.objects.filter(of_order(order.pk), stage__in=[*UNDER_WAY, Stage.RETURNED])
    rows = rows.select_related("service").distinct()
    if shipment_id is not None:
        found = rows.filter(pk=shipment_id).first()
        if found is None:
            raise BadInput(_("Choose a parcel that has left."), field="shipment")
        return found
    some = list(rows[:2])
    if kind == Kind.NON_DELIVERY and len(some) != 1:
        raise BadInput(_("Choose the parcel that was not delivered."), field="shipment")
    return some[0] if len(some) == 1 else None


def _wanted(order: Order, kind: str, quantities: Mapping[int, int], shipment: Shipment | None) -> dict[int, int]:
    """Items by line, none of them zero. Raises BadInput for a line that is not the order's."""
    if kind == Kind.NON_DELIVERY and shipment is not None:
        return _in_parcel(order, shipment)
    wanted = {pk: n for pk, n in quantities.items() if n}
    if set(wanted) - set(order.lines.values_list("pk", flat=True)) or any(n < 0 for n in wanted.values()):
        raise BadInput(_("Choose lines of this order."), field="lines")
    if kind != Kind.COMPLAINT and not wanted:
        raise BadInput(_("Choose which goods, and how many."), field="lines")
    return wanted


def _in_parcel(order: Order, shipment: Shipment) -> dict[int, int]:
    """What of this order is in the parcel and in no other case (a return announced before it came to be refused)."""
    left = returnable(order)
    rows = shipment.lines.filter(order_line__order=order).values_list("order_line_id", "quantity")
    return {pk: min(n, left.get(pk, 0)) for pk, n in rows if left.get(pk, 0) > 0}


def _obstacles(
    actor: Actor, order: Order, kind: str, reason: str, wanted: Mapping[int, int], shipment: Shipment | None,
    exception: str,
) -> list[Sentence]:  # fmt: skip
    """The sentence of every guard that fails."""
    found: list[Sentence] = []
    may_except = actor.may(permissions.EXCEPT)
    if order.shipped_at is None:
        found.append(_("Nothing of this order has left yet. Cancel it instead."))
    if order.queue == Queue.DONE and not may_except:
        found.append(_("This order is closed. The manager can reopen it."))
    left = returnable(order)
    names = {line.pk: line.name for line in order.lines.all()}
    found += [
        _("%(name)s: only %(count)d can come back.") % {"name": names[pk], "count": left.get(pk, 0)}
        for pk, n in wanted.items()
        if n > left.get(pk, 0)
    ]
    if kind in (Kind.RETURN, Kind.EXCHANGE) and reason == Reason.CUSTOMER and not _in_time(order):
        if not may_except:
            found.append(_("The posted time for returns is over. The manager can make an exception."))
        elif not exception.strip():
            found.append(_("The posted time for returns is over. Write why an exception is made."))
    open_ones = Case.objects.filter(shipment=shipment, order=order, kind=Kind.NON_DELIVERY).exclude(state__in=OVER)
    if kind == Kind.NON_DELIVERY and shipment is not None and open_ones.exists():
        found.append(_("There is an open case of this parcel already."))
    elif kind == Kind.NON_DELIVERY and not wanted:
        found.append(_("All goods of this parcel are in other cases already."))
    return found


def returnable(order: Order) -> dict[int, int]:
    """Items by order line that have left and are in no case (but those that were withdrawn or came to nothing).

    What a complaint is about stays with the buyer: of it only what did come back counts.
    """
    rows = CaseLine.objects.filter(case__order=order).exclude(case__state=State.WITHDRAWN)
    counts = db.Case(When(case__kind=Kind.COMPLAINT, then=F("received")), default=F("quantity"))
    taken = dict(rows.order_by().values("order_line").annotate(n=Sum(counts)).values_list("order_line", "n"))
    lines = OrderLine.objects.filter(order=order, shipped__gt=0)
    return {line.pk: line.shipped - taken.get(line.pk, 0) for line in lines}


def obstacles_to_unship(order: Order, items: Mapping[int, int]) -> list[Sentence]:
    """Goods that are in a case have left: their dispatch cannot be undone (T16). `items` are by order line."""
    left = returnable(order)
    if all(left.get(line, 0) >= n for line, n in items.items()):
        return []
    cases = Case.objects.filter(lines__order_line__in=items).exclude(state=State.WITHDRAWN).distinct()
    numbers = ", ".join(cases.order_by("number").values_list("number", flat=True))
    return [_("These goods are in a case: %(cases)s. Withdraw it first.") % {"cases": numbers}]


def _in_time(order: Order) -> bool:
    """Inside the posted rule: so many days after the last parcel arrived, or should have."""
    arrival = arrived_on(order)
    return arrival is None or clock.today() <= arrival + dt.timedelta(days=settings.value(declared.ACCEPT_DAYS))


def arrived_on(order: Order) -> dt.date | None:
    """When the last parcel arrived: as told, else ship date and the carrier's days; None if none is at the buyer's."""
    rows = Shipment.objects.filter(of_order(order.pk), stage__in=[Stage.SHIPPED, Stage.DELIVERED])
    transit = Timetable.load().transit(order)
    found = []
    for delivered, shipped_at in rows.values_list("delivered_on", "shipped_at"):
        shipped = clock.aware(shipped_at).date() if shipped_at else None
        found.append(delivered or (transit.arrives(shipped) if transit and shipped else shipped))
    return max((day for day in found if day is not None), default=None)


def _send_back_by(kind: str) -> dt.date | None:
    if kind not in (Kind.RETURN, Kind.EXCHANGE):
        return None
    return clock.today() + dt.timedelta(days=settings.value(declared.SEND_BACK_DAYS))


def _claim_on_carrier(
    actor: Actor, order: Order, case: Case, wanted: Mapping[int, int], shipment: Shipment | None
) -> None:
    """ORD-78: what the goods are worth, but no more than the carrier pays."""
    prices = dict(order.lines.values_list("pk", "unit_price"))
    worth = sum(prices[pk] * n for pk, n in wanted.items())
    is_post = shipment is not None and shipment.service.handover == "post_box"
    limit = settings.value(declared.CARRIER_LIMIT_POST if is_post else declared.CARRIER_LIMIT)
    if min(worth, limit) > 0:
        Claim.objects.create(
            case=case, order=order, kind=ClaimKind.CARRIER, amount=min(worth, limit), by=actor.key
        )  # fmt: skip


def offences(order: Order) -> int:
    """How often this buyer has refused parcels or left them at the depot, all orders together (ORD-76)."""
    rows = Case.objects.filter(order__customer__in=same_person(order.customer).values("pk"), cause__in=NOT_TAKEN_IN)
    return rows.exclude(state=State.WITHDRAWN).count()


@transaction.atomic
def open_returning(actor: Actor, *, shipment_id: int, order_id: int | None = None) -> Case | None:
    """A parcel is on its way back (T18): the case for it, unless a person opened one first (of the parcel, or of all
    that is in it) or it turned round again.

    `order_id` names one of the orders that share the parcel (default: the leading one).
    """
    shipment = Shipment.objects.filter(pk=shipment_id, stage=Stage.RETURNING).first()
    if shipment is None:
        return None
    wanted = order_id or shipment.order_id
    known = Case.objects.filter(shipment=shipment, order_id=wanted, kind=Kind.NON_DELIVERY).exclude(state__in=OVER)
    if known.exists() or not _in_parcel(Order.objects.get(pk=wanted), shipment):
        return None
    return open_case(
        actor, order_id=wanted, kind=Kind.NON_DELIVERY, reason=Reason.UNDELIVERABLE,
        cause=Cause.REFUSED if shipment.cod_amount else Cause.ABSENT, shipment_id=shipment_id,
    )  # fmt: skip


@transaction.atomic
def reopen(actor: Actor, *, order_id: int, text: str) -> Case:
    """T29: a closed order is opened again with a case for whatever came up; the manager's.

    Raises BadInput without a word on why, Refused if the order is not closed or the person may not.
    """
    if not text.strip():
        raise BadInput(_("Write why the order is opened again."), field="text")
    order = Order.objects.filter(pk=order_id).first()
    if order is None or order.queue != Queue.DONE:
        raise Refused(_("This order is not closed."))
    return open_case(actor, order_id=order_id, kind=Kind.COMPLAINT, reason=Reason.CUSTOMER, text=text)


@transaction.atomic
def correct_cause(actor: Actor, *, case_id: int, cause: str) -> Case:
    """Say why a parcel really was not delivered; the automatic case can only guess."""
    if cause not in Cause.values:
        raise BadInput(_("Choose why it was not delivered."), field="cause")
    _order, case = lock(case_id)
    require_state(case, [s for s in State.values if s not in OVER])
    change(case, cause=cause)
    note(actor, case, "cause", detail={"cause": cause})
    return case


__all__ = ["arrived_on", "correct_cause", "offences", "open_case", "open_returning", "reopen", "returnable"]
