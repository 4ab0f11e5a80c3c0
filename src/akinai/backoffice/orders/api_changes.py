"""Changing orders by program: edit, hold and release, ask for a cancellation and cancel. Same use cases as the pages.

A request may name the `version` it has read (ORD-31): if the order has moved on, it is 409 `conflict` and nothing is
done. Every failed guard is 409 `refused` with its sentence (ORD-30), a field that cannot be is 422 `bad_input` with the
field.
"""

from __future__ import annotations

from typing import Annotated, Literal

from django.utils.translation import gettext as _
from ninja import Router, Schema
from pydantic import Field

from akinai.foundation.accounts.idempotency import idempotent
from akinai.foundation.core.errors import BadInput
from akinai.foundation.core.http import AkinaiRequest
from akinai.foundation.core.permissions import requires
from akinai.shop.catalog.models import Sku
from akinai.shop.terms.windows import CANONICAL

from . import permissions, selectors, services
from .edits import AddedLine, Changes, Gift, MethodChange, Wish
from .schemas import Day, Long, OrderOut, Party, Short, Yen
from .states import CANCEL_REASONS, ConsentBy, HoldKind
from .types import ConsentDraft

router = Router(tags=["orders"])
Version = Annotated[int, Field(ge=1, le=2**31 - 1)]
Pieces = Annotated[int, Field(ge=0, le=1_000_000)]
Window = Literal[CANONICAL]  # type: ignore[valid-type]


class Seen(Schema):
    """What a change says besides itself: the version it was made for, and why."""

    version: Version | None = None
    reason: Short = ""


class LineChange(Schema):
    """How many of a line there shall be, by its number; 0 takes it out."""

    line: Annotated[int, Field(ge=1, le=100_000)]
    quantity: Pieces


class LineAdded(Schema):
    """Pieces of a SKU to add; without a price that of the SKU holds."""

    sku: Annotated[str, Field(max_length=100)]
    quantity: Annotated[int, Field(ge=1, le=1_000_000)] = 1
    unit_price: Yen | None = None
    name: Annotated[str, Field(max_length=500)] = ""


class WishIn(Schema):
    """The wished day and window; null and blank take the wish away."""

    date: Day | None = None
    window: Window = ""


class MethodIn(Schema):
    """Another payment method by its code. `old_is_void`: the old number or authorisation cannot be used any more."""

    method: Short
    old_is_void: bool = False


class GiftIn(Schema):
    """Gift or not, what to wrap or write, and the fee for it; without a fee it stays."""

    is_gift: bool
    note: Long = ""
    wrapping_fee: Yen | None = None


class ConsentIn(Schema):
    """ORD-42: the buyer's word for a higher total."""

    how: Literal[tuple(ConsentBy.values)]  # type: ignore[valid-type]
    agreed_on: Day
    said_by: Short
    note: Long = ""


class EditIn(Seen):
    """What shall change; what is not named stays. `ship_to` replaces the recipient as a whole."""

    lines: Annotated[list[LineChange], Field(max_length=200)] = []
    add: Annotated[list[LineAdded], Field(max_length=50)] = []
    ship_to: Party | None = None
    wish: WishIn | None = None
    delivery_service: Short = ""
    payment: MethodIn | None = None
    gift: GiftIn | None = None
    shipping_fee: Yen | None = None
    recompute_shipping: bool = False
    consent: ConsentIn | None = None

    def changes(self) -> Changes:
        """As the use case takes it. Raises BadInput for a SKU nobody knows."""
        return Changes(
            quantities={one.line: one.quantity for one in self.lines},
            added=_added(self.add),
            ship_to=self.ship_to.draft() if self.ship_to else None,
            wish=Wish(**self.wish.dict()) if self.wish else None,
            service=self.delivery_service,
            method=MethodChange(self.payment.method, self.payment.old_is_void) if self.payment else None,
            gift=Gift(**self.gift.dict()) if self.gift else None,
            shipping=self.shipping_fee,
            recompute_shipping=self.recompute_shipping,
        )


def _added(lines: list[LineAdded]) -> tuple[AddedLine, ...]:
    known = dict(Sku.objects.filter(code__in={line.sku for line in lines}).values_list("code", "pk"))
    for place, line in enumerate(lines):
        if line.sku not in known:
            raise BadInput(_("There is no SKU “%(code)s”.") % {"code": line.sku}, field=f"add.{place}.sku")
    return tuple(AddedLine(known[one.sku], one.quantity, one.unit_price, one.name) for one in lines)


class HoldIn(Seen):
    """Why an order is kept back. `until` (JST) is needed where the kind is a date: the day it opens by itself, or with
    `is_delivery_date` the first day on which the goods may arrive.
    """

    kind: Literal[tuple(HoldKind.values)]  # type: ignore[valid-type]
    until: Day | None = None
    is_delivery_date: bool = False
    free_stock: bool = False


class ReleaseIn(Schema):
    """Which hold opens; without a kind all of them."""

    kind: Literal[tuple(HoldKind.values)] | None = None  # type: ignore[valid-type]
    version: Version | None = None


class CancelIn(Schema):
    """Why the order ends, and a word for colleagues."""

    reason: Literal[tuple(key for key, _label in CANCEL_REASONS)] = "customer"  # type: ignore[valid-type]
    note: Long = ""
    version: Version | None = None


@router.post("/orders/{number}/edit", response=OrderOut, summary="Change an order")
@idempotent
@requires(permissions.WORK)
def edit_order(request: AkinaiRequest, number: str, payload: EditIn) -> OrderOut:
    """Change lines, recipient, wish, service, payment, gift and fees in one edition (T23, ORD-41).

    A higher total without the buyer's word holds the order (ORD-42). Refused once papers are printed.
    """
    pk, consent = selectors.id_of(number), payload.consent
    services.edit_order(
        request.actor, order_id=pk, changes=payload.changes(), reason=payload.reason, seen_version=payload.version,
        consent=ConsentDraft(**consent.dict()) if consent else None,
    )  # fmt: skip
    return _now(pk)


@router.post("/orders/{number}/hold", response=OrderOut, summary="Keep an order back")
@idempotent
@requires(permissions.WORK)
def hold_order(request: AkinaiRequest, number: str, payload: HoldIn) -> OrderOut:
    """Open a hold (T09); a hold of this kind that is open already is refused."""
    pk = selectors.id_of(number)
    services.hold(
        request.actor, order_id=pk, kind=payload.kind, until=payload.until, free_stock=payload.free_stock,
        is_delivery_date=payload.is_delivery_date, reason=payload.reason, seen_version=payload.version,
    )  # fmt: skip
    return _now(pk)


@router.post("/orders/{number}/release", response=OrderOut, summary="Let an order go on")
@idempotent
@requires(permissions.WORK)
def release_order(request: AkinaiRequest, number: str, payload: ReleaseIn) -> OrderOut:
    """End a hold, or all of them (T09)."""
    pk = selectors.id_of(number)
    if payload.kind is None:
        services.release_all(request.actor, order_id=pk, seen_version=payload.version)
    else:
        services.release_hold(request.actor, order_id=pk, kind=payload.kind, seen_version=payload.version)
    return _now(pk)


@router.post("/orders/{number}/request-cancel", response=OrderOut, summary="The buyer wants to cancel")
@idempotent
@requires(permissions.WORK)
def request_cancel(request: AkinaiRequest, number: str, payload: Seen) -> OrderOut:
    """Note that the buyer wants to cancel (T20): the order stops until a person has answered."""
    pk = selectors.id_of(number)
    services.request_cancel(request.actor, order_id=pk, reason=payload.reason, seen_version=payload.version)
    return _now(pk)


@router.post("/orders/{number}/cancel", response=OrderOut, summary="Cancel an order")
@idempotent
@requires(permissions.CANCEL)
def cancel_order(request: AkinaiRequest, number: str, payload: CancelIn) -> OrderOut:
    """Cancel an order before shipping (T05, T21): stock goes back, received money becomes owed, the buyer gets M12.

    Refused while papers are printed: a person takes the box from the table first. What has left is a case.
    """
    pk = selectors.id_of(number)
    services.cancel(request.actor, order_id=pk, reason=payload.reason, note=payload.note, seen_version=payload.version)
    return _now(pk)


def _now(order_id: int) -> OrderOut:
    """The order as it stands afterwards."""
    return OrderOut.of_page(selectors.order_page(order_id))
