"""Where the numbers of Today lead. A page that does not exist has no address, and nothing links to it."""

from __future__ import annotations

from urllib.parse import urlencode

from django.urls import NoReverseMatch, reverse

from .models import Promise


def page(name: str, *args: object, **query: str) -> str:
    """The address of a page with a query; "" while no installed app has it."""
    try:
        address = reverse(name, args=args)
    except NoReverseMatch:
        return ""
    return f"{address}?{urlencode(query)}" if query else address


def queue(name: str, **query: str) -> str:
    """The list of the orders of one queue."""
    return page("orders:list", queue=name, **query)


def order(order_id: int) -> str:
    """The page of one order."""
    return page("orders:order", order_id)


def promised(promise: Promise) -> str:
    """Where a promise is kept: the conversation it answers, else its order."""
    family, _colon, number = promise.subject.partition(":")
    if family == "thread":
        return page("notifications:thread", int(number))
    return order(promise.order_id) if promise.order_id else ""


def inquiry_number(promise: Promise) -> str:
    """What the buyer was told to name: Q-5 for `thread:5`; the subject of anything else."""
    family, _colon, number = promise.subject.partition(":")
    return f"Q-{number}" if family == "thread" else promise.subject
