"""Mails written by hand: when each kind may be written, and what it says besides the order itself."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import pgettext, pgettext_lazy

from akinai.backoffice.fulfillment.states import GONE
from akinai.backoffice.orders.states import Payment
from akinai.foundation.core import clock
from akinai.foundation.core.errors import Refused
from akinai.foundation.ui import html
from akinai.shop.messaging import marks
from akinai.shop.messaging.models import Message
from akinai.shop.messaging.states import State
from akinai.shop.stores import selectors as stores
from akinai.shop.stores import settings
from akinai.shop.stores.states import MailSender

from .context import rows_of
from .declared import INSPECT_DAYS, RETURN_ADDRESS, RETURN_DAYS, REVIEW_URL
from .facts import OrderFacts
from .families import BY_HAND, PROMOTIONAL
from .parcels import road_values, sent_parcels

REMINDERS = ("R1", "R2", "R3")
#: Kinds that speak of a parcel on the road or arrived.
AFTER_SHIPPING = ("M10", "M10b", "M13", "M13b", *PROMOTIONAL)
MONEY_SURE = (Payment.PAID, Payment.GUARANTEED, Payment.OVERPAID)

BY_US = pgettext_lazy("mail", "paid by us (please send it cash on delivery)")
BY_BUYER = pgettext_lazy("mail", "we kindly ask you to bear it")


def offered(facts: OrderFacts) -> list[str]:
    """The kinds that make sense for an order as it is, in the order of `BY_HAND`."""
    fits = {
        "M04": facts.waits_for_transfer,
        "M06": facts.waits_for_transfer,
        "M08": facts.is_cod and not has_left(facts),
        "M09": any(line.remaining > 0 for line in facts.lines),
        "M17": not facts.is_cancelled and facts.order.payment not in (Payment.PAID, Payment.OVERPAID),
        **dict.fromkeys(AFTER_SHIPPING, has_left(facts)),
    }
    return [kind for kind in BY_HAND if fits.get(kind, True)]


def has_left(facts: OrderFacts) -> bool:
    """True once a parcel of the order has been handed to the carrier."""
    return any(stage in GONE for stage in facts.order.shipment_stages)


def obstacle(kind: str, facts: OrderFacts, step: str = "") -> str:
    """Why a mail of this kind must not be written now, as a sentence; "" if it may."""
    if kind in ("M04", "M06") and not facts.waits_for_transfer:
        return _("Nothing is left to be transferred for this order.")
    if kind == "M06" and _reminded(facts, step):
        return _("This reminder has been written already.")
    if kind == "M08" and not facts.is_cod:
        return _("This order is not paid on delivery.")
    if kind in AFTER_SHIPPING and not has_left(facts):
        return _("Nothing of this order has been sent yet.")
    return no_ads_because(kind, facts) if kind in PROMOTIONAL else ""


def refuse(kind: str, facts: OrderFacts, step: str = "") -> None:
    """Raise Refused where `obstacle` finds one."""
    if sentence := obstacle(kind, facts, step):
        raise Refused(sentence)


def _reminded(facts: OrderFacts, step: str) -> bool:
    sent = Message.objects.filter(subject_key=facts.order.subject, kind="M06", occasion=step)
    return sent.exclude(state=State.STOPPED).exists()


def no_ads_because(kind: str, facts: OrderFacts) -> str:
    """MAIL-6, LAW-10, LAW-13: why this buyer gets no mail that advertises; "" where the law and the store allow it.

    A buyer has a business relation with the shop, which the law takes for consent until they refuse.
    """
    order = facts.order
    if stores.mail_sender(order.store, kind) != MailSender.US:
        return _("The store allows no mails that advertise.")
    if marks.wants_no_ads(order.buyer_mail):
        return _("The buyer wants no advertising.")
    if order.open_cases or order.stopped:
        return _("Something about this order is still open.")
    if facts.is_cancelled or order.payment not in MONEY_SURE:
        return _("The money of this order is not in yet.")
    return ""


def values_for(kind: str, facts: OrderFacts, step: str = "") -> dict[str, Any]:
    """What this kind says without being typed: the parcel, the late lines, the addresses."""
    with facts.speaking():
        return _values_for(kind, facts, step)


def _values_for(kind: str, facts: OrderFacts, step: str) -> dict[str, Any]:
    found: dict[str, Any] = {}
    if kind == "M06":
        found["last_notice"] = "1" if step == REMINDERS[-1] else ""
    elif kind == "M09":
        found["lines"] = rows_of([line for line in facts.lines if line.short > 0] or list(facts.lines))
    elif kind in ("M10", "M10b"):
        parcel = sent_parcels(facts.order.pk).first()
        found |= road_values(facts, parcel) if parcel else {}
    elif kind in ("M13", "M13b"):
        found["return_address"] = return_address(facts)
    elif kind in PROMOTIONAL:
        found |= promotional_values(facts)
    return found


def promotional_values(facts: OrderFacts) -> dict[str, str | None]:
    """The page for reviews and the way to stop such mails (LAW-12)."""
    return {
        "review_url": str(settings.value(REVIEW_URL)).strip() or None,
        "unsubscribe_url": marks.way_to_stop(facts.order.buyer_mail, facts.shop.mail),
    }


def return_days(agreed: dt.date | None = None) -> dict[str, dt.date]:
    """Until when goods are to be sent back, where that is not agreed yet, and until when refund or exchange follows."""
    due = agreed or clock.today() + dt.timedelta(days=int(settings.value(RETURN_DAYS)))
    settled = stores.business_calendar().add_open_days(due, int(settings.value(INSPECT_DAYS)))
    return {"return_due": due, "new_date": settled}


def return_address(facts: OrderFacts) -> str | None:
    """Where goods come back to: the setting, else the shop's own address; None while the shop has none."""
    typed = str(settings.value(RETURN_ADDRESS)).strip()
    shop = facts.shop
    if typed or not shop.address1:
        return typed or None
    lines = [f"〒{html.postcode(shop.postcode)} {shop.prefecture}{shop.address1} {shop.address2}".strip(),
             f"{shop.name} " + pgettext("mail", "(returns)") + (f" TEL {shop.tel}" if shop.tel else "")]  # fmt: skip
    return "\n".join(lines)
