"""Cells of the order list as HTML: no templates, no queries, fifty rows in a few milliseconds."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from django.utils.html import escape, format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from akinai.foundation.core import clock
from akinai.foundation.ui import html

from . import wording
from .models import Order
from .states import Cancel, Promised, Queue

#: A confirmation due within this span is drawn as urgent.
SOON = dt.timedelta(hours=4)
SHOWN_BADGES = 3


def store_badge(order: Order) -> SafeString:
    """The store's short name in a frame, the full one on hover."""
    return format_html('<span class="ak-shop" title="{}">{}</span>', order.store.name, order.store.label)


def promise(order: Order, *, long: bool = False) -> SafeString:
    """The next promise of an order that may break (N-2): to the buyer, then payment (PAY-7), ship date; or nothing.

    `long` is for the head of the order page, with a ground and 「あと」.
    """
    if order.is_history or (order.queue in (Queue.CANCELLED, Queue.DONE) and order.promise_due_at is None):
        return SafeString("")
    if order.promise_due_at is not None and order.promise_kind not in ("", Promised.CONFIRM):
        return _promised(order.get_promise_kind_display(), order.promise_due_at, long=long)
    if order.promise_kind == Promised.CONFIRM and order.promise_due_at is not None:
        return _confirmation(order.promise_due_at, long=long)
    if order.confirm_by is not None and order.accepted_at is None and order.cancel == Cancel.NONE:
        return _confirmation(order.confirm_by, long=long)
    if order.queue == Queue.AWAITING_PAYMENT and order.pay_due is not None:
        return _payment(order.pay_due, long=long)
    if order.queue == Queue.AWAITING_DATE and order.ship_not_before is not None:
        return html.badge("wait", _("ship %(day)s") % {"day": html.day(order.ship_not_before)}, "calendar-event",
                          plain=not long)  # fmt: skip
    return SafeString("")


def _promised(what: str, by: dt.datetime, *, long: bool) -> SafeString:
    """A promise of ours that is no confirmation, as a countdown that turns red when it is past."""
    now = clock.now()
    left = by - now
    if left < dt.timedelta():
        words = _("%(what)s: %(length)s overdue") % {"what": what, "length": html.duration(left)}
        return html.badge("stop", words, "alert-octagon", plain=not long)
    if left <= SOON:
        words = _("%(what)s: %(length)s left") % {"what": what, "length": html.duration(left)}
        return html.badge("warn", words, "clock-exclamation", plain=not long)
    words = f"{what} {_when(clock.aware(by), now)}"
    return html.badge("wait", words, "clock", plain=not long)


def _confirmation(by: dt.datetime, *, long: bool) -> SafeString:
    now = clock.now()
    left = by - now
    if left < dt.timedelta():
        words = _("confirm: %(length)s overdue") % {"length": html.duration(left)}
        return html.badge("stop", words, "alert-octagon", plain=not long)
    if left <= SOON:
        words = (_("confirm within %(length)s") if long else _("confirm %(length)s")) % {"length": html.duration(left)}
        return html.badge("warn", words, "clock-exclamation", plain=not long)
    return html.badge("wait", _("confirm %(when)s") % {"when": _when(clock.aware(by), now)}, "clock", plain=not long)


def _when(at: dt.datetime, now: dt.datetime) -> str:
    """`今日 12:00`, `明日 12:00`, else the day."""
    days = (at.date() - now.date()).days
    if days == 0:
        return _("today %(time)s") % {"time": html.hour(at)}
    if days == 1:
        return _("tomorrow %(time)s") % {"time": html.hour(at)}
    return html.day_hour(at)


def _payment(due: dt.date, *, long: bool) -> SafeString:
    late = (clock.today() - due).days
    if late > 0:
        return html.badge("stop", _("payment %(n)s d overdue") % {"n": late}, "alert-octagon", plain=not long)
    tone = "warn" if late == 0 else "wait"
    return html.badge(tone, _("payment by %(day)s") % {"day": html.day(due)}, "cash", plain=not long)


def stops(order: Order, tags: Sequence[str] = ()) -> SafeString:
    """What stops an order, as badges: three at most, then how many more; behind them its tags."""
    parts = []
    if order.stopped:
        parts.append(html.status("stopped"))
    if order.mail_failed:
        parts.append(html.badge("stop", _("Mail failed"), "mail-x"))
    badges = [wording.badge(stored) for stored in order.badges]
    parts += [html.badge(b.tone, b.text, b.icon) for b in badges]
    if order.is_gift:
        parts.append(html.badge("wait", pgettext("order", "Gift"), "gift"))
    shown = " ".join(parts[:SHOWN_BADGES])
    if len(parts) > SHOWN_BADGES:
        rest = "、".join(b.text for b in badges[SHOWN_BADGES - len(parts) :])
        shown += f' <span class="ak-sub" title="{escape(rest)}">+{len(parts) - SHOWN_BADGES}</span>'
    marks = " ".join(html.badge("wait", tag, "tag", plain=True) for tag in tags)
    return mark_safe(f"{shown} {marks}".strip())  # noqa: S308 - badges escape their words
