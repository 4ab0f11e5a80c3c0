"""受注変更 before papers are printed (T23): one function a kind of edit; each is a new edition (ORD-41).

All of them go through `changing.edit_order`, which can also do several at once. `consent` is the buyer's word for a
higher total (ORD-42); without it a higher total holds the order.
"""

from __future__ import annotations

import datetime as dt

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from akinai.backoffice.orders.checks import Judge, judge_cool
from akinai.backoffice.orders.edits import AddedLine, Changes, Gift, MethodChange, Wish
from akinai.backoffice.orders.models import Order, OrderLine
from akinai.backoffice.orders.selectors import waiting_for_code
from akinai.backoffice.orders.states import Check
from akinai.backoffice.orders.types import BulkResult, ConsentDraft, PartyDraft
from akinai.foundation.core.actor import Actor
from akinai.foundation.core.errors import BadInput, Refused
from akinai.shop.catalog.models import Sku
from akinai.shop.catalog.selectors import resolve_codes
from akinai.shop.catalog.store_codes import map_store_code

from .bulk import one_by_one
from .changing import apply_changes, begin, edit_order, lines_of, new_edition, settle, settle_age, snapshot
from .reasons import close_reason, open_reason
from .refreshing import refresh
from .stocking import fill

#: Orders that learn of an item code in one go.
MOST_AT_ONCE = 100


def add_line(
    actor: Actor,
    *,
    order_id: int,
    sku_id: int,
    quantity: int = 1,
    unit_price: int | None = None,
    name: str = "",
    reason: str = "",
    consent: ConsentDraft | None = None,
    recompute_shipping: bool = False,
    seen_version: int | None = None,
) -> Order:
    """Add a line of a SKU; `unit_price` in yen as the shop's prices are (0 for a present, None for the SKU's price).

    What is there is secured, a shortage opens STOCKOUT; shipping and fees of ours follow. Raises BadInput, Refused.
    """
    added = AddedLine(sku_id, quantity, unit_price, name)
    return edit_order(
        actor, order_id=order_id, changes=Changes(added=(added,), recompute_shipping=recompute_shipping),
        reason=reason, consent=consent, seen_version=seen_version,
    )  # fmt: skip


def change_quantity(
    actor: Actor,
    *,
    order_id: int,
    line: int,
    to: int,
    reason: str = "",
    consent: ConsentDraft | None = None,
    recompute_shipping: bool = False,
    seen_version: int | None = None,
) -> Order:
    """Order more or fewer of a line; 0 takes it out. The last line is refused: cancel the order instead."""
    changes = Changes(quantities={line: to}, recompute_shipping=recompute_shipping)
    return edit_order(
        actor, order_id=order_id, changes=changes, reason=reason, consent=consent, seen_version=seen_version
    )


def change_ship_to(
    actor: Actor,
    *,
    order_id: int,
    ship_to: PartyDraft,
    reason: str = "",
    consent: ConsentDraft | None = None,
    recompute_shipping: bool = False,
    seen_version: int | None = None,
) -> Order:
    """Change recipient, address or phone: address, phone, island, date and payment are judged again, and a shipping
    fee of ours follows its table. A deferred payment has to be checked again.

    Raises BadInput for a missing name, postcode, prefecture or street; Refused once papers are out. Emits OrderEdited.
    """
    changes = Changes(ship_to=ship_to, recompute_shipping=recompute_shipping)
    return edit_order(
        actor, order_id=order_id, changes=changes, reason=reason, consent=consent, seen_version=seen_version
    )


def change_wish(
    actor: Actor,
    *,
    order_id: int,
    wish_date: dt.date | None,
    wish_window: str = "",
    reason: str = "",
    seen_version: int | None = None,
) -> Order:
    """Change the wished delivery day (JST) and window; an impossible day opens DATE_IMPOSSIBLE (SHP-41).

    Refused where the delivery service takes no date or window.
    """
    changes = Changes(wish=Wish(wish_date, wish_window))
    return edit_order(actor, order_id=order_id, changes=changes, reason=reason, seen_version=seen_version)


def change_service(
    actor: Actor,
    *,
    order_id: int,
    service: str,
    reason: str = "",
    consent: ConsentDraft | None = None,
    recompute_shipping: bool = False,
    seen_version: int | None = None,
) -> Order:
    """Send with another delivery service, by its code. Refused where it cannot do what the order asks (PAY-11)."""
    changes = Changes(service=service, recompute_shipping=recompute_shipping)
    return edit_order(
        actor, order_id=order_id, changes=changes, reason=reason, consent=consent, seen_version=seen_version
    )


def change_payment_method(
    actor: Actor,
    *,
    order_id: int,
    method: str,
    old_is_void: bool = False,
    reason: str = "",
    consent: ConsentDraft | None = None,
    seen_version: int | None = None,
) -> Order:
    """Pay in another way, by the method's code: gate, fee, due dates and guarantee follow (1.6).

    Where the old card, ID payment, convenience-store number or deferred payment could still be used, a person must
    have confirmed that it is void (`old_is_void`); its guarantee is then taken back in the ledger. Raises BadInput.
    """
    changes = Changes(method=MethodChange(method, old_is_void))
    return edit_order(
        actor, order_id=order_id, changes=changes, reason=reason, consent=consent, seen_version=seen_version
    )


def change_gift(
    actor: Actor,
    *,
    order_id: int,
    is_gift: bool,
    gift_note: str = "",
    wrapping_fee: int | None = None,
    reason: str = "",
    consent: ConsentDraft | None = None,
    seen_version: int | None = None,
) -> Order:
    """Gift or not, what to wrap or write, and the fee for it in yen incl. tax (None leaves the fee)."""
    changes = Changes(gift=Gift(is_gift, gift_note, wrapping_fee))
    return edit_order(
        actor, order_id=order_id, changes=changes, reason=reason, consent=consent, seen_version=seen_version
    )


def change_shipping_fee(
    actor: Actor,
    *,
    order_id: int,
    fee: int | None = None,
    reason: str = "",
    consent: ConsentDraft | None = None,
    seen_version: int | None = None,
) -> Order:
    """Set the shipping fee in yen incl. tax; None takes that of our own table (Refused where there is none)."""
    changes = Changes(shipping=fee, recompute_shipping=fee is None)
    return edit_order(
        actor, order_id=order_id, changes=changes, reason=reason, consent=consent, seen_version=seen_version
    )


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
    order = begin(order_id, seen_version)
    original = snapshot(order, lines_of(order))
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
    lines = lines_of(order)
    settle(actor, order, Check.COOL_MIX, judge_cool(Judge.load(), order, lines))
    settle_age(actor, order, lines)
    named = f"{sku.code} × {units_per_item}" if units_per_item > 1 else sku.code
    new_edition(
        actor, order, what="sku", before={"line": line, "sku": ""}, after={"line": line, "sku": named}, reason="",
        original=original,
    )  # fmt: skip
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
    order = begin(order_id, seen_version)
    row = _line(order, line)
    if not 0 <= to < row.live:
        raise BadInput(_("Enter a number from 0 to %(most)d.") % {"most": row.live - 1}, field="to")
    edit = apply_changes(actor, order, Changes(quantities={line: to}), reason=reason, may_empty=True)
    return order, not any(x.live for x in edit.lines)
