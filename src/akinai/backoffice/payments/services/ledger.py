"""Writing one entry of the ledger: what every use case of payments does with an order it has taken."""

from __future__ import annotations

import datetime as dt
import secrets
from dataclasses import dataclass

from django.utils.translation import gettext as _

from akinai.backoffice.orders import services as orders
from akinai.backoffice.orders.models import Order
from akinai.backoffice.orders.services.guarding import NOT_HISTORY, take
from akinai.backoffice.orders.states import Cancel
from akinai.backoffice.payments.balance import Balance, balance_of
from akinai.backoffice.payments.models import LedgerEntry
from akinai.backoffice.payments.states import Entry
from akinai.foundation import audit
from akinai.foundation.core import clock
from akinai.foundation.core.actor import Actor
from akinai.foundation.core.errors import BadInput, Conflict
from akinai.foundation.core.text import mask_cards

#: No order of a shop this size is worth more; a longer number is a slip of the finger.
MOST = 1_000_000_000
OLDEST_DAYS = 3660


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


def check_money(money: Money) -> None:
    """Raise BadInput for an amount, date or text that cannot be."""
    if not 0 < money.amount <= MOST:
        raise BadInput(_("Enter an amount in yen above zero."), field="amount")
    if money.on > clock.today():
        raise BadInput(_("This date is in the future."), field="on")
    if (clock.today() - money.on).days > OLDEST_DAYS:
        raise BadInput(_("This date is more than ten years ago."), field="on")
    for name in ("reference", "payer_name"):
        if len(getattr(money, name)) > 200:
            raise BadInput(_("This is too long."), field=name)


def ledger_balance(order: Order) -> Balance:
    """What the order's ledger adds up to now; one query."""
    return balance_of(LedgerEntry.objects.filter(order=order))


def open_amount(order: Order) -> int:
    """Yen the buyer still owes; negative where money is to be given back.

    Of a cancelled order everything is; of one whose rest was written off nothing is owed any more.
    """
    if order.cancel == Cancel.CANCELLED:
        return -order.received_amount
    total = order.total - order.credited_amount
    due = min(total, order.received_amount) if order.written_off else total
    return due - order.received_amount


def write_entry(actor: Actor, order: Order, kind: Entry, money: Money) -> LedgerEntry:
    """Append an entry, tell the order what its money adds up to, and leave the audit line."""
    entry = new_entry(actor, order, kind, money)
    entry.save()
    tell_order(actor, order)
    detail = {"amount": money.amount, "on": money.on}
    audit.record(actor, f"payments.{kind.value}", order.subject, detail=detail, reason=money.note)
    return entry


def new_entry(actor: Actor, order: Order, kind: Entry, money: Money) -> LedgerEntry:
    """An unsaved entry; card numbers in what people typed are masked (PAY-4)."""
    return LedgerEntry(
        order=order, kind=kind, amount=money.amount, occurred_on=money.on, at=clock.now(), actor=actor.key,
        actor_label=actor.label, key=money.key or f"entry:{secrets.token_hex(12)}",
        reference=mask_cards(money.reference), payer_name=mask_cards(money.payer_name), method=money.method,
        note=mask_cards(money.note),
    )  # fmt: skip


def tell_order(actor: Actor, order: Order) -> None:
    """Write what the ledger adds up to onto the order; payment and queue follow (PAY-0)."""
    now = ledger_balance(order)
    facts = {"received_amount": now.received, "guaranteed_amount": now.guaranteed}
    if now.written_off != order.written_off:
        facts["written_off"] = now.written_off
    orders.record(actor, order.pk, **facts)


def take_once(order_id: int, key: str, seen_version: int | None) -> tuple[Order, LedgerEntry | None]:
    """Win the order, unless this very form has been through before: then its entry is given back.

    Looked up before and after winning, so that a double click finds the first one's entry instead of a conflict.
    """
    try:
        order = take(order_id, NOT_HISTORY, seen_version=seen_version)
    except Conflict:
        known = _known(key, order_id)
        if known is None:
            raise
        return known.order, known
    return order, _known(key, order_id)


def _known(key: str, order_id: int) -> LedgerEntry | None:
    """The entry a repeated form has written before."""
    return LedgerEntry.objects.select_related("order").filter(key=key, order_id=order_id).first() if key else None
