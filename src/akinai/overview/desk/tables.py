"""The list of promises: what is owed, what was kept and what was not, each with its order."""

from __future__ import annotations

from typing import Any

from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from akinai.backoffice.orders.states import Promised
from akinai.foundation.core import clock
from akinai.foundation.ui import html
from akinai.foundation.ui.columns import Column, Preset
from akinai.foundation.ui.filters import ChoiceFilter, RangeFilter, Rows
from akinai.foundation.ui.tables import Table

from . import links, record
from .models import Promise
from .states import How, Outcome


def _how(rows: Rows, value: str) -> Rows:
    found: Rows = rows.alias(way=record.how()).filter(way=value)
    return found


class PromiseTable(Table):
    """Promises, those that break next on top."""

    key = "promises"
    label = _("Promises to buyers")
    default_sort = "due"
    columns = (
        Column("order", _("Order number"), css="ak-c1", fixed=True),
        Column("buyer", _("Customer"), css="ak-cut"),
        Column("kind", _("What is promised"), sort="kind", css="ak-cw-l"),
        Column("due", pgettext_lazy("deadline", "Until"), sort="due_at", css="ak-cw-m"),
        Column("how", pgettext_lazy("promise", "How it stands"), css="ak-cw-l"),
        Column("ended", pgettext_lazy("promise", "Ended"), sort="ended_at", css="ak-cw-m", wide=True),
    )
    filters = (
        ChoiceFilter("kind", _("What is promised"), lambda: Promised.choices, "kind"),
        ChoiceFilter("how", pgettext_lazy("promise", "How it stands"), lambda: How.choices, _how),
        RangeFilter("due", pgettext_lazy("deadline", "Until"), "due_at"),
    )
    presets = (
        Preset("open", pgettext_lazy("promise", "Still owed"), {"how": "open"}),
        Preset("late", pgettext_lazy("promise", "Broken"), {"how": "late"}, "clock-exclamation"),
    )

    def row_url(self, row: Promise) -> str:
        return links.promised(row)

    def row_name(self, row: Promise) -> str:
        return row.order.number if row.order else row.subject

    def cell_order(self, row: Promise) -> Any:
        url = self.row_url(row)
        words = row.order.number if row.order else links.inquiry_number(row)
        return html.link(url, words) if url else words

    def cell_buyer(self, row: Promise) -> str:
        return (row.order.buyer_name or row.order.buyer_company) if row.order else ""

    def cell_kind(self, row: Promise) -> str:
        return str(Promised(row.kind).label)

    def cell_due(self, row: Promise) -> str:
        return html.day_hour(row.due_at)

    def cell_how(self, row: Promise) -> SafeString:
        return stands(row)

    def cell_ended(self, row: Promise) -> str:
        return html.day_hour(row.ended_at)


def stands(row: Promise) -> SafeString:
    """How a promise stands, as a badge: the time left or gone by, kept, kept too late."""
    now = clock.now()
    if row.outcome == Outcome.OPEN:
        late = row.due_at < now
        words = _("%(length)s overdue") if late else _("%(left)s left")
        length = html.duration(row.due_at - now)
        tone, icon = ("stop", "alert-octagon") if late else ("wait", "clock")
        return html.badge(tone, words % {"length": length, "left": length}, icon, plain=True)
    if row.ended_at is not None and row.ended_at > row.due_at:
        said = _("%(length)s late") % {"length": html.duration(row.ended_at - row.due_at)}
        return html.badge("stop", said, "alert-octagon", plain=True)
    if row.outcome == Outcome.KEPT:
        return html.badge("ok", How.KEPT.label, "circle-check", plain=True)
    return html.badge("wait", How.DROPPED.label, "circle-minus", plain=True)
