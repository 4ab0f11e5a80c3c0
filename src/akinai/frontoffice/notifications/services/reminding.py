"""入金督促 by itself: the three reminders of an unpaid transfer (T07, PAY-6, PAY-7)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection

from django.db import transaction

from akinai.backoffice.orders.models import Order
from akinai.backoffice.orders.services.bulk import by_itself
from akinai.backoffice.orders.services.guarding import lock
from akinai.backoffice.payments import lapses
from akinai.backoffice.payments.coverage import coverage
from akinai.foundation.core import clock
from akinai.foundation.core.actor import Actor
from akinai.frontoffice.notifications import facts as loading
from akinai.frontoffice.notifications.declared import REMIND_AT, REMIND_ON
from akinai.frontoffice.notifications.occasions import obstacle, values_for
from akinai.shop.messaging.models import Message
from akinai.shop.stores import settings
from akinai.shop.terms import declared as terms
from akinai.shop.terms.due import BankDates, DueRules, dates_around, step_due

from .automatic import AUTO, to_buyer


def remind(actor: Actor) -> int:
    """Write every reminder that is due today and return how many; any number of times a day (MAIL-4).

    One order that fails keeps no other waiting; Refused tells which did when all had their turn.

    None before the hour the shop has set, and none while nobody has looked at the account up to the last bank business
    day (PAY-6): what waited for that goes out as soon as somebody has.
    """
    if not settings.value(REMIND_ON) or f"{clock.now():%H:%M}" < settings.value(REMIND_AT):
        return 0
    if not coverage().is_current:
        return 0
    rows = lapses.transfers().exclude(buyer_mail="").order_by("pay_due", "pk")
    orders = {order.pk: order for order in rows}
    written, rules = _written(orders.values()), _rules()
    return by_itself(list(orders), lambda pk: _remind_one(actor, orders[pk], rules, written[orders[pk].subject]))


def _written(orders: Collection[Order]) -> dict[str, set[str]]:
    """The steps each order's buyer was reminded of, also by hand; one that a person has stopped stays stopped."""
    found: dict[str, set[str]] = defaultdict(set)
    subjects = [order.subject for order in orders]
    rows = Message.objects.filter(kind="M06", subject_key__in=subjects).values_list("subject_key", "occasion")
    for subject, occasion in rows:
        found[subject].add(occasion)
    return found


def _rules() -> dict[str, int]:
    return {
        "first_before": settings.value(terms.REMIND_FIRST),
        "second_after": settings.value(terms.REMIND_SECOND),
        "last_after": settings.value(terms.REMIND_LAST),
    }


def dates_of(order: Order, rules: dict[str, int]) -> BankDates | None:
    """The days of an order's transfer; None where it has no due date."""
    if order.pay_due is None or order.pay_cancel_on is None or order.accepted_at is None:
        return None
    days = DueRules(due_days=order.payment_method.due_days or 0, **rules)
    return dates_around(order.pay_due, order.pay_cancel_on, clock.aware(order.accepted_at).date(), days)


@transaction.atomic
def _remind_one(actor: Actor, order: Order, rules: dict[str, int], written: set[str]) -> int:
    """Looked at again while nobody else can change the order: the money may have come this very moment."""
    dates = dates_of(order, rules)
    step = step_due(dates, clock.today(), written) if dates else ""
    if not step:
        return 0
    lock([order.pk])
    facts = loading.load(order.pk)
    if facts.order.queue != order.queue or obstacle("M06", facts, step):
        return 0
    values = values_for("M06", facts, step)
    return len(to_buyer(actor, "M06", facts, step, headers=AUTO, staff_note="", **values))
