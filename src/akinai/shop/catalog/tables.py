"""The list of products."""

from __future__ import annotations

from typing import Any

from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from akinai.foundation.ui.columns import Column
from akinai.foundation.ui.filters import ChoiceFilter, FlagFilter, TextFilter
from akinai.foundation.ui.html import icon, link, yen
from akinai.foundation.ui.tables import Table

from . import selectors
from .html import picture
from .states import TaxClass


class ProductTable(Table):
    """One row a product."""

    key = "products"
    label = _("Products")
    default_sort = "code"
    columns = (
        Column("name", _("Product"), css="ak-cut", sort="name", fixed=True),
        Column("code", _("Product code"), css="ak-cw-l", sort="code", wide=True),
        Column("sku_count", _("SKUs"), css="ak-num ak-cw-s", sort="sku_count", wide=True),
        Column("price", _("Price"), css="ak-num ak-cw-l", sort="lowest", export=lambda row: row.lowest),
        Column("tax_class", _("Tax class"), css="ak-cw-m", sort="tax_class", wide=True),
        Column("marks", _("Marks"), css="ak-cw-m", wide=True, exported=False),
    )
    filters = (
        TextFilter("q", _("Words"), selectors.with_words, _("Name, code, JAN, shelf")),
        ChoiceFilter("tax", _("Tax class"), lambda: TaxClass.choices, "tax_class"),
        FlagFilter("fragile", _("Fragile"), lambda rows: rows.filter(is_fragile=True)),
        FlagFilter("off", _("Not on sale"), lambda rows: rows.filter(off_count__gt=0)),
    )

    def row_url(self, row: Any) -> str:
        return reverse("catalog:product", args=[row.pk])

    def cell_name(self, row: Any) -> SafeString:
        words = link(self.row_url(row), row.name)
        return format_html('<span class="ak-prod">{}<span class="ak-cut">{}</span></span>', picture(row), words)

    def cell_price(self, row: Any) -> SafeString:
        if row.lowest is None:
            return SafeString("—")
        if row.lowest == row.highest:
            return yen(row.lowest)
        return format_html("{}〜{}", yen(row.lowest), yen(row.highest))

    def cell_tax_class(self, row: Any) -> str:
        return str(row.get_tax_class_display())

    def cell_marks(self, row: Any) -> SafeString:
        fragile = format_html("{}", icon("alert-triangle", label=gettext("Fragile"))) if row.is_fragile else ""
        off = format_html("{}", icon("ban", label=gettext("Not on sale"))) if row.off_count else ""
        return format_html("{}{}", fragile, off)
