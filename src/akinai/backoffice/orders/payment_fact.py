"""The payment fact, derived (PAY-0): a pure function over what was received, guaranteed and is due."""

from __future__ import annotations

from dataclasses import dataclass

from .states import Payment, Timing

#: With any of these the shipping gate of a prepaid order is open (ORD-8).
GATE_OPEN = frozenset(
    {Payment.GUARANTEED, Payment.PAID, Payment.OVERPAID, Payment.REFUND_DUE, Payment.WRITTEN_OFF, Payment.NOT_REQUIRED}
)
#: With any of these nothing more is expected from the customer.
SETTLED = frozenset({Payment.PAID, Payment.WRITTEN_OFF, Payment.NOT_REQUIRED, Payment.OVERPAID, Payment.REFUND_DUE})


@dataclass(frozen=True, slots=True)
class Money:
    """What the payment fact is derived from; all amounts are yen including tax.

    `due`: current total of the live lines; `received`: deposits and captures less refunds; `guaranteed`: live
    authorisations or credit guarantee; `tolerance`: how much may be missing or too much without a word.
    """

    due: int
    received: int = 0
    guaranteed: int = 0
    failed: bool = False
    cancelled: bool = False
    credited: bool = False
    written_off: bool = False
    tolerance: int = 0


def derive_payment(money: Money) -> Payment:
    """PAY-0: the first row of the table that matches. Of a cancelled order nothing is due any more."""
    due, received = 0 if money.cancelled else money.due, money.received
    if money.written_off:
        return Payment.WRITTEN_OFF
    if (money.cancelled and received > 0) or (money.credited and received > due):
        return Payment.REFUND_DUE
    if due == 0 and received == 0:
        return Payment.NOT_REQUIRED
    if received > due + money.tolerance:
        return Payment.OVERPAID
    if received > 0 and received >= due - money.tolerance:
        return Payment.PAID
    if received + money.guaranteed >= due:
        return Payment.GUARANTEED
    if money.failed:
        return Payment.GUARANTEE_FAILED
    return Payment.PART_PAID if received > 0 else Payment.UNPAID


def gate_open(payment: str, timing: str, *, needs_credit_check: bool) -> bool:
    """ORD-8: whether goods may leave as far as money is concerned (`ship_clear`)."""
    if timing == Timing.POSTPAID and not needs_credit_check:
        return True
    return payment in GATE_OPEN
