"""最終確認: the six items the buyer is told before the button (LAW-2, LAW-3)."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence

from django.utils.translation import gettext as _

from akinai.backoffice.orders.checks import Judge
from akinai.foundation.core.money import yen
from akinai.foundation.ui import html
from akinai.shop.terms.types import Method

from .quoting import Quote

Item = tuple[str, str]


def six_items(found: Quote, judge: Judge) -> list[Item]:
    """Title and text of quantity, price, payment, delivery, cancellation and offer period, in the order they are said.

    Statements come from the shop's own page of the law; where it says nothing about returns, the statutory eight days
    hold (LAW-3). Empty while there is nothing to buy.
    """
    if not found.lines:
        return []
    legal = judge.stores.shop.legal
    return [
        (_("Quantity"), _quantity(found, legal)),
        (_("Price"), _amounts(found)),
        (_("Payment"), _payment(judge.terms.methods[found.entry.method], legal)),
        (_("Delivery"), _delivery(found, legal)),
        (_("Cancellation and returns"), _said(legal, "returns") or _statutory()),
        (_("Offer period"), _said(legal, "offer_period") or _("There is none.")),
    ]


def digest_of(items: Sequence[Item]) -> str:
    """Changes when a word of what is read out changes; then it has to be read out again."""
    return hashlib.sha256("\n".join(f"{title}\t{text}" for title, text in items).encode()).hexdigest()[:16]


def _said(legal: dict[str, str], key: str) -> str:
    return str(legal.get(key, "")).strip()


def _joined(*parts: str) -> str:
    return "\n".join(part for part in parts if part)


def _quantity(found: Quote, legal: dict[str, str]) -> str:
    goods = [f"{line.name} × {line.quantity}" for line in found.lines]
    return _joined(*goods, _said(legal, "limits"))


def _amounts(found: Quote) -> str:
    order = found.order
    prices = [
        _("%(name)s: %(price)s yen each") % {"name": line.name, "price": yen(line.unit_price)} for line in found.lines
    ]
    fees = [_("Shipping fee %(fee)s yen") % {"fee": yen(order.shipping_fee)}]
    if order.payment_fee:
        fees.append(_("Payment fee %(fee)s yen") % {"fee": yen(order.payment_fee)})
    return _joined(*prices, *fees, _("%(total)s yen in all, tax included") % {"total": yen(order.total)})


def _payment(method: Method, legal: dict[str, str]) -> str:
    if method.is_cod:
        when = _("in cash when the parcel arrives")
    elif method.is_prepaid:
        when = _("before the goods are sent")
        if method.due_days:
            when = _("within %(n)d days, before the goods are sent") % {"n": method.due_days}
    else:
        when = _("after the goods have come")
    return _joined(f"{method.name} ({when})", _said(legal, "payment"))


def _delivery(found: Quote, legal: dict[str, str]) -> str:
    plan, days = found.plan, ""
    if plan is not None and plan.arrive_on is not None:
        words = {"ship": html.day(plan.ship_on), "arrive": html.day(plan.arrive_on)}
        days = _("leaves on %(ship)s, arrives on %(arrive)s") % words
        if found.entry.wish_window:
            days = f"{days} {found.entry.wish_window}"
    waits = [row.sku.title for row in found.short if row.sku]
    late = _("Later, once they are there: %(names)s") % {"names": "、".join(waits)} if waits else ""
    return _joined(days, late, _said(legal, "delivery"))


def _statutory() -> str:
    return _("Within 8 days of receipt; the buyer pays for sending it back.")
