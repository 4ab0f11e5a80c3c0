"""The list of customers."""

from __future__ import annotations

from typing import Any

from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from akinai.foundation.ui.columns import Column
from akinai.foundation.ui.filters import RangeFilter, TextFilter
from akinai.foundation.ui.html import day, link
from akinai.foundation.ui.tables import Table

from . import selectors


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

    def row_url(self, row: Any) -> str:
        return reverse("customers:customer", args=[row.pk])

    def cell_name(self, row: Any) -> SafeString:
        below = " ".join(part for part in (row.kana, row.company) if part)
        return format_html('{} <span class="ak-sub">{}</span>', link(self.row_url(row), row), below)

    def cell_created_at(self, row: Any) -> str:
        return day(row.created_at)
