"""Where the numbers of Today lead. A page that does not exist has no address, and nothing links to it."""

from __future__ import annotations

from urllib.parse import urlencode

from django.urls import NoReverseMatch, reverse


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
