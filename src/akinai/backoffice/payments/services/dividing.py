"""Money of divided orders: what the first part does not need belongs to the others (ORD-52)."""

from __future__ import annotations

from django.utils.translation import gettext as _

from akinai.backoffice.orders.models import Order
from akinai.backoffice.orders.services.guarding import take
from akinai.backoffice.orders.states import Cancel
from akinai.backoffice.payments.models import LedgerEntry
from akinai.backoffice.payments.states import Entry
from akinai.foundation.core import clock
from akinai.foundation.core.actor import Actor
from akinai.foundation.core.errors import Refused

from .authorising import move_authorised
from .ledger import Money, ledger_balance, write_entry


def divide_money(actor: Actor, first: Order, part: Order) -> None:
    """Called by orders, in their transaction, when `part` came off `first` or was put back into it.

    Divided: the first part keeps what it needs, the other gets the rest up to its total. Put back: everything returns.
    """
    if first.written_off or part.written_off:
        raise Refused(_("The rest of this order was written off. Take that back before you divide it."))
    if part.cancel == Cancel.CANCELLED:
        back = ledger_balance(part)
        _move(actor, part, first, back.received)
        move_authorised(actor, part, first, back.guaranteed)
        return
    _share(actor, first, part)


def share_surplus(actor: Actor, first: Order) -> None:
    """Money for a whole order reached its first part: hand on what that does not need. One query if it has no parts."""
    parts = first.parts.filter(undone_at__isnull=True, part__cancel=Cancel.NONE).order_by("part_id")
    for part_id in list(parts.values_list("part_id", flat=True)):
        _share(actor, first, take(part_id))


def _share(actor: Actor, first: Order, part: Order) -> None:
    has, lacks = ledger_balance(first), ledger_balance(part)
    money = max(0, min(part.total - lacks.received, has.received - first.total))
    _move(actor, first, part, money)
    kept = max(0, first.total - (has.received - money))
    open_there = part.total - lacks.received - money - lacks.guaranteed
    move_authorised(actor, first, part, max(0, min(open_there, has.guaranteed - kept)))


def _move(actor: Actor, giver: Order, taker: Order, amount: int) -> None:
    if amount > 0:
        move_received(actor, giver, taker, amount)


def move_received(actor: Actor, giver: Order, taker: Order, amount: int) -> LedgerEntry:
    """Carry received yen over to another order that both hold; returns the taker's entry."""
    money = Money(amount, clock.today(), note=f"{giver.number} → {taker.number}")
    write_entry(actor, giver, Entry.MOVED_OUT, money)
    return write_entry(actor, taker, Entry.MOVED_IN, money)
