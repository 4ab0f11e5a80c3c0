"""返品 for programs: read, open and withdraw cases. Same use cases as the pages; goods and money stay with people."""

from __future__ import annotations

import datetime as dt
from typing import Annotated, Literal

from django.utils.translation import gettext as _
from ninja import Query, Router, Schema, Status
from pydantic import Field

from akinai.backoffice.orders import selectors as orders
from akinai.backoffice.orders.models import OrderLine
from akinai.foundation.accounts.idempotency import idempotent
from akinai.foundation.core.errors import BadInput, NotFound
from akinai.foundation.core.http import AkinaiRequest
from akinai.foundation.core.permissions import requires

from . import permissions, selectors, services
from .models import Case
from .states import Cause, Kind, Reason, State

router = Router(tags=["cases"])
Text = Annotated[str, Field(max_length=10_000)]


class CaseLineIn(Schema):
    """So many items of an order line, by its number."""

    line: Annotated[int, Field(ge=1, le=100_000)]
    quantity: Annotated[int, Field(ge=1, le=1_000_000)]


class CaseIn(Schema):
    """What comes back and why. `cause` and `shipment` are for parcels that were not delivered. `order_version`: if the
    order has moved on since, nothing is done (ORD-31).
    """

    order_number: Annotated[str, Field(max_length=60)]
    kind: Literal[tuple(Kind.values)]  # type: ignore[valid-type]
    reason: Literal[tuple(Reason.values)]  # type: ignore[valid-type]
    lines: Annotated[list[CaseLineIn], Field(max_length=200)] = []
    cause: Literal[("", *Cause.values)] = ""  # type: ignore[valid-type]
    shipment: Annotated[str, Field(max_length=60)] = ""
    note: Text = ""
    exception: Text = ""
    order_version: Annotated[int, Field(ge=1, le=2**31 - 1)] | None = None


class CaseLineOut(Schema):
    """Goods of a case: items that belong to it, and how many are back and inspected."""

    line: int
    sku: str | None
    name: str
    quantity: int
    received: int


class CaseRow(Schema):
    """A case in a list. Amounts are yen including tax, dates JST."""

    number: str
    order_number: str
    kind: str
    reason: str
    cause: str
    state: str
    version: int
    opened_at: dt.datetime
    send_back_by: dt.date | None
    received_at: dt.datetime | None
    refund_amount: int
    closed_at: dt.datetime | None

    @classmethod
    def of(cls, case: Case) -> CaseRow:
        """From a row with its order."""
        own = {name: getattr(case, name) for name in CaseRow.model_fields if name != "order_number"}
        return cls(order_number=case.order.number, **own)


class CaseOut(CaseRow):
    """A case with its goods; `replaced_by` is the number of the order that replaces them."""

    note: str
    outcome: str
    replaced_by: str | None
    lines: list[CaseLineOut]


class CasesOut(Schema):
    """A page of cases; `next` is the cursor of the page after, null on the last."""

    cases: list[CaseRow]
    next: int | None


class CasesQuery(Schema):
    """Conditions, all optional. `after` is the cursor given by the page before."""

    order_number: Annotated[str, Field(max_length=60)] = ""
    state: Literal[("", *State.values)] = ""  # type: ignore[valid-type]
    after: Annotated[int, Field(ge=0, le=2**62)] = 0
    limit: Annotated[int, Field(ge=1, le=200)] = 50


class WithdrawIn(Schema):
    """Why a case is withdrawn."""

    reason: Annotated[str, Field(max_length=1000)]


@router.get("/cases", response=CasesOut, summary="Cases, oldest first")
@requires(permissions.VIEW)
def list_cases(request: AkinaiRequest, query: Query[CasesQuery]) -> CasesOut:
    """Returns, exchanges, parcels that came back and other cases, in the order they were opened."""
    rows = Case.objects.filter(pk__gt=query.after).select_related("order").order_by("pk")
    if query.order_number:
        rows = rows.filter(order__number=query.order_number)
    if query.state:
        rows = rows.filter(state=query.state)
    found = list(rows[: query.limit + 1])
    more = found[query.limit - 1].pk if len(found) > query.limit else None
    return CasesOut(cases=[CaseRow.of(case) for case in found[: query.limit]], next=more)


@router.get("/cases/{number}", response=CaseOut, summary="One case with its goods")
@requires(permissions.VIEW)
def get_case(request: AkinaiRequest, number: str) -> CaseOut:
    """The case of this number."""
    return _out(_id_of(number))


@router.post("/cases", response={201: CaseOut}, summary="Open a case")
@idempotent
@requires(permissions.WORK)
def open_case(request: AkinaiRequest, payload: CaseIn) -> Status[CaseOut]:
    """Open a case (T24): the buyer gets M13 for returns and exchanges. Each failed guard is said in a sentence.

    With an `Idempotency-Key` the same request may be sent again without a second case.
    """
    order_id = orders.id_of(payload.order_number)
    case = services.open_case(
        request.actor, order_id=order_id, kind=payload.kind, reason=payload.reason, cause=payload.cause,
        quantities=_quantities(order_id, payload.lines), shipment_id=_shipment(order_id, payload.shipment),
        text=payload.note, exception=payload.exception, seen_version=payload.order_version,
    )  # fmt: skip
    return Status(201, _out(case.pk))


@router.post("/cases/{number}/withdraw", response=CaseOut, summary="Withdraw a case")
@idempotent
@requires(permissions.WORK)
def withdraw_case(request: AkinaiRequest, number: str, payload: WithdrawIn) -> CaseOut:
    """The buyer keeps the goods, or the case was opened by mistake; refused once goods are back."""
    pk = _id_of(number)
    services.withdraw_case(request.actor, case_id=pk, reason=payload.reason)
    return _out(pk)


def _id_of(number: str) -> int:
    pk = None if "\x00" in number else Case.objects.filter(number=number).values_list("pk", flat=True).first()
    if pk is None:
        raise NotFound(_("There is no such case."))
    return pk


def _quantities(order_id: int, lines: list[CaseLineIn]) -> dict[int, int]:
    """Items by order line; the same line twice adds up."""
    known = dict(OrderLine.objects.filter(order_id=order_id).values_list("number", "pk"))
    wanted: dict[int, int] = {}
    for place, one in enumerate(lines):
        if one.line not in known:
            raise BadInput(_("Choose lines of this order."), field=f"lines.{place}.line")
        wanted[known[one.line]] = wanted.get(known[one.line], 0) + one.quantity
    return wanted


def _shipment(order_id: int, number: str) -> int | None:
    """The parcel of that number; None where none is named."""
    if not number:
        return None
    found = next((parcel.pk for parcel in selectors.parcels_of(order_id) if parcel.number == number), None)
    if found is None:
        raise BadInput(_("Choose a parcel that has left."), field="shipment")
    return found


def _out(case_id: int) -> CaseOut:
    case = selectors.case(case_id)
    lines = [
        CaseLineOut(
            line=row.order_line.number, sku=row.order_line.sku.code if row.order_line.sku else None,
            name=row.order_line.name, quantity=row.quantity, received=row.received,
        )
        for row in selectors.lines_of(case_id)
    ]  # fmt: skip
    return CaseOut(
        **CaseRow.of(case).dict(), note=case.note, outcome=case.outcome, lines=lines,
        replaced_by=case.child.number if case.child else None,
    )  # fmt: skip
