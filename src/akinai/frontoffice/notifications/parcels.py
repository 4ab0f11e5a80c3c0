"""What mails say about a parcel: where it is, what is in it, what follows."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import pgettext

from akinai.backoffice.fulfillment.models import Shipment
from akinai.backoffice.fulfillment.states import GONE
from akinai.backoffice.orders.models import Order, OrderLine
from akinai.backoffice.orders.states import Supply
from akinai.foundation.core import clock
from akinai.foundation.core.text import digits

from .context import rows_of
from .facts import OrderFacts
from .spelling import amount, day, listed, name_of, service_name


def parcels() -> QuerySet[Shipment]:
    """Shipments with all a mail says about them."""
    return Shipment.objects.select_related("service__carrier").prefetch_related("lines__order_line__sku", "tracking")


def sent_parcels(order_id: int) -> QuerySet[Shipment]:
    """What of an order has left the house, the latest first."""
    return parcels().filter(order_id=order_id, stage__in=GONE).order_by("-shipped_at", "-id")


def road_values(facts: OrderFacts, shipment: Shipment) -> dict[str, str | None]:
    """Carrier, numbers and the pages on which the buyer sees where the parcel is (R77)."""
    terms = facts.timetable.services[shipment.service_id]
    numbers = [row.number for row in shipment.tracking.all()]
    pages = [page for page in map(terms.carrier.tracking_page, numbers) if page]
    with facts.speaking():
        return {
            "carrier": service_name(terms.carrier, terms),
            "tracking_no": listed(numbers) or None,
            "tracking_url": "\n".join(pages),
        }


def parcel_values(facts: OrderFacts, shipment: Shipment) -> dict[str, Any]:
    """What the shipping notice says about one parcel: where it is, what is in it, what follows (R77, ORD-51)."""
    with facts.speaking():
        return _parcel_values(facts, shipment)


def _parcel_values(facts: OrderFacts, shipment: Shipment) -> dict[str, Any]:
    mine = [row for row in shipment.lines.all() if row.order_line.order_id == facts.order.pk]
    quantities = {row.order_line_id: row.quantity for row in mine}
    assert shipment.shipped_at is not None  # on_dispatched has seen to it
    shipped_on = clock.aware(shipment.shipped_at).date()
    return {
        "ship_date": day(shipped_on),
        "arrive_plan": day(_arrival(facts, shipment, shipped_on)) or "",
        **road_values(facts, shipment),
        "lines": rows_of([row.order_line for row in mine], quantities),
        "parcel_note": _shared_with(facts, shipment) + _what_follows(facts) + _delays(facts, shipment, shipped_on),
        "cash_amount": amount(shipment.cod_amount) if shipment.cod_amount else None,
        "ship_to_name": name_of(shipment.ship_name, shipment.ship_company),
    }


def _arrival(facts: OrderFacts, shipment: Shipment, shipped_on: dt.date) -> dt.date | None:
    """The wished day, or the day the carrier needs, whichever is later; None where the prefecture is unknown."""
    transit = facts.timetable.terms.transit(
        origin=facts.shop.prefecture or "東京都",
        prefecture=shipment.ship_prefecture,
        service=facts.timetable.services[shipment.service_id].code,
        postcode=digits(shipment.ship_postcode),
    )
    soonest = transit.arrives(shipped_on) if transit else None
    if soonest is None or shipment.wish_date is None:
        return soonest or shipment.wish_date
    return max(soonest, shipment.wish_date)


def _delays(facts: OrderFacts, shipment: Shipment, on: dt.date) -> str:
    """SHP-42: what the carrier says of the way of this parcel; blank for most."""
    carrier = facts.timetable.services[shipment.service_id].carrier.code
    said = delays_on(facts, shipment.ship_prefecture, carrier, on)
    return "\n".join(["", *said, ""]) if said else ""


def delays_on(facts: OrderFacts, prefecture: str, carrier: str, on: dt.date) -> list[str]:
    """What is said to buyers about parcels sent on this day to a prefecture."""
    found = facts.timetable.terms.notices_of(prefecture, carrier)
    return list(dict.fromkeys(notice.text for notice in found if notice.holds_on(on)))


def _shared_with(facts: OrderFacts, shipment: Shipment) -> str:
    """ORD-54: which other orders of the buyer are in the same parcel; blank for most."""
    if shipment.bundle_id is None:
        return ""
    found = {row.order_line.order_id for row in shipment.lines.all()} - {facts.order.pk}
    numbers = Order.objects.filter(pk__in=found).order_by("pk").values_list("store_number", flat=True)
    if not numbers:
        return ""
    said = pgettext("mail", "It travels in one parcel with your order %(numbers)s.") % {
        "numbers": listed(list(numbers))
    }
    return f"\n{said}\n"


def _what_follows(facts: OrderFacts) -> str:
    """ORD-51: what of the order is still to come and when; blank when this parcel is the last."""
    later = [
        f"・{row['name']} × {line.remaining}{_when(facts, line)}"
        for line, row in zip(facts.lines, rows_of(facts.lines), strict=True)
        if line.remaining > 0
    ]
    return "\n".join(["", pgettext("mail", "■Still to come, as soon as it is ready"), *later]) if later else ""


def _when(facts: OrderFacts, line: OrderLine) -> str:
    """From when on the rest can come, as far as anybody knows."""
    sku = line.sku
    if sku is None or line.short <= 0:
        return ""
    if line.supply == Supply.PREORDER and sku.release_on is not None:
        return pgettext("mail", " (on sale from %(day)s)") % {"day": day(sku.release_on)}
    if line.supply != Supply.STOCK and sku.lead_days is not None and facts.plan is not None:
        return pgettext("mail", " (ships around %(day)s)") % {"day": day(facts.plan.ship_on)}
    return ""
