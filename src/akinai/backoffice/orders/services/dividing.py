"""受注分割: dividing an order in two and putting it together again, to the yen (ORD-52).

The order goes on as the first part under its own number, which the store and the buyer know; what is moved stands on
an order of its own. Goods move with what is secured for them, the money by the apps above (`ports.after_dividing`).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from django.db import transaction
from django.db.models import Sum
from django.utils.translation import gettext_lazy as _

from akinai.backoffice.inventory import services as inventory
from akinai.backoffice.inventory.types import Want
from akinai.backoffice.orders import ports
from akinai.backoffice.orders.checks import Judge, judge_age, judge_cool, judge_items, judge_stock
from akinai.backoffice.orders.events import OrderChanged, OrderDivided, OrderJoined
from akinai.backoffice.orders.models import Order, OrderLine, OrderPart
from akinai.backoffice.orders.parting import divide_money
from akinai.backoffice.orders.pricing import by_store_tax, reprice
from akinai.backoffice.orders.search import index_order
from akinai.backoffice.orders.states import Cancel, CancelReason, Check
from akinai.foundation import audit, events
from akinai.foundation.core import clock
from akinai.foundation.core.actor import Actor
from akinai.foundation.core.errors import BadInput, Refused
from akinai.foundation.core.text import mask_cards

from .changing import lines_of, new_edition, snapshot
from .guarding import NO_REQUEST, NOT_CANCELLED, NOT_HISTORY, NOT_SHIPPED, lock, not_in_work, take
from .lines import reference
from .preordering import sync_release_hold
from .reasons import close_reason, open_reason
from .refreshing import refresh

#: The first part keeps the order's own number, the others get B, C, D …
LETTERS = "BCDEFGHIJKLMNOPQRSTUVWXYZ"


@transaction.atomic
def split_order(
    actor: Actor, *, order_id: int, quantities: Mapping[int, int], reason: str = "", seen_version: int | None = None
) -> Order:
    """Move `quantities` (items by line number) to a new order and return that (ORD-52).

    Both together come to what the order came to, yen for yen: fees stay, coupon and points go with the goods. What is
    short moves first, so that what is secured stays. Holds and open reasons stand on both. Raises BadInput for a line
    or number that cannot be, Refused once papers are out, goods have left, or for an order that is itself a part.
    Emits OrderDivided.
    """
    order = take(order_id, NOT_CANCELLED, NOT_HISTORY, NOT_SHIPPED, NO_REQUEST, seen_version=seen_version)
    not_in_work(order)
    if OrderPart.objects.filter(part=order, undone_at__isnull=True).exists():
        raise Refused(_("This order is a part itself. Divide the first part."))
    lines = lines_of(order)
    original = snapshot(order, lines)
    moving = _moving(lines, quantities)
    before, store_tax = order.total, by_store_tax(order, lines)
    part = _new_part(order)
    pairs = _move_lines(actor, order, part, moving)
    left, gone = list(order.lines.all()), list(part.lines.all())
    divide_money(order, left, part, gone, total=before, store_tax=store_tax)
    _copy_blockers(order, part)
    OrderPart.objects.create(
        order=order, part=part, at=clock.now(), by=actor.key, by_label=actor.label, reason=mask_cards(reason),
        total=before, first_total=order.total, part_total=part.total, by_store_tax=store_tax,
        first_edition=order.edition + 1,
    )  # fmt: skip
    told = {"order": order.number, "lines": [[line.number, count] for line, _new, count in pairs]}
    audit.record(actor, "orders.split_off", part.subject, detail=told, reason=reason)
    what = "、".join(f"{line.name or line.number} × {count}" for line, _new, count in pairs)
    new_edition(
        actor, order, what="split", before={"split": "", "total": before},
        after={"split": f"{part.number}: {what}", "total": order.total}, reason=reason, original=original,
    )  # fmt: skip
    _settle(actor, order, part)
    divided = OrderDivided(order.pk, order.number, order.edition, part_id=part.pk, part_number=part.number)
    events.emit(divided, OrderChanged(part.pk, part.number, part.edition, what="split"), actor=actor)
    return part


@transaction.atomic
def unsplit_order(actor: Actor, *, part_id: int, reason: str = "") -> Order:
    """Put a part back into the order it was divided from and return that order (ORD-52).

    Lines, what is secured, money and charges are as they would be had nobody divided it. Refused once papers of either
    are out or goods have left. The part remains as an ended record. Emits OrderJoined.
    """
    row = OrderPart.objects.filter(part_id=part_id, undone_at__isnull=True).first()
    if row is None:
        raise Refused(_("This order is no part of another one."))
    lock([row.order_id, row.part_id])
    order = take(row.order_id, NOT_CANCELLED, NOT_SHIPPED)
    part = take(row.part_id, NOT_CANCELLED, NOT_SHIPPED)
    not_in_work(order)
    not_in_work(part)
    before = order.total
    _move_back(actor, order, part)
    order.coupon, order.points = order.coupon + part.coupon, order.points + part.points
    row.undone_at, row.undone_by = clock.now(), actor.key
    row.save(update_fields=["undone_at", "undone_by"])
    others = order.parts.filter(undone_at__isnull=True).exists()
    reprice(order, list(order.lines.all()), store_tax=row.by_store_tax and not others)
    _end_part(actor, part, reason)
    new_edition(
        actor, order, what="join", before={"split": part.number, "total": before},
        after={"split": "", "total": order.total}, reason=reason,
    )  # fmt: skip
    _settle(actor, order, part)
    joined = OrderJoined(order.pk, order.number, order.edition, part_id=part.pk, part_number=part.number)
    events.emit(joined, OrderChanged(part.pk, part.number, part.edition, what="join"), actor=actor)
    return order


def _moving(lines: Sequence[OrderLine], quantities: Mapping[int, int]) -> list[tuple[OrderLine, int]]:
    """The lines to move with how many items of each; something must stay and something must go."""
    by_number = {line.number: line for line in lines}
    for number, count in quantities.items():
        line = by_number.get(number)
        if line is None:
            raise BadInput(_("This order has no such line."), field="lines")
        if not 0 <= count <= line.remaining:
            raise BadInput(_("Enter a number from 0 to %(most)d.") % {"most": line.remaining}, field=f"line_{number}")
    moving = [(by_number[number], count) for number, count in sorted(quantities.items()) if count]
    if not moving:
        raise BadInput(_("Enter how many of which lines move to the new order."), field="lines")
    if sum(count for _line, count in moving) >= sum(line.remaining for line in lines):
        raise BadInput(_("Something has to stay on this order."), field="lines")
    return moving


#: What the new order has in common with the old one; everything else begins anew.
_SHARED = (
    "store_id", "ordered_at", "received_at", "customer_id", "payment_method_id", "delivery_service_id", "wish_date",
    "wish_window", "wish_window_raw", "remark", "is_gift", "gift_note", "warehouse_note", "ship_policy",
    "coupon_covers_shipping", "points_kind", "tax_rounding", "confirmation", "accepted_at", "accepted_by", "seen_at",
    "seen_by", "confirm_by", "pay_due", "pay_cancel_on", "ship_not_before",
)  # fmt: skip
_PARTY = ("name", "kana", "company", "phone", "postcode", "prefecture", "address1", "address2")


def _new_part(order: Order) -> Order:
    """A copy of the order without its money: same buyer, ship-to, wishes, acceptance and deadlines."""
    letter = LETTERS[order.parts.count() % len(LETTERS)]
    names = [*_SHARED, "buyer_mail", *(f"{whose}_{name}" for whose in ("buyer", "ship") for name in _PARTY)]
    part = Order(
        number=f"{order.number}-{letter}",
        store_number=f"{order.store_number}-{letter}",
        queue_since=clock.now(),
        **{name: getattr(order, name) for name in names},
    )
    index_order(part)
    part.save()
    return part


def _move_lines(
    actor: Actor, order: Order, part: Order, moving: Sequence[tuple[OrderLine, int]]
) -> list[tuple[OrderLine, OrderLine, int]]:
    """Write the lines of the part and carry what is secured for them over to its name."""
    pairs = []
    carried: list[tuple[OrderLine, OrderLine, int]] = []
    for line, count in moving:
        secured = max(0, line.allocated - (line.remaining - count))
        new = _twin(line, part, count)
        carried.append((line, new, secured))
        line.cancelled, line.moved, line.allocated = (
            line.cancelled + count,
            line.moved + count,
            line.allocated - secured,
        )
        line.save(update_fields=["cancelled", "moved", "allocated"])
        pairs.append((line, new, count))
    _carry(actor, order, part, carried)
    return pairs


def _twin(line: OrderLine, part: Order, count: int) -> OrderLine:
    same = ("number", "sku_id", "store_code", "name", "options", "units_per_item", "unit_price", "price_basis",
            "tax_rate", "supply", "short_told")  # fmt: skip
    return OrderLine.objects.create(order=part, quantity=count, **{name: getattr(line, name) for name in same})


def _carry(actor: Actor, giver: Order, taker: Order, lines: Sequence[tuple[OrderLine, OrderLine, int]]) -> None:
    """Let the reservations change their name, with the balances locked in between so that nobody takes them."""
    secured = [(old, new, items) for old, new, items in lines if items and old.sku_id is not None]
    inventory.hold_still([old.sku_id for old, _new, _items in secured if old.sku_id is not None])
    for old, new, items in secured:
        pieces = items * old.units_per_item
        assert old.sku_id is not None
        inventory.release(actor, [reference(giver, old)], quantity=pieces)
        inventory.reserve(actor, [Want(reference(taker, new), old.sku_id, pieces)], allow_partial=False)
        new.allocated += items
        new.save(update_fields=["allocated"])


def _move_back(actor: Actor, order: Order, part: Order) -> None:
    """What is left of the part's lines goes back to where it came from; what was ordered more on it comes on top."""
    home = {line.number: line for line in order.lines.all()}
    elsewhere = _on_other_parts(order, part)
    carried = []
    for line in part.lines.all():
        own = home.get(line.number)
        if own is None:
            raise Refused(_("A line was added to the part. Take it out before you put the orders together."))
        live, secured = line.live, line.allocated
        came = min(line.quantity, max(0, own.moved - elsewhere.get(line.number, 0)))
        more = line.quantity - came
        own.quantity, own.cancelled, own.moved = own.quantity + more, own.cancelled + more - live, own.moved - came
        own.save(update_fields=["quantity", "cancelled", "moved"])
        line.cancelled, line.allocated = line.quantity, 0
        line.save(update_fields=["cancelled", "allocated"])
        carried.append((line, own, secured))
    _carry(actor, part, order, carried)


def _on_other_parts(order: Order, part: Order) -> dict[int, int]:
    """Items by line number that stand on the order's other parts."""
    rows = OrderLine.objects.filter(order__part_of__order=order, order__part_of__undone_at__isnull=True)
    sums = rows.exclude(order=part).order_by().values("number").annotate(n=Sum("quantity"))
    return dict(sums.values_list("number", "n"))


def _end_part(actor: Actor, part: Order, reason: str) -> None:
    """The emptied part ends without a word to the buyer."""
    part.cancel, part.cancel_reason = Cancel.CANCELLED, CancelReason.JOINED
    part.save(update_fields=["cancel", "cancel_reason"])
    now = clock.now()
    part.checks.filter(closed_at__isnull=True).update(closed_at=now, closed_by=actor.key, answer="joined")
    part.holds.filter(closed_at__isnull=True).update(closed_at=now, closed_by=actor.key)
    audit.record(actor, "orders.join", part.subject, reason=mask_cards(reason))


def _copy_blockers(order: Order, part: Order) -> None:
    """What a person must look at or wait for concerns both."""
    for hold in order.holds.filter(closed_at__isnull=True):
        hold.pk, hold.order = None, part
        hold._state.adding = True
        hold.save()
    for check in order.checks.filter(closed_at__isnull=True):
        check.pk, check.order = None, part
        check._state.adding = True
        check.save()


def _settle(actor: Actor, order: Order, part: Order) -> None:
    """Judge stock anew on both, divide the money, derive the queues."""
    judge = Judge.load()
    for one in (order, part):
        if one.cancel == Cancel.CANCELLED:
            continue
        lines = lines_of(one)
        for code, found in (
            (Check.STOCKOUT, judge_stock(lines)), (Check.NEW_SKU, judge_items(lines)),
            (Check.COOL_MIX, judge_cool(judge, one, lines)), (Check.AGE, judge_age(lines)),
        ):  # fmt: skip
            if found is None:
                close_reason(actor, one, code, answer="divided")
            elif one.checks.filter(code=code, closed_at__isnull=True).exists():
                open_reason(actor, one, code, found.detail)
        sync_release_hold(actor, one)
    for divide in ports.after_dividing:
        divide(actor, order, part)
    refresh(actor, [order, part])


__all__ = ["split_order", "unsplit_order"]
