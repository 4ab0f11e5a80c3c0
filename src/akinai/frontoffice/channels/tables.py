"""Lists of imports and of what became of their orders."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.db.models import Case, IntegerField, QuerySet, Value, When
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from akinai.backoffice.orders import wording
from akinai.foundation.ui import html
from akinai.foundation.ui.columns import Column
from akinai.foundation.ui.filters import ChoiceFilter
from akinai.foundation.ui.tables import Table

from . import selectors
from .adapters.presets import PRESETS
from .models import ImportFile, ImportResult, ImportRun
from .states import LEFT, LOOKS, STATE_LOOKS, Outcome, RunState
from .uploads import Fault

BADGES = 3


def preset_label(key: str) -> object:
    """A preset by name."""
    return PRESETS[key].label if key in PRESETS else _("My own file")


class RunTable(Table):
    """Every import, the newest first."""

    key = "imports"
    label = gettext_lazy("Imports")
    saves_views = False
    exports = False
    columns = (
        Column("when", gettext_lazy("Dropped"), css="ak-cw-l ak-nw", sort="created_at", fixed=True),
        Column("store", gettext_lazy("Store"), css="ak-cw-m ak-cut"),
        Column("file", gettext_lazy("File"), css="ak-cut", wide=True),
        Column("state", gettext_lazy("How far"), css="ak-cw-m"),
        Column("orders", gettext_lazy("Orders"), css="ak-cw-s ak-num"),
        Column("left", gettext_lazy("Not in"), css="ak-cw-s ak-num"),
        Column("who", gettext_lazy("By"), css="ak-cw-l ak-cut", wide=True),
    )

    def prepare(self, rows: list[Any]) -> list[Any]:
        names: dict[int, list[str]] = {}
        found = ImportFile.objects.filter(run__in=[r.pk for r in rows])
        for run_id, name in found.order_by("position").values_list("run_id", "name"):
            names.setdefault(run_id, []).append(name)
        for row in rows:
            row.file_names = names.get(row.pk, [])
        return rows

    def row_url(self, row: ImportRun) -> str:
        return reverse("channels:run", args=[row.pk])

    def row_name(self, row: ImportRun) -> str:
        return f"{row.pk}"

    def cell_when(self, row: ImportRun) -> SafeString:
        return html.link(self.row_url(row), html.day_hour(row.created_at))

    def cell_store(self, row: ImportRun) -> str:
        return row.store.label if row.store else _("No store")

    def cell_file(self, row: Any) -> str:
        return "、".join(row.file_names)

    def cell_state(self, row: ImportRun) -> SafeString:
        tone, icon = STATE_LOOKS[row.state]
        return html.badge(tone, RunState(row.state).label, icon, plain=True)

    def cell_orders(self, row: ImportRun) -> object:
        return row.orders or ""

    def cell_left(self, row: ImportRun) -> object:
        if not row.refused:
            return ""
        return html.badge("wait" if row.dismissed_at else "stop", str(row.refused), "alert-octagon", plain=True)

    def cell_who(self, row: ImportRun) -> str:
        return row.created_label


class ResultTable(Table):
    """What became of each order of one import."""

    key = "import-results"
    label = gettext_lazy("Result order by order")
    saves_views = False
    exports = False
    columns = (
        Column("store_number", gettext_lazy("Store's number"), css="ak-cw-l ak-cut", sort="store_number", fixed=True),
        Column("outcome", gettext_lazy("What became of it"), css="ak-cw-l"),
        Column("order", gettext_lazy("Order"), css="ak-cw-m"),
        Column("said", gettext_lazy("What a person should know"), css="ak-cut"),
        Column("rows", gettext_lazy("Rows"), css="ak-cw-s ak-num", wide=True),
    )
    filters = (ChoiceFilter("outcome", gettext_lazy("What became of it"), lambda: Outcome.choices, "outcome"),)

    def row_url(self, row: ImportResult) -> str:
        return reverse("orders:order", args=[row.order_id]) if row.order_id else ""

    def row_name(self, row: ImportResult) -> str:
        return row.store_number

    def cell_outcome(self, row: ImportResult) -> SafeString:
        tone, icon = LOOKS[row.outcome]
        return html.badge(tone, Outcome(row.outcome).label, icon, plain=True)

    def cell_order(self, row: ImportResult) -> object:
        return html.link(self.row_url(row), row.order.number) if row.order else ""

    def cell_said(self, row: ImportResult) -> SafeString:
        if row.faults:
            return format_html_join(" ", "{}", ((Fault.from_json(f).problem.what,) for f in row.faults[:BADGES]))
        if row.order is None:
            return SafeString("")
        shown = [wording.badge(stored) for stored in row.order.badges[:BADGES]]
        more = len(row.order.badges) - len(shown)
        drawn = format_html_join(" ", "{}", ((html.badge(b.tone, b.text, b.icon, plain=True),) for b in shown))
        return format_html("{} +{}", drawn, more) if more > 0 else drawn

    def cell_rows(self, row: ImportResult) -> str:
        return rows_shown(row.rows)


def rows_shown(rows: Sequence[int]) -> str:
    """Row numbers as people say them: 2-4."""
    if not rows:
        return ""
    return f"{rows[0]}" if len(rows) == 1 else f"{rows[0]}-{rows[-1]}"


def result_rows(run: ImportRun) -> QuerySet[ImportResult]:
    """Results with what needs a person first."""
    weight = Case(When(outcome__in=LEFT, then=Value(0)), default=Value(1), output_field=IntegerField())
    return selectors.results(run).order_by(weight, "pk")
