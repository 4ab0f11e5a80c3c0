"""SHP-73: who has not been told that the parcel left, though a mail of ours should say so."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext as _

from akinai.backoffice.orders.models import Order
from akinai.shop.messaging.models import Message
from akinai.shop.messaging.states import State
from akinai.shop.stores.selectors import mail_sender

from .models import BundleMember, Shipment
from .selectors import shipped_on
from .tables import order_url

#: The shipping mail, and the word under which one shipment's is kept.
KIND = "M07"
MOST = 1000


@dataclass(frozen=True, slots=True)
class Unmailed:
    """A shipment that left without its mail to the buyer of one of its orders, and how far that mail is."""

    shipment: Shipment
    order: Order
    said: str

    @property
    def order_url(self) -> str:
        return order_url(self.order.pk)


def without_mail(day: dt.date) -> list[Unmailed]:
    """Shipments that left on a day (JST) whose buyer should be told by us and was not yet; must be empty at its end.

    A shared parcel has a mail for each of its orders (ORD-54).
    """
    gone = list(shipped_on(day).order_by("shipped_at")[:MOST])
    wanted = [(s, order) for s in gone for order in _orders_of(s) if mail_is_ours(order)]
    states = _states(wanted)
    return [Unmailed(s, o, _say(states.get((s.pk, o.pk)))) for s, o in wanted if states.get((s.pk, o.pk)) != State.SENT]


def _orders_of(shipment: Shipment) -> list[Order]:
    """Whose goods are in it; asked for only where several orders share it."""
    if shipment.bundle_id is None:
        return [shipment.order]
    members = BundleMember.objects.filter(bundle_id=shipment.bundle_id).select_related("order__store")
    return [member.order for member in members.order_by("-is_lead", "order_id")]


def mail_is_ours(order: Order) -> bool:
    """True if our shipping mail is due (MAIL-13): the store leaves it to us and the buyer has an address."""
    return bool(order.buyer_mail) and mail_sender(order.store, KIND) == "us"


Key = tuple[int, int]


def _states(wanted: Iterable[tuple[Shipment, Order]]) -> dict[Key, str]:
    """The state of each mail by shipment and order; one sent again that arrived counts as sent. One query."""
    by_key = {(order.subject, s.mail_occasion): (s.pk, order.pk) for s, order in wanted}
    rows = Message.objects.filter(kind=KIND, subject_key__in={key for key, _o in by_key}).order_by("id")
    found: dict[Key, str] = {}
    of_message: dict[int, Key] = {}
    for pk, key, occasion, state, first in rows.values_list("id", "subject_key", "occasion", "state", "resend_of_id"):
        meant = by_key.get((key, occasion)) or of_message.get(first or 0)
        if meant is None:
            continue
        of_message[pk] = meant
        if found.get(meant) != State.SENT:
            found[meant] = state
    return found


def _say(state: str | None) -> str:
    if state is None:
        return _("No mail has been written")
    return str(State(state).label)
