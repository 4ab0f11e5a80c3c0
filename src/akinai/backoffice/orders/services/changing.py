"""Doing an edit (T23): what `edits` worked out is written, stock follows, reasons are judged again."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from akinai.backoffice.inventory import services as inventory
from akinai.backoffice.orders import ports
from akinai.backoffice.orders.attention import listed_of
from akinai.backoffice.orders.checks import (
    Judge,
    judge_address,
    judge_age,
    judge_cool,
    judge_date,
    judge_gift,
    judge_island,
    judge_payment,
    judge_phone,
)
from akinai.backoffice.orders.edits import SHIP_FIELDS, Changes, Edit, Rows, side_of, sides_of_lines, work_out
from akinai.backoffice.orders.events import OrderEdited
from akinai.backoffice.orders.models import Order, OrderLine, OrderVersion
from akinai.backoffice.orders.states import Check
from akinai.backoffice.orders.types import ConsentDraft, PartyDraft, Reason
from akinai.foundation import audit, events
from akinai.foundation.core import clock
from akinai.foundation.core.actor import Actor
from akinai.foundation.core.errors import Refused
from akinai.foundation.core.text import mask_cards
from akinai.shop.catalog.models import Sku
from akinai.shop.terms.models import DeliveryService, PaymentMethod

from . import heeding
from .consenting import ask_for_consent, check_consent, drop_question, keep_consent
from .deadlines import renew_due
from .guarding import NOT_CANCELLED, NOT_HISTORY, NOT_SHIPPED, Guard, not_in_work, take
from .lines import reference
from .overriding import withdraw
from .reasons import close_reason, open_reason
from .refreshing import refresh
from .stocking import fill

EDITABLE: tuple[Guard, ...] = (NOT_CANCELLED, NOT_HISTORY, NOT_SHIPPED)
_SAVED = (
    *(f"ship_{name}" for name in SHIP_FIELDS), "search_text", "wish_date", "wish_window", "wish_window_raw",
    "delivery_service", "is_gift", "gift_note", "payment_method", "guarantee_failed", "shipping_fee", "payment_fee",
    "wrapping_fee", "goods_total", "added_tax", "discount_total", "total", "tax_lines",
)  # fmt: skip


def begin(order_id: int, seen_version: int | None) -> Order:
    """Win an order that may still be edited: not cancelled, nothing left, no papers out (ORD-40)."""
    order = take(order_id, *EDITABLE, seen_version=seen_version)
    not_in_work(order)
    return order


@transaction.atomic
def edit_order(
    actor: Actor,
    *,
    order_id: int,
    changes: Changes,
    reason: str = "",
    consent: ConsentDraft | None = None,
    seen_version: int | None = None,
) -> Order:
    """Change an order in one edition (T23, ORD-41): lines, recipient, wish, service, payment, gift and fees at once.

    Goods are secured or given back, fees and totals follow their tables, reasons are judged again; a higher total
    without `consent` opens the hold `consent` (ORD-42). Nothing is done where nothing differs. Raises BadInput,
    Refused, Conflict. Emits OrderEdited, on which the confirmation goes out again, marked 変更後.
    """
    order = begin(order_id, seen_version)
    apply_changes(actor, order, changes, reason=reason, consent=consent)
    return order


def apply_changes(
    actor: Actor,
    order: Order,
    changes: Changes,
    *,
    reason: str,
    consent: ConsentDraft | None = None,
    may_empty: bool = False,
) -> Edit:
    """What every edit does, inside the caller's transaction on an order it has taken (`begin`)."""
    if consent is not None:
        check_consent(consent)
    lines = lines_of(order)
    original, method_id = snapshot(order, lines), order.payment_method_id
    judge = Judge.load()
    edit = work_out(order, lines, changes, judge=judge, rows=rows_for(changes), may_empty=may_empty)
    if edit.obstacles:
        raise Refused(edit.obstacles)
    if not edit.changed:
        return edit
    order.save(update_fields=_SAVED)
    _move_stock(actor, order, edit)
    _lose_guarantee(actor, order, edit)
    _judge_again(actor, order, edit, judge)
    if order.gate_overridden and (edit.rises_by or order.payment_method_id != method_id):
        withdraw(actor, order, reason="edited")
    new_edition(actor, order, what=edit.what, before=edit.before, after=edit.after, reason=reason, original=original)
    _ask(actor, order, edit, consent)
    renew_due(order, anew=bool(edit.rises_by) or order.payment_method_id != method_id)
    refresh(actor, [order])
    return edit


def lines_of(order: Order) -> list[OrderLine]:
    """The lines of an order with their goods, as edits work on them."""
    return list(order.lines.select_related("sku__product").order_by("number"))


def rows_for(changes: Changes) -> Rows:
    """The rows that changes name; three queries at most."""
    ids = {added.sku_id for added in changes.added}
    skus = {sku.pk: sku for sku in Sku.objects.select_related("product").filter(pk__in=ids)} if ids else {}
    codes = [changes.method.code] if changes.method else []
    methods = {row.code: row for row in PaymentMethod.objects.filter(code__in=codes)} if codes else {}
    services = DeliveryService.objects.select_related("carrier").filter(code=changes.service) if changes.service else []
    return Rows(skus, methods, {row.code: row for row in services})


def snapshot(order: Order, lines: list[OrderLine]) -> dict[str, Any]:
    """An order as it stands, for the edition that keeps it (ORD-41)."""
    return side_of(order) | {"lines": list(sides_of_lines(lines).values()), "numbers": [x.number for x in lines]}


def new_edition(
    actor: Actor,
    order: Order,
    *,
    what: str,
    before: dict[str, Any],
    after: dict[str, Any],
    reason: str,
    original: dict[str, Any] | None = None,
) -> None:
    """Number the edit and tell the house; the caller refreshes. The first one writes down the order as it came:
    `original`, taken by `snapshot` before anything was changed, or what stands now with `before` laid over it."""
    if order.edition == 1:
        if original is None:
            now = snapshot(order, lines_of(order))
            original = now | {name: value for name, value in before.items() if name in now}
        OrderVersion.objects.get_or_create(
            order=order, edition=1, defaults={"at": order.received_at, "by": f"store:{order.store.code}",
            "by_label": order.store.label, "before": {}, "after": original},
        )  # fmt: skip
    order.edition += 1
    order.save(update_fields=["edition"])
    OrderVersion.objects.create(
        order=order, edition=order.edition, at=clock.now(), by=actor.key, by_label=actor.label,
        reason=mask_cards(reason), before=before, after=after,
    )  # fmt: skip
    audit.record(actor, f"orders.edit.{what}", order.subject, detail={"before": before, "after": after}, reason=reason)
    events.emit(OrderEdited(order.pk, order.number, order.edition, what=what), actor=actor)


def settle(actor: Actor, order: Order, code: str, found: Reason | None) -> None:
    """Close a reason that no longer holds, open one that now does."""
    if found is None:
        close_reason(actor, order, code, answer="edited")
    else:
        open_reason(actor, order, code, found.detail)


def settle_age(actor: Actor, order: Order, lines: list[OrderLine]) -> None:
    """AGE goes with the last alcohol and comes with the first; whoever was asked is not asked again."""
    found = judge_age(lines)
    if found is None or not order.checks.filter(code=Check.AGE, closed_at__isnull=False).exists():
        settle(actor, order, Check.AGE, found)


def ship_to_of(order: Order) -> PartyDraft:
    """The recipient as a draft, for judging and for forms."""
    return PartyDraft(**{name: getattr(order, f"ship_{name}") for name in SHIP_FIELDS})


def _move_stock(actor: Actor, order: Order, edit: Edit) -> None:
    """Store the lines; what is ordered no more goes back, what is ordered more is secured as far as it is there."""
    if "lines" not in edit.after:
        return
    known = {x.number: x for x in order.lines.all()}
    changed = [
        x for x in edit.lines
        if x.pk is None or (x.quantity, x.cancelled) != (known[x.number].quantity, known[x.number].cancelled)
    ]  # fmt: skip
    inventory.hold_still(sorted({x.sku_id for x in changed if x.sku_id}))
    for line in changed:
        surplus = max(0, line.allocated - line.remaining)
        line.allocated -= surplus
        line.save()
        if surplus:
            inventory.release(actor, [reference(order, line)], quantity=surplus * line.units_per_item)
    more = [x for x in changed if x.number not in known or x.live > known[x.number].live]
    wanting = {x.sku_id for x in more if x.sku_id and x.short > 0}
    if wanting:
        fill(actor, [order], only=wanting)
    edit.lines[:] = lines_of(order)
    _judge_stock(actor, order, edit.lines, {x.number for x in changed})


def _judge_stock(actor: Actor, order: Order, lines: list[OrderLine], changed: set[int]) -> None:
    """STOCKOUT opens for a changed line that is short; it closes when nothing the buyer was not told of is short."""
    missing = [x for x in lines if x.short > 0 and not x.short_told and x.sku_id]
    if any(x.number in changed for x in missing):
        open_reason(actor, order, Check.STOCKOUT, {"lines": [[x.number, x.short] for x in missing]})
    elif not missing:
        close_reason(actor, order, Check.STOCKOUT, answer="edited")
    if all(x.sku_id or not x.live for x in lines):
        close_reason(actor, order, Check.NEW_SKU, answer="edited")


def _lose_guarantee(actor: Actor, order: Order, edit: Edit) -> None:
    """The old payment was voided, or a deferred payment goes elsewhere and must be checked again (1.6): its guarantee
    is taken back in the ledger of payments, which tells the order."""
    moved = any(name in edit.after for name in ("ship_name", "ship_postcode", "ship_prefecture", "ship_address1"))
    again = moved and order.payment_method.needs_credit_check
    if not order.guaranteed_amount or not (again or "method" in edit.after):
        return
    note = str(
        _("The old payment was voided.") if "method" in edit.after else _("Sent elsewhere: to be checked again.")
    )
    for tell in ports.guarantee_lost:
        tell(actor, order, str(note))
    order.refresh_from_db(fields=["guaranteed_amount", "version"])


def _judge_again(actor: Actor, order: Order, edit: Edit, judge: Judge) -> None:
    """The reasons that what has changed can open or close."""
    names = set(edit.after)
    moved = any(name.startswith("ship_") and name != "shipping_fee" for name in names)
    if moved or "delivery_service" in names:
        party = ship_to_of(order)
        settle(actor, order, Check.ADDRESS, judge_address(judge, party, order.delivery_service.code))
        settle(actor, order, Check.PHONE, judge_phone(party))
    if moved or "method" in names:
        heeding.settle(actor, order, listed_of([order])[0])
    if {"ship_postcode", "delivery_service"} & names:
        settle(actor, order, Check.REMOTE_ISLAND, judge_island(judge, order))
    if moved or names & {"wish_date", "delivery_service", "lines"}:
        at = max(order.ordered_at, judge.now)
        settle(actor, order, Check.DATE_IMPOSSIBLE, judge_date(judge, order, edit.lines, at))
    if moved or names & {"method", "delivery_service", "total"}:
        settle(actor, order, Check.PAY_NOT_ALLOWED, judge_payment(judge, order))
    if names & {"lines", "delivery_service"}:
        settle(actor, order, Check.COOL_MIX, judge_cool(judge, order, edit.lines))
    if "lines" in names:
        settle_age(actor, order, edit.lines)
    if names & {"is_gift", "gift_note"}:
        settle(actor, order, Check.GIFT_INCOMPLETE, judge_gift(order))


def _ask(actor: Actor, order: Order, edit: Edit, consent: ConsentDraft | None) -> None:
    """ORD-42: more to pay needs the buyer's word; without it the order waits for it."""
    if consent is not None:
        keep_consent(actor, order, consent)
    elif edit.rises_by:
        ask_for_consent(actor, order, edit.rises_by)
    else:
        drop_question(actor, order)
