"""What can be done with money. Each use case takes the order, writes the ledger, tells the order, and emits."""

from __future__ import annotations

from .approving import approve_refund, ask_for_refund, decline_refund, needs_second
from .authorising import authorise, end_authorisations, void_authorisations
from .checking import note_bank_check
from .dividing import divide_money
from .giving_back import may_reverse, refund, reverse, undo, write_off
from .lapsing import cancel_unpaid, cancel_unpaid_many, lapse_orders
from .ledger import Money, ledger_balance, open_amount
from .receiving import mark_deposit, mark_deposits, mark_paid_at_store, note_capture, record_from_store
from .reviving import take_again
from .settling import settle, split_deposit

__all__ = [
    "Money",
    "approve_refund",
    "ask_for_refund",
    "authorise",
    "cancel_unpaid",
    "cancel_unpaid_many",
    "decline_refund",
    "divide_money",
    "end_authorisations",
    "lapse_orders",
    "ledger_balance",
    "mark_deposit",
    "mark_deposits",
    "mark_paid_at_store",
    "may_reverse",
    "needs_second",
    "note_bank_check",
    "note_capture",
    "open_amount",
    "record_from_store",
    "refund",
    "reverse",
    "settle",
    "split_deposit",
    "take_again",
    "undo",
    "void_authorisations",
    "write_off",
]
