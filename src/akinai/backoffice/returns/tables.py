"""The boards of returns as lists."""

from __future__ import annotations

from typing import Any

from django.db.models import Q
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from akinai.foundation.core import clock
from akinai.foundation.ui import html
from akinai.foundation.ui.columns import Column
from akinai.foundation.ui.filters import ChoiceFilter, FlagFilter, RangeFilter, Rows, TextFilter
from akinai.foundation.ui.tables import Table

from .models import Case
from .states import STATE_LOOK, Kind, Reason, State


def state_badge(case: Case, *, plain: bool = False) -> SafeString:
    """How far a case is, as word, icon and colour."""
    icon, tone = STATE_LOOK[case.state]
    return html.badge(tone, case.get_state_display(), icon, plain=plain or tone == "wait")


def _words(rows: Rows, text: str) -> Rows:
    return rows.filter(
        Q(number__icontains=text) | Q(order__store_number__icontains=text) | Q(order__buyer_name__contains=text)
        | Q(lines__order_line__sku__code__iexact=text)
    ).distinct()  # fmt: skip


class CaseTable(Table):
    """One row a case, the newest first."""

    key = "returns"
    label = pgettext_lazy("menu", "Returns")
    live = "akinai:case"
    default_sort = "-opened"
    columns = (
        Column("number", pgettext_lazy("case", "Case"), css="ak-cw-l", sort="number", fixed=True),
        Column("state", _("State"), css="ak-cw-l", sort="state", export=lambda c: str(c.get_state_display())),
        Column("kind", pgettext_lazy("case", "Kind"), css="ak-cw-m ak-cut", sort="kind",
               export=lambda c: str(c.get_kind_display())),
        Column("reason", pgettext_lazy("case", "Reason"), css="ak-cw-m ak-cut", sort="reason",
               export=lambda c: str(c.get_reason_display())),
        Column("goods", pgettext_lazy("case", "Goods"), css="ak-cut", export=lambda c: _goods(c)),
        Column("buyer", _("Customer"), css="ak-cw-l ak-cut", wide=True, export=lambda c: c.order.buyer_name),
        Column("until", pgettext_lazy("case", "Sent back by"), css="ak-cw-m", sort="send_back_by", wide=True,
               export=lambda c: c.send_back_by),
        Column("opened", pgettext_lazy("case", "Opened"), css="ak-cw-m", sort="id", wide=True,
               export=lambda c: html.exact(c.opened_at)),
    )  # fmt: skip
    filters = (
        ChoiceFilter("kind", pgettext_lazy("case", "Kind"), lambda: list(Kind.choices), "kind"),
        ChoiceFilter("reason", pgettext_lazy("case", "Reason"), lambda: list(Reason.choices), "reason"),
        ChoiceFilter("state", _("State"), lambda: list(State.choices), "state"),
        FlagFilter("late", pgettext_lazy("case", "Overdue"), Q(overdue_at__isnull=False), "clock-exclamation"),
        RangeFilter("opened", pgettext_lazy("case", "Opened"), "opened_at"),
        TextFilter("q", pgettext_lazy("case", "Number, name or SKU"), _words),
    )

    def row_url(self, row: Any) -> str:
        return reverse("returns:case", args=[row.pk])

    def row_name(self, row: Any) -> str:
        return str(row.number)

    def cell_number(self, row: Any) -> SafeString:
        return html.link(self.row_url(row), row.number)

    def cell_state(self, row: Any) -> SafeString:
        return state_badge(row, plain=True)

    def cell_kind(self, row: Any) -> str:
        return str(row.get_kind_display())

    def cell_reason(self, row: Any) -> str:
        return str(row.get_cause_display() if row.cause else row.get_reason_display())

    def cell_goods(self, row: Any) -> str:
        return _goods(row)

    def cell_buyer(self, row: Any) -> str:
        return str(row.order.buyer_name)

    def cell_until(self, row: Any) -> SafeString | str:
        if row.send_back_by is None or row.state != State.AWAITING:
            return ""
        if row.send_back_by < clock.today():
            late = (clock.today() - row.send_back_by).days
            return html.badge("stop", _t("%(n)s d late") % {"n": late}, "alert-octagon", plain=True)
        return html.day(row.send_back_by)

    def cell_opened(self, row: Any) -> str:
        return html.day(row.opened_at)


def _goods(case: Case) -> str:
    return "、".join(f"{x.order_line.name} × {x.quantity}" for x in case.lines.all())
