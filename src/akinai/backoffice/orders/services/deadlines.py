"""Until when an order must be paid (PAY-7): set when it is accepted, set anew when an edit asks for more."""

from __future__ import annotations

import datetime as dt

from akinai.backoffice.orders.facts import money_of
from akinai.backoffice.orders.models import Order
from akinai.backoffice.orders.payment_fact import derive_payment
from akinai.backoffice.orders.states import Payment, Timing
from akinai.foundation.core import clock
from akinai.shop.stores import settings
from akinai.shop.terms import declared as terms_declared
from akinai.shop.terms.due import DueRules, bank_dates


def set_due(order: Order, on: dt.date) -> None:
    """Payment deadlines of an unsaved order counted from `on`; left alone where the method has none."""
    method = order.payment_method
    if method.timing != Timing.PREPAID or method.due_days is None:
        return
    rules = DueRules(due_days=method.due_days, cancel_after=settings.value(terms_declared.CANCEL_AFTER))
    dates = bank_dates(on, rules)
    order.pay_due, order.pay_cancel_on = dates.due, dates.cancel_on


def renew_due(order: Order, *, anew: bool) -> None:
    """Deadlines after an edit of an accepted order: counted from today where more is due or the method is another
    (`anew`), none where nothing is due. Saves them."""
    if order.accepted_at is None:
        return
    waits = derive_payment(money_of(order, order.payment_method)) in (Payment.UNPAID, Payment.PART_PAID)
    kept = order.pay_due, order.pay_cancel_on
    if anew or not waits:
        order.pay_due, order.pay_cancel_on = None, None
    if waits and (anew or order.pay_due is None):
        set_due(order, clock.today())
    if (order.pay_due, order.pay_cancel_on) != kept:
        order.save(update_fields=["pay_due", "pay_cancel_on"])
