"""Shipments for programs."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.utils.translation import gettext as _
from ninja import Query, Router, Schema

from akinai.foundation.core.errors import NotFound
from akinai.foundation.core.http import AkinaiRequest
from akinai.foundation.core.permissions import requires

from . import permissions, selectors
from .models import Shipment

router = Router(tags=["shipments"])
MOST = 200


class ShipmentLineOut(Schema):
    """Goods of a shipment: ordered items, and pieces scanned of those to be scanned."""

    order_line: int
    sku: str
    name: str
    quantity: int
    pieces: int
    scanned: int


class ShipmentOut(Schema):
    """A shipment. Amounts are yen including tax, times ISO 8601 with their zone, dates JST."""

    number: str
    order_number: str
    store: str
    stage: str
    service: str
    batch: str | None
    planned_ship_on: dt.date
    ship_name: str
    ship_prefecture: str
    wish_date: dt.date | None
    wish_window: str
    cod_amount: int
    parcels: int
    tracking_numbers: list[str]
    inspected_at: dt.datetime | None
    packed_at: dt.datetime | None
    shipped_at: dt.datetime | None


class ShipmentDetail(ShipmentOut):
    """A shipment with its goods."""

    lines: list[ShipmentLineOut]


class ShipmentsOut(Schema):
    """A page of shipments; `next` is the cursor of the page after it, null on the last."""

    items: list[ShipmentOut]
    next: int | None


class ShipmentsQuery(Schema):
    """Conditions, all optional. `after` is the cursor given by the page before."""

    stage: str = ""
    order_number: str = ""
    shipped_from: dt.date | None = None
    shipped_to: dt.date | None = None
    after: int = 0
    limit: int = 50


@router.get("/shipments", response=ShipmentsOut, summary="Shipments, oldest first")
@requires(permissions.VIEW)
def list_shipments(request: AkinaiRequest, query: Query[ShipmentsQuery]) -> dict[str, Any]:
    """Shipments that meet the conditions, in the order they were made, at most 200 a page."""
    limit = min(max(query.limit, 1), MOST)
    after = min(max(query.after, 0), 2**62)
    rows = selectors.shipment_rows().filter(pk__gt=after).order_by("id")
    if query.stage:
        rows = rows.filter(stage=query.stage)
    if query.order_number:
        rows = rows.filter(order__number=query.order_number)
    if query.shipped_from:
        rows = rows.filter(shipped_at__gte=selectors.start_of_day(query.shipped_from))
    if query.shipped_to and query.shipped_to < dt.date.max:
        rows = rows.filter(shipped_at__lt=selectors.start_of_day(query.shipped_to + dt.timedelta(days=1)))
    found = list(rows[: limit + 1])
    more = found[limit - 1].pk if len(found) > limit else None
    return {"items": [as_json(row) for row in found[:limit]], "next": more}


@router.get("/shipments/{number}", response=ShipmentDetail, summary="One shipment with its goods")
@requires(permissions.VIEW)
def get_shipment(request: AkinaiRequest, number: str) -> dict[str, Any]:
    """The shipment of this number."""
    row = None if "\x00" in number else selectors.shipment_rows().filter(number=number).first()
    if row is None:
        raise NotFound(_("There is no such shipment."))
    lines = [
        {
            "order_line": line.order_line.number, "sku": line.sku.code, "name": line.order_line.name,
            "quantity": line.quantity, "pieces": line.pieces, "scanned": line.scanned,
        }
        for line in selectors.lines_of(row.pk)
    ]  # fmt: skip
    return {**as_json(row), "lines": lines}


def as_json(row: Shipment) -> dict[str, Any]:
    """A shipment (of `selectors.shipment_rows`) in the house's words."""
    return {
        "order_number": row.order.number,
        "store": row.order.store.code,
        "service": row.service.code,
        "batch": row.batch.number if row.batch else None,
        "tracking_numbers": [t.number for t in row.tracking.all()],
        **{
            name: getattr(row, name)
            for name in (
                "number", "stage", "planned_ship_on", "ship_name", "ship_prefecture", "wish_date", "wish_window",
                "cod_amount", "parcels", "inspected_at", "packed_at", "shipped_at",
            )
        },
    }  # fmt: skip
