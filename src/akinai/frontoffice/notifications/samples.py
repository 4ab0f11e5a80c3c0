"""Real orders to preview a template on: the facts are the order's, what the occasion brings are examples."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext as _

from akinai.backoffice.orders.models import Order
from akinai.foundation.core import clock
from akinai.foundation.core.errors import NotFound
from akinai.foundation.core.text import nfkc
from akinai.shop.messaging.kinds import Sample
from akinai.shop.messaging.texts import LANGUAGE
from akinai.shop.terms.due import DueRules, bank_dates

from . import facts, variables
from .context import for_shop, values_of
from .english import example_of
from .occasions import values_for
from .spelling import day


def find_order(reference: str, store_id: int | None = None) -> Order:
    """The order of that number (ours or the store's), or the latest; raises NotFound."""
    wanted = nfkc(reference)
    orders = Order.objects.filter(store_id=store_id) if store_id and not wanted else Order.objects.all()
    if wanted:
        orders = orders.filter(Q(number=wanted) | Q(store_number=wanted))
    order = orders.order_by("-ordered_at", "-id").first()
    if order is None and wanted:
        raise NotFound(_("There is no order with the number %(number)s.") % {"number": wanted})
    if order is None:
        raise NotFound(_("There is no order yet to preview this on."))
    return order


def sample_of(kind: str, reference: str, store_id: int | None, language: str = LANGUAGE) -> Sample:
    """Values of a real order for a kind of mail, as a reader of that language would get them."""
    order = find_order(reference, store_id)
    found = replace(facts.load(order.pk), reader=language)
    with found.speaking():
        values = values_of(found)
        values |= {k: v for k, v in values_for(kind, found).items() if v is not None}
        examples: dict[str, Any] = {v.name: example_of(v, language) for v in variables.OCCASION.get(kind, {}).values()}
        for name, example in examples.items():
            if values.get(name) is None:
                values[name] = example
        if kind == "M02":
            values.update(for_shop(found))
        if found.waits_for_transfer and found.order.pay_due is None:
            dates = bank_dates(clock.today(), DueRules(due_days=found.order.payment_method.due_days or 7))
            values.update(pay_due=day(dates.due), cancel_on=day(dates.cancel_on))  # as if it were accepted today
    return Sample(order.number, values)
