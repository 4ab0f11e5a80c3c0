"""Where the numbers of Today lead. A page that does not exist has no address, and nothing links to it."""

from __future__ import annotations

from urllib.parse import urlencode

from django.urls import NoReverseMatch, reverse

from akinai.shop.messaging.models_inbox import Thread

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
    if (pk := thread_id(promise)) is not None:
        return page("notifications:thread", pk)
    return order(promise.order_id) if promise.order_id else ""


def inquiry_number(promise: Promise) -> str:
    """What the buyer was told to name, such as Q-5; the subject of what is no conversation."""
    pk = thread_id(promise)
    return promise.subject if pk is None else Thread(pk=pk).number


def thread_id(promise: Promise) -> int | None:
    """The conversation a promise is to answer; None for one about an order."""
    family, _colon, number = promise.subject.partition(":")
    return int(number) if family == "thread" else None
