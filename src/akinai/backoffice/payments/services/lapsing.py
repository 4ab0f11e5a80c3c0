"""未入金キャンセル: orders whose time to pay is over (T08), one by one, in bulk, or by themselves."""

from __future__ import annotations

from collections.abc import Sequence

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _l

from akinai.backoffice.orders import services as orders
from akinai.backoffice.orders.models import Order
from akinai.backoffice.orders.services.bulk import one_by_one
from akinai.backoffice.orders.services.guarding import NOT_CANCELLED, NOT_HISTORY, NOT_SHIPPED, take
from akinai.backoffice.orders.states import CancelReason, Queue
from akinai.backoffice.orders.types import BulkResult
from akinai.backoffice.payments import lapses
from akinai.backoffice.payments.coverage import Coverage, coverage
from akinai.backoffice.payments.declared import AUTO_CANCEL, AUTOMATIC
from akinai.foundation.core import clock
from akinai.foundation.core.actor import Actor
from akinai.foundation.core.errors import Refused, Sentence
from akinai.foundation.ui import html
from akinai.shop.stores import settings

NOT_WAITING = _l("This order does not wait for a transfer any more.")


@transaction.atomic
def cancel_unpaid(actor: Actor, *, order_id: int, seen_version: int | None = None) -> Order:
    """Cancel an order that was not paid in time (T08): reason unpaid, stock goes back at once, M12 is written.

    Refused while its last day is not over, or while nobody has read the passbook up to that day and up to the last bank
    business day (PAY-6); and for orders that wait for something else than a transfer.
    """
    order = take(order_id, NOT_CANCELLED, NOT_HISTORY, NOT_SHIPPED, seen_version=seen_version)
    if found := obstacles(order, coverage()):
        raise Refused(found)
    return orders.approve_cancel(actor, order_id=order_id, reason=CancelReason.UNPAID)


def obstacles(order: Order, bank: Coverage) -> list[Sentence]:
    """Why an order may not be cancelled as unpaid now; empty where it may."""
    if order.queue != Queue.AWAITING_PAYMENT or order.payment_method.kind not in lapses.TRANSFERS:
        return [NOT_WAITING]
    last = order.pay_cancel_on
    if last is None:
        return [_("This order has no day until which it must be paid.")]
    if last >= clock.today():
        return [_("It may be paid until %(day)s.") % {"day": html.day(last)}]
    wanted = max(last, bank.needed)
    if not bank.covers(wanted):
        return [_("First read the passbook up to %(day)s: it may have been paid.") % {"day": html.day(wanted)}]
    return []


def cancel_unpaid_many(actor: Actor, *, order_ids: Sequence[int]) -> list[BulkResult]:
    """Cancel several orders as unpaid, each for itself (ORD-33)."""
    return one_by_one(order_ids, lambda pk: cancel_unpaid(actor, order_id=pk))


def lapse_orders(actor: Actor) -> int:
    """Cancel what nobody paid in time, where the shop wants that without a look; returns how many.

    Partly paid orders always wait for a person. Any number of times; each order in its own transaction.
    """
    if settings.value(AUTO_CANCEL) != AUTOMATIC or not coverage().is_current:
        return 0
    ids = list(lapses.lapsed().filter(received_amount=0).values_list("pk", flat=True))
    return sum(result.done for result in cancel_unpaid_many(actor, order_ids=ids))
