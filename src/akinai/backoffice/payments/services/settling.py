"""One sum for several orders: a buyer's transfer (PAY-24), a carrier's or agency's statement (T19, PAY-20)."""

from __future__ import annotations

from collections.abc import Sequence

from django.db import transaction
from django.utils.translation import gettext as _

from akinai.backoffice.orders.models import Order
from akinai.backoffice.orders.services.guarding import NOT_CANCELLED, NOT_HISTORY, lock, take
from akinai.backoffice.orders.states import Queue, Timing
from akinai.backoffice.payments.events import DepositRecorded
from akinai.backoffice.payments.models import LedgerEntry, Settlement
from akinai.backoffice.payments.sharing import share_out
from akinai.backoffice.payments.states import Entry, SettlementKind
from akinai.foundation import audit, events
from akinai.foundation.core import clock
from akinai.foundation.core.actor import Actor
from akinai.foundation.core.errors import BadInput, Refused, Sentence
from akinai.foundation.core.money import yen
from akinai.foundation.core.text import mask_cards

from .dividing import share_surplus
from .giving_back import write_off
from .ledger import Money, check_money, new_entry, open_amount, tell_order

#: So many orders stand on one statement at most.
MOST_ORDERS = 1000


@transaction.atomic
def split_deposit(
    actor: Actor, *, order_ids: Sequence[int], money: Money, accepted: int = 0, forgive: bool = False
) -> Settlement:
    """One transfer of a buyer for several orders (PAY-24): each gets what it owes, in the order given.

    Where the sum differs it is refused unless somebody has `accepted` just these yen (above zero missing, below over):
    what is over stays with the last order (overpaid), what is missing stays open there, or with `forgive` is not asked
    for (the fee the buyer's bank has kept). All or nothing; the same `key` again returns the first. Emits
    DepositRecorded for each (M05).
    """
    check_money(money)
    found = _taken(order_ids)
    if known := _known(money.key):
        return known
    if sentences := [s for order in found for s in _awaits_deposit(order)]:
        raise Refused(sentences)
    owed = [open_amount(order) for order in found]
    difference = sum(owed) - money.amount
    if difference not in (0, accepted):  # somebody else may have changed it since the person looked
        raise Refused(_difference(sum(owed), money.amount))
    shares = share_out(money.amount, owed)
    if not all(shares):
        raise Refused(_("The money does not reach that far. Choose fewer orders."))
    made = _settlement(actor, SettlementKind.BUYER, money, fee=0)
    for order, share in zip(found, shares, strict=True):
        _write(actor, made, order, share, money)
        share_surplus(actor, order)
    if forgive and difference > 0:
        write_off(actor, order_id=found[-1].pk, note=_("Transfer fee kept back"))
    return made


@transaction.atomic
def settle(actor: Actor, *, order_ids: Sequence[int], money: Money, fee: int = 0) -> Settlement:
    """A carrier or agency hands over what it collected for these orders, less its fee (T19, R59).

    `money.amount` is what came in on the account. Paid and fee must make the sum of the orders to the yen (PAY-20):
    otherwise Refused, saying the difference. All or nothing; the same `key` again returns the first.
    """
    check_money(money)
    if fee < 0:
        raise BadInput(_("Enter an amount in yen above zero."), field="fee")
    found = _taken(order_ids)
    if known := _known(money.key):
        return known
    if sentences := [s for order in found for s in _awaits_settlement(order)]:
        raise Refused(sentences)
    owed = [open_amount(order) for order in found]
    if sum(owed) != money.amount + fee:
        raise Refused(_difference(sum(owed), money.amount + fee))
    made = _settlement(actor, SettlementKind.CARRIER, money, fee=fee)
    for order, share in zip(found, owed, strict=True):
        _write(actor, made, order, share, money)
    return made


def _known(key: str) -> Settlement | None:
    return Settlement.objects.filter(key=key).first() if key else None


def _taken(order_ids: Sequence[int]) -> list[Order]:
    """The orders, won in one go so that nobody waits in a ring, in the order they were named."""
    ids = list(dict.fromkeys(order_ids))
    if not ids:
        raise Refused(_("No order was chosen."))
    if len(ids) > MOST_ORDERS:
        raise Refused(_("These are too many orders at once."))
    lock(ids)
    return [take(pk, NOT_CANCELLED, NOT_HISTORY) for pk in ids]


def _awaits_deposit(order: Order) -> list[Sentence]:
    if order.payment_method.timing == Timing.POSTPAID and order.shipped_at is None:
        return [_("%(number)s is paid on delivery or later.") % {"number": order.number}]
    return _owes(order)


def _awaits_settlement(order: Order) -> list[Sentence]:
    if order.queue != Queue.AWAITING_SETTLEMENT:
        return [_("%(number)s does not wait for a settlement.") % {"number": order.number}]
    return _owes(order)


def _owes(order: Order) -> list[Sentence]:
    if open_amount(order) > 0:
        return []
    return [_("Nothing is open on %(number)s any more.") % {"number": order.number}]


def _difference(owed: int, got: int) -> Sentence:
    said = {"owed": yen(owed), "got": yen(got), "difference": yen(abs(owed - got))}
    if got < owed:
        return _("The orders make %(owed)s yen, the money %(got)s yen: %(difference)s yen are missing.") % said
    return _("The orders make %(owed)s yen, the money %(got)s yen: %(difference)s yen are over.") % said


def _settlement(actor: Actor, kind: SettlementKind, money: Money, *, fee: int) -> Settlement:
    made = Settlement.objects.create(
        kind=kind, on=money.on, paid=money.amount, fee=fee, reference=mask_cards(money.reference),
        note=mask_cards(money.note), at=clock.now(), by=actor.key, by_label=actor.label,
        key=money.key or f"settlement:{clock.now().isoformat()}:{actor.key}",
    )  # fmt: skip
    audit.record(actor, "payments.settle", made.subject, detail={"paid": money.amount, "fee": fee, "on": money.on})
    return made


def _write(actor: Actor, made: Settlement, order: Order, amount: int, money: Money) -> LedgerEntry:
    share = Money(
        amount, money.on, reference=money.reference, payer_name=money.payer_name, note=money.note,
        key=f"settlement:{made.pk}:{order.pk}",
    )  # fmt: skip
    entry = new_entry(actor, order, Entry.DEPOSIT, share)
    entry.settlement = made
    entry.save()
    tell_order(actor, order)
    detail = {"amount": amount, "on": money.on, "settlement": made.pk}
    audit.record(actor, "payments.deposit", order.subject, detail=detail, reason=money.note)
    events.emit(DepositRecorded(order.pk, entry.pk, amount, money.on), actor=actor)
    return entry
