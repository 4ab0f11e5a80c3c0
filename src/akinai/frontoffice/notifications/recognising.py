"""Which order a mail of a buyer is about, where it answers none of ours."""

from __future__ import annotations

import re

from akinai.backoffice.orders.models import Order
from akinai.foundation.core.text import nfkc
from akinai.shop.messaging.subjects import Guess

_WORD = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{2,39}")
#: A number as short as this says little unless its sender is the buyer.
SURE_LENGTH = 8


def guess(subject: str, address: str) -> Guess | None:
    """The order whose number stands in the subject, else the latest unfinished one of the sender, else the latest.

    Our own numbers count wherever they stand. A store's number counts if the sender is that order's buyer or if it is
    long enough not to be a day or an amount.
    """
    number = _by_number(subject, address)
    if number is not None:
        return Guess(f"order:{number}", by_number=True)
    latest = _latest_of(address)
    return Guess(f"order:{latest}", by_number=False) if latest is not None else None


def _by_number(subject: str, address: str) -> int | None:
    found = [word.rstrip(".-_") for word in _WORD.findall(nfkc(subject))]
    words = list(dict.fromkeys(word for word in found if any(c.isdigit() for c in word)))
    if not words:
        return None
    ours = Order.objects.filter(number__in=words).values_list("pk", flat=True).first()
    if ours is not None:
        return int(ours)
    rows = Order.objects.filter(store_number__in=words).order_by("-ordered_at", "-id")
    for pk, number, mail in rows.values_list("pk", "store_number", "buyer_mail")[:20]:
        if mail.lower() == address or len(number) >= SURE_LENGTH:
            return int(pk)
    return None


def _latest_of(address: str) -> int | None:
    key = nfkc(address).lower()
    if not key:
        return None
    orders = Order.objects.filter(customer__mail_key=key).order_by("-ordered_at", "-id")
    unfinished = orders.still_open().values_list("pk", flat=True).first()
    return unfinished if unfinished is not None else orders.values_list("pk", flat=True).first()
