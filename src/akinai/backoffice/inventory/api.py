"""Stock for programs: `GET /stock` and `GET /stock/{sku}`."""

from __future__ import annotations

from typing import Annotated

from django.utils.translation import gettext as _
from ninja import Query, Router, Schema
from pydantic import Field

from akinai.foundation.core.errors import NotFound
from akinai.foundation.core.http import AkinaiRequest
from akinai.foundation.core.permissions import requires
from akinai.shop.catalog.models import Sku

from . import permissions, selectors
from .types import Numbers

router = Router(tags=["stock"])


class StockOut(Schema):
    """The balance of one SKU over all places, in pieces. `sellable` is free less the safety stock, at least 0."""

    sku: str
    on_hand: int
    blocked: int
    reserved: int
    free: int
    sellable: int

    @classmethod
    def of(cls, code: str, numbers: Numbers) -> StockOut:
        """From the selector's numbers."""
        return cls(
            sku=code, on_hand=numbers.on_hand, blocked=numbers.blocked, reserved=numbers.reserved, free=numbers.free,
            sellable=numbers.sellable,
        )  # fmt: skip


class StockPage(Schema):
    """A page of balances by SKU code; `next` goes into `after`, null at the end."""

    stock: list[StockOut]
    next: str | None = None


class StockFilters(Schema):
    """Paging by SKU code."""

    after: Annotated[str, Field(max_length=64)] = ""
    limit: Annotated[int, Field(ge=1, le=1000)] = 200


@router.get("/stock", response=StockPage, summary="Balances of all SKUs")
@requires(permissions.VIEW)
def list_stock(request: AkinaiRequest, filters: Query[StockFilters]) -> StockPage:
    """Balances in the order of SKU codes, page by page; SKUs that were never stocked count 0."""
    after = filters.after.replace("\x00", "")
    found = dict(Sku.objects.filter(code__gt=after).order_by("code").values_list("pk", "code")[: filters.limit + 1])
    keys = list(found)[: filters.limit]
    numbers = selectors.numbers(keys)
    page = [StockOut.of(found[pk], numbers[pk]) for pk in keys]
    return StockPage(stock=page, next=page[-1].sku if len(found) > filters.limit else None)


@router.get("/stock/{path:sku}", response=StockOut, summary="The balance of one SKU")
@requires(permissions.VIEW)
def get_stock(request: AkinaiRequest, sku: str) -> StockOut:
    """The balance of the SKU with this code."""
    pk = Sku.objects.filter(code=sku).values_list("pk", flat=True).first() if "\x00" not in sku else None
    if pk is None:
        raise NotFound(_("There is no such SKU."))
    return StockOut.of(sku, selectors.numbers([pk])[pk])
