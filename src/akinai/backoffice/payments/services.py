"""Writing the money ledger. Each use case takes the order, writes, tells the order what it adds up to, and emits."""

from __future__ import annotations

import datetime as dt
import secrets
from collections.abc import Sequence
from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import gettext as _

from akinai.backoffice.orders import services as orders
from akinai.backoffice.orders.models import Order
from akinai.backoffice.orders.services.guarding import NOT_HISTORY, take
from akinai.backoffice.orders.types import BulkResult, Placed
from akinai.foundation import audit, events
from akinai.foundation.core import clock
from akinai.foundation.core.actor import Actor
from akinai.foundation.core.bulk import insert_many
from akinai.foundation.core.errors import AkinaiError, BadInput, Conflict, Refused
from akinai.foundation.core.text import mask_cards

from .balance import Balance, balance_of
from .events import DepositRecorded, EntryReversed, RefundRecorded
from .models import LedgerEntry
from .states import Entry, RefundMethod

#: No order of a shop this size is worth more; a longer number is a slip of the finger.
MOST = 1_000_000_000


@dataclass(frozen=True, slots=True)
class Money:
    """Money that came or went: yen, the JST date, and what identifies it. `key` makes a repeated form harmless."""

    amount: int
    on: dt.date
    reference: str = ""
    payer_name: str = ""
    method: str = ""
    note: str = ""
    key: str = ""


def record_from_store(actor: Actor, placed: Sequence[Placed]) -> int:
    """Write what the store said about money into the ledger, in the transaction that placed the orders.

    For a new order the order's payment fact stands already and the ledger must agree; for a known order that is newly
    paid (ORD-32) the difference is written and the order told. Returns how many entries were written.
    Emits DepositRecorded only for the newly paid: with the order itself the store has told its buyer.
    """
    if not transaction.get_connection().in_atomic_block:
        raise transaction.TransactionManagementError("record_from_store belongs into the transaction of place_orders")
    fresh: list[LedgerEntry] = []
    for item in placed:
        if item.created:
            fresh += _first_entries(actor, item)
    insert_many(fresh)
    return len(fresh) + sum(_newly_paid(actor, item) for item in placed if item.outcome == "paid")


def _first_entries(actor: Actor, placed: Placed) -> list[LedgerEntry]:
    draft, order = placed.draft.payment, placed.order
    on = draft.paid_on or clock.aware(placed.draft.ordered_at).date()
    found = []
    if order.received_amount > 0:
        money = Money(order.received_amount, on, reference="store", key=f"store:{order.pk}:first")
        found.append(_entry(actor, order, Entry.STORE_PAID, money))
    if order.guaranteed_amount > 0:
        money = Money(order.guaranteed_amount, on, reference="store", key=f"store:{order.pk}:guarantee")
        found.append(_entry(actor, order, Entry.AUTHORISED, money))
    return found


def _newly_paid(actor: Actor, placed: Placed) -> int:
    """The store says that more has been paid than the ledger knows from it."""
    order, draft = placed.order, placed.draft.payment
    known = sum(
        LedgerEntry.objects.filter(order=order, kind=Entry.STORE_PAID, reversed_by__isnull=True).values_list(
            "amount", flat=True
        )
    )
    missing = draft.paid_amount - known
    if missing <= 0:
        return 0
    on = draft.paid_on or clock.today()
    money = Money(missing, on, reference="store", key=f"store:{order.pk}:{draft.paid_amount}")
    entry = _write(actor, order, Entry.STORE_PAID, money)
    events.emit(DepositRecorded(order.pk, entry.pk, missing, on), actor=actor)
    return 1


@transaction.atomic
def mark_deposit(actor: Actor, *, order_id: int, money: Money, seen_version: int | None = None) -> LedgerEntry:
    """A person confirms money on the shop's account (T06): part, exact or too much, as it came (PAY-0).

    Raises BadInput for an amount or date that cannot be, Refused for history. The same `key` again returns the first
    entry and changes nothing. Emits DepositRecorded, on which M05 is written (PAY-9).
    """
    return _receive(actor, order_id, Entry.DEPOSIT, money, seen_version)


@transaction.atomic
def mark_paid_at_store(actor: Actor, *, order_id: int, money: Money, seen_version: int | None = None) -> LedgerEntry:
    """A person has seen at the store that the order is paid there. As `mark_deposit`."""
    return _receive(actor, order_id, Entry.STORE_PAID, money, seen_version)


def _receive(actor: Actor, order_id: int, kind: Entry, money: Money, seen_version: int | None) -> LedgerEntry:
    _check(money)
    order, known = _take_once(order_id, money, seen_version)
    if known is not None:
        return known
    entry = _write(actor, order, kind, money)
    events.emit(DepositRecorded(order.pk, entry.pk, money.amount, money.on), actor=actor)
    return entry


def mark_deposits(actor: Actor, *, order_ids: Sequence[int], on: dt.date) -> list[BulkResult]:
    """Confirm the whole open amount of several orders, each for itself (ORD-33)."""
    results = []
    for order in Order.objects.filter(pk__in=order_ids).order_by("pk"):
        try:
            mark_deposit(actor, order_id=order.pk, money=Money(open_amount(order), on), seen_version=order.version)
        except AkinaiError as error:
            results.append(BulkResult(order.pk, order.number, done=False, sentences=(error.sentence,)))
        else:
            results.append(BulkResult(order.pk, order.number, done=True))
    return results


def open_amount(order: Order) -> int:
    """Yen the buyer still owes; negative where too much came."""
    due = 0 if order.cancel == "cancelled" else order.total
    return due - order.received_amount


@transaction.atomic
def refund(actor: Actor, *, order_id: int, money: Money, seen_version: int | None = None) -> LedgerEntry:
    """Write down a refund made by hand (T26): date, reference, way. Never more than was received (ORD-74).

    Two refunds at once cannot both pass: each first wins the order's version. Emits RefundRecorded (M11).
    """
    _check(money)
    if money.method not in RefundMethod.values:
        raise BadInput(_("Choose how the money went back."), field="method")
    order, known = _take_once(order_id, money, seen_version)
    if known is not None:
        return known
    received = ledger_balance(order).received
    if money.amount > received:
        raise Refused(
            _("Only %(received)s yen have been received and not refunded yet.") % {"received": f"{received:,}"}
        )
    entry = _write(actor, order, Entry.REFUND, money)
    events.emit(RefundRecorded(order.pk, entry.pk, money.amount, money.on), actor=actor)
    return entry


@transaction.atomic
def reverse(actor: Actor, *, entry_id: int, note: str) -> LedgerEntry:
    """Take an entry back by its opposite (GEN-4). Raises Refused if it was reversed before, is a reversal itself, or
    if the refunds would then exceed what was received. Emits EntryReversed.
    """
    if not note.strip():
        raise BadInput(_("Write why this is taken back."), field="note")
    entry = LedgerEntry.objects.select_related("order").filter(pk=entry_id).first()
    if entry is None:
        raise Refused(_("There is no such entry."))
    order = take(entry.order_id, NOT_HISTORY)
    if entry.kind == Entry.REVERSAL or LedgerEntry.objects.filter(reverses=entry).exists():
        raise Refused(_("This entry has been taken back already."))
    opposite = _entry(
        actor, order, Entry.REVERSAL, Money(entry.amount, clock.today(), note=note, key=f"reverse:{entry.pk}")
    )
    opposite.reverses = entry
    opposite.save()
    if ledger_balance(order).received < 0:
        raise Refused(_("More would be refunded than received. Take the refund back first."))
    _tell_order(actor, order)
    audit.record(actor, "payments.reverse", order.subject, detail={"entry": entry.pk}, reason=note)
    events.emit(EntryReversed(order.pk, entry.pk), actor=actor)
    return opposite


def ledger_balance(order: Order) -> Balance:
    """What the order's ledger adds up to now; one query."""
    return balance_of(LedgerEntry.objects.filter(order=order))


def _write(actor: Actor, order: Order, kind: Entry, money: Money) -> LedgerEntry:
    entry = _entry(actor, order, kind, money)
    entry.save()
    _tell_order(actor, order)
    audit.record(actor, f"payments.{kind.value}", order.subject, detail={"amount": money.amount, "on": money.on})
    return entry


def _entry(actor: Actor, order: Order, kind: Entry, money: Money) -> LedgerEntry:
    return LedgerEntry(
        order=order, kind=kind, amount=money.amount, occurred_on=money.on, at=clock.now(), actor=actor.key,
        actor_label=actor.label, key=money.key or f"entry:{secrets.token_hex(12)}", reference=money.reference,
        payer_name=money.payer_name, method=money.method, note=mask_cards(money.note),
    )  # fmt: skip


def _tell_order(actor: Actor, order: Order) -> None:
    now = ledger_balance(order)
    orders.record(actor, order.pk, received_amount=now.received, guaranteed_amount=now.guaranteed)


def _take_once(order_id: int, money: Money, seen_version: int | None) -> tuple[Order, LedgerEntry | None]:
    """Win the order, unless this very form has been through before: then its entry is given back.

    Looked up before and after winning, so that a double click finds the first one's entry instead of a conflict.
    """
    try:
        order = take(order_id, NOT_HISTORY, seen_version=seen_version)
    except Conflict:
        known = _known(money)
        if known is None:
            raise
        return known.order, known
    return order, _known(money)


def _known(money: Money) -> LedgerEntry | None:
    """The entry a repeated form has written before."""
    return LedgerEntry.objects.select_related("order").filter(key=money.key).first() if money.key else None


def _check(money: Money) -> None:
    if not 0 < money.amount <= MOST:
        raise BadInput(_("Enter an amount in yen above zero."), field="amount")
    if money.on > clock.today():
        raise BadInput(_("This date is in the future."), field="on")
    if (clock.today() - money.on).days > 3660:
        raise BadInput(_("This date is more than ten years ago."), field="on")
