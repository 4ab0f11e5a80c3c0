"""The list of conversations with buyers."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db.models import Q
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from akinai.foundation.core.text import nfkc
from akinai.foundation.ui import html
from akinai.foundation.ui.columns import Column, Preset
from akinai.foundation.ui.filters import ChoiceFilter, RangeFilter, Rows, TextFilter
from akinai.foundation.ui.tables import Table
from akinai.shop.messaging import conversations, subjects
from akinai.shop.messaging.models_inbox import Thread
from akinai.shop.stores import selectors as stores

_STATES: dict[str, tuple[Any, Q]] = {
    "waiting": (gettext_lazy("Waits for our answer"), Q(waits_since__isnull=False)),
    "unknown": (gettext_lazy("Order unknown"), Q(subject_key="")),
    "answered": (gettext_lazy("Mail answered"), Q(waits_since__isnull=True)),
}


def _in_state(rows: Rows, state: str) -> Rows:
    return rows.filter(_STATES[state][1])


def _store_choices() -> list[tuple[str, Any]]:
    return [(str(store.pk), store.name) for store in stores.all_stores()]


def containing(rows: Rows, text: str) -> Rows:
    """Conversations with an address or name, about words of the subject, or about what the text names."""
    wanted = nfkc(text)
    if wanted.upper().startswith("Q-") and wanted[2:].isdecimal() and len(wanted) < 20:
        return rows.filter(pk=int(wanted[2:]))
    found = Q(subject__icontains=wanted) | Q(address__icontains=wanted) | Q(name__icontains=wanted)
    return rows.filter(found | Q(subject_key__in=subjects.keys_for(wanted)))


class Inbox(Table):
    """受信: who wrote to us, about what, and what still waits for an answer."""

    key = "inbox"
    label = gettext_lazy("Received mails")
    css = "fixed"
    live = "akinai:order"
    default_sort = "-time"
    columns = (
        Column("state", gettext_lazy("State"), css="ak-mc-state"),
        Column("subject", gettext_lazy("Subject"), css="ak-mc-subject", fixed=True, export=lambda r: r.subject),
        Column(
            "about", gettext_lazy("About"), css="ak-cw-m", wide=True, export=lambda r: r.about.name if r.about else ""
        ),
        Column("store", gettext_lazy("Store"), css="ak-cw-m ak-cut", wide=True, hidden=True),
        Column("time", gettext_lazy("Last mail"), sort="last_at", css="ak-cw-m ak-num", export=lambda r: r.last_at),
    )
    filters = (
        ChoiceFilter("state", gettext_lazy("State"), lambda: [(k, v[0]) for k, v in _STATES.items()], _in_state),
        ChoiceFilter("store", gettext_lazy("Store"), _store_choices, "store_id"),
        RangeFilter("last", gettext_lazy("Last mail"), "last_at"),
        TextFilter("q", gettext_lazy("Address, name, order number or subject"), containing),
    )
    presets: ClassVar[tuple[Preset, ...]] = (
        Preset(
            "waiting",
            _STATES["waiting"][0],
            {"state": "waiting"},
            "inbox",
            lambda actor: conversations.waiting().number,
        ),
        Preset("unknown", _STATES["unknown"][0], {"state": "unknown"}, "link"),
        Preset("answered", _STATES["answered"][0], {"state": "answered"}, "check"),
    )

    def prepare(self, rows: list[Any]) -> list[Any]:
        """Names of what the conversations are about; one query."""
        names = subjects.named(row.subject_key for row in rows)
        for row in rows:
            row.about = names.get(row.subject_key)
        return rows

    def row_url(self, row: Thread) -> str:
        return reverse("notifications:thread", args=[row.pk])

    def row_name(self, row: Thread) -> str:
        return row.subject or row.number

    def cell_state(self, row: Thread) -> SafeString:
        if row.waits_since is None:
            return html.status("mail_sent", _("Mail answered"))
        return html.two_lines(html.status("mail_waiting", _("Waits for our answer")), html.ago(row.waits_since))

    def cell_subject(self, row: Thread) -> SafeString:
        return html.two_lines(
            html.link(self.row_url(row), row.subject or _("(no subject)")), f"{row.name} {row.address}"
        )

    def cell_about(self, row: Any) -> object:
        if row.about is None:
            return row.number
        return html.link(row.about.url, row.about.name) if row.about.url else row.about.name

    def cell_store(self, row: Thread) -> str:
        return row.store.name if row.store else ""

    def cell_time(self, row: Thread) -> SafeString:
        return html.relative_time(row.last_at)
