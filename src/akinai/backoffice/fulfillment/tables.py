"""The lists of shipping: orders that wait for papers, what may leave, all shipments."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db.models import Count, Q, Sum
from django.urls import NoReverseMatch, reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext, ngettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from akinai.backoffice.orders.models import OrderLine
from akinai.backoffice.orders.states import Stage
from akinai.foundation.ui import html
from akinai.foundation.ui.columns import Column
from akinai.foundation.ui.filters import ChoiceFilter, Filter, FlagFilter, RangeFilter, TextFilter
from akinai.foundation.ui.tables import Table
from akinai.shop.stores import selectors as stores
from akinai.shop.terms import selectors as terms
from akinai.shop.terms.states import MethodKind

from .models import Shipment
from .pages import wish_words
from .states import STAGE_LOOK


def order_url(order_id: int) -> str:
    """The page of an order; "" where there is none."""
    try:
        return reverse("orders:order", args=[order_id])
    except NoReverseMatch:
        return ""


def stage_badge(shipment: Shipment) -> SafeString:
    """How far a shipment is: 出荷停止 in red, else its stage."""
    if shipment.order.stopped and shipment.stage in (Stage.INSTRUCTED, Stage.PICKING, Stage.INSPECTED, Stage.PACKED):
        return html.status("stopped")
    icon, tone = STAGE_LOOK[shipment.stage]
    return html.badge(tone, shipment.get_stage_display(), icon, plain=tone == "wait")


def _services() -> list[tuple[str, str]]:
    return [(str(s.id), s.name) for s in terms.snapshot().services.values()]


def _stores() -> list[tuple[str, str]]:
    return [(str(s.pk), s.name) for s in stores.active_stores()]


class WaitingTable(Table):
    """出荷待ち: orders nothing stands against; ticked ones become a batch."""

    key = "shipping_waiting"
    label = _("Orders ready to ship")
    bulk = ("fulfillment.make_batch",)
    default_sort = "ordered"
    live = "akinai:order"
    columns = (
        Column("number", _("Order number"), css="ak-cw-m", sort="number", fixed=True),
        Column("service", _("Delivery service"), css="ak-cw-m ak-cut", sort=("delivery_service_id", "ordered_at")),
        Column("wish", _("Delivery wish"), css="ak-cw-m ak-cut", sort=("wish_date", "ordered_at"), wide=True),
        Column("who", _("Delivered to"), css="ak-cut"),
        Column("pieces", _("Pieces"), css="ak-num ak-cw-s"),
        Column("marks", pgettext_lazy("shipping", "Mind"), css="ak-cut", exported=False),
        Column("store", _("Store"), css="ak-cw-m ak-cut", wide=True),
        Column("ordered", _("Ordered"), css="ak-cw-m", sort="ordered_at", wide=True),
    )
    filters = (
        ChoiceFilter("service", _("Delivery service"), _services, "delivery_service_id"),
        ChoiceFilter("store", _("Store"), _stores, "store_id"),
        FlagFilter("wish", _("With a delivery wish"), ~Q(wish_date=None) | ~Q(wish_window=""), "calendar-event"),
        FlagFilter("gift", pgettext_lazy("picking", "Gift"), Q(is_gift=True), "gift"),
        FlagFilter("cod", _("Cash on delivery"), Q(payment_method__kind=MethodKind.COD), "cash"),
    )

    def prepare(self, rows: list[Any]) -> list[Any]:
        """Pieces of all rows in one query."""
        found = (
            OrderLine.objects.filter(order_id__in=[row.pk for row in rows])
            .order_by()
            .values_list("order_id")
            .annotate(kinds=Count("id"), pieces=Sum("allocated"))
        )
        counted = {pk: (kinds, pieces) for pk, kinds, pieces in found}
        for row in rows:
            row.kinds, row.pieces = counted.get(row.pk, (0, 0))
        return rows

    def row_url(self, row: Any) -> str:
        return order_url(row.pk)

    def row_name(self, row: Any) -> str:
        return str(row.number)

    def cell_number(self, row: Any) -> SafeString | str:
        url = self.row_url(row)
        return html.link(url, row.number) if url else str(row.number)

    def cell_service(self, row: Any) -> str:
        return str(row.delivery_service.name)

    def cell_wish(self, row: Any) -> str:
        return " ".join(part for part in (html.day(row.wish_date), row.wish_window) if part)

    def cell_who(self, row: Any) -> str:
        return f"{row.ship_name} {row.ship_prefecture}"

    def cell_pieces(self, row: Any) -> str:
        return f"{row.pieces:,}"

    def cell_store(self, row: Any) -> str:
        return str(row.store.short_name or row.store.name)

    def cell_ordered(self, row: Any) -> SafeString:
        return html.relative_time(row.ordered_at)

    def cell_marks(self, row: Any) -> SafeString:
        parts = []
        if row.payment_method.kind == MethodKind.COD:
            parts.append(html.badge("warn", gettext("COD"), "cash"))
        if row.is_gift:
            parts.append(html.badge("act", gettext("Gift"), "gift"))
        if row.warehouse_note:
            parts.append(html.badge("warn", gettext("Note"), "note"))
        return SafeString(" ".join(parts))


class ShipmentTable(Table):
    """Every shipment, the latest first."""

    key = "shipping_all"
    label = _("Shipments")
    default_sort = "-made"
    live = "akinai:shipment"
    columns: ClassVar[tuple[Column, ...]] = (
        Column("number", _("Shipment number"), css="ak-cw-l", sort="number", fixed=True),
        Column("stage", _("State"), css="ak-cw-m", export=lambda s: str(s.get_stage_display())),
        Column("service", _("Delivery service"), css="ak-cw-m ak-cut", sort="service_id",
               export=lambda s: s.service.name),
        Column("who", _("Delivered to"), css="ak-cut", export=lambda s: s.ship_name),
        Column("wish", _("Delivery wish"), css="ak-cw-m ak-cut", wide=True, export=wish_words),
        Column("tracking", pgettext_lazy("shipping", "Tracking number"), css="ak-cw-l",
               export=lambda s: " ".join(t.number for t in s.tracking.all())),
        Column("batch", pgettext_lazy("shipping", "Batch"), css="ak-cw-m", wide=True, sort="batch_id",
               export=lambda s: s.batch.number if s.batch else ""),
        Column("shipped", _("Shipped"), css="ak-cw-m", wide=True, sort="shipped_at",
               export=lambda s: html.exact(s.shipped_at) if s.shipped_at else ""),
        Column("made", pgettext_lazy("shipping", "Made on"), sort="id", hidden=True, exported=False,
               cell=lambda s: html.day(s.created_at)),
    )  # fmt: skip
    filters: ClassVar[tuple[Filter, ...]] = (
        ChoiceFilter("stage", _("State"), lambda: list(Stage.choices), "stage"),
        ChoiceFilter("service", _("Delivery service"), _services, "service_id"),
        ChoiceFilter("store", _("Store"), _stores, "order__store_id"),
        RangeFilter("shipped", _("Shipped"), "shipped_at"),
        TextFilter(
            "q",
            _("Number or name"),
            lambda rows, text: rows.filter(
                Q(number__startswith=text) | Q(ship_name__contains=text)
                | Q(pk__in=Shipment.objects.filter(tracking__number=_only_number(text)).values("pk"))
            ),
        ),
    )  # fmt: skip

    def row_url(self, row: Any) -> str:
        return reverse("fulfillment:shipment", args=[row.pk])

    def row_name(self, row: Any) -> str:
        return str(row.number)

    def cell_number(self, row: Any) -> SafeString:
        return html.link(self.row_url(row), row.number)

    def cell_stage(self, row: Any) -> SafeString:
        return stage_badge(row)

    def cell_service(self, row: Any) -> str:
        return str(row.service.name)

    def cell_who(self, row: Any) -> str:
        return f"{row.ship_name or row.order.ship_name} {row.ship_prefecture}"

    def cell_wish(self, row: Any) -> str:
        return " ".join(part for part in (html.day(row.wish_date), row.wish_window) if part)

    def cell_tracking(self, row: Any) -> str:
        numbers = [t.number for t in row.tracking.all()]
        if len(numbers) > 1:
            more = ngettext("+%(n)s more", "+%(n)s more", len(numbers) - 1) % {"n": len(numbers) - 1}
            return f"{numbers[0]} {more}"
        return numbers[0] if numbers else ""

    def cell_batch(self, row: Any) -> SafeString | str:
        if row.batch is None:
            return ""
        return html.link(reverse("fulfillment:batch", args=[row.batch_id]), row.batch.number)

    def cell_shipped(self, row: Any) -> str:
        return html.day_hour(row.shipped_at)


class DispatchTable(ShipmentTable):
    """発送確定: packed boxes; those without a number show where to type it."""

    key = "shipping_dispatch"
    label = _("Packed boxes")
    saves_views = False
    bulk = ("fulfillment.dispatch",)
    default_sort = "number"
    columns = (
        *(c for c in ShipmentTable.columns if c.key not in ("shipped", "made")),
        Column(
            "packed",
            _("Packed at"),
            css="ak-cw-l",
            wide=True,
            sort="packed_at",
            cell=lambda s: html.day_hour(s.packed_at),
        ),
    )
    filters = (
        *(f for f in ShipmentTable.filters if f.key in ("service", "store", "q")),
        FlagFilter("numberless", _("Number missing"), Q(tracking__isnull=True), "hash"),
    )

    def cell_tracking(self, row: Any) -> SafeString | str:
        if not row.tracking.all():
            return html.link(f"{self.row_url(row)}#tracking", gettext("Enter the number"))
        return super().cell_tracking(row)


def _only_number(text: str) -> str:
    return "".join(c for c in text if c.isalnum())
