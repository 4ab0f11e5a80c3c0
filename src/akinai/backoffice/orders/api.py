"""Orders for programs: `POST /orders`, `GET /orders`, `GET /orders/{number}`. Same use cases as the pages."""

from __future__ import annotations

import base64
import datetime as dt
from typing import Annotated, Literal

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from ninja import Query, Router, Schema, Status
from pydantic import Field

from akinai.foundation.accounts import answers
from akinai.foundation.accounts.idempotency import idempotent
from akinai.foundation.core import clock
from akinai.foundation.core.errors import BadInput
from akinai.foundation.core.http import AkinaiRequest
from akinai.foundation.core.permissions import requires
from akinai.shop.stores import selectors as stores

from . import permissions, selectors, services
from .models import Order
from .schemas import Day, OrderIn, OrderOut, OrderPageOut, OrderRow, PlacedOut
from .states import Queue
from .types import Placed, Rejected

router = Router(tags=["orders"])


@router.post("/orders", response={201: PlacedOut, 200: PlacedOut}, summary="Place an order")
@idempotent
@requires(permissions.PLACE)
def place_order(request: AkinaiRequest, payload: OrderIn) -> Status[PlacedOut] | HttpResponse:
    """Place one order (T01). 201 if it is new; 200 if the store's number is known, with what came of it (ORD-32).

    What cannot be an order is 422 with a sentence for each reason. With an `Idempotency-Key` the same request may be
    sent again without harm; without one the store's number keeps it from being placed twice.
    """
    draft = payload.draft(_store_id(payload.store))
    result = services.take_in(request.actor, [draft])[0]
    if isinstance(result, Rejected):
        return _rejected(request, result)
    return _placed(result)


def _store_id(code: str) -> int:
    found = next((s for s in stores.snapshot().stores.values() if s.code == code and s.is_active), None)
    if found is None:
        raise BadInput(_("There is no store with the code %(code)s.") % {"code": code}, field="store")
    return int(found.pk)


def _rejected(request: HttpRequest, result: Rejected) -> HttpResponse:
    reasons = [str(reason) for reason in result.reasons]
    return answers.respond(request, answers.Answer(422, "rejected", _("This cannot be an order"), reasons))


def _placed(result: Placed) -> Status[PlacedOut]:
    order = Order.objects.only("number", "store_number", "queue", "total").get(pk=result.order.pk)
    out = PlacedOut(
        id=order.pk, number=order.number, store_number=order.store_number, queue=order.queue, total=order.total,
        outcome=result.outcome,
    )  # fmt: skip
    return Status(201 if result.created else 200, out)


class OrderFilters(Schema):
    """What a list of orders is narrowed by. Days are JST, both included; `after` is the `next` of the page before."""

    queue: Literal[tuple(Queue.values)] | None = None  # type: ignore[valid-type]
    store: Annotated[str, Field(max_length=40)] | None = None
    store_number: Annotated[str, Field(max_length=60)] | None = None
    ordered_from: Day | None = None
    ordered_to: Day | None = None
    after: Annotated[str, Field(max_length=200)] | None = None
    limit: Annotated[int, Field(ge=1, le=200)] = 50


@router.get("/orders", response=OrderPageOut, summary="Orders, the newest first")
@requires(permissions.VIEW)
def list_orders(request: AkinaiRequest, filters: Query[OrderFilters]) -> OrderPageOut:
    """Orders by when they were ordered, the newest first, page by page; the cursor stays right while orders come in."""
    rows = selectors.order_rows()
    if filters.queue:
        rows = selectors.in_queue(rows, filters.queue)
    if filters.store is not None:
        rows = rows.filter(store__code=filters.store)
    if filters.store_number is not None:
        rows = rows.filter(store_number=filters.store_number)
    if filters.ordered_from:
        rows = rows.filter(ordered_at__gte=_start(filters.ordered_from))
    if filters.ordered_to:
        rows = rows.filter(ordered_at__lt=_start(filters.ordered_to + dt.timedelta(days=1)))
    if filters.after is not None:
        rows = selectors.ordered_before(rows, *_from_cursor(filters.after))
    found = list(rows.order_by("-ordered_at", "-pk")[: filters.limit + 1])
    page = found[: filters.limit]
    cursor = _cursor(page[-1]) if len(found) > filters.limit else None
    return OrderPageOut(orders=[OrderRow.of(order) for order in page], next=cursor)


def _start(day: dt.date) -> dt.datetime:
    return dt.datetime.combine(day, dt.time(), tzinfo=clock.JST)


def _cursor(order: Order) -> str:
    return base64.urlsafe_b64encode(f"{order.ordered_at.isoformat()}|{order.pk}".encode()).decode()


def _from_cursor(text: str) -> tuple[dt.datetime, int]:
    try:
        at, _bar, pk = base64.urlsafe_b64decode(text.encode()).decode().partition("|")
        moment, number = dt.datetime.fromisoformat(at), int(pk)
    except ValueError:
        raise BadInput(_("This cursor is none of ours."), field="after") from None
    if moment.tzinfo is None or not 1990 < moment.year < 2101 or not 0 < number < 2**62:
        raise BadInput(_("This cursor is none of ours."), field="after")
    return moment, number


@router.get("/orders/{number}", response=OrderOut, summary="One order")
@requires(permissions.VIEW)
def get_order(request: AkinaiRequest, number: str) -> OrderOut:
    """An order by our number: lines, amounts, parties, what blocks it, and when it ships."""
    return OrderOut.of_page(selectors.order_page(selectors.id_of(number)))
