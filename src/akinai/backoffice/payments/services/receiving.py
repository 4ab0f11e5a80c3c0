"""Money that comes in: what a store says, and what a person has seen on the account (T06)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from django.db import transaction
from django.utils.translation import gettext as _

from akinai.backoffice.orders.models import Order
from akinai.backoffice.orders.services.bulk import one_by_one
from akinai.backoffice.orders.states import Timing
from akinai.backoffice.orders.types import BulkResult, Placed
from akinai.backoffice.payments.events import DepositRecorded
from akinai.backoffice.payments.models import LedgerEntry
from akinai.backoffice.payments.states import RECEIVED, Entry
from akinai.foundation import events
from akinai.foundation.core import clock
from akinai.foundation.core.actor import Actor
from akinai.foundation.core.bulk import insert_many
from akinai.foundation.core.errors import NotFound, Refused

from .authorising import keep_authorisations, told_as_authorised
from .dividing import share_surplus
from .ledger import Money, check_money, new_entry, open_amount, take_once, write_entry

#: The reference of what a store told us.
STORE = "store"


def record_from_store(actor: Actor, placed: Sequence[Placed]) -> int:
    """Write what the store said about money into the ledger, in the transaction that placed the orders.

    For a new order the order's payment fact stands already and the ledger must agree; for a known order that is newly
    paid or authorised (ORD-32) the difference is written and the order told. Returns how many entries were written.
    Emits DepositRecorded only for the newly paid: with the order itself the store has told its buyer.
    """
    if not transaction.get_connection().in_atomic_block:
        raise transaction.TransactionManagementError("record_from_store belongs into the transaction of place_orders")
    fresh: list[LedgerEntry] = []
    for item in placed:
        if item.created:
            fresh += _first_entries(actor, item)
    insert_many(fresh)
    keep_authorisations(actor, [entry for entry in fresh if entry.kind == Entry.AUTHORISED])
    news = [item for item in placed if item.outcome not in ("created", "unchanged")]
    return len(fresh) + sum(_newly_paid(actor, item) + _newly_authorised(actor, item) for item in news)


def _first_entries(actor: Actor, placed: Placed) -> list[LedgerEntry]:
    draft, order = placed.draft.payment, placed.order
    on = draft.paid_on or clock.aware(placed.draft.ordered_at).date()
    found = []
    if order.received_amount > 0:
        money = Money(order.received_amount, on, reference=STORE, key=f"store:{order.pk}:first")
        found.append(new_entry(actor, order, Entry.STORE_PAID, money))
    if order.guaranteed_amount > 0:
        money = Money(order.guaranteed_amount, on, reference=STORE, key=f"store:{order.pk}:guarantee")
        found.append(new_entry(actor, order, Entry.AUTHORISED, money))
    return found


def _newly_paid(actor: Actor, placed: Placed) -> int:
    """The store names the whole amount paid; what exceeds all money known so far is new.

    A deposit that a person has confirmed before the store said so is the same money; and what the store said once and
    a person took back does not come again.
    """
    order, draft = placed.order, placed.draft.payment
    if order.is_history or draft.paid_amount <= 0:
        return 0
    told = [kind for kind in RECEIVED if kind != Entry.MOVED_IN]
    entries = LedgerEntry.objects.filter(order=order, kind__in=told).values_list("amount", "reference", "reversed_by")
    known = sum(amount for amount, reference, reversed_by in entries if reversed_by is None or reference == STORE)
    missing = draft.paid_amount - known
    if missing <= 0:
        return 0
    on = draft.paid_on or clock.today()
    money = Money(missing, on, reference=STORE, key=f"store:{order.pk}:{draft.paid_amount}")
    entry = write_entry(actor, order, Entry.STORE_PAID, money)
    share_surplus(actor, order)
    events.emit(DepositRecorded(order.pk, entry.pk, missing, on), actor=actor)
    return 1


def _newly_authorised(actor: Actor, placed: Placed) -> int:
    """The store names the whole amount it has authorised; a card that was still pending opens the gate now (PAY-2)."""
    order, draft = placed.order, placed.draft.payment
    known = told_as_authorised(order)
    if order.is_history or draft.guaranteed_amount <= known:
        return 0
    key = f"store:{order.pk}:guarantee:{draft.guaranteed_amount}"
    missing = Money(draft.guaranteed_amount - known, clock.today(), reference=STORE, key=key)
    keep_authorisations(actor, [write_entry(actor, order, Entry.AUTHORISED, missing)])
    share_surplus(actor, order)
    return 1


@transaction.atomic
def mark_deposit(actor: Actor, *, order_id: int, money: Money, seen_version: int | None = None) -> LedgerEntry:
    """A person confirms money on the shop's account (T06): part, exact or too much, as it came (PAY-0).

    Raises BadInput for an amount or date that cannot be; Refused for history, and for orders that are paid at the door
    or later and have not left yet. The same `key` again returns the first entry and changes nothing. Emits
    DepositRecorded, on which M05 is written (PAY-9).
    """
    return _receive(actor, order_id, Entry.DEPOSIT, money, seen_version)


@transaction.atomic
def mark_paid_at_store(actor: Actor, *, order_id: int, money: Money, seen_version: int | None = None) -> LedgerEntry:
    """A person has seen at the store that the order is paid there. As `mark_deposit`."""
    return _receive(actor, order_id, Entry.STORE_PAID, money, seen_version)


def _receive(actor: Actor, order_id: int, kind: Entry, money: Money, seen_version: int | None) -> LedgerEntry:
    check_money(money)
    order, known = take_once(order_id, money.key, seen_version)
    if known is not None:
        return known
    if order.payment_method.timing == Timing.POSTPAID and order.shipped_at is None:
        raise Refused(_("This order is paid on delivery or later: no money is expected before it has left."))
    entry = write_entry(actor, order, kind, money)
    share_surplus(actor, order)
    events.emit(DepositRecorded(order.pk, entry.pk, money.amount, money.on), actor=actor)
    return entry


def mark_deposits(actor: Actor, *, order_ids: Sequence[int], on: dt.date, key: str = "") -> list[BulkResult]:
    """Confirm the whole open amount of several orders as of one JST date, each for itself (ORD-33).

    `key` is the form's, so that sending it twice confirms nothing twice.
    """
    return one_by_one(order_ids, lambda pk: _mark_whole(actor, pk, on, f"{key}:{pk}" if key else ""))


def _mark_whole(actor: Actor, order_id: int, on: dt.date, key: str) -> Order:
    order = Order.objects.filter(pk=order_id).first()
    if order is None:
        raise NotFound(_("There is no such order."))
    if key and LedgerEntry.objects.filter(key=key).exists():
        return order
    amount = open_amount(order)
    if amount <= 0:
        raise Refused(_("Nothing is open on this order any more."))
    mark_deposit(actor, order_id=order_id, money=Money(amount, on, key=key), seen_version=order.version)
    return order


@transaction.atomic
def note_capture(actor: Actor, *, order_id: int) -> LedgerEntry | None:
    """What a prepaid order had authorised was captured when its goods left (T15): written down where it matters.

    Called before money is given back, so that a refund has something to be taken from. None where money has been
    received, nothing was authorised or nothing has left; any number of times.
    """
    order, known = take_once(order_id, f"capture:{order_id}", None)
    if known is not None:
        return known
    amount = min(order.guaranteed_amount, order.total)
    if order.received_amount > 0 or amount <= 0 or order.shipped_at is None:
        return None
    money = Money(amount, clock.aware(order.shipped_at).date(), reference=STORE, key=f"capture:{order_id}")
    return write_entry(actor, order, Entry.STORE_PAID, money)
