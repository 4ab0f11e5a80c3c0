"""与信の期限: until when an authorisation can be used, and when a new one must be asked for (PAY-5, ORD-63). Pure."""

from __future__ import annotations

import datetime as dt

#: So many days before it runs out, and before a parcel leaves, somebody should know.
MARGIN = 3


def expiry(authorised_on: dt.date, days: int | None) -> dt.date | None:
    """The last day of an authorisation (JST); None where the agency names no life."""
    return authorised_on + dt.timedelta(days=days) if days is not None else None


def is_tight(expires_on: dt.date | None, ship_on: dt.date) -> bool:
    """PAY-5: warn when the planned shipping day comes later than three days before the end."""
    return expires_on is not None and ship_on > expires_on - dt.timedelta(days=MARGIN)


def renew_on(ship_on: dt.date) -> dt.date:
    """ORD-63: the day on which to ask for a new authorisation, three days before the parcel leaves."""
    return ship_on - dt.timedelta(days=MARGIN)


def is_over(expires_on: dt.date | None, today: dt.date) -> bool:
    """Whether it has run out: on its last day it still counts."""
    return expires_on is not None and expires_on < today
