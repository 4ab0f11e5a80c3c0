"""Reading money: who still owes, to whom money is owed, and the ledger."""

from __future__ import annotations

import datetime as dt
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.utils.translation import gettext as _

from akinai.backoffice.orders.models import Order, OwedBack, StillOpen
from akinai.backoffice.orders.selectors import search_orders
from akinai.backoffice.orders.states import CancelReason, Payment, Queue, Timing
from akinai.foundation.core import clock
from akinai.foundation.core.errors import NotFound
from akinai.foundation.core.text import digits, fold
from akinai.shop.stores import settings

from .declared import TRANSFER_FEES
from .lapses import lapsed
from .models import LedgerEntry, RefundRequest, Revival, Settlement
from .services import may_reverse, open_amount
from .sharing import fees_of, is_fee
from .states import RECEIVED, Asked

#: Queues in which a prepaid order may still wait for money, whatever else it waits for.
BEFORE_SHIPPING = (Queue.NEW, Queue.CHECK, Queue.HOLD, Queue.AWAITING_PAYMENT)
ROW = (
    "number", "store_id", "payment_method_id", "buyer_name", "buyer_kana", "total", "received_amount", "written_off",
    "credited_amount",
    "cancel", "cancel_reason", "payment", "queue", "pay_due", "pay_cancel_on",
    "accepted_at", "ordered_at", "shipped_at", "version", "is_history",
)  # fmt: skip


def _rows() -> QuerySet[Order]:
    """Orders for lists of money: only what a row shows."""
    joined = ("store__name", "store__short_name", "payment_method__name", "payment_method__timing")
    return Order.objects.select_related("store", "payment_method").only(*ROW, *joined)


def waiting() -> QuerySet[Order]:
    """入金待ち: exactly the orders of that queue."""
    return _open(_rows()).filter(queue=Queue.AWAITING_PAYMENT)


def owing() -> QuerySet[Order]:
    """Every prepaid order that has not left and is not paid, also those still checked or on hold: a deposit may be
    for any of them.
    """
    unpaid = (Payment.UNPAID, Payment.PART_PAID)
    return _open(_rows()).filter(
        queue__in=BEFORE_SHIPPING, payment__in=unpaid, payment_method__timing=Timing.PREPAID, cancel="none"
    )


def part_paid() -> QuerySet[Order]:
    """一部入金: something came, something is missing, nothing has left."""
    return owing().filter(payment=Payment.PART_PAID)


def money_to_return() -> QuerySet[Order]:
    """返金待ち: cancelled with money, too much money, or a credit note (PAY-0), and whose refund waits for approval
    (T26: `asks`)."""
    asked = to_approve().order_by()
    owed = Order.objects.filter(OwedBack()).values("pk").union(asked.values("order_id"))
    return _rows().filter(pk__in=owed).annotate(asks=Exists(asked.filter(order=OuterRef("pk"))))


def awaiting_settlement() -> QuerySet[Order]:
    """後払い入金待ち: shipped, and the money of the carrier or agency has not come (R59)."""
    return _open(_rows()).filter(queue=Queue.AWAITING_SETTLEMENT)


def _open(rows: QuerySet[Order]) -> QuerySet[Order]:
    return rows.filter(StillOpen())  # says that the partial index applies


def overdue(rows: QuerySet[Order], on: dt.date | None = None) -> QuerySet[Order]:
    """Those whose payment was due before this JST date (default today)."""
    return rows.filter(pay_due__lt=on or clock.today())


def find_owing(rows: QuerySet[Order], text: str) -> QuerySet[Order]:
    """Orders of a short list by words of number, name or kana, or by the amount that is open or was to be paid."""
    found = Q()
    for word in text.split():
        found &= Q(search_text__contains=fold(word))
    amount = amount_of(text)
    if amount is not None:
        found |= Q(total=amount) | Q(total=F("received_amount") + amount)
    return rows.filter(found)


def find_waiting(rows: QuerySet[Order], text: str) -> QuerySet[Order]:
    """As `find_owing`; where nobody owes under that name or amount, orders of any state: paid, shipped or cancelled
    (PAY-8).
    """
    found = find_owing(rows, text)
    return found if found.exists() else _rows().filter(pk__in=search_orders(text).values("pk"))


def amount_of(text: str) -> int | None:
    """`5,280`, `5280円` or `￥5,280` as yen; None if it is not an amount."""
    flat = unicodedata.normalize("NFKC", text).strip().removeprefix("¥").removeprefix("\\").removesuffix("円")
    number = digits(flat)
    return int(number) if number and len(number) <= 9 and flat.replace(",", "") == number else None


def owing_with(order: Order) -> QuerySet[Order]:
    """What this order's buyer owes, with this order: the ones a single transfer may be meant for."""
    return owing().filter(customer_id=order.customer_id).order_by("pay_due", "pk")


def chosen(order_ids: Sequence[int]) -> list[Order]:
    """Orders by id, in that order, as rows of a list of money."""
    found = {row.pk: row for row in _rows().filter(pk__in=order_ids)}
    return [found[pk] for pk in dict.fromkeys(order_ids) if pk in found]


def settlement_of(settlement_id: int) -> Settlement:
    """One sum with its entries. Raises NotFound."""
    found = Settlement.objects.filter(pk=settlement_id).first()
    if found is None:
        raise NotFound(_("There is no such settlement."))
    return found


def ledger() -> QuerySet[LedgerEntry]:
    """Everything that ever happened to money."""
    return LedgerEntry.objects.select_related("order", "reverses", "reversed_by")


def find_in_ledger(rows: QuerySet[LedgerEntry], text: str) -> QuerySet[LedgerEntry]:
    """Entries of orders with these words, from this payer, with this reference or of this amount."""
    found = Q(order__in=search_orders(text).values("pk")) | Q(payer_name__icontains=text) | Q(reference__icontains=text)
    amount = amount_of(text)
    return rows.filter(found | Q(amount=amount) if amount is not None else found)


@dataclass(frozen=True, slots=True)
class Figures:
    """How many orders stand in each list of the Money page, and how many are late."""

    waiting: int
    part_paid: int
    to_return: int
    settlement: int
    overdue: int
    lapsed: int


def figures() -> Figures:
    """Counted over the partial indexes; the same six questions whatever the size of the shop."""
    return Figures(
        waiting=waiting().count(),
        part_paid=part_paid().count(),
        to_return=money_to_return().count(),
        settlement=awaiting_settlement().count(),
        overdue=overdue(waiting()).count(),
        lapsed=lapsed().count(),
    )


@dataclass(frozen=True)
class OrderMoney:
    """The money of one order as its page shows it: yen throughout."""

    order: Order
    entries: Sequence[LedgerEntry]

    @property
    def open(self) -> int:
        """What the buyer still owes; negative where money is to be given back."""
        return open_amount(self.order)

    @property
    def to_return(self) -> int:
        """What should go back."""
        return max(0, -self.open)

    @property
    def is_late(self) -> bool:
        return self.order.pay_due is not None and self.open > 0 and self.order.pay_due < clock.today()

    @property
    def takes_deposits(self) -> bool:
        """Postpaid money is settled with the carrier or agency, not confirmed here."""
        return not self.order.is_history and self.order.payment_method.timing == Timing.PREPAID

    @property
    def takes_authorisations(self) -> bool:
        """Paid by something that is authorised first, and not gone yet (ORD-63)."""
        order = self.order
        open_now = not order.is_history and order.cancel != "cancelled" and order.shipped_at is None
        return open_now and order.payment_method.auth_days is not None

    @property
    def maybe_twice(self) -> bool:
        """二重入金の疑い: too much came, and the same amount came twice."""
        undone = {entry.reverses_id for entry in self.entries}
        came = [x.amount for x in self.entries if x.kind in RECEIVED and x.pk not in undone]
        return self.order.payment == Payment.OVERPAID and len(came) > len(set(came))

    @property
    def short_by_fee(self) -> bool:
        """PAY-24: what is missing is what banks usually take for a transfer."""
        missing = self.order.payment == Payment.PART_PAID and self.open
        return bool(missing) and is_fee(int(missing), fees_of(str(settings.value(TRANSFER_FEES))))

    @property
    def awaits_settlement(self) -> bool:
        """T19: shipped, and the carrier or agency has not handed the money over."""
        return self.order.queue == Queue.AWAITING_SETTLEMENT and self.open > 0

    @property
    def may_take_again(self) -> bool:
        """PAY-8: paid after it was cancelled as unpaid."""
        order = self.order
        return order.cancel_reason == CancelReason.UNPAID and order.received_amount > 0 and not order.is_history

    @property
    def is_postpaid(self) -> bool:
        return self.order.payment_method.timing == Timing.POSTPAID

    @property
    def authorised(self) -> int:
        """A store may promise more than the order is worth; what is shown is what it covers."""
        return min(self.order.guaranteed_amount, self.order.total)

    @property
    def gives_back(self) -> bool:
        return not self.order.is_history and self.order.received_amount > 0

    @property
    def may_write_off(self) -> bool:
        return self.order.payment == Payment.PART_PAID and self.order.cancel != "cancelled"

    @property
    def reversible(self) -> set[int]:
        """Ids of the entries that can be taken back now."""
        if self.order.is_history:
            return set()
        undone = {entry.reverses_id for entry in self.entries}
        return {entry.pk for entry in self.entries if entry.pk not in undone and may_reverse(entry)}


def order_money(order_id: int) -> OrderMoney:
    """One order with its ledger, oldest entry first. Raises NotFound."""
    order = Order.objects.select_related("store", "payment_method").filter(pk=order_id).first()
    if order is None:
        raise NotFound(_("There is no such order."))
    return OrderMoney(order, list(ledger().filter(order=order).order_by("id")))


def refund_requests(order_id: int) -> list[RefundRequest]:
    """What was asked about refunds of an order and not refused, the oldest first (T26)."""
    return list(RefundRequest.objects.filter(order_id=order_id).exclude(state=Asked.DECLINED))


def refund_request(request_id: int) -> RefundRequest:
    """One request. Raises NotFound."""
    found = RefundRequest.objects.filter(pk=request_id).first()
    if found is None:
        raise NotFound(_("There is no such request."))
    return found


def to_approve() -> QuerySet[RefundRequest]:
    """Refunds that wait for the word of a second person (T26)."""
    return RefundRequest.objects.filter(state=Asked.ASKED)


def is_taken_again(order_id: int) -> bool:
    """Whether an order continues one that was cancelled as unpaid (PAY-8): its buyer has been answered before."""
    return Revival.objects.filter(child_id=order_id).exists()


def other_self(order_id: int) -> Revival | None:
    """The order this one continues, or by which it was taken again (PAY-8)."""
    found = Revival.objects.select_related("order", "child").filter(Q(order_id=order_id) | Q(child_id=order_id))
    return found.first()


def entry(entry_id: int) -> LedgerEntry:
    """One entry. Raises NotFound."""
    found = ledger().filter(pk=entry_id).first()
    if found is None:
        raise NotFound(_("There is no such entry."))
    return found
