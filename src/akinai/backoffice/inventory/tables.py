"""The stock list."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from akinai.foundation.core.text import fold
from akinai.foundation.ui.columns import Column
from akinai.foundation.ui.filters import TextFilter
from akinai.foundation.ui.html import badge
from akinai.foundation.ui.tables import Table
from akinai.shop.catalog.html import picture


def with_words(rows: QuerySet[Any], text: str) -> QuerySet[Any]:
    """Rows whose goods contain every word, folded."""
    for word in text.split():
        rows = rows.filter(search_text__contains=fold(word))
    return rows


def on_shelf(rows: QuerySet[Any], text: str) -> QuerySet[Any]:
    """Rows whose shelf begins so."""
    return rows.filter(shelf__istartswith=text)


class StockTable(Table):
    """One row a SKU; beside it why its number is what it is."""

    key = "stock"
    label = _("Stock")
    default_sort = "free"
    css = "ak-stocktb"
    live = "akinai:stock"
    columns = (
        Column("product", _("Product"), css="ak-cut", sort="code", fixed=True, export=lambda row: row.code),
        Column("on_hand", _("On hand"), css="ak-num", sort="on_hand", wide=True),
        Column("blocked", _("Blocked pieces"), css="ak-num", sort="blocked", wide=True),
        Column("reserved", _("Reserved pieces"), css="ak-num", sort="reserved", wide=True),
        Column("free", _("Free"), css="ak-num", sort="free", fixed=True),
        Column("safety", _("Safety stock"), css="ak-num", sort="safety", wide=True, hidden=True),
        Column("shelf", _("Shelf"), css="ak-nw", sort="shelf", wide=True, hidden=True),
        Column("state", _("State"), exported=False),
    )
    filters = (
        TextFilter("q", _("Words"), with_words, _("Name, code, JAN, shelf")),
        TextFilter("shelf", _("Shelf"), on_shelf, _("A-03")),
    )

    def empty(self) -> SafeString | None:
        """A new shop is led to its products; an empty tab is good news."""
        if self.filtered:
            return None
        if self.params.get("show"):
            said = {"title": gettext("There are no such SKUs"), "text": "", "icon": "circle-check"}
        else:
            said = {
                "title": gettext("There are no products yet"),
                "text": gettext("Enter them first: then goods in, counting and setting aside are done here."),
                "icon": "packages",
                "url": reverse("catalog:product_list"),
                "label": gettext("Products"),
            }
        return render_to_string("ui/parts/empty_state.html", said)

    def row_url(self, row: Any) -> str:
        return reverse("inventory:sku", args=[row.pk])

    def row_preview(self, row: Any) -> str:
        return self.row_url(row)

    def cell_product(self, row: Any) -> SafeString:
        return format_html(
            '<span class="ak-prod">{}<span class="ak-cut">{}<span class="ak-sub ak-blk">{}</span></span></span>',
            picture(row.product), row.title, row.code,
        )  # fmt: skip

    def cell_free(self, row: Any) -> SafeString:
        css = "ak-strong ak-t-stop" if row.free <= 0 else "ak-strong"
        why = gettext("Why %(free)d are free") % {"free": row.free}
        return format_html(
            '<a class="{}" href="{}" data-key="w" aria-label="{}">{}</a>', css, self.row_url(row), why, f"{row.free:,}"
        )

    def cell_state(self, row: Any) -> SafeString:
        if row.free <= 0:
            return badge("stop", gettext("None left"), "alert-octagon")
        if row.free <= row.safety:
            return badge("warn", gettext("Few left"), "packages")
        return SafeString("")
