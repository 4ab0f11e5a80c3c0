"""Mails after the parcel has left: kept at the depot (M10b), a request for a review (M14), a follow-up (M15)."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.db import transaction

from akinai.backoffice.fulfillment.models import Shipment
from akinai.backoffice.orders.models import Order
from akinai.backoffice.orders.services.bulk import by_itself
from akinai.backoffice.orders.states import Stage
from akinai.backoffice.returns.models import Case
from akinai.backoffice.returns.states import Kind as CaseKind
from akinai.backoffice.returns.states import Reason
from akinai.backoffice.returns.states import State as CaseState
from akinai.foundation.core import clock
from akinai.foundation.core.actor import Actor
from akinai.frontoffice.notifications import facts as loading
from akinai.frontoffice.notifications.declared import (
    FOLLOW_DAYS,
    FOLLOW_ON,
    REVIEW_DAYS,
    REVIEW_ON,
    REVIEW_URL,
)
from akinai.frontoffice.notifications.occasions import BY_BUYER, BY_US, obstacle, return_days, values_for
from akinai.frontoffice.notifications.parcels import parcels, road_values
from akinai.shop.messaging import marks
from akinai.shop.messaging.models import Message
from akinai.shop.stores import settings

from .automatic import AUTO, stop_waiting, to_buyer

#: A buyer is asked at most once in this time, however many orders arrived.
QUIET_DAYS = 30
#: Arrivals noted late are still served for so many days.
CATCH_UP = 3
#: Instructions by kind of case.
RETURNS: dict[str, str] = {CaseKind.RETURN: "M13", CaseKind.EXCHANGE: "M13b"}
PLANS = {"M14": (REVIEW_ON, REVIEW_DAYS), "M15": (FOLLOW_ON, FOLLOW_DAYS)}


def on_held(actor: Actor, *, shipment_id: int, kept_until: dt.date) -> list[Message]:
    """ORD-76: tell the buyer that the parcel waits at the depot and until when, once a parcel (M10b)."""
    shipment = parcels().get(pk=shipment_id)
    if shipment.stage != Stage.SHIPPED:
        return []
    facts = loading.load(shipment.order_id)
    more: dict[str, Any] = {**road_values(facts, shipment), "reply_due": kept_until}
    return to_buyer(actor, "M10b", facts, f"parcel:{shipment.pk}", headers=AUTO, **more)


def on_case_opened(actor: Actor, *, case_id: int) -> list[Message]:
    """T24: tell the buyer how to send goods back (M13), or that an exchange waits for them, once a case."""
    case = Case.objects.filter(pk=case_id).first()
    if case is None or case.kind not in RETURNS or case.state != CaseState.AWAITING:
        return []
    facts, by_us = loading.load(case.order_id), case.reason != Reason.CUSTOMER
    kind = RETURNS[case.kind]
    more: dict[str, Any] = {
        **values_for(kind, facts), "freight_bearer": BY_US if by_us else BY_BUYER, "our_fault": "1" if by_us else "",
        **return_days(case.send_back_by),
    }  # fmt: skip
    return to_buyer(actor, kind, facts, f"case:{case.pk}", **more)


def on_case_closed(actor: Actor, *, order_id: int) -> None:
    """A case that is over needs no instructions: those that still wait are stopped."""
    stop_waiting(actor, f"order:{order_id}", tuple(RETURNS.values()))


def ask_and_follow(actor: Actor) -> int:
    """Write the requests for reviews and the follow-ups that are due today, where the shop has switched them on.

    They count from the day the last parcel arrived. Returns how many were written. One order that fails keeps no other
    waiting; Refused tells which did when all had their turn.
    """
    kinds: dict[int, list[str]] = {}
    for kind, (is_on, days) in PLANS.items():
        if settings.value(is_on) and not (kind == "M14" and not str(settings.value(REVIEW_URL)).strip()):
            due = clock.today() - dt.timedelta(days=int(settings.value(days)))
            for pk in _arrived(due):
                kinds.setdefault(pk, []).append(kind)
    return by_itself(list(kinds), lambda pk: sum(_thank(actor, kind, pk) for kind in kinds[pk]))


def _arrived(due: dt.date) -> list[int]:
    """Orders of which a parcel arrived on that day or a little before."""
    first = due - dt.timedelta(days=CATCH_UP)
    rows = Shipment.objects.filter(delivered_on__range=(first, due), stage=Stage.DELIVERED)
    return list(rows.order_by("order_id").values_list("order_id", flat=True).distinct())


@transaction.atomic
def _thank(actor: Actor, kind: str, order_id: int) -> bool:
    """One order: False where the law, the store, the order or the buyer's quiet time speak against it (MAIL-6)."""
    order = Order.objects.only("id", "shipment_stages", "buyer_mail").get(pk=order_id)
    if any(stage != Stage.DELIVERED for stage in order.shipment_stages) or _asked_lately(kind, order):
        return False
    facts = loading.load(order_id)
    if not order.buyer_mail or obstacle(kind, facts):
        return False
    headers = {**AUTO, **marks.stop_headers(order.buyer_mail)}
    return bool(to_buyer(actor, kind, facts, "arrived", headers=headers, **values_for(kind, facts)))


def _asked_lately(kind: str, order: Order) -> bool:
    since = clock.now() - dt.timedelta(days=QUIET_DAYS)
    before = Message.objects.filter(kind=kind, to__iexact=order.buyer_mail, created_at__gt=since)
    return before.exists() or Message.objects.filter(kind=kind, subject_key=order.subject).exists()
