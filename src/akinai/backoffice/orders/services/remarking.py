"""備考: taking a remark as the reader took it, all of it at once (N-1, REM-1, ORD-64)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from akinai.backoffice.orders import replies
from akinai.backoffice.orders.edits import Changes, Gift, Wish
from akinai.backoffice.orders.models import Order, RemarkAnswer
from akinai.backoffice.orders.proposals import Deed, Proposal, Reading, read_remark
from akinai.backoffice.orders.states import Cancel, Check, Confirmation, HoldKind
from akinai.backoffice.orders.timing import Timetable
from akinai.foundation import audit
from akinai.foundation.core import clock
from akinai.foundation.core.actor import Actor
from akinai.foundation.core.errors import Refused
from akinai.foundation.core.text import mask_cards

from .accepting import accept, clear_check
from .cancelling import request_cancel
from .changing import edit_order, lines_of
from .charging import set_ship_policy
from .guarding import NOT_CANCELLED, NOT_HISTORY, NOT_SHIPPED, take
from .holding import hold
from .noting import write_note


@transaction.atomic
def accept_remark(actor: Actor, *, order_id: int, reply: str | None = None, seen_version: int | None = None) -> Order:
    """Do everything the remark was understood as, close REMARK, and keep `reply` for the confirmation (R31, R32).

    `reply` None takes the prepared sentence. If no other reason is open and nobody asked to cancel, the order is
    accepted as well. Refused, with every reason, where the reading is not certain or a person has to act (REM-11b), or
    where one of the changes is refused; then nothing is done. Emits what the single use cases emit.
    """
    order = take(order_id, NOT_CANCELLED, NOT_HISTORY, NOT_SHIPPED, seen_version=seen_version)
    if not order.checks.filter(code=Check.REMARK, closed_at__isnull=True).exists():
        raise Refused(_("Somebody has answered this already."))
    reading = read_remark(order, lines_of(order), Timetable.load())
    if not reading.by_one_key:
        raise Refused(reading.warnings)
    said = mask_cards((replies.compose(reading.proposals) if reply is None else reply).strip())
    _do_all(actor, order, reading)
    RemarkAnswer.objects.update_or_create(
        order=order,
        defaults={"read": reading.read.as_json(), "reply": said, "at": clock.now(), "by": actor.key,
                  "by_label": actor.label},
    )  # fmt: skip
    audit.record(actor, "orders.accept_remark", order.subject, detail={"read": reading.read.as_json()}, reason=said)
    answer = " / ".join(p.sentence for p in reading.proposals)
    done = clear_check(actor, order_id=order_id, code=Check.REMARK, answer=answer)
    return _accept_if_clear(actor, done)


def _accept_if_clear(actor: Actor, order: Order) -> Order:
    """One press for a plain order (N-9): with the last reason answered it is taken on."""
    is_open = order.checks.filter(closed_at__isnull=True).exists()
    if is_open or order.cancel != Cancel.NONE or order.confirmation == Confirmation.ACCEPTED:
        return order
    return accept(actor, order_id=order.pk)


def _do_all(actor: Actor, order: Order, reading: Reading) -> None:
    changes = _changes(order, reading.proposals)
    if changes != Changes():
        edit_order(actor, order_id=order.pk, changes=changes, reason=str(_("From the remark")))
    _write_for_the_warehouse(order, [p for p in reading.proposals if p.deed is Deed.WAREHOUSE])
    for proposal in reading.proposals:
        _do(actor, order, proposal)


def _changes(order: Order, proposals: Sequence[Proposal]) -> Changes:
    """Wished day, window and gift work as one edition."""
    said: dict[str, Any] = {}
    for p in proposals:
        if p.deed is Deed.WISH:
            said["wish"] = Wish(p.day, p.window or order.wish_window)
        elif p.window and "wish" not in said:
            said["wish"] = Wish(order.wish_date, p.window)
    gifts = [p.value for p in proposals if p.deed is Deed.GIFT]
    if gifts:
        said["gift"] = Gift(True, "\n".join(filter(None, (order.gift_note, *gifts))), None)
    return Changes(**said)


def _write_for_the_warehouse(order: Order, proposals: Sequence[Proposal]) -> None:
    if not proposals:
        return
    row = Order.objects.get(pk=order.pk)
    lines = [row.warehouse_note, *(p.value for p in proposals if p.value not in row.warehouse_note)]
    row.warehouse_note = "\n".join(filter(None, lines))
    row.save(update_fields=["warehouse_note"])


def _do(actor: Actor, order: Order, proposal: Proposal) -> None:
    if proposal.deed is Deed.HOLD:
        hold(
            actor, order_id=order.pk, kind=HoldKind.UNTIL_DATE, until=proposal.day,
            is_delivery_date=proposal.is_delivery_date, reason=proposal.sentence,
        )  # fmt: skip
    elif proposal.deed is Deed.BUNDLE:
        hold(actor, order_id=order.pk, kind=HoldKind.BUNDLE_WAIT, reason=proposal.value)
    elif proposal.deed is Deed.POLICY:
        set_ship_policy(actor, order_id=order.pk, policy=proposal.value, reason=str(_("From the remark")))
    elif proposal.deed is Deed.CANCEL:
        request_cancel(actor, order_id=order.pk, reason=order.remark[:500])
    elif proposal.deed is Deed.NOTE:
        write_note(actor, order_id=order.pk, text=proposal.value)
