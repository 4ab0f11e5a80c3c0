"""The list of customers."""

from __future__ import annotations

from typing import Any

from django.db.models import Q
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from akinai.foundation.core import clock
from akinai.foundation.ui.columns import Column
from akinai.foundation.ui.filters import ChoiceFilter, RangeFilter, TextFilter
from akinai.foundation.ui.html import badge, day, link, status
from akinai.foundation.ui.statuses import statuses
from akinai.foundation.ui.tables import Table

from . import permissions, selectors
from .models import Level


class CustomerTable(Table):
    """One row a customer, the newest first."""

    key = "customers"
    label = _("Customers")
    columns = (
        Column("name", _("Customer name"), css="ak-cut", sort="name_key", fixed=True),
        Column("phone", _("Phone"), css="ak-cw-l"),
        Column("mail", _("Mail address"), css="ak-cut", wide=True),
        Column("address", _("Address"), css="ak-cut", wide=True),
        Column("created_at", _("Since"), css="ak-cw-m", sort="created_at", wide=True),
    )
    filters = (
        TextFilter("q", _("Words"), selectors.with_words, _("Name, kana, phone, mail, address")),
        RangeFilter("since", _("Since"), "created_at"),
    )

    def prepare(self, rows: list[Any]) -> list[Any]:
        """Who of them is on the attention list, for those who may know; one query a page."""
        listed = selectors.listed_among(rows) if self.actor.may(permissions.EDIT) else {}
        for row in rows:
            row.listed = listed.get(row.pk, "")
        return rows

    def row_url(self, row: Any) -> str:
        return reverse("customers:customer", args=[row.pk])

    def cell_name(self, row: Any) -> SafeString:
        below = " ".join(part for part in (row.kana, row.company) if part)
        mark = format_html(" {}", badge("stop", row.listed, "alert-octagon")) if row.listed else ""
        return format_html('{}{} <span class="ak-sub">{}</span>', link(self.row_url(row), row), mark, below)

    def cell_created_at(self, row: Any) -> str:
        return day(row.created_at)


#: State of an entry as the list asks for it.
STATES = {
    "proposed": Q(approved_at=None, ended_at=None),
    "active": Q(approved_at__isnull=False, ended_at=None),
    "ended": Q(ended_at__isnull=False),
}


def _in_state(rows: Any, value: str) -> Any:
    if value == "over":
        return rows.filter(ended_at=None, until__lt=clock.today())
    rows = rows.filter(STATES[value])
    return rows if value == "ended" else rows.filter(Q(until=None) | Q(until__gte=clock.today()))


class AttentionTable(Table):
    """One row an entry of the attention list (CS-40)."""

    key = "attention"
    label = _("The attention list")
    saves_views = False
    columns = (
        Column("customer", _("Customer"), css="ak-cut", fixed=True, export=lambda row: str(row.customer)),
        Column("level", _("Level"), css="ak-cw-l", export=lambda row: row.get_level_display()),
        Column("state", _("State"), css="ak-cw-l"),
        Column("reason", _("Reason"), css="ak-cut", wide=True),
        Column("until", pgettext_lazy("attention", "Last day"), css="ak-cw-m", sort="until", wide=True),
        Column("listed_at", pgettext_lazy("attention", "Written"), css="ak-cw-m", sort="listed_at", wide=True),
        Column("listed_by_label", pgettext_lazy("person", "By"), css="ak-cw-m ak-cut", wide=True),
    )
    filters = (
        ChoiceFilter("level", _("Level"), lambda: Level.choices, "level"),
        ChoiceFilter(
            "state",
            _("State"),
            lambda: [(key, state_label(key)) for key in ("proposed", "active", "over", "ended")],
            _in_state,
        ),
    )

    def row_url(self, row: Any) -> str:
        return reverse("customers:customer", args=[row.customer_id]) + "#attention"

    def row_name(self, row: Any) -> str:
        return str(row.customer)

    def cell_customer(self, row: Any) -> SafeString:
        return link(self.row_url(row), row.customer)

    def cell_level(self, row: Any) -> str:
        return str(row.get_level_display())

    def cell_state(self, row: Any) -> SafeString:
        return status(f"attention_{row.state}")

    def cell_until(self, row: Any) -> str:
        return day(row.until)

    def cell_listed_at(self, row: Any) -> str:
        return day(row.listed_at)


def state_label(state: str) -> str:
    """The word for where an entry stands."""
    return str(statuses.get(f"attention_{state}").label)
