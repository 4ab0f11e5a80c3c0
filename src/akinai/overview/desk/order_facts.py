"""Loading what promises are judged by: the facts of many orders in a fixed number of queries."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from typing import TypeVar

from django.db.models import F, Sum

from akinai.backoffice.fulfillment.models import Shipment, ShipmentLine
from akinai.backoffice.fulfillment.states import GONE
from akinai.backoffice.orders.models import CheckReason, Order, OrderLine
from akinai.backoffice.payments.models import LedgerEntry
from akinai.backoffice.payments.states import Entry
from akinai.foundation.audit.models import AuditEntry
from akinai.shop.messaging.models import Message
from akinai.shop.messaging.states import State
from akinai.shop.stores import settings
from akinai.shop.stores.models import Store
from akinai.shop.stores.selectors import business_calendar, mail_sender
from akinai.shop.stores.states import MailSender

from . import declared
from .models import ContactTask
from .owing import Happening, Mail, OrderFacts, Reason, Terms
from .states import Ending

#: Kinds whose sender decides what is promised (MAIL-13).
KINDS = ("M03", "M05", "M07", "M09", "M12")
#: Money of the buyer; what moves between orders of one buyer is none.
FOUND = (Entry.DEPOSIT, Entry.STORE_PAID)
T = TypeVar("T")
Found = Mapping[int, list[T]]


def terms() -> Terms:
    """By what dates are counted today."""
    return Terms(business_calendar(), int(settings.value(declared.ANSWER_DAYS)))


def load(orders: Collection[Order]) -> dict[int, OrderFacts]:
    """Facts by order id; eight queries, whatever the number. The orders come with store and payment method."""
    ids = [order.pk for order in orders]
    mails, reasons, deposits = _mails(ids), _reasons(ids), _deposits(ids)
    parcels, wishes, short, told = _parcels(ids), _cancel_wishes(ids), _short(ids), _told(ids)
    return {
        order.pk: OrderFacts(
            is_history=order.is_history,
            ordered_at=order.ordered_at,
            confirm_by=order.confirm_by,
            confirmation=order.confirmation,
            accepted_at=order.accepted_at,
            cancel=order.cancel,
            has_mail=bool(order.buyer_mail),
            timing=order.payment_method.timing,
            shipped_at=order.shipped_at,
            short=order.pk in short,
            ours=ours(order.store),
            mails=mails[order.pk],
            reasons=reasons[order.pk],
            deposits=deposits[order.pk],
            parcels=parcels[order.pk],
            cancel_wishes=wishes[order.pk],
            told=told[order.pk],
        )
        for order in orders
    }


def ours(store: Store) -> frozenset[str]:
    """The kinds of mail we send for a store (MAIL-13)."""
    return frozenset(kind for kind in KINDS if mail_sender(store, kind) == MailSender.US)


def _grouped(pairs: Iterable[tuple[int, T]]) -> Found[T]:
    found: dict[int, list[T]] = defaultdict(list)
    for order_id, value in pairs:
        found[order_id].append(value)
    return found


def _mails(ids: Collection[int]) -> Found[Mail]:
    """What has left, each under the occasion of the first of its kind where it was sent again."""
    keys = {f"order:{pk}": pk for pk in ids}
    rows = list(
        Message.objects.filter(subject_key__in=keys)
        .order_by("id")
        .values_list("id", "subject_key", "kind", "occasion", "sent_at", "state", "resend_of_id")
    )
    occasions: dict[int, str] = {}
    found = []
    for pk, key, kind, occasion, sent_at, state, first in rows:
        occasions[pk] = occasions.get(first, occasion) if first else occasion
        if state == State.SENT and sent_at is not None:
            found.append((keys[key], Mail(pk, kind, occasions[pk], sent_at)))
    return _grouped(found)


def _reasons(ids: Collection[int]) -> Found[Reason]:
    rows = CheckReason.objects.filter(order_id__in=ids).values_list("order_id", "id", "code", "opened_at")
    return _grouped((order_id, Reason(pk, code, at)) for order_id, pk, code, at in rows)


def _deposits(ids: Collection[int]) -> Found[Happening]:
    """Money that was found and not taken back. What came with the order itself is news to nobody: no mail follows."""
    rows = LedgerEntry.objects.filter(order_id__in=ids, kind__in=FOUND, reversed_by__isnull=True)
    rows = rows.exclude(key__startswith="store:", key__endswith=":first")
    return _grouped(
        (order_id, Happening(f"deposit:{pk}", at)) for order_id, pk, at in rows.values_list("order_id", "id", "at")
    )


def _parcels(ids: Collection[int]) -> Found[Happening]:
    """What has left, under the name its mail has. One that several orders share is a parcel of each (ORD-54)."""
    lines = ShipmentLine.objects.filter(order_line__order_id__in=ids, shipment__stage__in=GONE)
    pairs = sorted(set(lines.values_list("order_line__order_id", "shipment_id")))
    parcels = Shipment.objects.in_bulk({parcel for _order, parcel in pairs})
    return _grouped(
        (order_id, Happening(parcels[pk].mail_occasion, at))
        for order_id, pk in pairs
        if (at := parcels[pk].shipped_at) is not None
    )


def _cancel_wishes(ids: Collection[int]) -> Found[Happening]:
    keys = {f"order:{pk}": pk for pk in ids}
    rows = AuditEntry.objects.filter(subject__in=keys, action="orders.request_cancel")
    return _grouped((keys[key], Happening(f"wish:{pk}", at)) for pk, key, at in rows.values_list("id", "subject", "at"))


def _short(ids: Collection[int]) -> set[int]:
    """Orders that lack goods nobody told the buyer of."""
    lines = OrderLine.objects.filter(order_id__in=ids, short_told=False).order_by().values("order_id")
    missing = lines.annotate(n=Sum(F("quantity") - F("cancelled") - F("shipped") - F("allocated"))).filter(n__gt=0)
    return set(missing.values_list("order_id", flat=True))


def _told(ids: Collection[int]) -> Found[tuple[str, dt.datetime]]:
    """When a person reached the buyer without a mail."""
    rows = ContactTask.objects.filter(order_id__in=ids, ending=Ending.REACHED)
    return _grouped(
        (order_id, (by, at)) for order_id, by, at in rows.values_list("order_id", "closed_by", "closed_at") if at
    )
