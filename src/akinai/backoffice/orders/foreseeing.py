"""What an edit would come to, shown while it is typed: totals, dates, payment, stock. Nothing is written."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from akinai.backoffice.inventory import selectors as inventory
from akinai.foundation.core.errors import BadInput, NotFound
from akinai.foundation.core.money import yen
from akinai.shop.terms.states import MethodKind

from . import deeds, wording
from .checks import (
    Judge,
    judge_address,
    judge_age,
    judge_cool,
    judge_date,
    judge_gift,
    judge_island,
    judge_payment,
    judge_phone,
    judge_recipient,
)
from .edits import SHIP_FIELDS, Changes, Edit, work_out
from .facts import money_of
from .models import Order, OrderLine
from .payment_fact import derive_payment, gate_open
from .queue import Blocker
from .services.changing import lines_of, rows_for, ship_to_of
from .states import Payment
from .timing import Plan
from .types import PartyDraft


@dataclass
class Foreseen:
    """The preview of an edit. `errors` are what keeps it from being done, `notes` what it brings with it."""

    total_before: int
    total: int
    changes: list[deeds.Change] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    plan_before: Plan | None = None
    plan: Plan | None = None
    rises_by: int = 0
    order: Order | None = None

    @property
    def plan_moves(self) -> bool:
        """Whether the goods arrive on another day than before."""
        return self.plan_before != self.plan


def load(order_id: int) -> tuple[Order, list[OrderLine]]:
    """An order as the edit form shows it; raises NotFound."""
    rows = Order.objects.select_related("store", "payment_method", "delivery_service__carrier")
    order = rows.filter(pk=order_id).first()
    if order is None:
        raise NotFound(_("There is no such order."))
    return order, lines_of(order)


def foresee(order: Order, lines: list[OrderLine], changes: Changes) -> Foreseen:
    """Work the changes out on these rows, which must not be saved afterwards."""
    judge, holds = Judge.load(), list(order.holds.filter(closed_at__isnull=True))
    before, was = judge.timetable.plan(order, lines, judge.now), order.total
    old_reasons = _found(judge, order, lines)
    try:
        edit = work_out(order, lines, changes, judge=judge, rows=rows_for(changes))
    except BadInput as error:
        return Foreseen(was, was, errors=[str(error)], plan_before=before, plan=before)
    order.ship_not_before = judge.timetable.ship_not_before(order, holds)
    seen = Foreseen(was, order.total, _told(edit), [str(o) for o in edit.obstacles])
    seen.plan_before, seen.plan = before, judge.timetable.plan(order, edit.lines, judge.now)
    seen.rises_by, seen.order = edit.rises_by, order
    fresh = [said for said in _found(judge, order, edit.lines) if said not in old_reasons]
    seen.notes = [*fresh, *_money_notes(edit), *_stock_notes(edit.lines)]
    return seen


def _told(edit: Edit) -> list[deeds.Change]:
    """What differs, without the total, which stands above it."""
    before, after = ({k: v for k, v in side.items() if k != "total"} for side in (edit.before, edit.after))
    return deeds.changes(before, after)


def _found(judge: Judge, order: Order, lines: Sequence[OrderLine]) -> list[str]:
    """The sentences of the reasons the order would give a person to look."""
    at = max(order.ordered_at, judge.now)
    reasons = [
        judge_address(judge, ship_to_of(order), order.delivery_service.code),
        judge_phone(ship_to_of(order)),
        judge_recipient(judge, order, _buyer_of(order), ship_to_of(order), is_first=False),
        judge_island(judge, order),
        judge_date(judge, order, lines, at),
        judge_payment(judge, order),
        judge_gift(order),
        judge_cool(judge, order, lines),
        judge_age(lines),
    ]
    return [wording.sentence(Blocker(f"check.{r.code}"), r.detail) for r in reasons if r is not None]


def _buyer_of(order: Order) -> PartyDraft:
    return PartyDraft(**{name: getattr(order, f"buyer_{name}") for name in SHIP_FIELDS})


def _money_notes(edit: Edit) -> list[str]:
    order, method = edit.order, edit.order.payment_method
    payment, found = derive_payment(money_of(order, method)), []
    rest = order.total - order.received_amount
    if not edit.changed:
        return []
    if payment in (Payment.OVERPAID, Payment.REFUND_DUE):
        found.append(_("%(amount)s yen are to be given back.") % {"amount": yen(-rest)})
    elif not gate_open(payment, method.timing, needs_credit_check=method.needs_credit_check) and rest > 0:
        found.append(_("The order waits until %(amount)s yen have come.") % {"amount": yen(rest)})
    if edit.charge is not None and edit.charge.to_free:
        found.append(_("%(amount)s yen more goods would make shipping free.") % {"amount": yen(edit.charge.to_free)})
    moved = {"ship_postcode", "ship_prefecture", "ship_address1"} & set(edit.after)
    if moved and method.kind == MethodKind.WALLET:
        found.append(
            _("With %(name)s the seller's protection may end when the address changes.") % {"name": method.name}
        )
    if moved and method.needs_credit_check:
        found.append(_("The deferred payment will be checked again."))
    return found


def _stock_notes(lines: Sequence[OrderLine]) -> list[str]:
    """Lines of which more is wanted than is free now."""
    short = [line for line in lines if line.sku_id and line.short > 0]
    free = inventory.free({line.sku_id for line in short if line.sku_id})
    found = []
    for line in short:
        missing = line.short * line.units_per_item - free.get(line.sku_id or 0, 0)
        if missing > 0:
            found.append(_("%(name)s: %(count)s pieces are not there.") % {"name": line.name, "count": missing})
    return found
