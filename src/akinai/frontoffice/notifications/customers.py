"""What was written to a customer and what they wrote, over all of their orders."""

from __future__ import annotations

from django.db.models import Q

from akinai.backoffice.orders.models import Order
from akinai.shop.customers.models import Customer
from akinai.shop.customers.selectors import ids_of
from akinai.shop.messaging import marks
from akinai.shop.messaging.models import AddressMark, Message
from akinai.shop.messaging.models_inbox import Received, Thread
from akinai.shop.messaging.states import ReceivedKind

from .selectors import Entry, timeline

#: The newest orders whose mails are looked at, and how many mails are shown.
MOST_ORDERS, MOST_MAILS = 200, 30


def marks_of(customer_id: int) -> list[AddressMark]:
    """What holds for the addresses of a customer and of everybody merged into them: mails come back (MAIL-11), no
    advertising is wanted (LAW-13). Two queries.
    """
    mails = Customer.objects.filter(pk__in=ids_of(customer_id)).exclude(mail="").values_list("mail", flat=True)
    addresses = {marks.folded(mail) for mail in mails}
    return list(AddressMark.objects.filter(address__in=addresses, lifted_at__isnull=True))


def mails_of(customer_id: int) -> list[Entry]:
    """The newest mails of both directions of a customer and of everybody merged into them (AN-10), newest first.

    Theirs are those about their orders and those from the addresses on them. Five queries at most.
    """
    rows = Order.objects.filter(customer__in=ids_of(customer_id)).order_by("-pk").values_list("pk", "buyer_mail")
    orders = list(rows[:MOST_ORDERS])
    keys = [f"order:{pk}" for pk, _mail in orders]
    addresses = sorted({marks.folded(mail) for _pk, mail in orders if mail})
    if not keys:
        return []
    ours = Message.objects.filter(subject_key__in=keys).order_by("-pk")[:MOST_MAILS]
    threads = Thread.objects.filter(Q(subject_key__in=keys) | Q(address__in=addresses)).values("pk")
    theirs = Received.objects.filter(thread__in=threads).exclude(kind=ReceivedKind.BOUNCE)
    newest = theirs.defer("raw").select_related("thread").order_by("-pk")[:MOST_MAILS]
    return list(reversed(timeline(ours, newest)))[:MOST_MAILS]
