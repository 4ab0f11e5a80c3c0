"""受注変更 before papers are printed (T23): each edit is a new edition with before, after, who and why (ORD-41)."""

from __future__ import annotations

import dataclasses
import datetime as dt
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from akinai.backoffice.inventory import services as inventory
from akinai.backoffice.orders.attention import listed_of
from akinai.backoffice.orders.checks import Judge, judge_address, judge_date, judge_phone
from akinai.backoffice.orders.events import OrderEdited
from akinai.backoffice.orders.models import Order, OrderLine, OrderVersion
from akinai.backoffice.orders.pricing import price_order
from akinai.backoffice.orders.search import index_order
from akinai.backoffice.orders.selectors import waiting_for_code
from akinai.backoffice.orders.states import Check
from akinai.backoffice.orders.types import BulkResult, PartyDraft, Reason
from akinai.foundation import audit, events
from akinai.foundation.core import clock
from akinai.foundation.core.actor import Actor
from akinai.foundation.core.errors import BadInput, Refused
from akinai.foundation.core.text import mask_cards
from akinai.shop.catalog.models import Sku
from akinai.shop.catalog.selectors import resolve_codes
from akinai.shop.catalog.store_codes import map_store_code
from akinai.shop.terms.windows import CANONICAL

from . import heeding
from .bulk import one_by_one
from .guarding import NOT_CANCELLED, NOT_HISTORY, NOT_SHIPPED, Guard, not_in_work, take
from .lines import reference
from .reasons import close_reason, open_reason
from .refreshing import refresh
from .stocking import fill

EDITABLE: tuple[Guard, ...] = (NOT_CANCELLED, NOT_HISTORY, NOT_SHIPPED)
#: Orders that learn of an item code in one go.
MOST_AT_ONCE = 100
SHIP_FIELDS = ("name", "kana", "company", "phone", "postcode", "prefecture", "address1", "address2")


def _begin(order_id: int, seen_version: int | None) -> Order:
    order = take(order_id, *EDITABLE, seen_version=seen_version)
    not_in_work(order)
    return order


def _new_edition(
    actor: Actor, order: Order, *, what: str, before: dict[str, Any], after: dict[str, Any], reason: str
) -> None:
    """Number the edit and tell the house; the caller refreshes."""
    order.edition += 1
    order.save(update_fields=["edition"])
    OrderVersion.objects.create(
        order=order, edition=order.edition, at=clock.now(), by=actor.key, by_label=actor.label,
        reason=mask_cards(reason), before=before, after=after,
    )  # fmt: skip
    audit.record(actor, f"orders.edit.{what}", order.subject, detail={"before": before, "after": after}, reason=reason)
    events.emit(OrderEdited(order.pk, order.number, order.edition, what=what), actor=actor)


def _settle(actor: Actor, order: Order, code: str, found: Reason | None) -> None:
    """Close a reason that no longer holds, open one that now does."""
    if found is None:
        close_reason(actor, order, code, answer="edited")
    else:
        open_reason(actor, order, code, found.detail)


def ship_to_of(order: Order) -> PartyDraft:
    """The recipient as a draft, for judging and for forms."""
    return PartyDraft(**{name: getattr(order, f"ship_{name}") for name in SHIP_FIELDS})


@transaction.atomic
def change_ship_to(
    actor: Actor, *, order_id: int, ship_to: PartyDraft, reason: str = "", seen_version: int | None = None
) -> Order:
    """Change recipient, address or phone: address, phone and date are judged again.

    Raises BadInput for a missing name, postcode, prefecture or street; Refused once papers are out. Emits OrderEdited.
    """
    for name in ("name", "postcode", "prefecture", "address1"):
        if not getattr(ship_to, name).strip():
            raise BadInput(_("This must not be empty."), field=name)
    order = _begin(order_id, seen_version)
    before = dataclasses.asdict(ship_to_of(order))
    for name in SHIP_FIELDS:
        setattr(order, f"ship_{name}", getattr(ship_to, name).strip())
    index_order(order)
    order.save(update_fields=[f"ship_{name}" for name in SHIP_FIELDS] + ["search_text"])
    after = dataclasses.asdict(ship_to_of(order))
    changed = {name for name in SHIP_FIELDS if before[name] != after[name]}
    if not changed:
        return order
    judge = Judge.load()
    party = ship_to_of(order)
    _settle(actor, order, Check.ADDRESS, judge_address(judge, party, order.delivery_service.code))
    _settle(actor, order, Check.PHONE, judge_phone(party))
    _settle(actor, order, Check.DATE_IMPOSSIBLE, judge_date(judge, order))
    heeding.settle(actor, order, listed_of([order])[0])
    _new_edition(
        actor, order, what="ship_to", before={n: before[n] for n in changed}, after={n: after[n] for n in changed},
        reason=reason,
    )  # fmt: skip
    refresh(actor, [order])
    return order


@transaction.atomic
def change_wish(
    actor: Actor,
    *,
    order_id: int,
    wish_date: dt.date | None,
    wish_window: str = "",
    reason: str = "",
    seen_version: int | None = None,
) -> Order:
    """Change the wished delivery day (JST) and window; an impossible day opens DATE_IMPOSSIBLE (SHP-41)."""
    if wish_window not in CANONICAL:
        raise BadInput(_("Choose a time window from the list."), field="wish_window")
    order = _begin(order_id, seen_version)
    before = {"wish_date": _iso(order.wish_date), "wish_window": order.wish_window}
    order.wish_date, order.wish_window, order.wish_window_raw = wish_date, wish_window, ""
    after = {"wish_date": _iso(wish_date), "wish_window": wish_window}
    if before == after:
        return order
    order.save(update_fields=["wish_date", "wish_window", "wish_window_raw"])
    _settle(actor, order, Check.DATE_IMPOSSIBLE, judge_date(Judge.load(), order))
    _new_edition(actor, order, what="wish", before=before, after=after, reason=reason)
    refresh(actor, [order])
    return order


def _iso(day: dt.date | None) -> str:
    return day.isoformat() if day else ""


@transaction.atomic
def set_line_sku(
    actor: Actor,
    *,
    order_id: int,
    line: int,
    sku_id: int,
    units_per_item: int = 1,
    remember: bool = True,
    seen_version: int | None = None,
) -> Order:
    """Say what an unknown item is (INV-91): `units_per_item` pieces of a SKU. `remember` keeps it for the store.

    The goods are secured at once as far as they are there; what is missing opens STOCKOUT.
    """
    if units_per_item < 1:
        raise BadInput(_("A quantity must be 1 or more."), field="units_per_item")
    sku = Sku.objects.filter(pk=sku_id).first()
    if sku is None:
        raise BadInput(_("There is no such SKU."), field="sku")
    order = _begin(order_id, seen_version)
    row = _line(order, line)
    if row.sku_id is not None:
        raise Refused(_("Somebody has named the SKU of this line already."))
    row.sku, row.units_per_item = sku, units_per_item
    row.save(update_fields=["sku", "units_per_item"])
    if remember and row.store_code:
        map_store_code(actor, store_id=order.store_id, code=row.store_code, sku_id=sku.pk, quantity=units_per_item)
    fill(actor, [order])
    row.refresh_from_db()
    if row.short and not row.short_told:
        open_reason(actor, order, Check.STOCKOUT, {"line": row.number, "short": row.short})
    if not order.lines.filter(sku__isnull=True).exists():
        close_reason(actor, order, Check.NEW_SKU, answer=sku.code)
    _new_edition(
        actor, order, what="sku", before={"line": line, "sku": ""}, after={"line": line, "sku": sku.code}, reason=""
    )
    refresh(actor, [order])
    return order


def apply_store_code(actor: Actor, *, store_id: int, code: str) -> list[BulkResult]:
    """Name the SKU in all orders of a store that wait with an item code which is now known (INV-91), each for itself.

    At most 100, the earliest ordered first. A code that still means nothing changes nothing: the list is empty.
    """
    known = resolve_codes(store_id, [code]).get(code)
    if known is None:
        return []
    sku, units = known

    def name_all(order_id: int) -> Order:
        numbers = OrderLine.objects.filter(order_id=order_id, store_code=code, sku__isnull=True)
        for number in list(numbers.order_by("number").values_list("number", flat=True)):
            set_line_sku(actor, order_id=order_id, line=number, sku_id=sku.pk, units_per_item=units, remember=False)
        return Order.objects.get(pk=order_id)

    ids = list(waiting_for_code(store_id, code).values_list("pk", flat=True)[:MOST_AT_ONCE])
    return one_by_one(ids, name_all)


def _line(order: Order, number: int) -> OrderLine:
    row = order.lines.filter(number=number).first()
    if row is None:
        raise BadInput(_("This order has no such line."), field="line")
    return row


@transaction.atomic
def reduce_quantity(
    actor: Actor, *, order_id: int, line: int, to: int, reason: str = "", seen_version: int | None = None
) -> tuple[Order, bool]:
    """Lower a line to `to` items, 0 cancels it (ORD-70b): goods and money follow. Returns the order and whether
    nothing is left of it; `cancelling.lower_quantity` then ends the order.

    Raises BadInput for a number that is not lower than now.
    """
    order = _begin(order_id, seen_version)
    row = _line(order, line)
    if not 0 <= to < row.live:
        raise BadInput(_("Enter a number from 0 to %(most)d.") % {"most": row.live - 1}, field="to")
    before = {"line": line, "quantity": row.live, "total": order.total}
    row.cancelled = row.quantity - to
    surplus = max(0, row.allocated - row.remaining)
    if surplus:
        row.allocated -= surplus
        inventory.release(actor, [reference(order, row)], quantity=surplus * row.units_per_item)
    row.save(update_fields=["cancelled", "allocated"])
    lines = list(order.lines.all())
    if all(x.short <= 0 or x.short_told for x in lines):
        close_reason(actor, order, Check.STOCKOUT, answer="edited")
    if all(x.sku_id or not x.live for x in lines):
        close_reason(actor, order, Check.NEW_SKU, answer="edited")
    price_order(order, lines)
    after = {"line": line, "quantity": to, "total": order.total}
    _new_edition(actor, order, what="quantity", before=before, after=after, reason=reason)
    refresh(actor, [order])
    return order, not any(x.live for x in lines)
