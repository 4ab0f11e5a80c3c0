"""Who may be calling: customers found while phone number or name are typed, with what must be known of them."""

from __future__ import annotations

from dataclasses import dataclass

from akinai.backoffice.orders.models import Order
from akinai.foundation.core.text import phone_key
from akinai.shop.customers.models import Customer
from akinai.shop.customers.selectors import listed_among, same_person, search

MOST, LATEST = 5, 3
LEAST_DIGITS, LEAST_LETTERS = 4, 2


@dataclass(frozen=True, slots=True)
class Found:
    """A customer, their latest orders, and the word for their level on the attention list ("" if not on it)."""

    customer: Customer
    orders: list[Order]
    warning: str


def find_buyers(phone: str, name: str) -> list[Found]:
    """Customers by the digits of a phone however it is written, else by name; at most five, the newest first."""
    number = phone_key(phone)
    if len(number) >= LEAST_DIGITS:
        words = number
    elif len(name.strip()) >= LEAST_LETTERS:
        words = name.strip()
    else:
        return []
    customers = list(search(words.replace("\x00", ""))[:MOST])
    warned = listed_among(customers) if customers else {}
    return [Found(each, _latest(each), warned.get(each.pk, "")) for each in customers]


def _latest(customer: Customer) -> list[Order]:
    rows = Order.objects.filter(customer__in=same_person(customer)).order_by("-ordered_at", "-pk")
    return list(rows.only("number", "ordered_at", "queue", "total")[:LATEST])
