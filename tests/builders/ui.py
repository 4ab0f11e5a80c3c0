"""Lists and requests for tests of the kit. Saved views stand in as the rows: the kit has no other table."""

from __future__ import annotations

from typing import Any

from django.db.models import Q
from django.http import QueryDict
from django.utils.safestring import SafeString

from akinai.foundation.core.actor import Actor
from akinai.foundation.ui import html, registry
from akinai.foundation.ui.columns import Column, Preset
from akinai.foundation.ui.filters import ChoiceFilter, FlagFilter, RangeFilter, TextFilter
from akinai.foundation.ui.models import SavedView
from akinai.foundation.ui.tables import Table

CLERK = Actor("staff:1", "佐藤", frozenset({"accounts.staff"}))

if "test.do" not in registry.actions:
    registry.actions.add(registry.Action("test.do", "する", "accounts.staff", url_name="ui:columns", bulk=True))


class RowTable(Table):
    """Rows named row 1, row 2, …"""

    key = "rows"
    bulk = ("test.do",)
    default_sort = "name"
    per_page = 5
    columns = (
        Column("name", "名前", sort="name", fixed=True),
        Column("owner", "持ち主", css="ak-cut", wide=True, sort=("owner", "-name")),
        Column("upper", "大文字", cell=lambda row: row.name.upper(), export=lambda row: row.name.upper()),
        Column("created_at", "作成", hidden=True, exported=False),
    )
    filters = (
        ChoiceFilter("owner", "持ち主", lambda: (("a", "A"), ("b", "B")), "owner"),
        RangeFilter("made", "作成日", "created_at"),
        RangeFilter("no", "番号", "pk", of="number"),
        FlagFilter("odd", "奇数", Q(owner="a")),
        TextFilter("q", "ことば", lambda rows, text: rows.filter(name__icontains=text)),
    )
    presets = (Preset("mine", "Aのもの", {"owner": "a"}, count=lambda actor: 3),)

    def cell_name(self, row: Any) -> SafeString:
        return html.link(self.row_url(row), row.name)

    def row_url(self, row: Any) -> str:
        return f"/rows/{row.pk}/"


def make_rows(number: int) -> list[SavedView]:
    """Rows with owners a and b in turn."""
    return SavedView.objects.bulk_create(
        SavedView(owner="ab"[i % 2], list_key="source", name=f"row {i:03}") for i in range(number)
    )


def make_table(query: str = "", *, actor: Actor = CLERK) -> RowTable:
    """The list as asked for by a query string."""
    rows = SavedView.objects.filter(list_key="source")
    return RowTable(actor, rows, QueryDict(query), "/rows/")
