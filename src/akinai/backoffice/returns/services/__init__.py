"""What can be done to returns. One function a use case; pages and jobs call the same ones."""

from __future__ import annotations

from .claiming import bill_unreturned, change_claim, settle_claim, waive_claim
from .closing import close_case, close_refunded, give_up_goods, obstacles_to_close, withdraw_case, write_note
from .opening import (
    arrived_on,
    correct_cause,
    obstacles_to_unship,
    offences,
    open_case,
    open_returning,
    reopen,
    returnable,
)
from .receiving import finish_receiving, receive
from .replacing import replace, worth
from .reversing import approve_refund, decline_refund, default_withheld, needs_second, propose, request_refund

__all__ = [
    "approve_refund",
    "arrived_on",
    "bill_unreturned",
    "change_claim",
    "close_case",
    "close_refunded",
    "correct_cause",
    "decline_refund",
    "default_withheld",
    "finish_receiving",
    "give_up_goods",
    "needs_second",
    "obstacles_to_close",
    "obstacles_to_unship",
    "offences",
    "open_case",
    "open_returning",
    "propose",
    "receive",
    "reopen",
    "replace",
    "request_refund",
    "returnable",
    "settle_claim",
    "waive_claim",
    "withdraw_case",
    "worth",
    "write_note",
]
