"""Money that goes back, entries that are taken back, and a rest nobody asks for any more."""

from __future__ import annotations

import datetime as dt

from django.db import transaction
from django.utils.translation import gettext as _

from akinai.backoffice.orders.services.guarding import NOT_HISTORY, take
from akinai.backoffice.orders.states import Payment
from akinai.backoffice.payments.events import EntryReversed, RefundRecorded
from akinai.backoffice.payments.models import LedgerEntry
from akinai.backoffice.payments.states import REVERSIBLE, Entry, RefundMethod
from akinai.foundation import audit, events
from akinai.foundation.core import clock
from akinai.foundation.core.actor import Actor
from akinai.foundation.core.errors import BadInput, NotFound, Refused

from .approving import check_received, needs_second
from .ledger import Money, check_money, ledger_balance, new_entry, open_amount, take_once, tell_order, write_entry

#: What `undo` allows: the two minutes the page offers, and time for a slow hand.
UNDO_WITHIN = dt.timedelta(minutes=5)


@transaction.atomic
def refund(actor: Actor, *, order_id: int, money: Money, seen_version: int | None = None) -> LedgerEntry:
    """Write down a refund made by hand (T26): date, reference, way. Never more than was received (ORD-74), and from the
    shop's amount on only what a second person has approved.

    Two refunds at once cannot both pass: each first wins the order's version. Emits RefundRecorded (M11).
    """
    check_money(money)
    if money.method not in RefundMethod.values:
        raise BadInput(_("Choose how the money went back."), field="method")
    order, known = take_once(order_id, money.key, seen_version)
    if known is not None:
        return known
    check_received(order, money.amount)
    if needs_second(order, money.amount):
        raise Refused(_("A refund of this size needs the approval of a second person. Ask for it first."))
    entry = write_entry(actor, order, Entry.REFUND, money)
    events.emit(RefundRecorded(order.pk, entry.pk, money.amount, money.on), actor=actor)
    return entry


@transaction.atomic
def write_off(actor: Actor, *, order_id: int, note: str, key: str = "", seen_version: int | None = None) -> LedgerEntry:
    """Ask no more for the rest of a partly paid order (PAY-0), such as a transfer fee the buyer's bank has kept.

    The payment gate opens, so this is the manager's; `note` says why. Raises Refused where nothing has been paid.
    """
    if not note.strip():
        raise BadInput(_("Write why the rest is not asked for."), field="note")
    order, known = take_once(order_id, key, seen_version)
    if known is not None:
        return known
    if order.payment != Payment.PART_PAID or order.cancel == "cancelled":
        raise Refused(_("Only the rest of a partly paid order can be written off."))
    money = Money(open_amount(order), clock.today(), note=note, key=key)
    return write_entry(actor, order, Entry.WRITE_OFF, money)


@transaction.atomic
def reverse(actor: Actor, *, entry_id: int, note: str) -> LedgerEntry:
    """Take an entry back by its opposite (GEN-4), in the month it was written in (PAY-25).

    Raises Refused if it was reversed before, is not a person's to take back, belongs to an earlier month, or if the
    refunds would then exceed what was received. Emits EntryReversed.
    """
    if not note.strip():
        raise BadInput(_("Write why this is taken back."), field="note")
    entry = LedgerEntry.objects.filter(pk=entry_id).first()
    if entry is None:
        raise NotFound(_("There is no such entry."))
    order = take(entry.order_id, NOT_HISTORY)
    _refuse_reversal(entry)
    money = Money(entry.amount, clock.today(), note=note, key=f"reverse:{entry.pk}")
    opposite = new_entry(actor, order, Entry.REVERSAL, money)
    opposite.reverses = entry
    opposite.save()
    if ledger_balance(order).received < 0:
        raise Refused(_("More would be refunded than received. Take the refund back first."))
    tell_order(actor, order)
    audit.record(actor, "payments.reverse", order.subject, detail={"entry": entry.pk}, reason=note)
    events.emit(EntryReversed(order.pk, entry.pk), actor=actor)
    return opposite


@transaction.atomic
def undo(actor: Actor, *, entry_id: int) -> LedgerEntry:
    """Take back at once what one has recorded oneself: within a few minutes, without a reason.

    Raises Refused for somebody else's entry or when the time is over; then it takes `reverse` and a reason.
    """
    entry = LedgerEntry.objects.filter(pk=entry_id).first()
    if entry is None:
        raise NotFound(_("There is no such entry."))
    if entry.actor != actor.key or clock.now() - clock.aware(entry.at) > UNDO_WITHIN:
        raise Refused(_("The time to undo this is over. Take it back in the ledger, with a reason."))
    return reverse(actor, entry_id=entry_id, note=_("Undone at once"))


def _refuse_reversal(entry: LedgerEntry) -> None:
    """Raise Refused unless the entry may be taken back now; called with the order won."""
    if entry.kind == Entry.REVERSAL or LedgerEntry.objects.filter(reverses=entry).exists():
        raise Refused(_("This entry has been taken back already."))
    if entry.kind not in REVERSIBLE:
        raise Refused(_("This is the store's word and cannot be taken back here."))
    if not may_reverse(entry):
        raise Refused(_("This entry is from an earlier month. Record a refund or a deposit instead."))


def may_reverse(entry: LedgerEntry) -> bool:
    """Whether kind and month of an entry allow taking it back; says nothing of whether that was done before."""
    at, now = clock.aware(entry.at), clock.now()
    return entry.kind in REVERSIBLE and (at.year, at.month) == (now.year, now.month)
