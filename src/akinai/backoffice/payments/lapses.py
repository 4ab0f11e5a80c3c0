"""Reading whose transfers are awaited, and who did not pay in time (T07, T08)."""

from __future__ import annotations

from django.db.models import QuerySet

from akinai.backoffice.orders.models import Order, StillOpen
from akinai.backoffice.orders.states import Queue, Timing
from akinai.foundation.core import clock
from akinai.shop.terms.states import MethodKind

TRANSFERS = (MethodKind.BANK_TRANSFER, MethodKind.POSTAL_TRANSFER)


def transfers() -> QuerySet[Order]:
    """Orders that wait for a transfer and have a day on which they lapse: those of which T07 and T08 speak.

    Whoever is on hold, still checked or has asked to cancel is left in peace.
    """
    rows = Order.objects.filter(StillOpen(), queue=Queue.AWAITING_PAYMENT, cancel="none", is_history=False)
    rows = rows.filter(payment_method__kind__in=TRANSFERS, payment_method__timing=Timing.PREPAID)
    dated = rows.filter(pay_due__isnull=False, pay_cancel_on__isnull=False)
    return dated.select_related("store", "payment_method")


def lapsed() -> QuerySet[Order]:
    """Orders whose last day to pay has come (C1): those proposed for cancellation."""
    return transfers().filter(pay_cancel_on__lte=clock.today())
