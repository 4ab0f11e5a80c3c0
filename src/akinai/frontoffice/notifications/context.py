"""The variables of a mail, from the facts of an order. A value that does not exist is None."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from typing import Any

from django.utils.translation import npgettext, pgettext, pgettext_lazy

from akinai.backoffice.orders.models import OrderLine
from akinai.backoffice.orders.states import CancelReason
from akinai.foundation.core.actor import Actor
from akinai.foundation.ui import html
from akinai.shop.messaging.rendering import one_line
from akinai.shop.messaging.signature import signature
from akinai.shop.stores import settings
from akinai.shop.terms.states import MethodKind

from .declared import POSTAL_ACCOUNT
from .facts import OrderFacts
from .spelling import (
    amount,
    carrier_name,
    day,
    in_english,
    listed,
    moment,
    name_of,
    paid_by,
    service_name,
    spelled,
    until,
    window,
)

#: The mark of the reduced rate, as on papers.
REDUCED = "※"

REASONS = {
    CancelReason.CUSTOMER: pgettext_lazy("mail", "as you wished"),
    CancelReason.UNPAID: pgettext_lazy("mail", "no payment had reached us by the due date"),
    CancelReason.STOCKOUT: pgettext_lazy("mail", "we could not get the goods you ordered"),
    CancelReason.SHOP: pgettext_lazy("mail", "we are not able to accept this order"),
    CancelReason.FRAUD: pgettext_lazy("mail", "the payment could not be completed"),
    CancelReason.STORE: pgettext_lazy("mail", "cancelled at the store you bought from"),
    CancelReason.JOINED: pgettext_lazy("mail", "put together with your first order"),
}
OUR_FAULT = frozenset({CancelReason.STOCKOUT, CancelReason.SHOP})


def values_of(facts: OrderFacts, actor: Actor | None = None, **more: Any) -> dict[str, Any]:
    """Everything that can be said about the order itself, in the language that is active; `more` are values of the
    occasion and win: amounts, days and moments as they are, or words.
    """
    order = facts.order
    base: dict[str, Any] = {
        **_shop(facts),
        "staff_name": staff_name(actor),
        "customer_name": one_line(name_of(order.buyer_name, order.buyer_company)),
        "order_no": one_line(order.store_number),
        "our_no": order.number,
        "ordered_at": moment(order.ordered_at),
        "confirm_by": until(order.confirm_by),
        "store_name": order.store.name,
        "remark": order.remark or pgettext("mail", "none"),
        "ship_to_name": one_line(name_of(order.ship_name, order.ship_company)),
        "ship_to_address": one_line(_address(order.ship_postcode, order.ship_address)),
        "delivery_method": service_name(order.delivery_service.carrier, order.delivery_service),
        "carrier": carrier_name(order.delivery_service.carrier),
        "wish_date": day(order.wish_date) or "",
        "wish_time": window(order.wish_window, order.wish_window_raw),
        "is_gift": pgettext("mail", "gift") if order.is_gift else "",
        "changed": pgettext("mail", "changed") if facts.is_changed else "",
        "staff_note": "",
        "lines": rows_of(facts.lines),
        **_money(facts),
        **_plan(facts),
        **_cancelling(facts),
    }
    base["wish"] = f"{base['wish_date']} {base['wish_time']}".strip() or pgettext("mail", "none given")
    return {**base, **{name: spelled(value) for name, value in more.items()}}


def staff_name(actor: Actor | None) -> str:
    """Who writes: the person, or the desk where a machine does."""
    is_person = actor is not None and actor.key.startswith("staff:") and actor.label
    return actor.label if actor is not None and is_person else pgettext("mail", "the order desk")


def _shop(facts: OrderFacts) -> dict[str, str]:
    shop = facts.shop
    return {
        "shop_name": one_line(shop.name), "shop_company": shop.company, "shop_url": shop.url, "shop_mail": shop.mail,
        "shop_tel": shop.tel, "shop_hours": shop.hours, "signature": signature(shop),
    }  # fmt: skip


def _address(postcode: str, address: str) -> str:
    return f"〒{html.postcode(postcode)} {address}" if postcode else address


def rows_of(lines: Iterable[OrderLine], quantities: Mapping[int, int] | None = None) -> list[dict[str, str]]:
    """The lines as a loop wants them; `quantities` by line id where not all of a line is meant."""
    return [_row(line, line.live if quantities is None else quantities[line.pk]) for line in lines]


def _row(line: OrderLine, quantity: int) -> dict[str, str]:
    options = one_line(line.options)
    basis = "" if line.price_basis == "incl" else pgettext("mail", " (excl. tax)")
    return {
        "name": one_line(line.name) + ((f" ({options})" if in_english() else f"({options})") if options else ""),
        "sku": line.sku.code if line.sku else line.store_code,
        "qty": amount(quantity),
        "price": amount(line.unit_price) + basis,
        "reduced_mark": REDUCED if line.is_reduced else "",
    }


def _money(facts: OrderFacts) -> dict[str, str | None]:
    order = facts.order
    rates = {entry["rate"]: entry for entry in order.tax_lines}
    found: dict[str, str | None] = {
        "goods_total": amount(order.goods_total + order.added_tax),
        "shipping_fee": amount(order.shipping_fee),
        "cod_fee": amount(order.payment_fee),
        "wrapping_fee": amount(order.wrapping_fee),
        "other_fee": amount(max(0, order.other_fee)),
        "discount": amount(order.discount_total - order.points),
        "points_used": amount(order.points),
        "grand_total": amount(order.total),
        "pay_method": paid_by(order.payment_method),
        "open_amount": amount(max(0, facts.open_amount)),
        "over_amount": amount(max(0, -facts.open_amount - order.payment_method.tolerance)),
        "pay_due": day(order.pay_due),
        "cancel_on": day(order.pay_cancel_on),
        "cash_amount": amount(max(0, facts.open_amount)) if facts.is_cod else None,
        "transfer_amount": amount(facts.open_amount) if facts.waits_for_transfer else None,
        "bank_account": _account(facts),
    }
    for rate in (10, 8):
        entry = rates.get(rate, {"gross": 0, "tax": 0})
        found[f"tax{rate}_base"], found[f"tax{rate}"] = amount(entry["gross"]), amount(entry["tax"])
    return found


def _account(facts: OrderFacts) -> str | None:
    """Where to transfer to (R54, R57); None where the shop has not said."""
    postal = settings.value(POSTAL_ACCOUNT) if facts.order.payment_method.kind == MethodKind.POSTAL_TRANSFER else ""
    return (postal or facts.shop.bank_account).strip() or None


def _plan(facts: OrderFacts) -> dict[str, str | None]:
    """The planned days in words that are true now: without the money or the goods there is no date yet (PAY-9)."""
    plan = facts.plan
    if plan is None:
        return {"ship_plan": None, "arrive_plan": None}
    later = facts.transit_days or 0
    after = _after(later)
    if facts.waits_for_goods:
        return {
            "ship_plan": pgettext("mail", "as soon as the goods are here (we will tell you when we know)"),
            "arrive_plan": after,
        }
    if facts.waits_for_money and facts.is_prepaid:
        return {"ship_plan": _once_paid(plan.ship_on), "arrive_plan": after}
    return {"ship_plan": day(plan.ship_on), "arrive_plan": day(plan.arrive_on) or after}


def _after(days: int) -> str:
    """How long the way takes, counted from the day it ships."""
    if not days:
        return pgettext("mail", "on the day of shipping")
    return npgettext("mail", "%(n)d day after shipping", "%(n)d days after shipping", days) % {"n": days}


def _once_paid(ship_on: dt.date) -> str:
    said = pgettext("mail", "once your payment is here (%(day)s if it comes today)")
    return said % {"day": day(ship_on)}


def _cancelling(facts: OrderFacts) -> dict[str, str | None]:
    order = facts.order
    if not facts.is_cancelled:
        return {"reason": None, "refund_detail": None, "our_fault": ""}
    return {
        "reason": str(REASONS[CancelReason(order.cancel_reason)]),
        "refund_detail": _money_back(facts),
        "our_fault": "1" if order.cancel_reason in OUR_FAULT else "",
    }


def _money_back(facts: OrderFacts) -> str:
    """What happens to the money of a cancelled order."""
    order = facts.order
    if order.received_amount > 0:
        held = amount(order.received_amount)
        said = pgettext("mail", "We will refund the %(amount)s yen we hold, and write again once it is done.")
        return said % {"amount": held}
    if order.guaranteed_amount > 0:
        said = pgettext("mail", "You will not be charged (%(method)s).")
        return said % {"method": paid_by(order.payment_method)}
    return pgettext("mail", "Nothing is charged.")


def for_shop(facts: OrderFacts) -> dict[str, Any]:
    """What only our own staff read (M02): the reasons to look."""
    labels = [str(check.get_code_display()) for check in facts.checks]
    return {"reason": listed(labels) if labels else pgettext("mail", "none")}
