"""SHP-73: who has not been told that the parcel left, though a mail of ours should say so."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext as _

from akinai.shop.messaging.models import Message
from akinai.shop.messaging.states import State
from akinai.shop.stores.selectors import mail_sender

from .models import Shipment
from .selectors import shipped_on
from .tables import order_url

#: The shipping mail, and the word under which one shipment's is kept.
KIND = "M07"
MOST = 1000


@dataclass(frozen=True, slots=True)
class Unmailed:
    """A shipment that left without its mail, and how far that mail is."""

    shipment: Shipment
    said: str

    @property
    def order_url(self) -> str:
        return order_url(self.shipment.order_id)


def without_mail(day: dt.date) -> list[Unmailed]:
    """Shipments that left on a day (JST) whose buyer should be told by us and was not yet; must be empty at its end."""
    wanted = [s for s in shipped_on(day).order_by("shipped_at")[:MOST] if mail_is_ours(s)]
    states = _states(wanted)
    return [Unmailed(s, _say(states.get(s.pk))) for s in wanted if states.get(s.pk) != State.SENT]


def mail_is_ours(shipment: Shipment) -> bool:
    """True if our shipping mail is due (MAIL-13): the store leaves it to us and the buyer has an address."""
    return bool(shipment.order.buyer_mail) and mail_sender(shipment.order.store, KIND) == "us"


def _states(shipments: Iterable[Shipment]) -> dict[int, str]:
    """The state of each shipment's mail; one that was sent again and arrived counts as sent. One query."""
    by_key = {(s.order.subject, s.mail_occasion): s.pk for s in shipments}
    rows = Message.objects.filter(kind=KIND, subject_key__in={key for key, _o in by_key}).order_by("id")
    found: dict[int, str] = {}
    of_message: dict[int, int] = {}
    for pk, key, occasion, state, first in rows.values_list("id", "subject_key", "occasion", "state", "resend_of_id"):
        shipment = by_key.get((key, occasion)) or of_message.get(first or 0)
        if shipment is None:
            continue
        of_message[pk] = shipment
        if found.get(shipment) != State.SENT:
            found[shipment] = state
    return found


def _say(state: str | None) -> str:
    if state is None:
        return _("No mail has been written")
    return str(State(state).label)
